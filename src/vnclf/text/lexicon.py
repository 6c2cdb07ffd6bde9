"""Every distinct chunk and token met so far, numbered, so that NumPy can work on numbers."""

import threading
import unicodedata
from collections.abc import Callable, Sequence
from itertools import chain
from sys import byteorder
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from vnclf.text.hashing import hash_tokens
from vnclf.text.tokenizer import MAX_CHUNK, Tokenizer

# Number of the break of which two stand before and after every document: as the segmenter's window
# reaches two tokens to either side, no document sees its neighbour.
BREAK = 0
_GAP = np.full(2, BREAK, np.int32).tobytes()
_BYTES = len(_GAP) // 2

# What is known of each token, by its number: a column for each fact.
Tokens: TypeAlias = dict[str, NDArray[Any]]

# What the CRF needs, side by side, so that it costs one look-up: the scores by place in the window, and
# what pairs and triples are made of, the hashes as it stands, lower-cased, and if capitalised.
_CRF = np.dtype([("scores", np.float64, 5), ("lanes", np.uint64, 3)])

_COLUMNS: dict[str, DTypeLike] = {
    "hash": np.uint64,
    "plain_hash": np.uint64,  # of the token without diacritics
    "crf": _CRF,
    "is_word": np.bool_,  # holds a letter or a digit
    "is_marked": np.bool_,  # holds a letter outside ASCII
}


def blank_tokens(count: int) -> Tokens:
    """Return a table of so many tokens of which nothing is known yet."""
    return {name: np.zeros(count, kind) for name, kind in _COLUMNS.items()}


# Tells a chunk at the end of a text, which may be tokenized otherwise, from the same elsewhere: no chunk holds it.
_END = "\n"

# A lexicon with this many tokens is full and a new one begun; or, as those of texts without spaces are long and would
# take 200 MB, with this many characters in them.
_MAX_TOKENS = 100_000
_MAX_CHARACTERS = 4_000_000
# Of chunks so many are remembered, and before they are forgotten, so many more: some 60 MB in all.
_MAX_CHUNKS = 100_000
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
        describe: Callable[[Sequence[str], Tokens, int], None],
        spell: Callable[[str], str] | None = None,
        at_break: Sequence[float] = (0.0,) * 5,
    ) -> None:
        """`describe` fills the blank rows of new tokens from a place on; `spell` rewrites chunks to be tokenized.

        `at_break` are the scores of the break between documents.
        """
        self._describe = describe
        self._lock = threading.Lock()
        self._chunks = _Chunks(tokenizer, spell)
        self.strings = self._chunks.strings
        self._table = blank_tokens(1 << 14)
        self._table["crf"]["scores"][BREAK] = at_break
        self._described = 1
        self._characters = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to begin a new lexicon, so that memory stays bounded."""
        return len(self.strings) > _MAX_TOKENS or self._characters > _MAX_CHARACTERS

    def read(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], list[int], Tokens]:
        """Return the numbers of all tokens; their count per text; the table.

        Two breaks stand before the first text and after each.
        """
        with self._lock:
            self._chunks.forget()
            parts = [self._read_text(text) for text in texts]
            if self._described < len(self.strings):
                self._describe_new()
            table = self._table
        numbers = np.frombuffer(_GAP.join([b"", *parts, b""]), np.int32)
        return numbers, [len(part) // _BYTES for part in parts], table

    def _read_text(self, text: str) -> bytes:
        chunks = text.split()
        if text.endswith((".", ".\n")):
            chunks[-1] += _END
        return b"".join(map(self._chunks.__getitem__, chunks))

    def _describe_new(self) -> None:
        start, end = self._described, len(self.strings)
        self._characters += sum(map(len, self.strings[start:]))
        if end > len(self._table["crf"]):
            old, self._table = self._table, blank_tokens(2 * end)
            for name, column in old.items():
                self._table[name][:start] = column[:start]
        self._describe(self.strings[start:], self._table, start)
        self._described = end


class _Chunks(dict[str, bytes]):
    """The numbers of each chunk's tokens, as bytes: a text's are then joined in one call.

    Chunks are of two generations: those of the older that are met again join the younger, the others are forgotten.
    """

    def __init__(self, tokenizer: Tokenizer, spell: Callable[[str], str] | None) -> None:
        self._tokenize = tokenizer.tokenize
        self._spell = spell
        self._older: dict[str, bytes] = {}
        self._numbers: dict[str, bytes] = {}
        self.strings = [""]

    def forget(self) -> None:
        """Forget the older generation when the younger is as large as it may be."""
        if len(self) > _MAX_CHUNKS:
            self._older = dict(self)
            self.clear()

    def __missing__(self, chunk: str) -> bytes:
        numbers = self._older.get(chunk)
        if numbers is None:
            known, new = self._numbers, self._new
            numbers = b"".join([known.get(token) or new(token) for token in self._tokens(chunk)])
        if len(chunk) <= _MAX_REMEMBERED:
            self[chunk] = numbers
        return numbers

    def _tokens(self, chunk: str) -> list[str]:
        """Return the tokens of a chunk, which is cut first where it is overlong."""
        at_end = chunk.endswith(_END)
        if at_end:
            chunk = chunk[: -len(_END)]
        if self._spell is not None:
            chunk = self._spell(chunk)
        if len(chunk) <= MAX_CHUNK:
            return self._tokenize(chunk, at_end=at_end)
        *pieces, last = (chunk[i : i + MAX_CHUNK] for i in range(0, len(chunk), MAX_CHUNK))
        return [*chain.from_iterable(map(self._tokenize, pieces)), *self._tokenize(last, at_end=at_end)]

    def _new(self, token: str) -> bytes:
        number = self._numbers[token] = len(self.strings).to_bytes(_BYTES, byteorder)
        self.strings.append(token)
        return number


def describe_for_features(tokens: Sequence[str], table: Tokens, start: int) -> None:
    """Fill the rows, from `start` on, of tokens as a classifier needs them: hashes and kinds."""
    rows = slice(start, start + len(tokens))
    table["hash"][rows] = hash_tokens(tokens)
    table["plain_hash"][rows] = hash_tokens(map(strip_diacritics, tokens))
    table["is_word"][rows] = [token.isalnum() or any(map(str.isalnum, token)) for token in tokens]
    table["is_marked"][rows] = [not token.isascii() and (token.isalpha() or _holds_marked(token)) for token in tokens]


def _holds_marked(token: str) -> bool:
    return any(character.isalpha() for character in token if character > "\x7f")


def describe_all(strings: Sequence[str]) -> Tokens:
    """Return the table of all tokens of a corpus, of which the first is the break."""
    table = blank_tokens(len(strings))
    describe_for_features(strings[1:], table, 1)
    return table


def strip_diacritics(text: str) -> str:
    """Return `text` as typed without Vietnamese diacritics: 'Đội tuyển' becomes 'Doi tuyen'."""
    return text if text.isascii() else text.translate(_PLAIN)


class _Plain(dict[int, str]):
    """Each character met so far without its diacritics."""

    def __missing__(self, character: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(character))
        plain = self[character] = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
        return plain


_PLAIN = _Plain({ord("đ"): "d", ord("Đ"): "D"})
