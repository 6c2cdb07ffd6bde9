"""Every distinct chunk and token met so far, numbered, so that NumPy can work on numbers."""

import threading
import unicodedata
from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vnclf.text.hashing import hash_tokens
from vnclf.text.tokenizer import MAX_CHUNK, Tokenizer

# Number of the break of which two stand after every document: as the segmenter's window reaches two
# tokens to either side, no document sees its neighbour. Its row in the token table is all zeros.
BREAK = 0

# What is known of a token, one row each.
TOKEN = np.dtype(
    [
        ("hash", np.uint64),
        ("lower_hash", np.uint64),  # of the lower-cased token
        ("plain_hash", np.uint64),  # of the token without diacritics
        ("scores", np.float64, (5,)),  # the CRF's scores, by place in the window
        ("is_title", np.bool_),  # its first character is its own upper case, so figures count too
        ("is_number", np.bool_),  # parses as a signed 32-bit integer
        ("is_word", np.bool_),  # holds a letter or a digit
        ("is_marked", np.bool_),  # holds a letter outside ASCII
    ],
    align=True,
)

Tokens: TypeAlias = NDArray[np.void]

# A lexicon with this many chunks is full and a new one begun: some 80 MB, the words of 10,000 articles.
_MAX_CHUNKS = 250_000
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
        describe: Callable[[Sequence[str]], Tokens],
        spell: Callable[[str], str] | None = None,
    ) -> None:
        """`describe` makes the rows of new tokens; `spell` rewrites each chunk before it is tokenized."""
        self._tokenizer = tokenizer
        self._describe = describe
        self._spell = spell
        self._lock = threading.Lock()
        self._chunks: dict[str, tuple[int, ...]] = {}
        self._numbers: dict[str, int] = {}
        self._table = np.zeros(1 << 14, TOKEN)
        self._described = 1
        self.strings: list[str] = [""]

    @property
    def is_full(self) -> bool:
        """Whether it is time to begin a new lexicon, so that memory stays bounded."""
        return max(len(self._chunks), len(self.strings)) > _MAX_CHUNKS

    def read(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64], Tokens]:
        """Return the numbers of all tokens, two breaks after each text; their count per text; the table."""
        with self._lock:
            parts = [np.fromiter(chain.from_iterable(self._read_chunks(text)), np.int32) for text in texts]
            self._describe_new()
            table = self._table
        lengths = np.array([len(part) for part in parts], np.int64)
        gap = np.full(2, BREAK, np.int32)
        numbers = np.concatenate([*chain.from_iterable(zip(parts, repeat(gap), strict=False)), gap[:0]])
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
        return [chunk[i : i + MAX_CHUNK] for i in range(0, len(chunk), MAX_CHUNK)]

    def _read_chunks(self, text: str) -> list[tuple[int, ...]]:
        chunks = text.split()
        known = self._chunks
        try:
            result = list(map(known.__getitem__, chunks))
        except KeyError:
            result = [known[chunk] if chunk in known else self._read_new(chunk) for chunk in chunks]
        if chunks and chunks[-1].endswith(".") and text.endswith((chunks[-1], chunks[-1] + "\n")):
            result[-1] = self._read_new(chunks[-1], at_end=True)
        return result

    def _read_new(self, chunk: str, *, at_end: bool = False) -> tuple[int, ...]:
        pieces = self.pieces(chunk)
        numbers: tuple[int, ...] = ()
        for piece in pieces:
            numbers += tuple(self.add(self._tokenizer.tokenize(piece, at_end=at_end and piece is pieces[-1])))
        if not at_end and len(chunk) <= _MAX_REMEMBERED:
            self._chunks[chunk] = numbers
        return numbers

    def _describe_new(self) -> None:
        new = self.strings[self._described :]
        if not new:
            return
        end = self._described + len(new)
        if end > len(self._table):
            grown = np.zeros(max(end, 2 * len(self._table)), TOKEN)
            grown[: self._described] = self._table[: self._described]
            self._table = grown
        self._table[self._described : end] = self._describe(new)
        self._described = end


def describe_for_features(tokens: Sequence[str]) -> Tokens:
    """Return the rows of tokens as the features of a classifier need them: hashes, kinds, no scores."""
    rows = np.zeros(len(tokens), TOKEN)
    rows["hash"] = hash_tokens(tokens)
    rows["plain_hash"] = hash_tokens([strip_diacritics(token) for token in tokens])
    rows["is_word"] = [token.isalnum() or any(map(str.isalnum, token)) for token in tokens]
    rows["is_marked"] = [not token.isascii() and any(c.isalpha() for c in token if c > "\x7f") for token in tokens]
    return rows


def strip_diacritics(text: str) -> str:
    """Return `text` as typed without Vietnamese diacritics: 'Đội tuyển' becomes 'Doi tuyen'."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
