"""JSON files read element by element: one array, or objects one after the other."""

import codecs
import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from vnclf.corpus.location import Location
from vnclf.corpus.opening import DAMAGE, LONGEST, damaged, encoding_of, not_text, open_binary
from vnclf.errors import CorpusError

_CHUNK = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")

_DECODER = json.JSONDecoder()

# A number, a literal or an escape that a window cuts off is reported up to so many characters before its end.
_LONGEST_ATOM = 16


def read_json(path: Location) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (place, object) of a file that is one JSON array of objects, or objects one after the other.

    Holds little more than one element at a time. Raises CorpusError naming item or line.
    """
    window = _Window(path)
    array = window.next() == "["
    if array:
        window.take("[")
    for item in count(1):
        if window.next() == ("]" if array else ""):
            break
        if array and item > 1:
            window.take(",")
            window.next()
        place = f"{path}, item {item} (line {window.line})"
        row = window.value()
        if not isinstance(row, dict):
            raise CorpusError(f"{place}: a JSON {type(row).__name__}, where an object is expected.")
        yield place, row
    if array:
        window.take("]")
        window.take("")


class _Window:
    """A piece of a file's text, moving forward over it; `line` is the line of its first character."""

    def __init__(self, path: Location) -> None:
        self._path = path
        self._chunks = _read_chunks(path)
        self._text = ""
        self._at = 0
        self.line = 1

    def next(self) -> str:
        """Move to the next character that is not white space and return it; "" at the file's end."""
        while True:
            end = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # it matches anywhere
            self._move(end)
            if end < len(self._text):
                return self._text[end]
            if not self._grow():
                return ""

    def take(self, wanted: str) -> None:
        """Move past the character that must come next; "" is the file's end."""
        found = self.next()
        if found != wanted:
            names = {"": "the end of the file"}
            expected, seen = (names.get(character, repr(character)) for character in (wanted, found))
            raise CorpusError(f"{self._path}, line {self.line}: not JSON ({seen}, where {expected} is expected).")
        self._move(self._at + len(wanted))

    def value(self) -> Any:
        """Move past the JSON value that begins here and return it."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
                self._move(end)
                return value
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos > len(self._text) - _LONGEST_ATOM
                if not (cut and self._grow()):
                    self._move(error.pos)
                    raise CorpusError(f"{self._path}, line {self.line}: not JSON ({error.msg}).") from error
            except (ValueError, RecursionError) as error:  # a number of 5,000 digits, ten thousand brackets
                raise CorpusError(f"{self._path}, line {self.line}: not usable JSON ({error}).") from error

    def _move(self, to: int) -> None:
        self.line += self._text.count("\n", self._at, to)
        self._at = to

    def _grow(self) -> bool:
        """Add text at the end and drop what lies behind; False at the file's end."""
        pending = self._text[self._at :]
        if len(pending) > LONGEST:
            raise CorpusError(
                f"{self._path}, line {self.line}: an item of over {LONGEST >> 20} MB; is a quote missing?"
            )
        # At least doubling what is pending keeps the repeated reading of one long element linear.
        pieces = [pending]
        added = 0
        while added < max(1, len(pending)) and (piece := next(self._chunks, "")):
            pieces.append(piece)
            added += len(piece)
        self._text, self._at = "".join(pieces), 0
        return added > 0


def _read_chunks(path: Location) -> Iterator[str]:
    line = 1
    with open_binary(path) as file:
        decode = codecs.getincrementaldecoder(encoding_of(file))().decode
        try:
            while data := file.read(_CHUNK):
                if text := decode(data):
                    yield text
                    line += text.count("\n")
            yield decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise not_text(path, line + error.object.count(b"\n", 0, error.start), error) from error
        except DAMAGE as error:
            raise damaged(path, error, f", after line {line}") from error
