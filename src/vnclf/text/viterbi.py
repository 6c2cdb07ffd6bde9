"""Viterbi's algorithm for two labels, over one short sequence or over many at once."""

import numpy as np
from numpy.typing import NDArray

# Sums of some fifty weights, each below ten, differ by less than this from one order of adding to another.
CLOSE = 1e-9


class Viterbi:
    """Finds the best sequence of two labels, of which 0 begins a word and 1 goes on with it.

    Let d[i] be the best score of a path that ends at place i in label 1, less that of one that ends in label 0. Then
    d[i] = score[i] + clip(turn - d[i-1], low, high), and where d[i-1] lies outside the clip's range, d[i] depends on
    nothing before it. The way back is the same in reverse: outside the range a label is certain, and inside it is the
    opposite of the next one.
    """

    def __init__(self, transitions: NDArray[np.float64]) -> None:
        """`transitions`, shape (2, 2), are the scores from the row's label to the column's."""
        (stay0, to1), (to0, stay1) = transitions.tolist()
        self._turn, self._low, self._high = to1 - to0, stay1 - to0, to1 - stay0
        # clip(turn - d) reaches high for d <= below, and low for d >= above.
        self._below, self._above = self._turn - self._high, self._turn - self._low

    def begins_word(self, scores: list[float]) -> list[bool] | None:
        """Return where the best labelling of one sequence has label 0, or None where another may be as good.

        The same as `continues_word`, place by place: for few places that is quicker.
        """
        path = self._path(scores)
        if path is None:
            return None
        begins = path.pop() < 0
        result = [begins]
        below, above = self._below, self._above
        for d in reversed(path):
            begins = d < below or (d < above and not begins)
            result.append(begins)
        result.reverse()
        return result

    def join(self, scores: list[float], tokens: list[str]) -> list[str] | None:
        """Return the words that begin where `begins_word` says, and at the first token; tokens joined by a space."""
        path = self._path(scores)
        if path is None:
            return None
        begins = path.pop() < 0
        word, words = tokens.pop(), []
        below, above = self._below, self._above
        for d, token in zip(reversed(path), reversed(tokens), strict=True):
            if begins:
                words.append(word)
                word = token
            else:
                word = f"{token} {word}"
            begins = d < below or (d < above and not begins)
        words.append(word)
        words.reverse()
        return words

    def _path(self, scores: list[float]) -> list[float] | None:
        """Return d at each place, or None where one is too close to a turning point to be sure of the labels."""
        turn, low, high, below, above = self._turn, self._low, self._high, self._below, self._above
        surely_above, inside_above = above + CLOSE, above - CLOSE
        surely_below, inside_below = below - CLOSE, below + CLOSE
        path, ahead = [], 0.0
        for score in scores:
            d = score + ahead
            path.append(d)
            if d < surely_below:
                ahead = high
            elif d > surely_above:
                ahead = low
            elif inside_below < d < inside_above:
                ahead = turn - d
            else:
                return None
        return None if -CLOSE < path[-1] < CLOSE else path

    def continues_word(
        self, score: NDArray[np.float64], first: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return where the best labelling has label 1, and where another is as good but for rounding.

        `score` is each place's score of label 1 less that of label 0, shape (n,); sequences start at
        `first`, at least two places apart from each other's end.
        """
        d = self._differences(score, first)
        place = np.arange(len(score))
        certain = (d > self._above) | (d <= self._below)
        label = d > self._above
        close = np.minimum(np.abs(d - self._above), np.abs(d - self._below)) < CLOSE
        last = (first + lengths - 1)[lengths > 0]
        certain[last] = True
        label[last] = d[last] > 0
        close[last] = np.abs(d[last]) < CLOSE
        decisive = np.minimum.accumulate(np.where(certain, place, len(score) - 1)[::-1])[::-1]
        return label[decisive] ^ ((decisive - place) & 1).astype(np.bool_), close

    def _differences(self, score: NDArray[np.float64], first: NDArray[np.int64]) -> NDArray[np.float64]:
        """Compute all d that depend on nothing before them at once, then all one step behind, until none is left."""
        d = score.copy()
        ahead = np.full(len(score), np.nan)
        ahead[score + self._low >= self._above] = self._low
        ahead[score + self._high <= self._below] = self._high
        settled = ~np.isnan(ahead)
        known = settled.copy()
        known[1:] = settled[:-1]
        known[0] = True
        d[1:] += np.where(settled[:-1], ahead[:-1], 0.0)
        d[first] = score[first]
        known[first] = True
        at = np.flatnonzero(known[:-1] & ~known[1:]) + 1
        while at.size:
            d[at] += np.clip(self._turn - d[at - 1], self._low, self._high)
            known[at] = True
            at = at[at + 1 < len(score)] + 1
            at = at[~known[at]]
        return d
