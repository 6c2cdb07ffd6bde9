"""Every distinct chunk and token met so far, numbered, so that NumPy can work on numbers."""

import threading
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from weakref import WeakMethod

import numpy as np
from numpy.typing import DTypeLike, NDArray

from vnclf.text.hashing import hash_tokens
from vnclf.text.tokenizer import MAX_CHUNK, Tokenizer

# Number of the break of which two stand before and after every document: as the segmenter's window
# reaches two tokens to either side, no document sees its neighbour.
BREAK = 0
_GAP = np.full(2, BREAK, np.int32).tobytes()

# What is known of each token, by its number: a column for each fact.
Tokens: TypeAlias = dict[str, NDArray[Any]]

# What the CRF needs, side by side, so that it costs one look-up: the scores by place in the window, and
# what pairs and triples are made of, the hashes as it stands, lower-cased, and if capitalised.
_CRF = np.dtype([("scores", np.float64, 5), ("lanes", np.uint64, 3)])

_COLUMNS: dict[str, DTypeLike] = {
    "hash": np.uint64,
    "plain_hash": np.uint64,  # of the token without diacritics
    "crf": _CRF,
    "is_number": np.bool_,  # parses as a signed 32-bit integer
    "is_word": np.bool_,  # holds a letter or a digit
    "is_marked": np.bool_,  # holds a letter outside ASCII
}


def blank_tokens(count: int) -> Tokens:
    """Return a table of so many tokens of which nothing is known yet."""
    return {name: np.zeros(count, kind) for name, kind in _COLUMNS.items()}


# A lexicon with this many chunks is full and a new one begun: some 60 MB, the words of 4,000 articles.
_MAX_CHUNKS = 100_000
# Tokens of usual chunks are far fewer characters than this; those of texts without spaces would take 200 MB.
_MAX_CHARACTERS = 4_000_000
# Longer chunks, links mostly, are seldom met twice: not worth their memory.
_MAX_REMEMBERED = 40


class Lexicon:
    """Numbers tokens, and remembers which tokens each chunk of text consists of.

    The table of tokens only ever grows, and by being replaced: who has taken it may go on reading it
    while another thread adds tokens.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        describe: Callable[[Sequence[str], Tokens], None],
        spell: Callable[[str], str] | None = None,
        at_break: Sequence[float] = (0.0,) * 5,
    ) -> None:
        """`describe` fills the rows of new tokens, so far blank; `spell` rewrites each chunk before it is tokenized.

        `at_break` are the scores of the break between documents.
        """
        self._tokenizer = tokenizer
        self._describe = describe
        self._spell = spell
        self._lock = threading.Lock()
        self._chunks = _Chunks(self._read_new)
        self._numbers: dict[str, int] = {}
        self._table = blank_tokens(1 << 14)
        self._table["crf"]["scores"][BREAK] = at_break
        self._described = 1
        self._characters = 0
        self.strings: list[str] = [""]

    @property
    def is_full(self) -> bool:
        """Whether it is time to begin a new lexicon, so that memory stays bounded."""
        return max(len(self._chunks), len(self.strings)) > _MAX_CHUNKS or self._characters > _MAX_CHARACTERS

    def read(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64], Tokens]:
        """Return the numbers of all tokens; their count per text; the table.

        Two breaks stand before the first text and after each.
        """
        with self._lock:
            parts = [self._read_text(text) for text in texts]
            self._describe_new()
            table = self._table
        numbers = np.frombuffer(_GAP.join([b"", *parts, b""]), np.int32)
        lengths = np.array([len(part) // numbers.itemsize for part in parts], np.int64)
        return numbers, lengths, table

    def add(self, tokens: Sequence[str]) -> list[int]:
        """Return the numbers of tokens, numbering those that are new."""
        numbers, strings = self._numbers, self.strings
        result = []
        for token in tokens:
            number = numbers.get(token)
            if number is None:
                number = numbers[token] = len(strings)
                strings.append(token)
            result.append(number)
        return result

    def pieces(self, chunk: str) -> list[str]:
        """Return a chunk spelt as the tokenizer shall see it, and cut where it is overlong."""
        if self._spell is not None:
            chunk = self._spell(chunk)
        if 0 < len(chunk) <= MAX_CHUNK:
            return [chunk]
        return [chunk[i : i + MAX_CHUNK] for i in range(0, len(chunk), MAX_CHUNK)]

    def _read_text(self, text: str) -> bytes:
        chunks = text.split()
        if chunks and chunks[-1].endswith(".") and text.endswith((chunks[-1], chunks[-1] + "\n")):
            last = self._read_new(chunks.pop(), at_end=True)
            return b"".join(map(self._chunks.__getitem__, chunks)) + last
        return b"".join(map(self._chunks.__getitem__, chunks))

    def _read_new(self, chunk: str, *, at_end: bool = False) -> bytes:
        pieces = self.pieces(chunk)
        numbers = [
            number
            for place, piece in enumerate(pieces, 1)
            for number in self.add(self._tokenizer.tokenize(piece, at_end=at_end and place == len(pieces)))
        ]
        return array("i", numbers).tobytes()

    def _describe_new(self) -> None:
        new = self.strings[self._described :]
        if not new:
            return
        self._characters += sum(map(len, new))
        start, end = self._described, self._described + len(new)
        if end > len(self._table["crf"]):
            old, self._table = self._table, blank_tokens(2 * end)
            for name, column in old.items():
                self._table[name][:start] = column[:start]
        self._describe(new, {name: column[start:end] for name, column in self._table.items()})
        self._described = end


class _Chunks(dict[str, bytes]):
    """The numbers of each chunk's tokens, as bytes: a text's are then joined in one call."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = WeakMethod(read)  # a full lexicon goes at once, not when a cycle is collected

    def __missing__(self, chunk: str) -> bytes:
        read = self._read()
        assert read is not None, "chunks do not outlive their lexicon"
        numbers = read(chunk)
        if len(chunk) <= _MAX_REMEMBERED:
            self[chunk] = numbers
        return numbers


def describe_for_features(tokens: Sequence[str], rows: Tokens) -> None:
    """Fill the rows of tokens as the features of a classifier need them: hashes and kinds."""
    rows["hash"][:] = hash_tokens(tokens)
    rows["plain_hash"][:] = hash_tokens([strip_diacritics(token) for token in tokens])
    rows["is_word"][:] = [token.isalnum() or any(map(str.isalnum, token)) for token in tokens]
    rows["is_marked"][:] = [not token.isascii() and any(c.isalpha() for c in token if c > "\x7f") for token in tokens]


def describe_all(strings: Sequence[str]) -> Tokens:
    """Return the table of all tokens of a corpus, of which the first is the break."""
    table = blank_tokens(len(strings))
    describe_for_features(strings[1:], {name: column[1:] for name, column in table.items()})
    return table


def strip_diacritics(text: str) -> str:
    """Return `text` as typed without Vietnamese diacritics: 'Đội tuyển' becomes 'Doi tuyen'."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
