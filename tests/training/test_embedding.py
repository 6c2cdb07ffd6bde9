import numpy as np
import pytest

from vnclf.corpus import Corpus
from vnclf.errors import CorpusError
from vnclf.model.features import View
from vnclf.training.embedding import WordVectors, learn_vectors, smooth
from vnclf.training.matrix import count_ngrams, learn_vocabulary, spell, tfidf
from vnclf.training.recipe import Recipe
from vnclf.training.segmentation import segment_corpus
from vnclf.training.train import fit


@pytest.fixture(scope="module")
def vectors(sample: Corpus) -> WordVectors:
    return learn_vectors(segment_corpus(sample.texts, "fast"), 20, seed=1)


def test_words_that_stand_alike_are_near(vectors: WordVectors) -> None:
    words = ["_".join(vectors.batch.strings[n] for n in vectors.batch.numbers[a:b]) for a, b in vectors.runs.tolist()]
    assert np.linalg.norm(vectors.vectors, axis=1) == pytest.approx(np.ones(len(words)), abs=1e-5)
    number = {word: i for i, word in enumerate(words)}

    def nearness(a: str, b: str) -> float:
        return float(vectors.vectors[number[a]] @ vectors.vectors[number[b]])

    assert nearness("bệnh_viện", "bác_sĩ") > nearness("bệnh_viện", "bàn")
    assert nearness("trận", "đội") > nearness("trận", "bác_sĩ")


def test_features_get_the_vector_of_their_word(vectors: WordVectors) -> None:
    views = [View("words", 1, 2), View("syllables", 1, 2), View("plain", 1, 2)]
    counts = count_ngrams(vectors.batch, views, 5)
    words = spell(counts, vectors.batch, np.arange(len(counts.keys)))
    features, found = vectors.of_features(views, counts.keys)
    has_vector = {(int(counts.view_of[feature]), words[feature]) for feature in features}
    assert {(0, "bệnh_viện"), (1, "bệnh viện"), (2, "benh vien"), (0, "trận"), (1, "trận")} <= has_vector
    assert (0, "bệnh_viện bạch_mai") not in has_vector
    same = [row for i, row in zip(features, found, strict=True) if words[i] in ("bệnh_viện", "bệnh viện")]
    assert np.array_equal(same[0], same[1])


@pytest.mark.parametrize("text", ["giá vàng tăng", "ha ha ha", ""])
def test_word_vectors_need_words(text: str) -> None:
    """Words that are rare, one word alone, none."""
    with pytest.raises(CorpusError, match=r"^Word vectors need words that stand 5 times .* at 0\.$"):
        learn_vectors(segment_corpus([text, text], "fast"), 20, seed=1)


def test_folded_weights_give_the_same_scores(vectors: WordVectors) -> None:
    views = [View("words", 1, 1)]
    counts = count_ngrams(vectors.batch, views, 2)
    rows = np.arange(100)
    vocabulary = learn_vocabulary(counts, rows, 2, 5000)
    matrix = tfidf(counts, rows, vocabulary, sublinear=True)
    extended, smoother = smooth(matrix, *vectors.of_features(views, counts.keys[vocabulary.columns]), 0.4)
    own = extended[:, matrix.shape[1] :].toarray()
    assert np.linalg.norm(own, axis=1).mean() == pytest.approx(0.4)
    rng = np.random.default_rng(0)
    weights, bias = rng.normal(size=(extended.shape[1], 3)), rng.normal(size=3)
    folded, folded_bias = smoother.fold(weights, bias)
    assert np.allclose(extended @ weights + bias, matrix @ folded + folded_bias)


@pytest.mark.parametrize(("views", "rows"), [([View("words", 2, 2)], 50), ([View("words", 1, 1)], 1)])
def test_documents_need_different_vectors(vectors: WordVectors, views: list[View], rows: int) -> None:
    """No feature is a word; one document."""
    counts = count_ngrams(vectors.batch, views, 2)
    vocabulary = learn_vocabulary(counts, np.arange(rows), 1, 5000)
    matrix = tfidf(counts, np.arange(rows), vocabulary, sublinear=True)
    with pytest.raises(CorpusError, match=r"^Word vectors need documents that differ .* at 0\.$"):
        smooth(matrix, *vectors.of_features(views, counts.keys[vocabulary.columns]), 0.4)


def test_a_recipe_may_smooth(sample: Corpus, recipe: Recipe) -> None:
    changes = {"embedding": {"dimensions": 30}, "features": {**recipe.features.model_dump(), "weighting": "idf-nb"}}
    smoothed = fit(sample, Recipe.model_validate(recipe.model_dump() | changes), unlabelled=["thêm một văn bản nữa"])
    plain = fit(sample, recipe)
    assert smoothed.held_out.accuracy > plain.held_out.accuracy - 0.02
    assert smoothed.arrays["text.weights"].tobytes() != plain.arrays["text.weights"].tobytes()
