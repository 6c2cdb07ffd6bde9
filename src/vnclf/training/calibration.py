"""Turns held-out scores into calibrated probabilities, topic sets and a threshold for "certain".

Probabilities are the softmax of an affine map of the scores, found by maximum likelihood: one factor
for all topics (temperature scaling), a factor and shift each (vector scaling) or a full matrix (matrix
scaling): Guo et al., On Calibration of Modern Neural Networks, 2017. An affine map folds into the
weights, so calibration costs nothing at prediction.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# How strongly vector and matrix scaling are drawn to temperature scaling. Less fits the held-out documents better and
# the news of later months worse: it learns from them how frequent each topic is, which changes. A few hundred held-out
# documents therefore move it little, as they should.
_STRENGTH = 100.0


@dataclass(frozen=True)
class Affine:
    """The map scores @ matrix + shift."""

    matrix: Array
    shift: Array

    def __call__(self, scores: Array) -> Array:
        """Map scores, shape (documents, topics)."""
        return scores @ self.matrix + self.shift


def fit_probabilities(
    scores: Array, labels: NDArray[np.int64], method: Literal["temperature", "vector", "matrix"]
) -> Affine:
    """Fit the map whose softmax best predicts the labels of held-out documents."""
    from scipy.optimize import minimize

    n, k = scores.shape
    spread = max(float(scores.std()), 1e-9)
    scaled = scores / spread
    target = np.eye(k)[labels]
    strength = 0.0 if method == "temperature" else _STRENGTH

    def unpack(values: Array) -> tuple[Array, Array]:
        if method == "temperature":
            return np.eye(k) * values[0], np.zeros(k)
        if method == "vector":
            return np.diag(values[:k]), values[k:]
        return values[: k * k].reshape(k, k), values[k * k :]

    def loss(values: Array) -> tuple[float, Array]:
        matrix, shift = unpack(values)
        logits = scaled @ matrix + shift
        logits -= logits.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(logits).sum(axis=1))
        error = (np.exp(logits - log_sum[:, None]) - target) / n
        by_matrix, by_shift = scaled.T @ error, error.sum(axis=0)
        away = matrix - np.eye(k) * np.mean(np.diag(matrix))
        penalty = strength * (np.square(away).sum() + np.square(shift).sum()) / (2 * n)
        value = float(np.mean(log_sum - (logits * target).sum(axis=1))) + penalty
        by_matrix = by_matrix + strength * away / n
        by_shift = by_shift + strength * shift / n
        gradient = {
            "temperature": np.array([np.trace(by_matrix)]),
            "vector": np.concatenate([np.diag(by_matrix), by_shift]),
            "matrix": np.concatenate([by_matrix.ravel(), by_shift]),
        }[method]
        return value, gradient

    start = {
        "temperature": np.ones(1),
        "vector": np.concatenate([np.ones(k), np.zeros(k)]),
        "matrix": np.concatenate([np.eye(k).ravel(), np.zeros(k)]),
    }[method]
    matrix, shift = unpack(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x)
    return Affine(matrix / spread, shift)


def fit_topic_sets(scores: Array, present: NDArray[np.bool_]) -> tuple[Affine, Array]:
    """Fit a logistic map from calibrated scores to each topic's presence, and each topic's best threshold.

    Thresholds maximise micro-F1 together, found by raising one for all topics and then each by itself.
    """
    from sklearn.linear_model import LogisticRegression

    k = scores.shape[1]
    matrix, shift = np.zeros((k, k)), np.full(k, -20.0)
    for topic in range(k):
        if 0 < present[:, topic].sum() < len(present):
            model = LogisticRegression(C=1.0, max_iter=500).fit(scores, present[:, topic])
            matrix[:, topic], shift[topic] = model.coef_[0], model.intercept_[0]
    head = Affine(matrix, shift)
    chances = 1 / (1 + np.exp(-head(scores)))
    return head, _thresholds(chances, present)


def best_shift(odds: Array, present: NDArray[np.bool_], thresholds: Array) -> float:
    """Return what to add to all topics' log-odds so that the topic sets' micro-F1 is best."""
    grid = np.linspace(-1.5, 1.5, 31)
    scores = [_micro_f1(1 / (1 + np.exp(-(odds + shift))) >= thresholds, present) for shift in grid.tolist()]
    return float(grid[int(np.argmax(scores))])


def _thresholds(chances: Array, present: NDArray[np.bool_]) -> Array:
    grid = np.linspace(0.1, 0.9, 33)
    best = np.full(chances.shape[1], max(grid, key=lambda t: _micro_f1(chances >= t, present)))
    for topic in range(len(best)):

        def score(value: float, topic: int = topic) -> float:
            trial = best.copy()
            trial[topic] = value
            return _micro_f1(chances >= trial, present)

        if present[:, topic].sum() >= 50:  # fewer would only fit noise
            best[topic] = max(grid, key=score)
    return best


def _micro_f1(predicted: NDArray[np.bool_], present: NDArray[np.bool_]) -> float:
    return 2 * float((predicted & present).sum()) / max(int(predicted.sum() + present.sum()), 1)


def certain_threshold(
    probabilities: Array, right: NDArray[np.bool_], accuracy: float
) -> tuple[float, float, float | None]:
    """Return the least probability above which predictions reach an accuracy, with share and accuracy there.

    Where none reaches it, the threshold is above one: nothing is certain, and there is no accuracy.
    """
    order = np.argsort(-probabilities, kind="stable")
    reached = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(reached >= accuracy)
    good = good[good >= min(20, len(order) - 1)]  # the first few prove nothing
    if not good.size:
        return 1.01, 0.0, None
    last = int(good[-1])
    return float(probabilities[order][last]), (last + 1) / len(order), float(reached[last])
