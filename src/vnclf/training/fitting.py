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
from vnclf.training.embedding import WordVectors, smooth
from vnclf.training.linear import PseudoLabels, fit_linear
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
    had not seen them. `pseudo` are the probabilities of the texts without label, one array for each fit to a part
    of the documents; the fit to all takes the last.
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
    pseudo: list[Array | None]

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
    pseudo: Sequence[Array | None] = (),
) -> Fitted:
    """Fit a channel: on parts of the documents for its calibration, then on all of them.

    `pseudo` is what another channel's fits said of the texts without label, if it is to be trained on.
    """
    counts = count_ngrams(documents.batch, views, min_df)
    labels = documents.labels[: documents.n_documents]
    splits = list(split_for_validation(labels, recipe, documents.supplements))
    fits = _Fits(documents, recipe, counts, vectors, min_df, max_features, jobs)
    parts = [*(documents.rows_of(train) for train, _ in splits), np.arange(len(documents.labels))]
    raw, shares = [], []
    with progress("Fitting", len(parts)) as tick:
        # The last part's classifier serves the last fit, too: of another, fitted to all, little would come but work.
        said = pseudo or [fits.pseudo_labels(rows) for rows in parts[:-1]]
        for (_, test), rows, probabilities in zip(splits, parts, said, strict=False):
            model = fits.fit(rows, probabilities)
            raw.append(fits.matrix(test, model.vocabulary) @ model.weights + model.bias)
            shares.append(counts.known_share(test, model.vocabulary))
            tick()
        model = fits.fit(parts[-1], said[-1])
        tick()
    numbers, scores = np.concatenate([test for _, test in splits]), np.vstack(raw)
    affine = fit_probabilities(scores, labels[numbers], recipe.calibration.method)
    affine = replace(affine, shift=affine.shift + documents.by_class(recipe.calibration.log_odds))
    return Fitted(
        views,
        counts.view_of[model.vocabulary.columns],
        counts.keys[model.vocabulary.columns],
        model.vocabulary.idf,
        spell(counts, documents.batch, model.vocabulary.columns),
        model.weights @ affine.matrix,
        affine(model.bias[None, :])[0],
        float(np.quantile(np.concatenate(shares), _FLOOR_QUANTILE)) * _FLOOR_SLACK,
        numbers,
        affine(scores),
        list(said),
    )


@dataclass(frozen=True)
class _Linear:
    """A fitted classifier: `weights` has shape (features, topics), `bias` (topics,)."""

    vocabulary: Vocabulary
    weights: Array
    bias: Array

    def heaviest(self, size: int) -> "_Linear":
        """Return the classifier with no more features than `size`: those whose weights differ most by topic."""
        spread = np.linalg.norm(self.weights - self.weights.mean(axis=1, keepdims=True), axis=1)
        kept = np.sort(np.argsort(-spread, kind="stable")[:size])
        vocabulary = Vocabulary(self.vocabulary.columns[kept], self.vocabulary.idf[kept])
        return _Linear(vocabulary, self.weights[kept], self.bias)

    def mixed(self, mixing: Array) -> "_Linear":
        """Return the classifier with scores mixed: of another's score counts by how much it is over -1, a clear no."""
        return replace(self, weights=self.weights @ mixing, bias=(self.bias + 1) @ mixing - 1)


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

    def fit(self, rows: NDArray[np.int64], probabilities: Array | None) -> _Linear:
        """Fit to some rows, and to the texts without label if there are `probabilities` for them."""
        by_weight = self.recipe.features.select == "weight"
        pseudo = None if probabilities is None else PseudoLabels(probabilities, self.recipe.self_training.weight)
        vocabulary = self._vocabulary(rows, len(self.counts.keys) if by_weight else self.max_features, pseudo)
        model = self._fit_weights(rows, vocabulary, pseudo)
        if self.recipe.calibration.mixtures:
            model = model.mixed(self._mixing())
        return model.heaviest(self.max_features) if by_weight else model

    def pseudo_labels(self, rows: NDArray[np.int64]) -> Array | None:
        """Return the probabilities that a classifier fitted to some rows gives the texts without label."""
        unlabelled, options = self.documents.unlabelled, self.recipe.self_training
        if not (len(unlabelled) and options.weight):
            return None
        teacher = self._fit_weights(rows, self._vocabulary(rows, len(self.counts.keys), None), None)
        scores = self.matrix(unlabelled, teacher.vocabulary) @ teacher.weights + teacher.bias
        return softmax(options.sharpness * scores)

    def matrix(self, rows: NDArray[np.int64], vocabulary: Vocabulary) -> sp.csr_array:
        """Return the TF-IDF matrix of some rows."""
        return tfidf(self.counts, rows, vocabulary, sublinear=self.recipe.features.sublinear_tf)

    def _mixing(self) -> Array:
        """Return what each class (row) gives to the scores of each (column): all to itself, some to its mixtures."""
        mixtures = self.recipe.calibration.mixtures
        parts = [self.documents.by_class(mixtures.get(name, {})) for name in self.documents.classes]
        return np.eye(len(parts)) + np.column_stack(parts)

    def _vocabulary(self, rows: NDArray[np.int64], size: int, pseudo: PseudoLabels | None) -> Vocabulary:
        read = rows if pseudo is None else np.concatenate([rows, self.documents.unlabelled])
        vocabulary = learn_vocabulary(self.counts, read, self.min_df, size)
        if not len(vocabulary.columns):
            raise CorpusError(
                f"No n-gram stands in {self.min_df} documents, the recipe's min_df; give more documents or lower it."
            )
        if self.recipe.features.weighting == "idf":
            return vocabulary
        factors = naive_bayes_weights(self.counts, rows, vocabulary.columns, self.documents.labels[rows])
        return replace(vocabulary, idf=vocabulary.idf * factors)

    def _fit_weights(self, rows: NDArray[np.int64], vocabulary: Vocabulary, pseudo: PseudoLabels | None) -> _Linear:
        documents, smoother = self.documents, None
        read = rows if pseudo is None else np.concatenate([rows, documents.unlabelled])
        matrix = self.matrix(read, vocabulary)
        if self.vectors is not None:
            of_features = self.vectors.of_features(self.counts.views, self.counts.keys[vocabulary.columns])
            matrix, smoother = smooth(matrix, *of_features, self.recipe.embedding.weight)
        weights, bias = fit_linear(
            matrix,
            documents.labels[rows],
            len(documents.classes),
            self.recipe.classifier,
            seed=self.recipe.seed,
            jobs=self.jobs,
            weights=documents.weights[rows],
            present=documents.present[rows],
            second_weights=documents.by_class(self.recipe.classifier.second_topic_weight),
            pseudo=pseudo,
        )
        return _Linear(vocabulary, *((weights, bias) if smoother is None else smoother.fold(weights, bias)))


def split_for_validation(
    labels: NDArray[np.int64], recipe: Recipe, supplements: NDArray[np.bool_] | None = None
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield (documents to fit on, documents held out), stratified and seeded; `supplements` are all fitted on."""
    from sklearn.model_selection import StratifiedKFold, StratifiedShuffleSplit

    added = np.zeros(len(labels), np.bool_) if supplements is None else supplements
    measured = np.flatnonzero(~added)
    labels = labels[measured]
    smallest = int(np.unique(labels, return_counts=True)[1].min())
    plan = recipe.validation
    if plan.folds > 1 or smallest * plan.fraction < 1:
        folds = max(2, min(plan.folds, smallest))
        splitter = StratifiedKFold(folds, shuffle=True, random_state=recipe.seed)
    else:
        splitter = StratifiedShuffleSplit(1, test_size=plan.fraction, random_state=recipe.seed)
    for fitted, held_out in splitter.split(labels, labels):
        yield np.concatenate([measured[fitted], np.flatnonzero(added)]), measured[held_out]
