"""Segments one short text: a call to NumPy costs more than all of its arithmetic.

So what the batch's look-ups found for pairs and triples of tokens is remembered, and the same sums and
the same Viterbi are done in Python. A text with a new pair is looked up by NumPy, once.
"""

from itertools import pairwise

import numpy as np

from vnclf.text.crf_tables import CrfTables
from vnclf.text.lexicon import Tokens
from vnclf.text.scoring import Scorer
from vnclf.text.viterbi import CLOSE, turning_points

# A longer text is quicker in NumPy.
SHORT = 160

# Some 40 MB: then all is forgotten and learnt anew.
_MAX_PAIRS = 300_000

_Row = tuple[float, float, float, float, float]
_Pair = tuple[float, float, float, float, bool]  # with whether it may begin a triple
_Triple = tuple[float, float, float]


class ShortTexts:
    """Labels the tokens of one text, with a memory of the pairs seen before."""

    def __init__(self, scorer: Scorer, tables: CrfTables) -> None:
        self._scorer = scorer
        self._turn, self._low, self._high = turning_points(tables.transitions)
        self._tokens: dict[int, _Row] = {0: scorer.at_break}
        self._pairs: dict[tuple[int, int], _Pair | None] = {}
        self._triples: dict[tuple[int, int, int], _Triple] = {}

    def continues_word(self, table: Tokens, numbers: list[int]) -> list[bool] | None:
        """Return whether each token goes on with the word before it; None where two labellings tie."""
        try:
            scores = self._scores(numbers)
        except KeyError:
            self._learn(table, numbers)
            scores = self._scores(numbers)
        return self._best(scores)

    def _scores(self, numbers: list[int]) -> list[float]:
        tokens, pairs, triples = self._tokens, self._pairs, self._triples
        rows = [tokens[0], tokens[0], *[tokens[number] for number in numbers], tokens[0], tokens[0]]
        windows = zip(rows, rows[1:], rows[2:], rows[3:], rows[4:], strict=False)
        scores = [a[0] + b[1] + c[2] + d[3] + e[4] for a, b, c, d, e in windows]
        scores += (0.0, 0.0)  # what the last pair and triple would add to tokens that follow
        for at, pair in enumerate(pairwise(numbers)):
            found = pairs[pair]
            if found is None:
                continue
            two_after, one_after, here, before, opens = found
            if opens and at + 2 < len(numbers):
                more = triples[*pair, numbers[at + 2]]
                two_after += more[0]
                one_after += more[1]
                here += more[2]
            scores[at + 2] += two_after
            scores[at + 1] += one_after
            scores[at] += here
            scores[at - 1] += before
        return scores[: len(numbers)]

    def _learn(self, table: Tokens, numbers: list[int]) -> None:
        if len(self._pairs) > _MAX_PAIRS:
            self._pairs, self._triples = {}, {}
        found = self._scorer.adjacent(table, np.array(numbers, np.int32))
        for number in numbers:
            self._tokens[number] = tuple(table["scores"][number].tolist())
        for at, triple in zip(found.at.tolist(), found.triples.tolist(), strict=True):
            a, b, c = numbers[at : at + 3]
            self._triples[a, b, c] = tuple(triple)
        values = zip(found.pairs.tolist(), found.opens.tolist(), strict=True)
        for pair, (row, opens) in zip(pairwise(numbers), values, strict=True):
            self._pairs[pair] = (*row, opens) if opens or any(row) else None

    def _best(self, scores: list[float]) -> list[bool] | None:
        """Do for one sequence, place by place, what `viterbi.continues_word` does for many."""
        turn, low, high = self._turn, self._low, self._high
        above, below = turn - low, turn - high
        d, path = 0.0, []
        ahead = 0.0
        for score in scores:
            d = score + ahead
            path.append(d)
            if d > above + CLOSE:
                ahead = low
            elif d < below - CLOSE:
                ahead = high
            elif below + CLOSE < d < above - CLOSE:
                ahead = turn - d
            else:
                return None
        if -CLOSE < d < CLOSE:
            return None
        label = d > 0
        labels = [label]
        for d in path[-2::-1]:
            label = d > above or (d > below and not label)
            labels.append(label)
        labels.reverse()
        return labels
