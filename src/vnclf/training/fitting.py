"""Fits one channel of a model: vocabulary, weights, and calibration on held-out documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.model.features import View
from vnclf.model.judge import softmax
from vnclf.progress import progress
from vnclf.training.calibration import fit_probabilities
from vnclf.training.documents import TrainingSet
from vnclf.training.linear import fit_linear
from vnclf.training.matrix import Vocabulary, count_ngrams, learn_vocabulary, spell, tfidf
from vnclf.training.recipe import Recipe

Array = NDArray[np.float64]

# A text knows at least this share of what the most foreign of a thousand held-out documents knows.
_FLOOR_QUANTILE, _FLOOR_SLACK = 0.001, 0.8


@dataclass(frozen=True)
class Fitted:
    """A fitted channel: calibrated weights folded into one matrix, and what held-out documents gave.

    `weights` has shape (features, topics), `bias` (topics,); `held_out` are the numbers of the
    held-out documents, and `scores`, in their order, the calibrated scores they got from models that
    had not seen them.
    """

    views: Sequence[View]
    view_of: NDArray[np.int8]
    keys: NDArray[np.uint64]
    idf: NDArray[np.float32]
    words: list[str]
    weights: Array
    bias: Array
    known_share: float
    held_out: NDArray[np.int64]
    scores: Array

    @property
    def probabilities(self) -> Array:
        """The held-out documents' probabilities of the topics."""
        return softmax(self.scores)


def fit_channel(
    documents: TrainingSet, recipe: Recipe, views: Sequence[View], min_df: int, max_features: int, *, jobs: int
) -> Fitted:
    """Fit a channel: on parts of the documents for its calibration, then on all of them."""
    counts = count_ngrams(documents.batch, views, min_df)
    sublinear = recipe.features.sublinear_tf

    def fit(rows: NDArray[np.int64]) -> tuple[Vocabulary, Array, Array]:
        vocabulary = learn_vocabulary(counts, rows, min_df, max_features)
        return vocabulary, *fit_linear(
            tfidf(counts, rows, vocabulary, sublinear=sublinear),
            documents.labels[rows],
            documents.n_classes,
            recipe.classifier,
            seed=recipe.seed,
            jobs=jobs,
            weights=documents.weights[rows],
            present=documents.present[rows],
        )

    labels = documents.labels[: documents.n_documents]
    splits = list(split_for_validation(labels, recipe))
    held_out, raw, shares = [], [], []
    with progress("Fitting", len(splits) + 1) as tick:
        for train, test in splits:
            vocabulary, weights, bias = fit(documents.rows_of(train))
            held_out.append(test)
            raw.append(tfidf(counts, test, vocabulary, sublinear=sublinear) @ weights + bias)
            shares.append(counts.known_share(test, vocabulary))
            tick()
        vocabulary, weights, bias = fit(np.arange(len(documents.labels)))
        tick()
    numbers, scores = np.concatenate(held_out), np.vstack(raw)
    affine = fit_probabilities(scores, labels[numbers], recipe.calibration.method)
    return Fitted(
        views,
        counts.view_of[vocabulary.columns],
        counts.keys[vocabulary.columns],
        vocabulary.idf,
        spell(counts, documents.batch, vocabulary.columns),
        weights @ affine.matrix,
        affine(bias[None, :])[0],
        float(np.quantile(np.concatenate(shares), _FLOOR_QUANTILE)) * _FLOOR_SLACK,
        numbers,
        affine(scores),
    )


def split_for_validation(
    labels: NDArray[np.int64], recipe: Recipe
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield (documents to fit on, documents held out), stratified and seeded."""
    from sklearn.model_selection import StratifiedKFold, StratifiedShuffleSplit

    smallest = int(np.bincount(labels).min())
    plan = recipe.validation
    if plan.folds > 1 or smallest * plan.fraction < 1:
        folds = max(2, min(plan.folds, smallest))
        splitter = StratifiedKFold(folds, shuffle=True, random_state=recipe.seed)
    else:
        splitter = StratifiedShuffleSplit(1, test_size=plan.fraction, random_state=recipe.seed)
    yield from splitter.split(labels, labels)
