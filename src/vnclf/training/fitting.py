"""Fits one channel of a model: vocabulary, weights, and calibration on held-out documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from vnclf.errors import CorpusError
from vnclf.model.features import View
from vnclf.model.judge import softmax
from vnclf.progress import progress
from vnclf.training.calibration import fit_probabilities
from vnclf.training.documents import TrainingSet
from vnclf.training.embedding import Smoother, WordVectors
from vnclf.training.linear import fit_linear
from vnclf.training.matrix import (
    CountMatrix,
    Vocabulary,
    count_ngrams,
    learn_vocabulary,
    naive_bayes_weights,
    spell,
    tfidf,
)
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
    documents: TrainingSet,
    recipe: Recipe,
    views: Sequence[View],
    min_df: int,
    max_features: int,
    *,
    vectors: WordVectors | None,
    jobs: int,
) -> Fitted:
    """Fit a channel: on parts of the documents for its calibration, then on all of them."""
    counts = count_ngrams(documents.batch, views, min_df)
    everything = np.arange(len(documents.labels))
    labels = documents.labels[: documents.n_documents]
    splits = list(split_for_validation(labels, recipe))
    selects = recipe.features.select == "weight" and len(counts.keys) > max_features
    fits = _Fits(documents, recipe, counts, vectors, min_df, max_features, jobs)
    held_out, raw, shares = [], [], []
    with progress("Fitting", len(splits) + 1) as tick:
        for train, test in splits:
            rows = documents.rows_of(train)
            vocabulary, weights, bias = fits.fit(rows, fits.heaviest(rows) if selects else None)
            held_out.append(test)
            raw.append(fits.matrix(test, vocabulary) @ weights + bias)
            shares.append(counts.known_share(test, vocabulary))
            tick()
        vocabulary, weights, bias = fits.fit(everything, fits.heaviest(everything) if selects else None)
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


@dataclass(frozen=True)
class _Fits:
    """What all fits of a channel have in common."""

    documents: TrainingSet
    recipe: Recipe
    counts: CountMatrix
    vectors: WordVectors | None
    min_df: int
    max_features: int
    jobs: int

    def fit(self, rows: NDArray[np.int64], among: NDArray[np.int64] | None) -> tuple[Vocabulary, Array, Array]:
        """Learn vocabulary and weights from some rows, with features chosen among some columns."""
        vocabulary = self._vocabulary(rows, self.max_features, among)
        return vocabulary, *self._fit_weights(rows, vocabulary, self.vectors)

    def heaviest(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the columns that a classifier fitted to all of them weighs most."""
        vocabulary = self._vocabulary(rows, len(self.counts.keys), None)
        weights, _ = self._fit_weights(rows, vocabulary, None)  # smoothing would cost time and choose the same
        size = np.linalg.norm(weights - weights.mean(axis=1, keepdims=True), axis=1)
        return np.sort(vocabulary.columns[np.argsort(-size, kind="stable")[: self.max_features]])

    def matrix(self, rows: NDArray[np.int64], vocabulary: Vocabulary) -> sp.csr_array:
        """Return the TF-IDF matrix of some rows."""
        return tfidf(self.counts, rows, vocabulary, sublinear=self.recipe.features.sublinear_tf)

    def _vocabulary(self, rows: NDArray[np.int64], size: int, among: NDArray[np.int64] | None) -> Vocabulary:
        vocabulary = learn_vocabulary(self.counts, rows, self.min_df, size, among)
        if not len(vocabulary.columns):
            raise CorpusError(
                f"No n-gram stands in {self.min_df} documents, the recipe's min_df; give more documents or lower it."
            )
        if self.recipe.features.weighting == "idf":
            return vocabulary
        factors = naive_bayes_weights(self.counts, rows, vocabulary.columns, self.documents.labels[rows])
        return replace(vocabulary, idf=vocabulary.idf * factors)

    def _fit_weights(
        self, rows: NDArray[np.int64], vocabulary: Vocabulary, vectors: WordVectors | None
    ) -> tuple[Array, Array]:
        documents, matrix, smoother = self.documents, self.matrix(rows, vocabulary), None
        if vectors is not None:
            of_features = vectors.rows_for(self.counts.views, self.counts.keys[vocabulary.columns])
            smoother = Smoother.fit(matrix, of_features, self.recipe.embedding.weight)
            matrix = smoother.extend(matrix)
        weights, bias = fit_linear(
            matrix,
            documents.labels[rows],
            documents.n_classes,
            self.recipe.classifier,
            seed=self.recipe.seed,
            jobs=self.jobs,
            weights=documents.weights[rows],
            present=documents.present[rows],
        )
        return (weights, bias) if smoother is None else smoother.fold(weights, bias)


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
