"""The arithmetic of a model, for a batch of texts: arrays in, arrays out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vnclf.model.channel import Channel
from vnclf.model.domain import Traits, objection, traits
from vnclf.text.segmenter import Segmented
from vnclf.text.segmenters import AnySegmenter

# Whether a token begins a word depends on those that follow, but hardly ever on the tenth.
_AHEAD = 32

# A text that more likely than not belongs to no topic is outside the model's domain.
_OUTSIDE = 0.5


@dataclass(frozen=True)
class Judgement:
    """Probabilities of the primary topic, shape (documents, topics), and each document's other topics.

    `present` has the same shape and says which topics pass their thresholds; `outside`, shape
    (documents,), are the probabilities that a document belongs to none; `objections` holds, for each
    document, why it lies outside the model's domain, or None.
    """

    probabilities: NDArray[np.float64]
    present: NDArray[np.bool_]
    outside: NDArray[np.float64]
    objections: list[str | None]


@dataclass(frozen=True)
class Judge:
    """A model's channels, one for usual text and perhaps one for text without diacritics, and its head.

    A channel may have one class more than there are topics: documents that belong to none.
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

    @cached_property
    def limit(self) -> int:
        """How many tokens of a text are read at most."""
        channels = (self.text,) if self.plain is None else (self.text, self.plain)
        return max(view.limit for channel in channels for view in channel.views)

    def segment(self, texts: Sequence[str]) -> Segmented:
        """Segment as much of each text as is read, and a little more; all of it where its opening has too few tokens.

        Chunks of what normalising drops are no tokens.
        """
        n_chunks = self.limit + _AHEAD
        openings = [_opening(text, n_chunks) for text in texts]
        batch = self.segmenter.segment(openings)
        lengths = zip(texts, openings, batch.lengths.tolist(), strict=True)
        enough = [opening if length >= n_chunks else text for text, opening, length in lengths]
        return batch if enough == openings else self.segmenter.segment(enough)

    def judge(self, texts: Sequence[str]) -> Judgement:
        """Judge a batch of texts."""
        batch = self.segment(texts)
        kinds = traits(batch, self.limit)
        scores, known = self.score(texts, batch, kinds)
        n_topics = len(self.thresholds)
        outside = softmax(scores)[:, n_topics:].sum(axis=1)
        scores = scores[:, :n_topics]
        chances = 1 / (1 + np.exp(-(scores @ self.head + self.head_bias)))
        facts = (kinds.tokens, kinds.words, kinds.unmarked, known, outside > _OUTSIDE)
        objections = [
            objection(tokens, words, unmarked=plain, known_share=share, floor=self.floors[plain], outside=beside)
            for tokens, words, plain, share, beside in zip(*(fact.tolist() for fact in facts), strict=True)
        ]
        return Judgement(softmax(scores), chances >= self.thresholds, outside, objections)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the scores of the topics, shape (texts, topics)."""
        batch = self.segment(texts)
        return self.score(texts, batch, traits(batch, self.limit))[0][:, : len(self.thresholds)]

    def score(
        self, texts: Sequence[str], batch: Segmented, kinds: Traits
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the scores of all classes, shape (texts, classes), and the shares of known n-grams."""
        scores, known = self.text.score(batch)
        at = kinds.unmarked.nonzero()[0]
        if self.plain is not None and at.size:
            own = batch if len(at) == len(texts) else self.segment([texts[i] for i in at.tolist()])
            scores[at], known[at] = self.plain.score(own)
        return scores, known


def _opening(text: str, n_chunks: int) -> str:
    """Return the beginning of a text, so many chunks between white space."""
    if len(text) < 2 * n_chunks:
        return text
    parts = text.split(None, n_chunks)
    return text if len(parts) <= n_chunks else text[: -len(parts[-1])]


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn rows of scores into probabilities that sum to one."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
    return probabilities
