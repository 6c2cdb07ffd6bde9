"""Writers of the text formats."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable
from typing import Any

from vnclf.corpus.columns import SEPARATORS
from vnclf.corpus.document import Document
from vnclf.corpus.formats import FASTTEXT_LABEL, allow_long_cells
from vnclf.corpus.target import Target, json_text, plain, row_of
from vnclf.errors import CorpusError

_BREAKS = re.compile(r"[\r\n]+")
_WHITE = re.compile(r"\s+")


def write_jsonl(documents: Iterable[Document], target: Target) -> None:
    """Write an object a line."""
    for document in documents:
        target.sink.write(_json_bytes(row_of(document)) + b"\n")


def write_json(documents: Iterable[Document], target: Target) -> None:
    """Write one array of objects, an object a line."""
    before = b"[\n"
    for document in documents:
        target.sink.write(before + _json_bytes(row_of(document)))
        before = b",\n"
    target.sink.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def write_csv(documents: Iterable[Document], target: Target) -> None:
    """Write a header line and a row a document, with commas."""
    _write_table(documents, target, ",")


def write_tsv(documents: Iterable[Document], target: Target) -> None:
    """Write a header line and a row a document, with tabs."""
    _write_table(documents, target, "\t")


def write_fasttext(documents: Iterable[Document], target: Target) -> None:
    """Write a line a document: `__label__topic` for each topic, then the text."""
    for document in documents:
        if FASTTEXT_LABEL in document.text:
            raise CorpusError(
                f"{document.place}: the text holds {FASTTEXT_LABEL}, which fastText would take for a label."
            )
        text, labels = _BREAKS.sub(" ", document.text), [_WHITE.sub("_", topic) for topic in document.topics]
        target.losses["line breaks became spaces in"] += text != document.text
        target.losses["white space in labels became _ in"] += labels != list(document.topics)
        target.losses["fields were left out of"] += bool(document.fields)
        words = [*(f"{FASTTEXT_LABEL}{label}" for label in labels), _without_nul(text, target)]
        target.sink.write((" ".join(words) + "\n").encode())


def _json_bytes(row: dict[str, Any]) -> bytes:
    try:
        return json_text(row).encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can hold as an escape
        return json.dumps(json.loads(json_text(row))).encode()


def _write_table(documents: Iterable[Document], target: Target, delimiter: str) -> None:
    """Set the rows aside until all columns are known, since any document may bring a new one."""
    columns: dict[str, None] = {}
    allow_long_cells()
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=target.folder) as aside:
        rows = csv.writer(aside)
        for document in documents:
            row = {name: _without_nul(_cell(value), target) for name, value in row_of(document).items()}
            row["topics"] = _joined(document.topics)
            columns.update(dict.fromkeys(row))
            rows.writerow([row.get(name, "") for name in columns])
        aside.seek(0)
        text = io.TextIOWrapper(target.sink, encoding="utf-8", newline="")
        # Quoted, so that no name can make the header look as if it had another delimiter.
        csv.writer(text, delimiter=delimiter, quoting=_quoting(columns)).writerow(columns or ("text", "topics"))
        table = csv.writer(text, delimiter=delimiter)
        for cells in csv.reader(aside, strict=True):
            table.writerow(cells + [""] * (len(columns) - len(cells)))
        text.flush()
        text.detach()


def _quoting(columns: Iterable[str]) -> Any:
    plain = all(name.replace("_", "").isalnum() for name in columns)
    return csv.QUOTE_MINIMAL if plain else csv.QUOTE_ALL


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json_text(value) if isinstance(value, bool | int | float | list | dict) else plain(value)


def _joined(topics: tuple[str, ...]) -> str:
    """Return topics parted by ";", or as a JSON list where one holds what would part it."""
    ambiguous = any(separator in topic for topic in topics for separator in SEPARATORS)
    if ambiguous or (topics and topics[0].startswith("[")):
        return json_text(topics)
    return SEPARATORS[0].join(topics)


def _without_nul(text: str, target: Target) -> str:
    """Leave out NUL characters: a text file that holds one is taken for a binary file."""
    if "\0" not in text:
        return text
    target.losses["NUL characters were left out of"] += 1
    return text.replace("\0", "")
