"""Segments many documents at once: underthesea's CRF, evaluated by table look-ups.

For each token the score of "continues the word before it" against "begins a word" is a sum of looked
up numbers; the best sequence of two labels follows from a running clamp (Viterbi's algorithm with two
labels, in which only the difference of the two path scores is kept).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vnclf.text.crf_tables import CrfTables
from vnclf.text.hashing import Hashes
from vnclf.text.lexicon import BREAK, Lexicon, Tokens
from vnclf.text.scoring import Scorer, Scores
from vnclf.text.ties import TieBreaker
from vnclf.text.tokenizer import Tokenizer
from vnclf.text.viterbi import Viterbi

# A single text of more tokens is labelled quicker by NumPy.
_SHORT = 1000


@dataclass(frozen=True)
class Segmented:
    """Documents as numbered tokens, two breaks after each document.

    `numbers` and `begins` have one entry a token or break; `begins` says where a word begins and is
    true for breaks; `lengths` are the documents' token counts. `table` and `strings` tell what is known
    of a token by its number.
    """

    numbers: NDArray[np.int32]
    begins: NDArray[np.bool_]
    lengths: NDArray[np.int64]
    table: Tokens
    strings: list[str]

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """The place of each document's first token."""
        return np.cumsum(self.lengths + 2) - (self.lengths + 2)

    @cached_property
    def documents(self) -> NDArray[np.int32]:
        """The document each token, or break after it, belongs to."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths + 2)

    @cached_property
    def depth(self) -> NDArray[np.int32]:
        """How many tokens of its document stand before each token."""
        depth = np.arange(len(self.numbers), dtype=np.int32)
        depth -= self.first.astype(np.int32).take(self.documents)
        return depth

    @cached_property
    def hashes(self) -> Hashes:
        """The hash of each token."""
        return self.table["hash"].take(self.numbers)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """Which tokens hold a letter or a figure."""
        return self.table["is_word"].take(self.numbers)

    def words(self) -> list[list[str]]:
        """Return the words of each document, the tokens of a word joined by a space."""
        strings, numbers, begins = self.strings, self.numbers.tolist(), self.begins.tolist()
        words, start = [], 0
        for length in self.lengths.tolist():
            words.append(_join(strings, numbers[start : start + length], begins[start : start + length]))
            start += length + 2
        return words


def _join(strings: list[str], numbers: list[int], begins: list[bool]) -> list[str]:
    words: list[str] = []
    for number, begin in zip(numbers, begins, strict=True):
        if begin:
            words.append(strings[number])
        else:
            words[-1] += " " + strings[number]
    return words


class Segmenter:
    """Gives the words of `underthesea.word_tokenize`, for a batch of documents at a time."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        tables: CrfTables,
        ties: TieBreaker,
        spell: Callable[[str], str] | None = None,
    ) -> None:
        """`spell` rewrites each white-space-free chunk before it is tokenized; None reads it as it is."""
        self._tokenizer = tokenizer
        self._best = Viterbi(tables.transitions)
        self._ties = ties
        self._spell = spell
        self._scorer = Scorer(tables, for_features=spell is not None)
        self._lexicon = self._new_lexicon()

    def segment(self, texts: Sequence[str]) -> Segmented:
        """Segment documents; safe to call from many threads."""
        lexicon = self._current_lexicon()
        numbers, counts, table = lexicon.read(texts)
        scores = self._scorer.score(table, numbers)
        numbers, lengths = numbers[2:], np.array(counts, np.int64)
        few = len(texts) == 1 and 0 < len(scores) <= _SHORT
        one = self._best.begins_word(scores.tolist()) if few else None
        if one is None:
            begins = self._begins(lexicon.strings, numbers, lengths, np.append(scores, (0.0, 0.0)))
        else:
            one[0] = True  # a document's first word begins whatever its label
            begins = np.frombuffer(bytes([*one, True, True]), np.bool_)
        return Segmented(numbers, begins, lengths, table, lexicon.strings)

    def words(self, text: str) -> list[str]:
        """Return the words of one text: those of `segment`, with less ado."""
        lexicon = self._current_lexicon()
        numbers, _, table = lexicon.read([text])
        scores = self._scorer.score(table, numbers)
        words = None
        if 0 < len(scores) <= _SHORT:
            strings = lexicon.strings
            words = self._best.join(scores.tolist(), [strings[number] for number in numbers[2:-2].tolist()])
        return self.segment([text]).words()[0] if words is None else words

    def _current_lexicon(self) -> Lexicon:
        if self._lexicon.is_full:
            self._lexicon = self._new_lexicon()
        return self._lexicon

    def _begins(
        self, strings: list[str], numbers: NDArray[np.int32], lengths: NDArray[np.int64], scores: Scores
    ) -> NDArray[np.bool_]:
        first = np.cumsum(lengths + 2) - (lengths + 2)
        goes_on, close = self._best.continues_word(scores, first, lengths)
        for document in np.unique(np.searchsorted(first, np.flatnonzero(close), side="right") - 1).tolist():
            own = slice(int(first[document]), int(first[document] + lengths[document]))
            if close[own].any():
                goes_on[own] = self._ties.continues_word([strings[number] for number in numbers[own].tolist()])
        begins: NDArray[np.bool_] = ~goes_on | (numbers == BREAK)
        begins[first[lengths > 0]] = True  # a document's first word begins whatever its label
        return begins

    def _new_lexicon(self) -> Lexicon:
        return Lexicon(self._tokenizer, self._scorer.describe, self._spell, self._scorer.at_break)
