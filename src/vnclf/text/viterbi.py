"""Viterbi's algorithm for two labels, over one short sequence or over many at once."""

import numpy as np
from numpy.typing import NDArray

# Sums of some fifty weights, each below ten, differ by less than this from one order of adding to another.
CLOSE = 1e-9


def turning_points(transitions: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return turn, low and high of the clamp `clip(turn - d, low, high)` that the transitions amount to."""
    (stay0, to1), (to0, stay1) = transitions.tolist()
    return to1 - to0, stay1 - to0, to1 - stay0


def begins_word(scores: list[float], transitions: NDArray[np.float64]) -> list[bool] | None:
    """Return where the best labelling of one sequence has label 0, or None where another may be as good.

    The same as `continues_word`, place by place: for few places that is quicker.
    """
    turn, low, high = turning_points(transitions)
    above, below = turn - low, turn - high
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
    d = path.pop()
    if -CLOSE < d < CLOSE:
        return None
    begins = d < 0
    result = [begins]
    for d in reversed(path):
        begins = d < below or (d < above and not begins)
        result.append(begins)
    result.reverse()
    return result


def continues_word(
    score: NDArray[np.float64],
    first: NDArray[np.int64],
    lengths: NDArray[np.int64],
    transitions: NDArray[np.float64],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where the best labelling has label 1, and where another is as good but for rounding.

    `score` is each place's score of label 1 less that of label 0, shape (n,); sequences start at
    `first`, at least two places apart from each other's end. `transitions` has shape (2, 2).

    Let d[i] be the best score of a path that ends at place i in label 1, less that of one that ends in
    label 0. Then d[i] = score[i] + clip(turn - d[i-1], low, high): where d[i-1] lies outside the
    clip's range, d[i] depends on nothing before it. So all such places are computed at once, then all
    places one step behind them, and so on until none is left. The way back is the same in reverse:
    outside the range a label is certain, and inside it is the opposite of the next one.
    """
    turn, low, high = turning_points(transitions)
    # clip(turn - d) reaches high for d <= turn - high, and low for d >= turn - low.
    d = score.copy()
    ahead = np.full(len(score), np.nan)
    ahead[score + low >= turn - low] = low
    ahead[score + high <= turn - high] = high
    settled = ~np.isnan(ahead)
    known = settled.copy()
    known[1:] = settled[:-1]
    known[0] = True
    d[1:] += np.where(settled[:-1], ahead[:-1], 0.0)
    d[first] = score[first]
    known[first] = True
    at = np.flatnonzero(known[:-1] & ~known[1:]) + 1
    while at.size:
        d[at] += np.clip(turn - d[at - 1], low, high)
        known[at] = True
        at = at[at + 1 < len(score)] + 1
        at = at[~known[at]]

    place = np.arange(len(score))
    certain = (d > turn - low) | (d <= turn - high)
    label = d > turn - low
    close = np.minimum(np.abs(d - (turn - low)), np.abs(d - (turn - high))) < CLOSE
    last = (first + lengths - 1)[lengths > 0]
    certain[last] = True
    label[last] = d[last] > 0
    close[last] = np.abs(d[last]) < CLOSE
    decisive = np.minimum.accumulate(np.where(certain, place, len(score) - 1)[::-1])[::-1]
    return label[decisive] ^ ((decisive - place) & 1).astype(np.bool_), close
