"""The arithmetic of a model, for a batch of texts: arrays in, arrays out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.model.channel import Channel
from vnclf.model.domain import objection, traits
from vnclf.text.segmenters import AnySegmenter


@dataclass(frozen=True)
class Judgement:
    """Probabilities of the primary topic, shape (documents, topics), and each document's other topics.

    `present` has the same shape and says which topics pass their thresholds; `objections` holds, for
    each document, why it lies outside the model's domain, or None.
    """

    probabilities: NDArray[np.float64]
    present: NDArray[np.bool_]
    objections: list[str | None]


@dataclass(frozen=True)
class Judge:
    """A model's channels, one for usual text and perhaps one for text without diacritics, and its head.

    A topic is present where the logistic function of `scores @ head + head_bias` reaches its
    threshold; `head` has shape (topics, topics).
    """

    segmenter: AnySegmenter
    text: Channel
    plain: Channel | None
    head: NDArray[np.float64]
    head_bias: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    floors: tuple[float, float]

    def judge(self, texts: Sequence[str]) -> Judgement:
        """Judge a batch of texts."""
        batch = self.segmenter.segment(texts)
        kinds = traits(batch)
        unmarked = kinds.unmarked
        scores, known = self.text.score(batch)
        if self.plain is not None and unmarked.any():
            at = np.flatnonzero(unmarked)
            scores[at], known[at] = self.plain.score(self.segmenter.segment([texts[i] for i in at.tolist()]))
        chances = 1 / (1 + np.exp(-(scores @ self.head + self.head_bias)))
        rows = zip(kinds.tokens.tolist(), kinds.words.tolist(), unmarked.tolist(), known.tolist(), strict=True)
        objections = [
            objection(tokens, words, unmarked=plain, known_share=share, floor=self.floors[plain])
            for tokens, words, plain, share in rows
        ]
        return Judgement(softmax(scores), chances >= self.thresholds, objections)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn rows of scores into probabilities that sum to one."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
    return probabilities
