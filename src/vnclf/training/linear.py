"""Fits a recipe's linear classifier with scikit-learn: one column of weights a topic."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from vnclf.model.workers import killed_told
from vnclf.training.recipe import Classifier

Array = NDArray[np.float64]

# How strongly a topic's documents are weighted by the inverse of their number.
_EXPONENTS = {"balanced": 1.0, "square-root": 0.5, "none": 0.0}

# Numbers to fit to, for all topics, of which no more are fitted before other processes would have started.
_LITTLE_WORK = 20_000_000


@dataclass(frozen=True)
class PseudoLabels:
    """What a classifier says of documents without label, to train another.

    `probabilities` has shape (documents, topics), `weight` is what a document weighs of which it is sure.
    """

    probabilities: Array
    weight: float


def fit_linear(
    matrix: sp.csr_array,
    labels: NDArray[np.int64],
    n_topics: int,
    recipe: Classifier,
    *,
    seed: int,
    jobs: int = 1,
    weights: Array | None = None,
    present: NDArray[np.bool_] | None = None,
    second_weights: Array | None = None,
    pseudo: PseudoLabels | None = None,
) -> tuple[Array, Array]:
    """Return weights, shape (features, topics), and bias, shape (topics,).

    `labels` are topic numbers; each topic needs a document. `weights` are the documents' own; `present`
    says which topics each has, shape (documents, topics), and `second_weights`, shape (topics,), how much
    a document counts as an example of a topic that is not its first, 0 for against it. After the labelled
    rows, the matrix has a row for each document that has `pseudo`-labels. The result does not depend on
    `jobs`, which are processes: liblinear's random numbers are one sequence a process, so threads would
    share it.
    """
    old = sp.csr_matrix(matrix)  # scikit-learn's liblinear wants the older type
    own = np.ones(len(labels)) if weights is None else weights
    counts = np.bincount(labels, minlength=n_topics)
    by_topic = (len(labels) / (n_topics * counts)) ** _EXPONENTS[recipe.class_weight]
    if recipe.name in ("linear-svc", "sgd"):
        positive = labels[:, None] == np.arange(n_topics)
        cost = np.where(positive, own[:, None] * by_topic, own[:, None])
        if present is not None:
            second = present & ~positive
            cost[second] *= recipe.second_topic_cost
            if second_weights is not None:
                taught = second & (second_weights > 0)
                taught[:, (positive | taught).all(axis=0)] = False  # some have to count against a topic
                cost = np.where(taught, own[:, None] * by_topic * second_weights, cost)
                positive |= taught
        if pseudo is not None:
            likely = pseudo.probabilities > 0.5
            doubted = pseudo.weight * np.abs(2 * pseudo.probabilities - 1) * np.where(likely, by_topic, 1.0)
            positive, cost = np.vstack([positive, likely]), np.vstack([cost, doubted])
        return _one_against_rest(old, positive, cost, recipe, seed, jobs)
    estimator = _estimator(recipe, seed).fit(old, labels, sample_weight=own * by_topic[labels])
    if recipe.name == "complement-nb":
        return estimator.feature_log_prob_.T, np.zeros(n_topics)
    if n_topics == 2:  # scikit-learn keeps one row for two classes
        return np.hstack([-estimator.coef_.T, estimator.coef_.T]) / 2, np.array([-1, 1]) * estimator.intercept_ / 2
    return estimator.coef_.T, estimator.intercept_


@killed_told()
def _one_against_rest(
    matrix: Any, positive: NDArray[np.bool_], cost: Array, recipe: Classifier, seed: int, jobs: int
) -> tuple[Array, Array]:
    from joblib import Parallel, delayed

    topics = range(cost.shape[1])
    matrix, rank = _by_frequency(matrix)
    fits = (delayed(_fit_one)(matrix, positive[:, topic], cost[:, topic], recipe, seed) for topic in topics)
    columns = Parallel(n_jobs=jobs if matrix.nnz * len(topics) > _LITTLE_WORK else 1)(fits)
    return np.column_stack([column for column, _ in columns])[rank], np.array([bias for _, bias in columns])


def _by_frequency(matrix: Any) -> tuple[Any, NDArray[np.int32]]:
    """Return the matrix with its columns in order of frequency, and the place that each has got.

    The weights that most rows look up then lie beside each other, which saves a solver an eighth of its time.
    """
    order = np.argsort(-np.bincount(matrix.indices, minlength=matrix.shape[1]), kind="stable")
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order))
    return sp.csr_matrix((matrix.data, rank.take(matrix.indices), matrix.indptr), shape=matrix.shape), rank


def _fit_one(
    matrix: Any, positive: NDArray[np.bool_], cost: Array, recipe: Classifier, seed: int
) -> tuple[Array, float]:
    estimator = _estimator(recipe, seed).fit(matrix, positive, sample_weight=cost)
    return estimator.coef_[0], float(estimator.intercept_[0])


def _estimator(recipe: Classifier, seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression, SGDClassifier
    from sklearn.naive_bayes import ComplementNB
    from sklearn.svm import LinearSVC

    if recipe.name == "linear-svc":
        return LinearSVC(C=recipe.C, max_iter=recipe.max_iter, tol=recipe.tolerance, random_state=seed)
    if recipe.name == "sgd":
        return SGDClassifier(
            alpha=recipe.alpha, max_iter=recipe.max_iter, tol=recipe.tolerance, average=True, random_state=seed
        )
    if recipe.name == "logistic-regression":
        return LogisticRegression(C=recipe.C, max_iter=recipe.max_iter, tol=recipe.tolerance)
    return ComplementNB(alpha=recipe.alpha)
