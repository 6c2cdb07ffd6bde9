"""Segments many documents at once: underthesea's CRF, evaluated by table look-ups.

For each token the score of "continues the word before it" against "begins a word" is a sum of looked
up numbers; the best sequence of two labels follows from a running clamp (Viterbi's algorithm with two
labels, in which only the difference of the two path scores is kept).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.text.crf_tables import CrfTables
from vnclf.text.lexicon import Lexicon, Tokens
from vnclf.text.scoring import Scorer
from vnclf.text.short import SHORT, ShortTexts
from vnclf.text.ties import TieBreaker
from vnclf.text.tokenizer import Tokenizer
from vnclf.text.viterbi import continues_word


@dataclass(frozen=True)
class Segmented:
    """Documents as numbered tokens, two breaks after each document.

    `numbers` and `begins` have one entry a token or break; `begins` says where a word begins and is
    true for breaks; `first` is the place of each document's first token, `lengths` its token count.
    `table` and `strings` tell what is known of a token by its number.
    """

    numbers: NDArray[np.int32]
    begins: NDArray[np.bool_]
    first: NDArray[np.int64]
    lengths: NDArray[np.int64]
    table: Tokens
    strings: list[str]

    @classmethod
    def build(
        cls,
        numbers: NDArray[np.int32],
        begins: NDArray[np.bool_],
        lengths: NDArray[np.int64],
        table: Tokens,
        strings: list[str],
    ) -> "Segmented":
        """Put documents together that follow one another."""
        return cls(numbers, begins, np.cumsum(lengths + 2) - (lengths + 2), lengths, table, strings)

    def words(self) -> list[list[str]]:
        """Return the words of each document, the tokens of a word joined by a space."""
        strings, numbers, begins = self.strings, self.numbers.tolist(), self.begins.tolist()
        return [
            _join(strings, numbers[start : start + length], begins[start : start + length])
            for start, length in zip(self.first.tolist(), self.lengths.tolist(), strict=True)
        ]


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
        self._tables = tables
        self._ties = ties
        self._spell = spell
        self._scorer = Scorer(tables, for_features=spell is not None)
        self._memory = self._begin_anew()

    def segment(self, texts: Sequence[str]) -> Segmented:
        """Segment documents; safe to call from many threads."""
        lexicon, short = self._memory
        if lexicon.is_full:
            lexicon, short = self._memory = self._begin_anew()
        numbers, lengths, table = lexicon.read(texts)
        begins = None
        if 2 < len(numbers) <= SHORT and len(texts) == 1:
            labels = short.continues_word(table, numbers[:-2].tolist())
            begins = None if labels is None else ~np.array([*labels, False, False])
        if begins is None:
            begins = self._begins(table, numbers, lengths)
        return Segmented.build(numbers, begins, lengths, table, lexicon.strings)

    def _begins(self, table: Tokens, numbers: NDArray[np.int32], lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
        first = np.cumsum(lengths + 2) - (lengths + 2)
        score = self._scorer.score(table, numbers)
        goes_on, close = continues_word(score, first, lengths, self._tables.transitions)
        for document in np.unique(np.searchsorted(first, np.flatnonzero(close), side="right") - 1).tolist():
            own = slice(int(first[document]), int(first[document] + lengths[document]))
            if close[own].any():
                goes_on[own] = self._ties.continues_word({name: column[numbers[own]] for name, column in table.items()})
        begins = ~goes_on
        begins[first[lengths > 0]] = True  # a document's first word begins whatever its label
        return begins

    def _begin_anew(self) -> tuple[Lexicon, ShortTexts]:
        lexicon = Lexicon(self._tokenizer, self._scorer.describe, self._spell, self._scorer.at_break)
        return lexicon, ShortTexts(self._scorer, self._tables)
