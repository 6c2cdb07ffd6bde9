"""How far a figure might lie from what more documents would have shown: confidence intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]

# Of the normal distribution, for 95 %.
_Z = 1.959963984540054
_ROUNDS = 2000


@dataclass(frozen=True, slots=True)
class F1Intervals:
    """95 % intervals of each topic's F1, and of their mean over all topics."""

    topics: dict[str, Interval]
    macro: Interval


def wilson(successes: int, total: int) -> Interval:
    """Return the 95 % interval of a share (Wilson, Probable Inference, 1927); (0, 1) of nothing."""
    if total == 0:
        return 0.0, 1.0
    share, spread = successes / total, _Z * _Z / total
    middle = share + spread / 2
    reach = _Z * float(np.sqrt(share * (1 - share) / total + spread / (4 * total)))
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def f1_intervals(truth: Sequence[str], predicted: Sequence[str], *, seed: int = 13) -> F1Intervals:
    """Return bootstrap intervals of F1 for each topic in `truth` (Efron, Bootstrap Methods, 1979).

    Documents are drawn again 2,000 times. Drawing documents is drawing pairs of true and predicted
    topic, of which there are few, so a round is one multinomial draw. A round without any document of a
    topic, true or predicted, says nothing of that topic and is left out for it.
    """
    names = sorted(set(truth))
    place = {name: number for number, name in enumerate(names)}
    elsewhere = len(names)  # predicted topics that no document has
    pairs = np.array([(place[t], place.get(p, elsewhere)) for t, p in zip(truth, predicted, strict=True)])
    cells, counts = np.unique(pairs, axis=0, return_counts=True)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(truth), counts / counts.sum(), size=_ROUNDS)
    rows, columns = (np.eye(elsewhere + 1, dtype=np.int64)[cells[:, side]][:, :elsewhere] for side in (0, 1))
    hits, actual, called = drawn @ (rows * columns), drawn @ rows, drawn @ columns
    scores = 2 * hits / np.maximum(actual + called, 1)
    seen = actual + called > 0
    topics = {name: _middle(scores[seen[:, i], i]) for i, name in enumerate(names)}
    macro = np.where(seen, scores, 0).sum(axis=1) / seen.sum(axis=1)
    return F1Intervals(topics, _middle(macro))


def _middle(values: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(values, [0.025, 0.975]).tolist()
    return low, high
