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
from vnclf.text.hashing import HashIndex, combine, hash_tokens
from vnclf.text.lexicon import Lexicon, Tokens, blank_tokens, describe_for_features
from vnclf.text.ties import TieBreaker
from vnclf.text.tokenizer import Tokenizer
from vnclf.text.viterbi import continues_word

# Tokens scored at a time, so that the work arrays stay in the processor's cache.
_SLICE = 1 << 14

# The columns of the token table that scoring reads.
_SCORED = ("hash", "lower_hash", "is_title", "scores")


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

    def words(self) -> list[list[str]]:
        """Return the words of each document, the tokens of a word joined by a space."""
        strings = self.strings
        parts = np.empty((len(self.numbers), 2), object)
        parts[:, 0] = np.array([" ", "\n"], object)[self.begins.view(np.int8)]
        parts[:, 1] = [strings[number] for number in self.numbers.tolist()]
        flat = parts.ravel().tolist()
        spans = zip((2 * self.first).tolist(), (2 * (self.first + self.lengths)).tolist(), strict=True)
        return ["".join(flat[start + 1 : end]).split("\n") if end > start else [] for start, end in spans]


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
        self._spell = spell
        self._scorer = _Scorer(tables, ties, for_features=spell is not None)
        self.lexicon = self._new_lexicon()

    def segment(self, texts: Sequence[str]) -> Segmented:
        """Segment documents; safe to call from many threads."""
        lexicon = self.lexicon
        if lexicon.is_full:
            lexicon = self.lexicon = self._new_lexicon()
        numbers, lengths, table = lexicon.read(texts)
        first = np.cumsum(lengths + 2) - (lengths + 2)
        begins = self._scorer.begins(table, numbers, first, lengths)
        return Segmented(numbers, begins, first, lengths, table, lexicon.strings)

    def _new_lexicon(self) -> Lexicon:
        return Lexicon(self._tokenizer, self._scorer.describe, self._spell)


class _Scorer:
    def __init__(self, tables: CrfTables, ties: TieBreaker, *, for_features: bool) -> None:
        self._tables = tables
        self._ties = ties
        self._for_features = for_features
        self._index1, self._index2, self._index3 = map(HashIndex, (tables.keys1, tables.keys2, tables.keys3))

    def describe(self, tokens: Sequence[str]) -> Tokens:
        """Return the rows of new tokens."""
        if self._for_features:
            rows = describe_for_features(tokens)
        else:
            rows = blank_tokens(len(tokens))
            rows["hash"] = hash_tokens(tokens)
        lowered = [token.lower() for token in tokens]
        rows["lower_hash"] = rows["hash"] if lowered == tokens else hash_tokens(lowered)
        rows["is_title"][:] = [token[0] == token[0].upper() for token in tokens]
        values, tables = self._tables.values1, self._tables
        rows["scores"] = values[self._index1.find(rows["hash"]), :5] + values[self._index1.find(rows["lower_hash"]), 5:]
        rows["scores"] += rows["is_title"][:, None] * tables.title[0]
        rows["is_number"][:] = [_is_number(token) for token in tokens]
        rows["scores"] += rows["is_number"][:, None] * tables.digit
        return rows

    def begins(
        self, table: Tokens, numbers: NDArray[np.int32], first: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Return, for each token or break, whether a word begins there."""
        if not len(numbers):
            return np.ones(0, np.bool_)
        tables = self._tables
        score = np.empty(len(numbers))
        for start in range(0, len(numbers), _SLICE):
            before, after = max(start - 2, 0), start + _SLICE + 2
            window = {name: table[name][numbers[before:after]] for name in _SCORED}
            score[start : start + _SLICE] = self._window_scores(window)[start - before :][:_SLICE]
        last = first + lengths - 1
        score[first] += tables.edges[0]
        score[last[lengths > 0]] += tables.edges[2]
        score[first[lengths > 1] + 1] += tables.edges[1]
        score[last[lengths > 1] - 1] += tables.edges[3]
        goes_on, close = continues_word(score, first, lengths, tables.transitions)
        for document in np.unique(np.searchsorted(first, np.flatnonzero(close), side="right") - 1).tolist():
            own = slice(int(first[document]), int(first[document] + lengths[document]))
            if close[own].any():
                tokens = {name: table[name][numbers[own]] for name in (*_SCORED, "is_number")}
                goes_on[own] = self._ties.continues_word(tokens)
        return ~goes_on

    def _window_scores(self, tokens: Tokens) -> NDArray[np.float64]:
        """Return the scores of a run of tokens; those of the outer two at either end lack their window."""
        score = np.full(len(tokens["hash"]), self._tables.constant[0])
        _spread(score, tokens["scores"])
        self._add_pairs_and_triples(score, tokens)
        return score

    def _add_pairs_and_triples(self, score: NDArray[np.float64], tokens: Tokens) -> None:
        tables = self._tables
        plain, lower, title = tokens["hash"], tokens["lower_hash"], tokens["is_title"]
        cased = plain != lower
        plain2, lower2 = combine(plain[:-1], plain[1:]), combine(lower[:-1], lower[1:])
        rows = self._index2.find(lower2)
        values = tables.values2[rows]
        pairs = values[:, :4] + values[:, 4:]
        mixed = np.flatnonzero(cased[:-1] | cased[1:])
        plain_rows = rows.copy()
        plain_rows[mixed] = self._index2.find(plain2[mixed])
        pairs[mixed] = tables.values2[plain_rows[mixed], :4] + tables.values2[rows[mixed], 4:]
        titles = title[:-1] & title[1:]
        pairs[titles] += tables.title[1, :4]
        _spread(score, pairs)

        at = np.flatnonzero((tables.opens_triple[rows] | tables.opens_triple[plain_rows])[:-1])
        plain_values = tables.values3[self._index3.find(combine(plain[at], plain[at + 1], plain[at + 2])), :3]
        lower_values = tables.values3[self._index3.find(combine(lower[at], lower[at + 1], lower[at + 2])), 3:]
        triples = plain_values + lower_values
        titled = np.flatnonzero(titles[:-1] & title[2:])
        for column, offset in enumerate((2, 1, 0)):
            score[at + offset] += triples[:, column]
            score[titled + offset] += tables.title[2, column]


def _spread(score: NDArray[np.float64], rows: NDArray[np.float64]) -> None:
    """Add each row's columns to the tokens two after, one after, at, one before, two before its own."""
    for column in range(rows.shape[1]):
        shift = 2 - column
        if shift > 0:
            score[shift : shift + len(rows)] += rows[: len(score) - shift, column]
        else:
            score[: len(rows) + shift] += rows[-shift:, column]


def _is_number(token: str) -> bool:
    """Whether the CRF's features take the token for a number: it parses as a signed 32-bit integer."""
    digits = token[1:] if token[:1] in ("+", "-") else token
    return digits.isdigit() and digits.isascii() and -(2**31) <= int(token[:40]) < 2**31
