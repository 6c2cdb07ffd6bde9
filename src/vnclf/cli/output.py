"""Writing rows: a table for a person at a terminal, JSON lines otherwise, or what --format says."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from vnclf.errors import InputError
from vnclf.storage import write_file

# Of a table that is written elsewhere than to a terminal.
_WIDTH = 160


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Yield where to write: stdout, or a file that appears only when everything was written."""
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        with write_file(path) as fresh, fresh.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error


def choose_format(wanted: Format | None, path: Path | None) -> Format:
    """Return the format asked for, or that of the output's suffix, or the one that suits the reader."""
    if wanted is not None:
        return wanted
    if path is not None:
        return {".json": Format.json, ".csv": Format.csv}.get(path.suffix.lower(), Format.jsonl)
    return Format.table if sys.stdout.isatty() else Format.jsonl


def write_rows(rows: Iterable[Mapping[str, Any]], target: TextIO, form: Format) -> None:
    """Write rows of equal or differing columns."""
    if form is Format.jsonl:
        for row in rows:
            target.write(to_json(row) + "\n")
    elif form is Format.json:
        target.write("[")
        for place, row in enumerate(rows):
            target.write(("," if place else "") + "\n " + to_json(row))
        target.write("\n]\n")
    elif form is Format.csv:
        _write_csv(rows, target)
    else:
        _write_table(list(rows), target)


def to_json(value: Any) -> str:
    """Return JSON on one line, letters unescaped."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _write_csv(rows: Iterable[Mapping[str, Any]], target: TextIO) -> None:
    """Write rows of the first one's columns; a column that appears later cannot be added any more, which is said."""
    writer: Any = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(target, fieldnames=list(row), extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
        elif late := set(row).difference(writer.fieldnames):
            raise InputError(f"The first row has no column {min(late)!r}, which a later one has; write JSON lines.")
        writer.writerow({key: _cell(value) for key, value in row.items()})


def _write_table(rows: list[Mapping[str, Any]], target: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in rows[0] if rows else ():
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    width = None if target.isatty() else _WIDTH
    Console(file=target, markup=False, highlight=False, width=width).print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, list):
        ranked = [
            f"{v['topic']} {v['probability']:.3f}" if isinstance(v, dict) and "topic" in v else str(v) for v in value
        ]
        return " ".join(ranked) if all(isinstance(v, str) for v in value) else ", ".join(ranked)
    return to_json(value) if isinstance(value, dict) else str(value)
