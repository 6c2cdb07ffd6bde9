"""A scikit-learn classifier over raw texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from vnclf.corpus.document import Corpus, Document
from vnclf.errors import InputError, RecipeError
from vnclf.text.batches import as_texts
from vnclf.training.recipe import Recipe, parse_recipe
from vnclf.training.train import Trained, fit


class TopicClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Classifies raw Vietnamese texts; for `cross_val_score`, `GridSearchCV`, `Pipeline`.

    The parameters are those of a recipe's features and classifier. `words`, `syllables` and
    `characters` are n-gram ranges such as (1, 2), or None for none.

    After `fit`: `classes_`, the topics in order; `trained_`, the model, which `save` writes as a folder
    that `Predictor.load` and the command line read.
    """

    def __init__(
        self,
        classifier: str = "linear-svc",
        C: float = 0.5,  # noqa: N803 - scikit-learn's name
        alpha: float = 1e-5,
        class_weight: str = "balanced",
        words: tuple[int, int] | None = (1, 2),
        syllables: tuple[int, int] | None = None,
        characters: tuple[int, int] | None = None,
        min_df: int = 2,
        max_features: int = 200_000,
        sublinear_tf: bool = True,
        segmenter: str = "fast",
        calibration: str = "temperature",
        folds: int = 3,
        seed: int = 13,
        n_jobs: int = 1,
    ) -> None:
        self.classifier = classifier
        self.C = C
        self.alpha = alpha
        self.class_weight = class_weight
        self.words = words
        self.syllables = syllables
        self.characters = characters
        self.min_df = min_df
        self.max_features = max_features
        self.sublinear_tf = sublinear_tf
        self.segmenter = segmenter
        self.calibration = calibration
        self.folds = folds
        self.seed = seed
        self.n_jobs = n_jobs

    def fit(
        self,
        X: Sequence[str],  # noqa: N803 - scikit-learn's name
        y: Sequence[Any],
        sample_weight: Sequence[float] | None = None,
    ) -> Self:
        """Fit to texts and their topics; each text counts `sample_weight` times in the fit, 0 leaves it out.

        Raises RecipeError for bad parameters, InputError for bad data, CorpusError for too few documents of a class.
        """
        texts, labels = list(as_texts(X)), _labels(y)
        if len(texts) != len(labels):
            raise InputError(f"{len(texts)} texts, but {len(labels)} labels; give one label a text.")
        weights = _weights(sample_weight, len(texts))
        self.classes_ = np.unique(labels[weights > 0])
        if len(self.classes_) < 2:
            raise InputError("The labels name fewer than two classes; a classifier needs two or more.")
        rows = zip(texts, labels.tolist(), weights.tolist(), strict=True)
        documents = (Document(text, (str(label),), weight=weight) for text, label, weight in rows if weight)
        self.trained_: Trained = fit(Corpus(tuple(documents)), self._recipe(), jobs=self.n_jobs)
        self._predictor = self.trained_.predictor()
        # A model's topics are strings in their order; classes may be numbers, whose order is another.
        ids = [topic.id for topic in self._predictor.topics]
        self._columns = [ids.index(str(label)) for label in self.classes_.tolist()]
        return self

    def predict(self, X: Sequence[str]) -> NDArray[Any]:  # noqa: N803 - scikit-learn's name
        """Return the topic of each text, shape (texts,)."""
        best = self.predict_proba(X).argmax(axis=1)
        topics: NDArray[Any] = self.classes_[best]
        return topics

    def predict_proba(self, X: Sequence[str]) -> NDArray[np.float64]:  # noqa: N803 - scikit-learn's name
        """Return the probabilities of the topics, shape (texts, classes), columns as in `classes_`."""
        check_is_fitted(self)
        rows = [prediction.probabilities for prediction in self._predictor.predict_many(list(as_texts(X)), page=False)]
        return np.array(rows).reshape(len(rows), len(self.classes_))[:, self._columns]

    def save(self, path: str | Path) -> Path:
        """Write the model folder, with the classes, as strings, for topic ids."""
        check_is_fitted(self)
        return self.trained_.save(path)

    def _recipe(self) -> Recipe:
        ranges = {unit: _ngrams(unit, getattr(self, unit)) for unit in ("words", "syllables", "characters")}
        features = ranges | {
            "min_df": self.min_df,
            "max_features": self.max_features,
            "sublinear_tf": self.sublinear_tf,
        }
        classifier = {"name": self.classifier, "C": self.C, "alpha": self.alpha, "class_weight": self.class_weight}
        data = {
            "name": "TopicClassifier",
            "segmenter": self.segmenter,
            "seed": self.seed,
            "features": features,
            "without_diacritics": {"enabled": False},
            "classifier": classifier,
            "validation": {"folds": self.folds},
            "calibration": {"method": self.calibration},
        }
        return parse_recipe(data, "TopicClassifier")


def _labels(y: Sequence[Any]) -> NDArray[Any]:
    """Return labels as an array, or raise InputError when they are not one a text, and of a kind that sorts."""
    try:
        labels = np.asarray(y)
        classes = np.unique(labels)
        known = bool((classes == classes).all())  # what is not a number equals nothing
    except (TypeError, ValueError):
        known = False
    if not known or labels.ndim != 1:
        raise InputError("Labels must be all strings or all numbers, one a text, and none of them missing.")
    return labels


def _weights(sample_weight: Sequence[float] | None, size: int) -> NDArray[np.float64]:
    """Return a weight a text, or raise InputError."""
    try:
        weights = np.ones(size) if sample_weight is None else np.asarray(sample_weight, np.float64)
    except (TypeError, ValueError):
        weights = np.empty(0)
    if weights.shape != (size,) or not (np.isfinite(weights) & (weights >= 0)).all():
        raise InputError(f"sample_weight must be {size} numbers, one a text, none of them negative.")
    return weights


def _ngrams(unit: str, lengths: Any) -> dict[str, Any] | None:
    """Return a view of a recipe, of n-grams of the shortest to the longest length given."""
    if lengths is None:
        return None
    try:
        shortest, longest = lengths
    except (TypeError, ValueError) as error:
        message = (
            f"TopicClassifier: {unit} is {lengths!r}; give the shortest and the longest n-gram, as (1, 2), or None."
        )
        raise RecipeError(message) from error
    return {"shortest": shortest, "longest": longest}
