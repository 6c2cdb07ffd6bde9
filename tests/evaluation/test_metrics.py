import numpy as np
import pytest

from vnclf import CorpusError, Predictor
from vnclf.corpus import Document
from vnclf.evaluation.evaluate import accepted_topics, evaluate
from vnclf.evaluation.metrics import calibration_error, measure


def test_figures_by_hand() -> None:
    report = measure(
        labels=[("a", "b"), ("a",), ("b",), ("c",)],
        accepted=[{"a"}, {"a", "b"}, {"b"}, {"c"}],
        predicted=["a", "b", "a", "c"],
        predicted_sets=[("a",), ("b",), ("a", "b"), ("c",)],
        probabilities=np.array([0.9, 0.8, 0.6, 0.95]),
        certain=np.array([True, False, False, True]),
    )
    assert report.accuracy == 0.75
    assert report.within_topics == 0.5
    assert report.topics_micro_f1 == pytest.approx(2 * 3 / (5 + 5))
    assert (report.certain_share, report.certain_accuracy) == (0.5, 1.0)
    scores = {score.topic: (score.precision, score.recall, score.support) for score in report.topics}
    assert scores == {"a": (0.5, 1.0, 1), "b": (1.0, 0.5, 2), "c": (1.0, 1.0, 1)}
    assert [(c.topic, c.predicted, c.count) for c in report.confusions] == [("b", "a", 1)]


def test_nothing_certain_is_no_share_of_it() -> None:
    report = measure([("a",)], [{"a"}], ["a"], [("a",)], np.array([0.4]), np.array([False]))
    assert report.as_dict()["certain_share"] == 0
    assert report.as_dict()["certain_accuracy"] is None


def test_calibration_error_by_hand() -> None:
    probabilities = np.array([0.95, 0.95, 0.55, 1.0])
    right = np.array([True, False, True, True])
    assert calibration_error(probabilities, right) == pytest.approx((abs(2.9 - 2) + abs(0.55 - 1)) / 4)


def test_either_reading_is_right() -> None:
    document = Document("x", ("a",), {"annotations": [["a"], ["b", "a"]]})
    assert accepted_topics(document) == {"a", "b"}


@pytest.mark.parametrize("value", [[{"id": 1}], 3, "law", ["law"], [["law"], [7]], [["law"], "law"], [[]], [], None])
def test_a_column_of_annotations_is_the_users_own(value: object) -> None:
    assert accepted_topics(Document("x", ("a",), {"annotations": value})) == {"a"}


def test_a_model_is_measured(predictor: Predictor) -> None:
    documents = [Document("Cầu thủ ghi bàn trong trận đấu bóng đá", ("sports",))] * 3
    assert evaluate(predictor, documents).accuracy == 1
    with pytest.raises(CorpusError, match="No document has a topic that the model knows"):
        evaluate(predictor, [Document("x", ("unheard-of",))])
