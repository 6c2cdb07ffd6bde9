"""How large a corpus is, how its documents are spread over the topics, and how long they are."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from vnclf.corpus.checking import FEW_DOCUMENTS, IMBALANCE
from vnclf.corpus.document import Corpus

QUANTILES = {"least": 0.0, "p5": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95, "most": 1.0}


@dataclass(frozen=True)
class Shape:
    """Documents by primary topic, the largest first, and quantiles of their lengths in characters.

    `imbalance` is the largest topic's size over the smallest's; `small` are the topics of fewer than
    `FEW_DOCUMENTS` documents, `unlabelled` the places of documents without a label.
    """

    documents: int
    topics: dict[str, int]
    lengths: dict[str, int]
    unlabelled: tuple[int, ...]

    @property
    def small(self) -> list[str]:
        """The topics that are too small to learn or to judge."""
        return [topic for topic, count in self.topics.items() if count < FEW_DOCUMENTS]

    @property
    def imbalance(self) -> float:
        """How many times larger the largest topic is than the smallest."""
        return max(self.topics.values()) / min(self.topics.values()) if self.topics else 1.0

    @property
    def is_imbalanced(self) -> bool:
        """Whether the topics are out of balance."""
        return self.imbalance > IMBALANCE


def shape_of(corpus: Corpus) -> Shape:
    """Measure a corpus of one document or more."""
    counts = Counter(document.topic for document in corpus if document.topics)
    ordered = sorted(counts, key=lambda topic: (-counts[topic], topic))
    quantiles = np.quantile([len(text) for text in corpus.texts], list(QUANTILES.values()))
    unlabelled = (place for place, document in enumerate(corpus) if not document.topics)
    return Shape(
        len(corpus),
        {topic: counts[topic] for topic in ordered},
        dict(zip(QUANTILES, np.rint(quantiles).astype(int).tolist(), strict=True)),
        tuple(unlabelled),
    )
