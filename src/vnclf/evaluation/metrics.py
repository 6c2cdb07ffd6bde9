"""How good predictions are: figures over a set of documents."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.evaluation.rows import rounded
from vnclf.evaluation.slices import by_confidence, is_right


@dataclass(frozen=True, slots=True)
class TopicScore:
    """Precision, recall and F1 of one topic as primary topic, and the number of its documents."""

    topic: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often documents of one topic were given another."""

    topic: str
    predicted: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one evaluation, all shares between 0 and 1.

    `within_topics` is the share of documents whose predicted topic is among their labelled topics;
    `topics_micro_f1` compares whole topic sets; `calibration_error` is the expected calibration error
    over ten bins; `certain_share` of the documents were certain, and `certain_accuracy` of those right,
    None where none was.
    """

    documents: int
    accuracy: float
    macro_f1: float
    within_topics: float
    topics_micro_f1: float
    calibration_error: float
    certain_share: float
    certain_accuracy: float | None
    topics: tuple[TopicScore, ...]
    confusions: tuple[Confusion, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, shares rounded to six decimals."""
        return {key: rounded(value) for key, value in asdict(self).items()}


def measure(
    labels: Sequence[Collection[str]],
    accepted: Sequence[Collection[str]],
    predicted: Sequence[str],
    predicted_sets: Sequence[Collection[str]],
    probabilities: NDArray[np.float64],
    certain: NDArray[np.bool_],
) -> Report:
    """Compare predictions with labels.

    `labels` are each document's topics, primary first; `accepted` the primary topics that count as
    right (several where readers differed); `probabilities` those of the predicted topics.
    """
    right = is_right(accepted, predicted)
    # Where a second reading was met, the document counts as one of the topic that reading gave.
    truth = [p if ok else next(iter(label)) for p, ok, label in zip(predicted, right, labels, strict=True)]
    confused = Counter((t, p) for t, p in zip(truth, predicted, strict=True) if t != p)
    topics = _topic_scores(truth, predicted)
    shared = sum(len(set(a) & set(b)) for a, b in zip(labels, predicted_sets, strict=True))
    size = sum(map(len, labels)) + sum(map(len, predicted_sets))
    return Report(
        documents=len(predicted),
        accuracy=float(right.mean()),
        macro_f1=float(np.mean([score.f1 for score in topics])),
        within_topics=float(np.mean([p in label for p, label in zip(predicted, labels, strict=True)])),
        topics_micro_f1=2 * shared / max(size, 1),
        calibration_error=calibration_error(probabilities, right),
        certain_share=float(certain.mean()),
        certain_accuracy=float(right[certain].mean()) if certain.any() else None,
        topics=topics,
        confusions=tuple(Confusion(t, p, n) for (t, p), n in confused.most_common(20)),
    )


def calibration_error(probabilities: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error: mean distance of confidence and accuracy over equal-width bins."""
    table = by_confidence(right, probabilities, bins)
    return sum(row.documents * abs(row.confidence - row.accuracy) for row in table) / max(len(right), 1)


def _topic_scores(truth: Sequence[str], predicted: Sequence[str]) -> tuple[TopicScore, ...]:
    from sklearn.metrics import precision_recall_fscore_support

    names = sorted(set(truth))
    columns = precision_recall_fscore_support(truth, predicted, labels=names, zero_division=0)
    rows = zip(names, *(column.tolist() for column in columns), strict=True)
    return tuple(TopicScore(name, p, r, f, int(n)) for name, p, r, f, n in rows)
