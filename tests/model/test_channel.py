"""The scorer against a plain reference, and each text by itself."""

import numpy as np
import pytest
from numpy.typing import NDArray

from vnclf.corpus import Corpus
from vnclf.model.channel import Channel
from vnclf.model.counts import weigh
from vnclf.model.features import View, hash_ngrams, ngrams
from vnclf.model.weights import Weights, pack_weights
from vnclf.text.segmenter import Segmented
from vnclf.text.segmenters import get_segmenter

VIEWS = {
    "openings": [
        View("words", 1, 2, 0.7, 60), View("words", 1, 2, 0.3, 20),
        View("syllables", 1, 2, 0.7, 60), View("syllables", 1, 2, 0.4, 9),
    ],
    "all of a text": [View("words", 1, 2), View("words", 1, 2, 0.4, 30)],
    "characters": [View("characters", 2, 4, 0.5), View("characters", 2, 4, 0.5, 9), View("words", 1, 1)],
    "other ranges": [View("words", 1, 3, 1.0, 30), View("words", 1, 2, 0.4, 12), View("words", 2, 2, 0.4, 12)],
}  # fmt: skip


@pytest.fixture(scope="module", params=VIEWS)
def channel(request: pytest.FixtureRequest, sample: Corpus) -> Channel:
    """A channel of random weights that knows every other n-gram of some texts."""
    random, views = np.random.default_rng(7), VIEWS[request.param]
    keys = np.unique(np.concatenate([hash_ngrams(_segmented(sample.texts[:80]), view)[0] for view in views]))[::2]
    packed, units = pack_weights(random.normal(0, 0.2, (len(keys), 5)).clip(-1, 1))
    idf = 1 + random.random(len(keys)).astype(np.float16)
    return Channel(views, True, keys, idf, Weights(packed, units, 5), random.random(5), random.random(5))


@pytest.fixture(scope="module")
def texts(sample: Corpus) -> list[str]:
    odd = ["", "...", "Hà", "Xyzzy qwert", "\n \n", "của " * 500]
    return [*sample.texts[40:60], *odd, " ".join(sample.texts[:5])]


def test_scores_are_the_sum_of_the_views(channel: Channel, texts: list[str]) -> None:
    scores, known = channel.score(_segmented(texts))
    expected, shares = _reference(channel, _segmented(texts))
    assert np.abs(scores - expected).max() < 1e-11
    assert known.tolist() == shares.tolist()


def test_scores_do_not_depend_on_the_other_texts(channel: Channel, texts: list[str]) -> None:
    together, shares = channel.score(_segmented(texts))
    for place, text in enumerate(texts):
        scores, known = channel.score(_segmented([text]))
        assert scores[0].tobytes() == together[place].tobytes()
        assert known[0] == shares[place]


def _segmented(texts: list[str]) -> Segmented:
    return get_segmenter("fast", for_topics=True).segment(texts)


def _reference(channel: Channel, batch: Segmented) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    n_documents = len(batch.lengths)
    scores = np.zeros((n_documents, len(channel.bias)))
    for view in channel.views:
        counts = channel.count(batch, view)
        values = weigh(counts, channel.idf, np.full((1, n_documents), view.weight), sublinear=channel.sublinear)
        np.add.at(scores, counts.documents, values[:, None] * channel.weights.take(counts.rows))
    counts = channel.count(batch, channel.views[0])
    known = np.bincount(counts.documents, counts.counts[0], minlength=n_documents)
    total = np.bincount(ngrams(batch, channel.views[0]).documents, minlength=n_documents)
    return scores * channel.scale + channel.bias, known / np.maximum(total, 1)
