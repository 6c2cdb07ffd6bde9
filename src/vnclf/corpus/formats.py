"""The file formats of labelled documents: each yields rows, a dict with its place in the file."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from vnclf.corpus.columnar import read_arrow, read_parquet
from vnclf.corpus.json_stream import read_json
from vnclf.corpus.location import Location, files_under
from vnclf.corpus.opening import LONGEST, format_of, open_binary, read_lines
from vnclf.errors import CorpusError

Row: TypeAlias = tuple[str, dict[str, Any]]

FASTTEXT_LABEL = "__label__"

# A label after a blank or at the line's beginning; the expression begins with plain letters, which is fast.
_FASTTEXT_LABELS = re.compile(rf"{FASTTEXT_LABEL}(?<![^ \t]{FASTTEXT_LABEL})(\S+)[ \t]*")

_QUOTED = re.compile(r'"[^"]*"')

# What a file of one document may be, by itself or in a folder of documents.
ONE_DOCUMENT = (".txt", ".html", ".htm")


def read_jsonl(path: Location) -> Iterator[Row]:
    """Yield the objects of a JSON lines file."""
    for number, line in read_lines(path):
        if line := line.strip():
            place = f"{path}, line {number}"
            yield place, read_object(line, place)


def read_object(line: str, place: str) -> dict[str, Any]:
    """Return the object that a line of JSON is; raises CorpusError, naming the place, for anything else."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{place}: not JSON ({error.msg} at column {error.colno}).") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, ten thousand brackets
        raise CorpusError(f"{place}: not usable JSON ({error}).") from error
    if not isinstance(row, dict):
        raise CorpusError(f"{place}: a JSON {type(row).__name__}, where an object is expected.")
    return row


def read_csv(path: Location) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV file with a header line; a CSV's cells may be parted by `,`, `;` or tabs."""
    allow_long_cells()
    lines = read_lines(path)
    _, first = next(lines, (0, ""))
    if not first.strip():
        raise CorpusError(f"{path} has no header line; its first line names the columns.")
    # Excel writes ";" wherever "," is the decimal sign, as in Vietnam.
    delimiter = "\t" if format_of(path) == ".tsv" else max(",;\t", key=_QUOTED.sub("", first).count)
    reader = csv.reader(_lines_from(first, lines), delimiter=delimiter, strict=True)
    place = f"{path}, line 1"
    try:
        header = next(reader)
        _check_header(header, place)
        place = f"{path}, line {reader.line_num + 1}"
        for cells in reader:
            if cells and len(cells) != len(header):
                raise CorpusError(f"{place}: {_columns(len(cells))}, where the header has {len(header)}.")
            if cells:
                yield place, dict(zip(header, cells, strict=True))
            place = f"{path}, line {reader.line_num + 1}"
    except csv.Error as error:
        raise CorpusError(f"{place}: not valid CSV ({error}); is a quote not closed or not doubled?") from error


def read_fasttext(path: Location) -> Iterator[Row]:
    """Yield the documents of a fastText file: `__label__topic` once or more, and the text."""
    for number, line in read_lines(path):
        if line.strip():
            line = line.rstrip("\r\n")
            text = _FASTTEXT_LABELS.sub("", line).strip(" \t")
            yield f"{path}, line {number}", {"text": text, "topics": _FASTTEXT_LABELS.findall(line)}


def read_folder(path: Location) -> Iterator[Row]:
    """Yield the files of a folder that has one sub-folder a topic, each text or HTML file one document."""
    found = False
    for inner, file in files_under(path):
        if len(inner.parts) > 1 and format_of(file) in ONE_DOCUMENT:
            found = True
            yield str(file), {"text": read_document(file), "topics": [inner.parts[0]], "file": str(inner)}
    if not found:
        raise CorpusError(
            f"{path} is no corpus: a corpus folder holds one sub-folder a topic with .txt or .html files; "
            f"name other files one by one, or as '{path}/*.jsonl'."
        )


def read_document(path: Location) -> str:
    """Return the text of a file that is one document; of HTML, the article."""
    text = read_page(path)
    if format_of(path) == ".txt":
        return text
    from vnclf.text.page import extract

    return extract(text).text


def read_page(path: Location) -> str:
    """Return all the text of a file, whatever its encoding: of HTML the tags, menus and teasers, too."""
    from vnclf.text.decode import decode

    with open_binary(path) as file:
        data = file.read()
    try:
        return decode(data).text
    except ValueError as error:
        raise CorpusError(f"{path}: {error}") from error


def allow_long_cells() -> None:
    """Raise the csv module's limit for a cell, which is less than a long article."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))


def _lines_from(first: str, rest: Iterator[tuple[int, str]]) -> Iterator[str]:
    yield first
    for _, line in rest:
        yield line


def _check_header(header: list[str], place: str) -> None:
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise CorpusError(f"{place}: two columns are called {twice!r}; give each its own name.")


def _columns(number: int) -> str:
    return "1 column" if number == 1 else f"{number} columns"


READERS: dict[str, Callable[[Location], Iterator[Row]]] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_fasttext,
    ".ft": read_fasttext,
    ".parquet": read_parquet,
    ".arrow": read_arrow,
    ".feather": read_arrow,
}

# In these a value that is not there and one that was never given are the same.
COLUMNAR = frozenset({".parquet", ".arrow", ".feather"})

__all__ = [
    "COLUMNAR",
    "FASTTEXT_LABEL",
    "ONE_DOCUMENT",
    "READERS",
    "Row",
    "allow_long_cells",
    "read_document",
    "read_folder",
    "read_object",
    "read_page",
]
