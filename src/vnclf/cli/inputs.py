"""What a command reads: texts given as arguments, a file, or lines on stdin."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vnclf.errors import InputError

Item = tuple[str, dict[str, Any]]

STDIN = Path("-")


def read_items(
    texts: Sequence[str], path: Path | None, text_column: str | None = None, *, page: bool | None = None
) -> Iterator[Item]:
    """Yield (text, its other fields) from arguments, from a file, or else from stdin.

    A `.txt` or `.html` file is one document, and `page=False` leaves a page as it is; any other file is a corpus, one
    document a row. "-" is stdin, too: there each line is a document, and a row as of JSON lines where it begins
    with "{".
    """
    if texts and path is not None:
        raise InputError("Give texts or --input, not both.")
    if texts:
        return ((text, {}) for text in texts)
    if path is None or path == STDIN:
        return _read_stdin(text_column)
    from vnclf.corpus.formats import ONE_DOCUMENT, read_document
    from vnclf.corpus.opening import format_of
    from vnclf.corpus.reading import iter_texts

    if format_of(path) in ONE_DOCUMENT:
        return iter([(read_page(path) if page is False else read_document(path), {})])
    return iter_texts(path, text_column=text_column)


def read_page(path: Path) -> str:
    """Return all the text of one file, or of stdin, in any known encoding."""
    if path == STDIN:
        from vnclf.text.decode import decode

        return decode(sys.stdin.buffer.read()).text
    from vnclf.corpus import formats

    return formats.read_page(path)


def _read_stdin(text_column: str | None) -> Iterator[Item]:
    from vnclf.corpus.columns import Columns
    from vnclf.corpus.formats import read_object

    columns = Columns(text_column)
    if sys.stdin.isatty():
        print("Reading from the keyboard: one text a line, end with Ctrl-D.", file=sys.stderr)
    for number, line in enumerate(sys.stdin.buffer, 1):
        place = f"stdin, line {number}"
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(f"{place}: not UTF-8 (byte 0x{line[error.start]:02x}).") from error
        if "\0" in text:
            raise InputError(f"{place}: not text (a NUL byte).")
        if text.startswith("{"):
            yield columns.text_and_fields(read_object(text, place), place)
        else:
            yield text, {}
