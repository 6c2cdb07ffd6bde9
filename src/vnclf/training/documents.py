"""Documents as a classifier is fitted to them: segmented, numbered labels, weights, copies, texts without label."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from vnclf.corpus.document import Corpus
from vnclf.corpus.duplicates import exact_duplicate_groups
from vnclf.errors import CorpusError, RecipeError
from vnclf.taxonomy import load_taxonomy
from vnclf.text.segmenter import Segmented
from vnclf.training.recipe import Recipe
from vnclf.training.segmentation import segment_corpus


@dataclass(frozen=True)
class TrainingSet:
    """Rows to fit to: first the documents, then copies made of them, then texts without label.

    `topics` are the topic ids, and the number of a topic is its place; `classes` are the same and, where the
    recipe has an outside label, that label. `labels` and `weights` have one entry a labelled row,
    `present`, shape (labelled rows, classes), says which topics each has, and `origin` which document it
    was made of; `supplements`, shape (documents,), marks those that are never held out; `unlabelled` are the rows
    after the labelled ones.
    """

    topics: list[str]
    classes: list[str]
    batch: Segmented
    labels: NDArray[np.int64]
    present: NDArray[np.bool_]
    weights: NDArray[np.float64]
    origin: NDArray[np.int64]
    supplements: NDArray[np.bool_]
    unlabelled: NDArray[np.int64]

    @property
    def n_documents(self) -> int:
        """How many documents there are."""
        return len(self.supplements)

    def by_class(self, values: Mapping[str, float]) -> NDArray[np.float64]:
        """Return what a recipe says of some classes for all of them, in their order; 0 for the others."""
        return np.array([values.get(name, 0.0) for name in self.classes])

    def rows_of(self, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows of some documents: themselves and their copies."""
        wanted = np.zeros(self.n_documents, np.bool_)
        wanted[documents] = True
        return np.flatnonzero(wanted[self.origin])


def training_set(corpus: Corpus, recipe: Recipe, jobs: int, unlabelled: Sequence[str] = ()) -> TrainingSet:
    """Segment a corpus and number its labels; add its headlines as documents where the recipe says so.

    `unlabelled` texts come last, if the recipe has a use for them.
    """
    others = unlabelled if recipe.self_training.weight or recipe.embedding.dimensions else ()
    topics = sorted(set(corpus.labels) - {recipe.outside})
    classes = [*topics, recipe.outside] if recipe.outside in corpus.labels else topics
    number = {topic: i for i, topic in enumerate(classes)}
    headlines = _headlines(corpus.texts) if recipe.data.headline_weight else {}
    origin = np.array([*range(len(corpus)), *headlines], np.int64)
    labels = np.array([number[label] for label in corpus.labels], np.int64)
    present = np.array([[topic in document.topics for topic in classes] for document in corpus], np.bool_)
    weights = np.array([document.weight for document in corpus])[origin]
    weights[len(corpus) :] *= recipe.data.headline_weight
    batch = segment_corpus([*corpus.texts, *headlines.values(), *others], recipe.segmenter, jobs)
    last = np.arange(len(origin), len(origin) + len(others))
    supplements = np.array([document.supplement for document in corpus], np.bool_)
    return TrainingSet(topics, classes, batch, labels[origin], present[origin], weights, origin, supplements, last)


def check_topics(corpus: Corpus, recipe: Recipe) -> None:
    """Raise CorpusError for topics too few or too small, RecipeError for one that the recipe names and that is none.

    It is one if the corpus has it or the taxonomy: the news recipe serves others' corpora, too.
    """
    measured = Counter(document.topic for document in corpus if not document.supplement)
    if len(measured.keys() - {recipe.outside}) < 2:
        raise CorpusError(f"{corpus.name} has fewer than two topics; a classifier needs two or more.")
    topic = min(set(corpus.labels), key=lambda topic: (measured[topic], topic))
    if measured[topic] < 2:
        beside = " beside supplements" if any(document.supplement for document in corpus) else ""
        few = "one document only" if measured[topic] else "no document"
        raise CorpusError(f"Topic {topic!r} has {few}{beside}; a topic needs two or more to be learnt and measured.")
    known, mixtures = {*corpus.labels, *load_taxonomy()}, recipe.calibration.mixtures
    named = {
        "classifier.second_topic_weight": recipe.classifier.second_topic_weight,
        "calibration.log_odds": recipe.calibration.log_odds,
        "calibration.mixtures": {*mixtures, *chain.from_iterable(mixtures.values())},
    }
    for key, topics in named.items():
        for topic in set(topics) - known:
            raise RecipeError(f"{key} names {topic!r}, which is no topic of {corpus.name}.")


def without_conflicts(corpus: Corpus) -> Corpus:
    """Return the corpus without documents whose text occurs again under another primary topic."""
    groups = exact_duplicate_groups(corpus.texts)
    conflicts = {i for group in groups if len({corpus.labels[i] for i in group}) > 1 for i in group}
    kept = tuple(document for place, document in enumerate(corpus) if place not in conflicts)
    return replace(corpus, documents=kept)


def _headlines(texts: Sequence[str]) -> dict[int, str]:
    """Return the first line of each text that has more than one."""
    parts = ((place, text.strip().split("\n", 1)) for place, text in enumerate(texts))
    return {place: part[0] for place, part in parts if len(part) > 1}
