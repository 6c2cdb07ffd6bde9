"""Searches for a better recipe with scikit-learn's successive halving, within a time budget."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from vnclf.corpus.document import Corpus
from vnclf.errors import RecipeError
from vnclf.model.features import Unit, View
from vnclf.progress import spinner
from vnclf.storage import told_as, write_file
from vnclf.training.documents import check_topics
from vnclf.training.linear import fit_linear
from vnclf.training.matrix import CountMatrix, count_ngrams, learn_vocabulary, tfidf
from vnclf.training.recipe import Recipe
from vnclf.training.recipe_views import Ngrams
from vnclf.training.segmentation import segment_corpus

_VIEWS: dict[str, tuple[Unit, ...]] = {
    "words": ("words",),
    "syllables": ("syllables",),
    "both": ("words", "syllables"),
}
_SPACE: dict[str, list[Any]] = {
    "views": list(_VIEWS),
    "min_df": [2, 3, 5],
    "sublinear_tf": [True, False],
    "class_weight": ["balanced", "none"],
}
_STRENGTHS = {"C": [0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0], "alpha": [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 0.1, 0.3, 1.0]}
_CANDIDATES, _FACTOR, _FOLDS = 9, 3, 3
# A round begins with no fewer documents than scikit-learn would ask: so many a topic and fold.
_LEAST = 2
# One round of halving costs about as much as so many fits to all documents.
_ROUND = 2 * _FOLDS + 1


def tune_recipe(corpus: Corpus, recipe: Recipe, *, minutes: float, jobs: int = 1) -> Recipe:
    """Return the recipe that did best in cross-validation within the time, or the one given.

    Rounds of successive halving, each seeded by the recipe's seed and its own number, follow one
    another until the next would not end in time. Views, their least document frequency, the
    classifier's strength and class weights are searched. Raises CorpusError or RecipeError, before the search, for
    topics that cannot be learnt or are none.
    """
    require_tomli_w()
    check_topics(corpus, recipe)
    deadline = time.monotonic() + 60 * minutes
    corpus = replace(corpus, documents=tuple(document for document in corpus if not document.supplement))
    _, labels, sizes = np.unique(corpus.labels, return_inverse=True, return_counts=True)
    folds = min(_FOLDS, int(sizes.min()))
    batch = segment_corpus(corpus.texts, recipe.segmenter, jobs)
    with spinner(f"Searching for a recipe, at most {minutes:g} minutes"):
        counts = {name: count_ngrams(batch, _views(recipe, units), 2) for name, units in _VIEWS.items()}
        start = time.monotonic()
        base = _Candidate(_Shared(counts), recipe)
        numbers = np.arange(len(labels))[:, None]
        best, best_score = recipe, _cross_validate(base.set_params(**_parameters(recipe)), numbers, labels, folds)
        cost = (time.monotonic() - start) / folds * _ROUND
        for turn in range(1000):
            start = time.monotonic()
            if start + cost > deadline:
                break
            found, score = _search(base, numbers, labels, recipe, turn, folds)
            if score > best_score:
                best, best_score = found, score
            cost = max(cost, time.monotonic() - start)
    return best


def write_recipe(recipe: Recipe, path: Path) -> None:
    """Write a recipe as a TOML file; raises RecipeError where that cannot be done."""
    tomli_w = require_tomli_w()
    data = recipe.model_dump(mode="json", exclude_none=True)
    views = {unit: False for unit in ("words", "syllables", "characters") if getattr(recipe.features, unit) is None}
    data["features"] |= views
    with told_as(RecipeError, f"The recipe cannot be written to {path}"), write_file(path) as fresh:
        fresh.write_text(tomli_w.dumps(data), encoding="utf-8")


def check_new(path: Path) -> None:
    """Raise RecipeError, before the search, where the recipe found would take the place of another file.

    That may be what a long search found whose training then failed.
    """
    if path.exists():
        raise RecipeError(
            f"--tune writes the recipe it finds to {path}, which exists; train with that (--recipe {path}, without "
            "--tune), move it or name another --output."
        )


def require_tomli_w() -> Any:
    """Return the module that writes TOML, or raise RecipeError before any work is done without it."""
    try:
        import tomli_w
    except ImportError as error:
        raise RecipeError("--tune writes the recipe it finds with tomli-w; install vnclf[tune].") from error
    return tomli_w


class _Shared:
    """Counts that copies of an estimator share: scikit-learn copies parameters deeply."""

    def __init__(self, counts: dict[str, CountMatrix]) -> None:
        self.counts = counts

    def __deepcopy__(self, memo: object) -> "_Shared":
        return self


class _Candidate(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A recipe's classifier over documents given by number, so that none is read or counted twice."""

    def __init__(
        self,
        shared: _Shared,
        recipe: Recipe,
        views: str = "words",
        min_df: int = 2,
        sublinear_tf: bool = True,
        strength: float = 0.5,
        class_weight: str = "balanced",
    ) -> None:
        self.shared = shared
        self.recipe = recipe
        self.views = views
        self.min_df = min_df
        self.sublinear_tf = sublinear_tf
        self.strength = strength
        self.class_weight = class_weight

    def fit(self, X: NDArray[np.int64], y: NDArray[np.int64]) -> Self:  # noqa: N803
        counts, rows = self.shared.counts[self.views], X[:, 0]
        options = self.recipe.classifier.model_copy(
            update={_strength_of(self.recipe): self.strength, "class_weight": self.class_weight}
        )
        self.classes_, numbers = np.unique(y, return_inverse=True)
        self.vocabulary_ = learn_vocabulary(counts, rows, self.min_df, self.recipe.features.max_features)
        shape = len(self.vocabulary_.columns), len(self.classes_)
        if not shape[0] or shape[1] < 2:
            # Of few documents there may be nothing to learn but which topic is the commonest.
            self.weights_, self.bias_ = np.zeros(shape), np.bincount(numbers).astype(np.float64)
            return self
        matrix = tfidf(counts, rows, self.vocabulary_, sublinear=self.sublinear_tf)
        self.weights_, self.bias_ = fit_linear(matrix, numbers, len(self.classes_), options, seed=self.recipe.seed)
        return self

    def predict(self, X: NDArray[np.int64]) -> NDArray[np.int64]:  # noqa: N803
        matrix = tfidf(self.shared.counts[self.views], X[:, 0], self.vocabulary_, sublinear=self.sublinear_tf)
        best: NDArray[np.int64] = self.classes_[(matrix @ self.weights_ + self.bias_).argmax(axis=1)]
        return best


def _search(
    base: _Candidate, numbers: NDArray[np.int64], labels: NDArray[np.int64], recipe: Recipe, turn: int, folds: int
) -> tuple[Recipe, float]:
    from sklearn.experimental import enable_halving_search_cv  # noqa: F401 - makes the next import possible
    from sklearn.model_selection import HalvingRandomSearchCV

    strength = _strength_of(recipe)
    values = _STRENGTHS[strength][:5] if recipe.classifier.name == "sgd" else _STRENGTHS[strength]
    search = HalvingRandomSearchCV(
        base,
        _SPACE | {"strength": values},
        n_candidates=_CANDIDATES,
        factor=_FACTOR,
        min_resources=_first_resources(labels, folds),
        cv=folds,
        scoring="accuracy",
        refit=False,
        random_state=(recipe.seed + turn) % 2**32,
    )
    search.fit(numbers, labels)
    found, score = search.best_params_, float(search.best_score_)
    units = _VIEWS[found["views"]]
    chosen = {unit: _ngrams(recipe, unit) if unit in units else None for unit in _VIEWS["both"]}
    features = chosen | {"min_df": found["min_df"], "sublinear_tf": found["sublinear_tf"], "characters": None}
    classifier = {strength: found["strength"], "class_weight": found["class_weight"]}
    return recipe.model_copy(
        update={
            "features": recipe.features.model_copy(update=features),
            "classifier": recipe.classifier.model_copy(update=classifier),
        }
    ), score


def _first_resources(labels: NDArray[np.int64], folds: int) -> int:
    """Return of how many documents the first step of a round is, so that the last is of all: of few there is one."""
    least = _LEAST * folds * (int(labels.max()) + 1)
    sizes = (len(labels) // _FACTOR**steps for steps in (2, 1))
    return next((size for size in sizes if size >= least), len(labels))


def _views(recipe: Recipe, units: Sequence[Unit]) -> list[View]:
    return [view for unit in units for view in _ngrams(recipe, unit).views(unit, recipe.features.first_tokens)]


def _ngrams(recipe: Recipe, unit: Unit) -> Ngrams:
    """Return the recipe's own n-grams of a unit, or the usual ones where it has none."""
    own: Ngrams | None = getattr(recipe.features, unit)
    return own or Ngrams()


def _cross_validate(candidate: _Candidate, numbers: NDArray[np.int64], labels: NDArray[np.int64], folds: int) -> float:
    from sklearn.model_selection import cross_val_score

    return float(cross_val_score(candidate, numbers, labels, cv=folds, scoring="accuracy").mean())


def _parameters(recipe: Recipe) -> dict[str, Any]:
    """Return the parameters of the candidate that comes nearest to a recipe."""
    features, options = recipe.features, recipe.classifier
    views = "both" if features.words and features.syllables else "syllables" if features.syllables else "words"
    return {
        "views": views,
        "min_df": features.min_df,
        "sublinear_tf": features.sublinear_tf,
        "strength": getattr(options, _strength_of(recipe)),
        "class_weight": options.class_weight,
    }


def _strength_of(recipe: Recipe) -> str:
    return "C" if recipe.classifier.name in ("linear-svc", "logistic-regression") else "alpha"
