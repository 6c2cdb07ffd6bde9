import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.feature_extraction.text import TfidfVectorizer

from vnclf.corpus import Corpus
from vnclf.model.counts import Counts, weigh
from vnclf.model.features import Unit, View
from vnclf.text.segmenter import Segmented
from vnclf.training.matrix import count_ngrams, learn_vocabulary, naive_bayes_weights, spell, tfidf
from vnclf.training.segmentation import segment_corpus


@pytest.fixture(scope="module")
def batch(sample: Corpus) -> Segmented:
    return segment_corpus(sample.texts[::4], "fast")


@pytest.mark.parametrize(
    ("view", "pattern"),
    [
        (View("words", 1, 2), r"\S*[^\W_]\S*"),
        (View("syllables", 2, 3), r"[^\s_]*[^\W_][^\s_]*"),
        (View("characters", 2, 4), None),
    ],
)
@pytest.mark.parametrize("min_df", [1, 3])
def test_numbers_are_those_of_scikit_learn(batch: Segmented, view: View, pattern: str | None, min_df: int) -> None:
    documents = [" ".join(word.replace(" ", "_") for word in words) for words in batch.words()]
    vectorizer = TfidfVectorizer(
        analyzer="word" if pattern else "char_wb",
        token_pattern=pattern,
        ngram_range=(view.shortest, view.longest),
        min_df=min_df,
        sublinear_tf=True,
        lowercase=False,
    )
    expected = vectorizer.fit_transform(documents)
    counts = count_ngrams(batch, [view], min_df)
    rows = np.arange(len(documents))
    vocabulary = learn_vocabulary(counts, rows, min_df, 10**9)
    words = spell(counts, batch, vocabulary.columns)
    assert sorted(words) == vectorizer.get_feature_names_out().tolist()
    order = [vectorizer.vocabulary_[word] for word in words]
    ours = tfidf(counts, rows, vocabulary, sublinear=True)
    assert_allclose(ours.toarray(), expected.toarray()[:, order], atol=1e-7)


def test_an_opening_shares_the_features_of_the_view_it_repeats(batch: Segmented) -> None:
    whole, opening = View("words", 1, 2), View("words", 1, 2, 0.5, 10)
    alone, both, rows = count_ngrams(batch, [whole], 2), count_ngrams(batch, [whole, opening], 2), np.arange(20)
    assert both.keys.tolist() == alone.keys.tolist()
    assert not both.view_of.any()
    labels = rows % 3
    learnt, expected = (learn_vocabulary(counts, rows, 2, 500) for counts in (both, alone))
    assert learnt.idf.tolist() == expected.idf.tolist()
    assert spell(both, batch, learnt.columns) == spell(alone, batch, expected.columns)
    bayes, expected_bayes = (naive_bayes_weights(counts, rows, learnt.columns, labels) for counts in (both, alone))
    assert bayes.tolist() == expected_bayes.tolist()
    added = tfidf(both, rows, learnt, sublinear=True) - tfidf(alone, rows, learnt, sublinear=True)
    assert_allclose(np.sqrt((added.toarray() ** 2).sum(axis=1)), 0.5, atol=1e-7)
    words = np.array(spell(both, batch, learnt.columns), dtype=object)
    for row, document in enumerate(batch.words()[:20]):
        read = words[np.abs(added[[row]].toarray()[0]) > 1e-9].tolist()
        opening_words = " ".join(word.replace(" ", "_") for word in document[:10])
        assert all(word in opening_words for word in read)
        assert len(read) > 1


@pytest.mark.parametrize("unit", ["words", "syllables", "plain"])
def test_an_opening_counts_what_it_reads(batch: Segmented, unit: Unit) -> None:
    views = [View(unit, 1, 2, 1.0, first) for first in (12, 0, 40)]
    counts = count_ngrams(batch, views, 1)
    (reading,) = counts.readings
    assert reading.numbers == [1, 2, 0]
    for number, matrix in zip(reading.numbers, reading.matrices, strict=True):
        alone = count_ngrams(batch, [views[number]], 1)
        columns = np.searchsorted(counts.keys, alone.keys)
        expected = alone.readings[0].first
        assert (matrix[:, columns] - expected).count_nonzero() == 0
        assert matrix.sum() == expected.sum() > 0


def test_what_stands_nowhere_weighs_nothing() -> None:
    """As for counts of views that read less; above 4,095 logarithms are not looked up."""
    idf, lengths = np.ones(3, np.float32), np.ones((1, 2))
    documents, rows = np.repeat([0, 1], 3), np.tile(np.arange(3), 2)
    for largest in (4095, 4096):
        counts = Counts(documents, rows, np.array([[0, 1, largest, 0, 0, 0]], np.uint16))
        values = weigh(counts, idf, lengths, sublinear=True)
        assert_allclose(values[:3] / values[1], [0, 1, 1 + np.log(largest)], rtol=1e-12)
        assert not values[3:].any()


def test_a_part_learns_from_itself_alone(batch: Segmented) -> None:
    views = [View("words", 1, 2)]
    rows = np.arange(20)
    whole, part = count_ngrams(batch, views, 2), count_ngrams(segment_part(batch, 20), views, 2)
    from_whole, from_part = learn_vocabulary(whole, rows, 2, 500), learn_vocabulary(part, rows, 2, 500)
    assert whole.keys[from_whole.columns].tolist() == part.keys[from_part.columns].tolist()
    assert from_whole.idf.tolist() == from_part.idf.tolist()


def segment_part(batch: Segmented, n: int) -> Segmented:
    texts = [" ".join(words) for words in batch.words()[:n]]
    return segment_corpus(texts, "fast")
