"""Which words of a text spoke for its topic, and which against."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vnclf.model.channel import Channel
from vnclf.model.domain import traits
from vnclf.model.features import View, ngrams, weigh
from vnclf.model.judge import Judge
from vnclf.model.prediction import Prediction
from vnclf.model.spelling import spell_ngram
from vnclf.text.segmenter import Segmented
from vnclf.text.segmenters import token_spans


@dataclass(frozen=True, slots=True)
class Contribution:
    """What an n-gram added to the topic's score, above what it added to the topics on average.

    `spans` are the places in the text, [begin, end) in characters, where it stands.
    """

    words: str
    weight: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A prediction with the contributions to its topic, the strongest, for or against, first."""

    text: str
    prediction: Prediction
    contributions: tuple[Contribution, ...]

    def as_rows(self, top_k: int | None = None) -> list[dict[str, object]]:
        """Return the strongest contributions as plain data."""
        return [
            {"topic": self.prediction.topic, "words": c.words, "weight": c.weight, "spans": [list(s) for s in c.spans]}
            for c in self.contributions[:top_k]
        ]


def explain(judge: Judge, text: str, prediction: Prediction, topics: Sequence[str]) -> Explanation:
    """Explain the topic predicted for a text, slowly: n-grams are spelt out and found in the text."""
    batch = judge.segmenter.segment([text])
    plain = judge.plain if traits(batch).unmarked[0] else None
    channel = plain or judge.text
    topic = topics.index(prediction.topic)
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    spans = token_spans(text)
    for view in channel.views:
        for key, begin, end, weight in _weights(channel, view, batch, topic):
            words = spell_ngram(batch, view, begin, end, key).replace("_", " ")
            weights[words] += weight
            places[words].add((spans[begin][0], spans[end - 1][1]))
    ordered = sorted(weights, key=lambda words: (-abs(weights[words]), words))
    found = tuple(Contribution(words, weights[words], tuple(sorted(places[words]))) for words in ordered)
    return Explanation(text, prediction, found)


def _weights(channel: Channel, view: View, batch: Segmented, topic: int) -> Iterator[tuple[np.uint64, int, int, float]]:
    """Yield each known n-gram of a view: its hash, its tokens [begin, end), and this occurrence's weight."""
    counts, _ = channel.count(batch, view)
    values = weigh(counts, channel.idf, len(batch.lengths), sublinear=channel.sublinear) * view.weight
    rows = channel.weights[counts.rows] * channel.scale
    share = values * (rows[:, topic] - rows.mean(axis=1)) / counts.counts
    weight_of = dict(zip(channel.keys[counts.rows].tolist(), share.tolist(), strict=True))
    grams = ngrams(batch, view)
    for key, begin, end in zip(grams.hashes, grams.begin.tolist(), grams.end.tolist(), strict=True):
        if int(key) in weight_of:
            yield key, begin, end, weight_of[int(key)]
