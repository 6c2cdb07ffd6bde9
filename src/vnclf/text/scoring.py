"""Scores tokens by table look-ups: how much each rather goes on with a word than begins one."""

import struct
from collections.abc import Sequence
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.text.crf_tables import LOWERED, TITLE, CrfTables
from vnclf.text.hashing import combine_neighbours, hash_token
from vnclf.text.lexicon import Tokens, describe_for_features
from vnclf.text.perfect import PerfectHash

Scores = NDArray[np.float64]

_LOWERED, _TITLE = int(LOWERED), int(TITLE)

# A token's scores and lanes, as the column "crf" holds them.
_ROW = struct.Struct("5d3Q")

# Tokens scored at a time, so that the work arrays stay in the processor's cache.
_SLICE = 1 << 11


class Scorer:
    """Looks up what tokens, pairs and triples add to the scores of the tokens around them."""

    def __init__(self, tables: CrfTables, *, for_features: bool) -> None:
        """`for_features` describes tokens as a classifier needs them, too."""
        self._for_features = for_features
        self._tokens = PerfectHash(tables.token_slots, tables.token_multipliers)
        self._token_values = tables.token_values
        self._digit = tables.digit.tolist()
        constant = [0.0, 0.0, *tables.constant.tolist(), 0.0, 0.0]
        capital = tables.token_values[self._tokens.find_one(_TITLE)].tolist()
        self._scores = {0: constant, _TITLE: list(map(add, constant, capital))}
        self._runs = PerfectHash(tables.run_slots, tables.run_multipliers)
        self._run_values = tables.run_values
        first, second, last, last_but_one = tables.edges.tolist()
        # The first token sees two breaks before it and the second one sees one, and so at the end.
        self.at_break = (second, first - second, 0.0, last - last_but_one, last_but_one)

    def describe(self, tokens: Sequence[str], table: Tokens, start: int) -> None:
        """Fill the rows, from `start` on, of new tokens."""
        if self._for_features:
            describe_for_features(tokens, table, start)
        crf = table["crf"]
        crf[start : start + len(tokens)] = np.frombuffer(b"".join(map(self._look_up, tokens)), crf.dtype)

    def _look_up(self, token: str) -> bytes:
        """Return the scores and lanes of a token: most texts bring one or two new ones, too few for arrays."""
        lowered = token.lower()
        plain = hash_token(token)
        lower = (plain if lowered == token else hash_token(lowered)) ^ _LOWERED
        title = _TITLE if is_capitalised(token) else 0
        scores = self._scores[title]
        for key in (plain, lower):
            if slot := self._tokens.find_one(key):
                scores = list(map(add, scores, self._token_values[slot].tolist()))
        if is_number(token):
            scores = list(map(add, scores, self._digit))
        return _ROW.pack(*scores, plain, lower, title)

    def score(self, table: Tokens, numbers: NDArray[np.int32]) -> Scores:
        """Return the scores of all tokens but the two breaks at either end; those of breaks mean nothing."""
        n = len(numbers) - 4
        if n <= _SLICE:
            return self._score(table, numbers)
        return np.concatenate([self._score(table, numbers[at : at + _SLICE + 4]) for at in range(0, n, _SLICE)])

    def _score(self, table: Tokens, numbers: NDArray[np.int32]) -> Scores:
        rows = table["crf"].take(numbers)
        # Lane after lane in one line: where two meet stand breaks, or tokens that no one's window reaches.
        lanes = rows["lanes"].T.ravel()
        runs = self._run_values.take(self._runs.find(combine_neighbours(lanes)), 0)
        return _gather(rows, len(numbers), 5) + _gather(runs, len(numbers), 4)


def _gather(values: NDArray[Any], n: int, columns: int) -> Scores:
    """Return what each of `n` tokens but two at either end gets from its window.

    `values` has a row a token, or several such blocks of rows, and rows begin with the scores: the first
    for the token two after, the second for the one after, and so on. So what one token gets lies along a
    diagonal of each block, and strides walk down them all in one call.
    """
    shape, row = (n - 4, len(values) // n, columns), values.strides[0]
    diagonals: Scores = np.ndarray(shape, np.float64, values, 0, (row, n * row, row + 8))
    scores: Scores = np.add.reduce(diagonals, (1, 2))
    return scores


def is_capitalised(token: str) -> bool:
    """Return whether the CRF's features take the token for capitalised: figures and marks are, too."""
    return token[0] == token[0].upper()


def is_number(token: str) -> bool:
    """Return whether the CRF's features take the token for a number: it parses as a signed 32-bit integer."""
    digits = token[1:] if token[:1] in ("+", "-") else token
    return digits.isdigit() and digits.isascii() and -(2**31) <= int(token[:40]) < 2**31
