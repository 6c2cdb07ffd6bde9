import numpy as np
import pytest

from vnclf.evaluation.intervals import f1_intervals, wilson


def test_wilson_by_hand() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10)[1] == pytest.approx(1)
    assert wilson(0, 0) == (0, 1)


def test_intervals_hold_the_figure_and_shrink() -> None:
    few = ["a"] * 30 + ["b"] * 20, ["a"] * 24 + ["b"] * 6 + ["b"] * 15 + ["c"] * 5
    low, high = f1_intervals(*few).topics["a"]
    assert low < 24 / 27 < high
    many = f1_intervals(few[0] * 40, few[1] * 40).topics["a"]
    assert many[1] - many[0] < (high - low) / 4
    assert set(f1_intervals(*few).topics) == {"a", "b"}
    assert f1_intervals(*few) == f1_intervals(*few)
    assert f1_intervals(*few) != f1_intervals(*few, seed=14)


def test_the_bootstrap_is_that_of_documents() -> None:
    """Drawing documents one by one gives nearly the same interval as drawing pairs of topics at once."""
    rng = np.random.default_rng(1)
    truth = rng.choice(["a", "b", "c"], 300, p=[0.6, 0.3, 0.1])
    predicted = np.where(rng.random(300) < 0.8, truth, rng.choice(["a", "b", "c"], 300))
    scores = []
    for _ in range(1000):
        at = rng.integers(300, size=300)
        t, p = truth[at] == "b", predicted[at] == "b"
        scores.append(2 * (t & p).sum() / (t.sum() + p.sum()))
    expected = np.quantile(scores, [0.025, 0.975]).tolist()
    assert f1_intervals(truth.tolist(), predicted.tolist()).topics["b"] == pytest.approx(expected, abs=0.015)


def test_nothing_wrong_and_nothing_right() -> None:
    assert f1_intervals(["a", "b"] * 50, ["a", "b"] * 50).macro == (1, 1)
    assert f1_intervals(["a"] * 50, ["b"] * 50).macro == (0, 0)
