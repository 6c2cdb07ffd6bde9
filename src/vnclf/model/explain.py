"""Which words of a text spoke for its topic, and which against."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.model.channel import Channel
from vnclf.model.counts import weigh
from vnclf.model.domain import traits
from vnclf.model.features import Ngrams, View, ngrams
from vnclf.model.judge import Judge
from vnclf.model.prediction import Prediction
from vnclf.model.spelling import spell_ngrams
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
    batch = judge.segment([text])
    plain = judge.plain if traits(batch, judge.limit).unmarked[0] else None
    channel = plain or judge.text
    topic = topics.index(prediction.topic)
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    spans = token_spans(text)
    for view in channel.views:
        grams, known = _weights(channel, view, batch, topic)
        spelt = spell_ngrams(batch, view, grams.begin, grams.end, grams.hashes)
        runs = zip(spelt, grams.begin.tolist(), grams.end.tolist(), known.tolist(), strict=True)
        for words, begin, end, weight in runs:
            words = words.replace("_", " ")
            weights[words] += weight
            places[words].add((spans[begin][0], spans[end - 1][1]))
    ordered = sorted(weights, key=lambda words: (-abs(weights[words]), words))
    found = tuple(Contribution(words, weights[words], tuple(sorted(places[words]))) for words in ordered)
    return Explanation(text, prediction, found)


def _weights(channel: Channel, view: View, batch: Segmented, topic: int) -> tuple[Ngrams, NDArray[np.float64]]:
    """Return each known n-gram of a view, as often as it occurs, and each occurrence's weight."""
    counts = channel.count(batch, view)
    values = weigh(counts, channel.idf, np.full((1, len(batch.lengths)), view.weight), sublinear=channel.sublinear)
    rows = channel.weights.take(counts.rows) * channel.scale
    share = values * (rows[:, topic] - rows.mean(axis=1)) / counts.counts[0]
    weight_of = dict(zip(channel.keys[counts.rows].tolist(), share.tolist(), strict=True))
    grams = ngrams(batch, view)
    known = grams.take(np.flatnonzero([key in weight_of for key in grams.hashes.tolist()]))
    return known, np.array([weight_of[key] for key in known.hashes.tolist()])
