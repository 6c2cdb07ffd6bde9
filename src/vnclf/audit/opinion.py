"""What a classifier thinks of documents' labels: one fitted to the rest of the corpus, or a model."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.audit.words import Words
from vnclf.corpus.checking import FEW_DOCUMENTS
from vnclf.corpus.document import Corpus
from vnclf.errors import CorpusError
from vnclf.model.judge import softmax
from vnclf.model.predictor import Predictor
from vnclf.progress import progress
from vnclf.training.calibration import fit_probabilities
from vnclf.training.fitting import split_for_validation
from vnclf.training.linear import fit_linear
from vnclf.training.matrix import Vocabulary, learn_vocabulary, tfidf
from vnclf.training.recipe import Classifier, Recipe, Validation

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

_SHOWN = 5
_FEATURES = 60_000

# From few documents LinearSVC learns more, and more folds leave it more; from many, SGD is quick.
_MANY = 5000
_FOR_FEW = Recipe(classifier=Classifier(class_weight="square-root"), validation=Validation(folds=FEW_DOCUMENTS))
_FOR_MANY = Recipe(
    classifier=Classifier(name="sgd", alpha=3e-5, class_weight="square-root"), validation=Validation(folds=3)
)


@dataclass(frozen=True)
class Opinion:
    """Probabilities of topics, shape (documents, topics), for the documents that stand at `places`.

    `given` are the numbers of their labels among `topics`. `words` takes rows and a topic number for
    each, and returns the words that speak most for that topic rather than the given one.
    """

    places: Numbers
    topics: list[str]
    given: Numbers
    probabilities: Array
    words: Callable[[Numbers, Numbers], list[tuple[str, ...]]]


def cross_validated(corpus: Corpus, words: Words, jobs: int) -> Opinion | None:
    """Ask classifiers that were each fitted to the other parts of the corpus, without the documents they judge.

    `words` are those of the corpus's documents, and perhaps of more. Topics of fewer than
    `FEW_DOCUMENTS` are left out; None where fewer than two are left, or no words are shared.
    """
    judged = _judged(corpus, FEW_DOCUMENTS, None)
    if judged is None:
        return None
    places, topics, given = judged
    recipe, jobs = (_FOR_FEW, 1) if len(places) < _MANY else (_FOR_MANY, jobs)
    folds = list(split_for_validation(given, recipe))
    scores, fits = np.zeros((len(places), len(topics))), []
    with progress("Judging labels", len(folds)) as tick:
        for train, test in folds:
            vocabulary = learn_vocabulary(words.counts, places[train], 2, _FEATURES)
            if not len(vocabulary.columns):
                return None
            matrix = tfidf(words.counts, places[train], vocabulary, sublinear=True)
            weights, bias = fit_linear(
                matrix, given[train], len(topics), recipe.classifier, seed=recipe.seed, jobs=jobs
            )
            scores[test] = tfidf(words.counts, places[test], vocabulary, sublinear=True) @ weights + bias
            fits.append(_Fit(test, vocabulary, weights))
            tick()
    probabilities = softmax(fit_probabilities(scores, given, "vector")(scores))
    return Opinion(places, topics, given, probabilities, _WordsOfFits(words, places, given, fits))


def modelled(corpus: Corpus, predictor: Predictor, jobs: int) -> Opinion | None:
    """Ask a model, about documents that it thinks are of one of the corpus's topics.

    Raises CorpusError where it knows fewer than two of them; None where no document has a label.
    """
    judged = _judged(corpus, 2, {topic.id for topic in predictor.topics})
    if judged is None:
        if any(document.topics for document in corpus):
            known = ", ".join(topic.id for topic in predictor.topics)
            raise CorpusError(f"The model knows fewer than two of the topics of {corpus.name}; it knows {known}.")
        return None
    places, topics, given = judged
    texts = [corpus[place].text for place in places.tolist()]
    predictions = predictor.predict_many(texts, jobs=jobs)
    ids = [topic.id for topic in predictor.topics]
    columns = [ids.index(topic) for topic in topics]
    chosen = np.flatnonzero([prediction.topic in topics for prediction in predictions])
    shares = np.array([prediction.probabilities for prediction in predictions])[chosen][:, columns]

    def words(rows: Numbers, _: Numbers) -> list[tuple[str, ...]]:
        explained = (predictor.explain(texts[row]).contributions for row in chosen[rows].tolist())
        return [tuple(c.words for c in contributions if c.weight > 0)[:_SHOWN] for contributions in explained]

    return Opinion(places[chosen], topics, given[chosen], shares / shares.sum(axis=1, keepdims=True), words)


def _judged(corpus: Corpus, least: int, known: set[str] | None) -> tuple[Numbers, list[str], Numbers] | None:
    """Return the places of documents that can be judged, their topics in order, and the number of each one's."""
    counts = Counter(document.topic for document in corpus if document.topics)
    topics = sorted(t for t, count in counts.items() if count >= least and (known is None or t in known))
    number = {topic: place for place, topic in enumerate(topics)}
    labelled = [(p, number[d.topic]) for p, d in enumerate(corpus) if d.topics and d.topic in number]
    if len(topics) < 2:
        return None
    pairs = np.array(labelled, np.int64)
    return pairs[:, 0], topics, pairs[:, 1]


@dataclass(frozen=True)
class _Fit:
    rows: Numbers  # that it has not seen
    vocabulary: Vocabulary
    weights: Array


@dataclass(frozen=True)
class _WordsOfFits:
    """Tells which words made a fit prefer a topic to the given one."""

    words: Words
    places: Numbers
    given: Numbers
    fits: Sequence[_Fit]

    def __call__(self, rows: Numbers, topics: Numbers) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = [()] * len(rows)
        for fit in self.fits:
            own = np.flatnonzero(np.isin(rows, fit.rows))
            columns = self._columns(fit, rows[own], topics[own])
            for place, spelt in zip(own.tolist(), self._spelt(columns), strict=True):
                found[place] = spelt
        return found

    def _columns(self, fit: _Fit, rows: Numbers, topics: Numbers) -> list[Numbers]:
        """Return, for each row, the columns of the words that speak most for its topic."""
        matrix = tfidf(self.words.counts, self.places[rows], fit.vocabulary, sublinear=True)
        columns = []
        for row, (topic, given) in enumerate(zip(topics.tolist(), self.given[rows].tolist(), strict=True)):
            part = slice(matrix.indptr[row], matrix.indptr[row + 1])
            indices = matrix.indices[part]
            share = matrix.data[part] * (fit.weights[indices, topic] - fit.weights[indices, given])
            best = np.argsort(-share, kind="stable")[:_SHOWN]
            columns.append(fit.vocabulary.columns[indices[best[share[best] > 0]]])
        return columns

    def _spelt(self, columns: Sequence[Numbers]) -> list[tuple[str, ...]]:
        distinct = np.unique(np.concatenate([*columns, np.empty(0, np.int64)]))
        spelt = dict(zip(distinct.tolist(), self.words.spelt(distinct), strict=True))
        return [tuple(spelt[column] for column in each.tolist()) for each in columns]
