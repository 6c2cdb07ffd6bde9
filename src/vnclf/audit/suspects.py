"""Labels that are probably wrong, by confident learning.

Northcutt et al., Confident Learning: Estimating Uncertainty in Dataset Labels, 2021; cleanlab does it.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.audit.opinion import Opinion
from vnclf.corpus.document import Corpus

# Topics overlap, and confident learning takes many a document of two topics for a wrong label. A suspect's other topic
# must be so many times as probable, and none of its own: with 5 % of the labels of 36,760 hard leads swapped, that left
# 95 % of the swapped ones which confident learning had found, and a quarter of the others.
_ODDS = 10


@dataclass(frozen=True, slots=True)
class Suspect:
    """A document whose label is probably wrong, the topic suggested instead, and the words that speak for that.

    `given` and `probability` are the probabilities of its label and of the suggested topic.
    """

    place: int
    suggested: str
    probability: float
    given: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Labels:
    """The suspects, and the places of all judged documents; both with the most suspect first."""

    suspects: tuple[Suspect, ...]
    ranking: tuple[int, ...]


def find_suspects(corpus: Corpus, opinion: Opinion | None) -> Labels:
    """Rank documents by the probability of their label, and tell which labels are probably wrong.

    A document whose suggested topic is its second or third is ranked, but is no suspect.
    """
    if opinion is None or len(np.unique(opinion.given)) < 2:
        return Labels((), ())
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_self_confidence_for_each_label

    probabilities, best = opinion.probabilities, opinion.probabilities.argmax(axis=1)
    own = get_self_confidence_for_each_label(opinion.given, probabilities)
    order = np.argsort(own, kind="stable")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a topic has too few documents, which the audit tells itself
        doubtful = find_label_issues(opinion.given, probabilities, filter_by="low_self_confidence", n_jobs=1)
    doubtful &= probabilities.max(axis=1) >= _ODDS * own
    places, suggested = opinion.places.tolist(), [opinion.topics[number] for number in best.tolist()]
    other = np.array([suggested[row] not in corpus[place].topics for row, place in enumerate(places)], np.bool_)
    rows: NDArray[np.int64] = order[(doubtful & other)[order]]
    spoken = opinion.words(rows, best[rows])
    suspects = (
        Suspect(places[row], suggested[row], float(probabilities[row].max()), float(own[row]), words)
        for row, words in zip(rows.tolist(), spoken, strict=True)
    )
    return Labels(tuple(suspects), tuple(opinion.places[order].tolist()))
