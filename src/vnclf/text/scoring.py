"""Scores tokens by table look-ups: how much each rather goes on with a word than begins one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.text.crf_tables import CrfTables
from vnclf.text.hashing import HashIndex, combine, hash_tokens
from vnclf.text.lexicon import GAP, Tokens, blank_tokens, describe_for_features

Scores = NDArray[np.float64]

# Tokens scored at a time, so that the work arrays stay in the processor's cache.
_SLICE = 1 << 14


@dataclass(frozen=True)
class Adjacent:
    """What the pairs and triples of a run of tokens add, by the place in the window of their first token.

    `pairs` has shape (tokens - 1, 4); `opens` says which pairs may begin a triple that adds anything, `at`
    where such triples begin, and `triples`, shape (len(at), 3), what they add.
    """

    pairs: Scores
    opens: NDArray[np.bool_]
    at: NDArray[np.intp]
    triples: Scores


class Scorer:
    """Looks up what tokens, pairs and triples add to the scores of the tokens around them."""

    def __init__(self, tables: CrfTables, *, for_features: bool) -> None:
        """`for_features` describes tokens as a classifier needs them, too."""
        self._tables = tables
        self._for_features = for_features
        self._index1, self._index2, self._index3 = map(HashIndex, (tables.keys1, tables.keys2, tables.keys3))
        first, second, last, last_but_one = tables.edges.tolist()
        # The first token sees two breaks before it and the second one sees one, and so at the end.
        self.at_break = (second, first - second, 0.0, last - last_but_one, last_but_one)

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
        rows["is_number"][:] = [_is_number(token) for token in tokens]
        values, tables = self._tables.values1, self._tables
        rows["scores"] = values[self._index1.find(rows["hash"]), :5] + values[self._index1.find(rows["lower_hash"]), 5:]
        rows["scores"] += rows["is_title"][:, None] * tables.title[0] + rows["is_number"][:, None] * tables.digit
        rows["scores"][:, 2] += tables.constant[0]
        return rows

    def score(self, table: Tokens, numbers: NDArray[np.int32]) -> Scores:
        """Return the scores of all tokens of a batch; those of breaks mean nothing."""
        padded = np.concatenate((GAP, numbers, GAP))
        result = np.empty(len(numbers))
        for start in range(0, len(numbers), _SLICE):
            window = padded[start : start + _SLICE + 4]
            score = np.zeros(len(window))
            _spread(score, table["scores"][window])
            found = self.adjacent(table, window)
            _spread(score, found.pairs)
            for column in range(3):
                score[found.at + 2 - column] += found.triples[:, column]
            result[start : start + _SLICE] = score[2:-2]
        return result

    def adjacent(self, table: Tokens, numbers: NDArray[np.int32]) -> Adjacent:
        """Look up the pairs and triples of a run of tokens."""
        tables = self._tables
        plain, lower, title = (table[name][numbers] for name in ("hash", "lower_hash", "is_title"))
        rows = self._index2.find(combine(lower[:-1], lower[1:]))
        pairs = tables.values2[rows, :4] + tables.values2[rows, 4:]
        opens = tables.opens_triple[rows]
        cased = plain != lower
        mixed = np.flatnonzero(cased[:-1] | cased[1:])
        if mixed.size:
            plain_rows = self._index2.find(combine(plain[mixed], plain[mixed + 1]))
            pairs[mixed] = tables.values2[plain_rows, :4] + tables.values2[rows[mixed], 4:]
            opens[mixed] |= tables.opens_triple[plain_rows]
        titles = title[:-1] & title[1:]
        pairs[titles] += tables.title[1, :4]
        opens |= titles
        at = np.flatnonzero(opens[:-1])
        triples = tables.values3[self._index3.find(combine(plain[at], plain[at + 1], plain[at + 2])), :3]
        triples += tables.values3[self._index3.find(combine(lower[at], lower[at + 1], lower[at + 2])), 3:]
        triples += (titles[at] & title[at + 2])[:, None] * tables.title[2, :3]
        return Adjacent(pairs, opens, at, triples)


def _spread(score: Scores, rows: Scores) -> None:
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
