import numpy as np
import pytest

from vnclf.evaluation.metrics import calibration_error
from vnclf.model.judge import softmax
from vnclf.training.calibration import certain_threshold, fit_probabilities, fit_topic_sets

RNG = np.random.default_rng(3)
TRUE = RNG.normal(size=(6000, 4)) * 2
LABELS = np.array([RNG.choice(4, p=p) for p in softmax(TRUE)])


@pytest.mark.parametrize("method", ["temperature", "vector", "matrix"])
def test_overconfident_scores_become_honest(method: str) -> None:
    scores = TRUE * 5
    affine = fit_probabilities(scores[:3000], LABELS[:3000], method)  # type: ignore[arg-type]
    probabilities = softmax(affine(scores[3000:]))
    right = probabilities.argmax(axis=1) == LABELS[3000:]
    assert calibration_error(softmax(scores[3000:]).max(axis=1), right) > 0.1
    assert calibration_error(probabilities.max(axis=1), right) < 0.03


def test_vector_scaling_mends_a_shift() -> None:
    shifted = TRUE + np.array([3.0, 0, 0, -3.0])
    affine = fit_probabilities(shifted, LABELS, "vector")
    accuracy = (affine(shifted).argmax(axis=1) == LABELS).mean()
    assert accuracy > (shifted.argmax(axis=1) == LABELS).mean() + 0.05


def test_few_documents_do_not_teach_how_frequent_topics_are() -> None:
    few = np.flatnonzero(LABELS != 3)[:60]
    affine = fit_probabilities(TRUE[few], LABELS[few], "vector")
    assert abs(affine.shift).max() < 0.3
    assert np.ptp(np.diag(affine.matrix)) < 0.3


def test_topic_sets_find_the_second_topic() -> None:
    present = np.eye(4, dtype=bool)[LABELS]
    present[:, 3] |= TRUE[:, 2] > 2  # documents strong in topic 2 are about topic 3 as well
    head, thresholds = fit_topic_sets(TRUE, present)
    chosen = 1 / (1 + np.exp(-head(TRUE))) >= thresholds
    assert (chosen[:, 3] & (TRUE[:, 2] > 2)).sum() > 0.8 * (TRUE[:, 2] > 2).sum()


def test_certain_is_as_right_as_asked() -> None:
    probabilities = softmax(TRUE).max(axis=1)
    right = softmax(TRUE).argmax(axis=1) == LABELS
    threshold, share, accuracy = certain_threshold(probabilities, right, 0.9)
    assert right[probabilities >= threshold].mean() == pytest.approx(accuracy)
    assert accuracy is not None
    assert accuracy >= 0.9
    assert 0.2 < share < 1
    never, *rest = certain_threshold(probabilities, np.zeros_like(right), 0.9)
    assert never > 1
    assert rest == [0, None]
