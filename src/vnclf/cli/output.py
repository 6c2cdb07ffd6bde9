"""Writing rows: a table for a person at a terminal, JSON lines otherwise, or what --format says."""

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from vnclf.errors import InputError
from vnclf.storage import write_file

if TYPE_CHECKING:
    from rich.console import Console

# Of a table that is written elsewhere than to a terminal.
_WIDTH = 160


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


_SUFFIXES = {
    "": Format.jsonl,
    ".jsonl": Format.jsonl,
    ".ndjson": Format.jsonl,
    ".json": Format.json,
    ".csv": Format.csv,
}

# JSON has an escape of this form for half of a surrogate pair, which UTF-8 cannot hold.
_ERRORS = "backslashreplace"


def open_closed_streams() -> None:
    """Open the standard streams that the caller has closed, as with `>&-`: stdin is empty, stdout cannot be written."""
    # In this order each gets its own number, which another file would otherwise be given.
    for name, flags, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))


def speak_utf8() -> None:
    """Make stdout and stderr UTF-8, whatever the system's encoding: it need not know the letters of Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=_ERRORS)


def give_up_stdout() -> None:
    """Send nowhere what stdout did not take: it would fail once more when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Yield where to write: stdout, or a file that appears only when everything was written.

    The file is compressed as its suffix says. Raises InputError for what cannot be written, and BrokenPipeError where
    the reader of stdout has gone.
    """
    try:
        if path is None:
            yield sys.stdout
            sys.stdout.flush()
            return
        from vnclf.corpus.opening import create_binary

        with (
            write_file(path) as fresh,
            create_binary(fresh, path.suffix) as sink,
            io.TextIOWrapper(sink, encoding="utf-8", errors=_ERRORS, newline="") as file,
        ):
            yield file
    except OSError as error:
        if path is None:
            if isinstance(error, BrokenPipeError):
                raise
            give_up_stdout()
        raise InputError(f"{path or 'stdout'} cannot be written: {error.strerror or error}.") from error


@contextmanager
def open_console(target: TextIO) -> Iterator["Console"]:
    """Yield a console for tables; what it shows is written to `target` when the block ends."""
    from rich.console import Console

    width = None if target.isatty() else _WIDTH
    console = Console(file=target, markup=False, highlight=False, width=width)
    # Left to write by itself, rich would end the process at a closed pipe.
    with console.capture() as shown:
        yield console
    target.write(shown.get())


def choose_format(wanted: Format | None, path: Path | None) -> Format:
    """Return the format asked for, or that of the output's suffix, or the one that suits the reader.

    Raises InputError for a suffix that tells no format.
    """
    if wanted is not None:
        return wanted
    if path is None:
        return Format.table if sys.stdout.isatty() else Format.jsonl
    from vnclf.corpus.opening import format_of

    suffix = format_of(path)
    if suffix not in _SUFFIXES:
        known = ", ".join(sorted(filter(None, _SUFFIXES)))
        raise InputError(
            f"{path} is of an unknown format; write to one of {known}, also compressed, or choose a --format."
        )
    return _SUFFIXES[suffix]


def write_rows(rows: Iterable[Mapping[str, Any]], target: TextIO, form: Format) -> None:
    """Write rows of equal or differing columns; JSON as they come, tables when all columns are known."""
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
    """Return JSON on one line, letters unescaped, and null for what is not a number."""
    from vnclf.corpus.target import json_text

    return json_text(value)


def _write_csv(rows: Iterable[Mapping[str, Any]], target: TextIO) -> None:
    """Set the rows aside until all columns are known, since any row may bring a new one."""
    columns: dict[str, None] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors=_ERRORS, newline="\n") as aside:
        for row in rows:
            columns.update(dict.fromkeys(row))
            aside.write(to_json(row) + "\n")
        aside.seek(0)
        table = csv.writer(target, lineterminator="\n")
        if columns:
            table.writerow(columns)
        table.writerows(_cells(json.loads(line), columns) for line in aside)


def _write_table(rows: list[Mapping[str, Any]], target: TextIO) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    columns = dict.fromkeys(column for row in rows for column in row)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*_cells(row, columns))
    with open_console(target) as console:
        console.print(table)


def _cells(row: Mapping[str, Any], columns: Iterable[str]) -> list[str]:
    return [_cell(row.get(column)) for column in columns]


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
