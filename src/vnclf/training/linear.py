"""Fits a recipe's linear classifier with scikit-learn: one column of weights a topic."""

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from vnclf.training.recipe import Classifier


def fit_linear(
    matrix: sp.csr_array,
    labels: NDArray[np.int64],
    n_topics: int,
    recipe: Classifier,
    *,
    seed: int,
    jobs: int = 1,
    weights: NDArray[np.float64] | None = None,
    present: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights, shape (features, topics), and bias, shape (topics,).

    `labels` are topic numbers; each topic needs a document. `weights` are the documents' own; `present`
    says which topics each has, shape (documents, topics). The result does not depend on `jobs`, which
    are processes: liblinear's random numbers are one sequence a process, so threads would share it.
    """
    from sklearn.naive_bayes import ComplementNB

    old = sp.csr_matrix(matrix)  # scikit-learn's liblinear wants the older type
    if recipe.name == "complement-nb":
        model = ComplementNB(alpha=recipe.alpha).fit(old, labels, sample_weight=weights)
        return model.feature_log_prob_.T.astype(np.float64), np.zeros(n_topics)
    if recipe.name == "logistic-regression":
        estimator = _estimator(recipe, seed).fit(old, labels, sample_weight=weights)
        if n_topics == 2:  # scikit-learn keeps one row for two classes
            return np.hstack([-estimator.coef_.T, estimator.coef_.T]) / 2, np.array([-1, 1]) * estimator.intercept_ / 2
        return estimator.coef_.T, estimator.intercept_
    from joblib import Parallel, delayed

    columns = Parallel(n_jobs=jobs)(
        delayed(_fit_one)(
            old, labels == topic, recipe, seed, _own_weights(labels, topic, recipe.second_topic_cost, weights, present)
        )
        for topic in range(n_topics)
    )
    return np.column_stack([column for column, _ in columns]), np.array([bias for _, bias in columns])


def _fit_one(
    matrix: Any, positive: NDArray[np.bool_], recipe: Classifier, seed: int, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    estimator = _estimator(recipe, seed).fit(matrix, positive, sample_weight=weights)
    return estimator.coef_[0], float(estimator.intercept_[0])


def _own_weights(
    labels: NDArray[np.int64],
    topic: int,
    second_topic_cost: float,
    weights: NDArray[np.float64] | None,
    present: NDArray[np.bool_] | None,
) -> NDArray[np.float64]:
    """Return the documents' weights for one topic: those that have it second count less against it."""
    own = np.ones(len(labels)) if weights is None else weights
    if present is None:
        return own
    return np.where(present[:, topic] & (labels != topic), own * second_topic_cost, own)


def _estimator(recipe: Classifier, seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression, SGDClassifier
    from sklearn.svm import LinearSVC

    class_weight = None if recipe.class_weight == "none" else recipe.class_weight
    common = {"class_weight": class_weight, "random_state": seed, "max_iter": recipe.max_iter}
    if recipe.name == "linear-svc":
        return LinearSVC(C=recipe.C, **common)
    if recipe.name == "sgd":
        return SGDClassifier(alpha=recipe.alpha, average=True, **common)
    return LogisticRegression(C=recipe.C, **common)
