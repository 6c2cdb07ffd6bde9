"""What a command reads: texts given as arguments, a file, or lines on stdin."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vnclf.errors import InputError

Item = tuple[str, dict[str, Any]]


def read_items(
    texts: Sequence[str], path: Path | None, text_column: str | None = None, *, page: bool | None = None
) -> Iterator[Item]:
    """Yield (text, its other fields) from arguments, from a file, or else from stdin.

    A `.txt` or `.html` file is one document, and `page=False` leaves a page as it is; any other file is a corpus, one
    document a row. On stdin each line is a document, and an object with a text where it begins with "{".
    """
    if texts and path is not None:
        raise InputError("Give texts or --input, not both.")
    if texts:
        return ((text, {}) for text in texts)
    if path is None:
        return _read_stdin(text_column or "text")
    from vnclf.corpus.formats import ONE_DOCUMENT, read_document
    from vnclf.corpus.opening import format_of

    if format_of(path) in ONE_DOCUMENT:
        return iter([(read_page(path) if page is False else read_document(path), {})])
    return _read_corpus(path, text_column)


def read_page(path: Path | None) -> str:
    """Return all the text of one file, or of stdin, in any known encoding."""
    if path is not None:
        from vnclf.corpus import formats

        return formats.read_page(path)
    from vnclf.text.decode import decode

    return decode(sys.stdin.buffer.read()).text


def _read_corpus(path: Path, text_column: str | None) -> Iterator[Item]:
    from vnclf.corpus.reading import iter_documents

    for document in iter_documents(path, text_column=text_column):
        yield document.text, document.fields


def _read_stdin(text_column: str) -> Iterator[Item]:
    if sys.stdin.isatty():
        print("Reading from the keyboard: one text a line, end with Ctrl-D.", file=sys.stderr)
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(f"stdin, line {number}: not UTF-8 (byte 0x{line[error.start]:02x}).") from error
        if "\0" in text:
            raise InputError(f"stdin, line {number}: not text (a NUL byte).")
        yield _from_json(text, number, text_column) if text.startswith("{") else (text, {})


def _from_json(line: str, number: int, text_column: str) -> Item:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"stdin, line {number}: begins with '{{' but is not JSON ({error}).") from error
    text = row.pop(text_column, None)
    if not isinstance(text, str):
        raise InputError(f"stdin, line {number}: no string {text_column!r} in the object.")
    return text, row
