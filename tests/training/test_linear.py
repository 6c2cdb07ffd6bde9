import os
from typing import get_args

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.svm import LinearSVC

from vnclf.errors import VnclfError
from vnclf.training.linear import PseudoLabels, fit_linear
from vnclf.training.recipe import Classifier
from vnclf.training.segmentation import segment_corpus

NAMES = get_args(Classifier.model_fields["name"].annotation)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n_topics", [2, 4])
def test_every_classifier_separates_what_is_separate(name: str, n_topics: int) -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(n_topics), 30)
    points = np.eye(n_topics)[labels] + rng.random((len(labels), n_topics)) * 0.4
    recipe = Classifier.model_validate({"name": name, "alpha": 0.01 if name == "complement-nb" else 1e-4, "C": 10})
    weights, bias = fit_linear(sp.csr_array(points), labels, n_topics, recipe, seed=1)
    assert weights.shape == (n_topics, n_topics)
    assert ((points @ weights + bias).argmax(axis=1) == labels).mean() > 0.98


def test_weights_are_those_of_scikit_learn() -> None:
    """Bit for bit, though columns are fitted in order of frequency: here the rarest comes first."""
    rng = np.random.default_rng(0)
    points = sp.csr_array(np.where(rng.random((60, 90)) < np.linspace(0.02, 0.9, 90), rng.random((60, 90)), 0))
    labels = (np.asarray(points.sum(axis=1)) > 20).astype(np.int64)
    weights, bias = fit_linear(points, labels, 2, Classifier(class_weight="none"), seed=1)
    for topic in range(2):
        expected = LinearSVC(C=0.5, tol=1e-3, random_state=1).fit(sp.csr_matrix(points), labels == topic)
        assert weights[:, topic].tobytes() == expected.coef_[0].tobytes()
        assert bias[topic] == expected.intercept_[0]


def test_processes_change_nothing(shared_work: list[int]) -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(3), 40)
    points = sp.csr_array(np.eye(3)[labels] + rng.random((120, 3)))
    one, many = (fit_linear(points, labels, 3, Classifier(), seed=1, jobs=jobs) for jobs in (1, 3))
    assert shared_work == [1, 3]
    assert one[0].tobytes() == many[0].tobytes()
    assert one[1].tobytes() == many[1].tobytes()


@pytest.mark.usefixtures("shared_work")
def test_a_killed_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.training.linear._fit_one", lambda *_: os._exit(1))
    monkeypatch.setattr("vnclf.training.segmentation._segment_part", lambda *_: os._exit(1))
    with pytest.raises(VnclfError, match="was killed, perhaps for want of memory; use fewer jobs"):
        fit_linear(sp.csr_array(np.eye(3)), np.arange(3), 3, Classifier(), seed=1, jobs=2)
    with pytest.raises(VnclfError, match="was killed, perhaps for want of memory; use fewer jobs"):
        segment_corpus(["Hà Nội"], "fast", jobs=2)


def test_pseudo_labels_teach() -> None:
    labels = np.array([0, 1] * 10)
    matrix = sp.csr_array(np.vstack([np.eye(4)[labels], np.eye(4)[[2] * 20], np.eye(4)[[3] * 20]]))
    sure, torn = np.array([[0.99, 0.01]] * 20), np.full((20, 2), 0.5)
    pseudo = PseudoLabels(np.vstack([sure, torn]), weight=0.5)
    weights, _ = fit_linear(matrix, labels, 2, Classifier(), seed=1, pseudo=pseudo)
    assert weights[2, 0] > 0.1 > 1e-6 > abs(weights[3]).max()


def test_surer_and_heavier_pseudo_labels_teach_more() -> None:
    labels = np.array([0, 1] * 10)
    matrix = sp.csr_array(np.vstack([np.eye(3)[labels], np.eye(3)[[2] * 5]]))

    def learnt(probability: float, weight: float) -> float:
        pseudo = PseudoLabels(np.array([[probability, 1 - probability]] * 5), weight)
        return float(fit_linear(matrix, labels, 2, Classifier(), seed=1, pseudo=pseudo)[0][2, 0])

    assert learnt(0.99, 1.0) > learnt(0.8, 1.0) > learnt(0.8, 0.5) > 0


def test_second_topics_count_against_not_at_all_or_as_examples() -> None:
    labels = np.array([0, 1] * 10)
    points = np.hstack([np.eye(2)[labels], (np.arange(20) % 4 == 0)[:, None]])  # some of the first topic are special
    present = np.eye(2, dtype=bool)[labels]
    present[::4, 1] = True  # and these are about the second topic, too

    def learnt(cost: float, weight: float) -> float:
        recipe, weights = Classifier(second_topic_cost=cost), np.array([0.0, weight])
        matrix = sp.csr_array(points)
        fitted, _ = fit_linear(matrix, labels, 2, recipe, seed=1, present=present, second_weights=weights)
        return float(fitted[2, 1])

    assert learnt(1.0, 0.0) < -0.01 < 0.01 < learnt(1.0, 0.2) < learnt(0.0, 0.5)
    assert learnt(0.0, 0.0) == pytest.approx(0.0, abs=1e-9)


def test_rare_second_topics_weigh_as_their_topic_does() -> None:
    labels = np.array([0] * 18 + [1] * 2)
    points = sp.csr_array(np.hstack([np.eye(2)[labels], (np.arange(20) < 4)[:, None]]))
    present = np.eye(2, dtype=bool)[labels]
    present[:4, 1] = True

    def learnt(class_weight: str) -> float:
        recipe, weights = Classifier.model_validate({"class_weight": class_weight}), np.array([0.0, 0.2])
        return float(fit_linear(points, labels, 2, recipe, seed=1, present=present, second_weights=weights)[0][2, 1])

    assert learnt("balanced") > learnt("none") + 0.1


def test_a_topic_that_all_have_is_still_fitted() -> None:
    labels = np.array([0, 1] * 10)
    present = np.column_stack([labels == 0, np.ones(20, bool)])
    weights, _ = fit_linear(
        sp.csr_array(np.eye(2)[labels]),
        labels,
        2,
        Classifier(),
        seed=1,
        present=present,
        second_weights=np.array([0.0, 0.5]),
    )
    assert weights[1, 1] > weights[0, 1]
