"""What is read of long texts."""

from dataclasses import replace

import pytest

from vnclf import Predictor
from vnclf.corpus import Corpus
from vnclf.model.features import View
from vnclf.text.lexicon import strip_diacritics


@pytest.fixture(scope="module")
def news() -> Predictor:
    return Predictor.load("news")


@pytest.fixture(scope="module")
def article(sample: Corpus) -> str:
    return " ".join(sample.texts[:12])


def test_the_tail_of_a_long_text_is_not_segmented(news: Predictor, article: str) -> None:
    (length,) = news._judge.segment([article]).lengths
    assert 782 <= length < 0.7 * len(article.split())


@pytest.mark.parametrize("limit", [20, 45, 80])
def test_the_words_read_are_those_of_the_whole_text(news: Predictor, sample: Corpus, limit: int) -> None:
    channel = replace(news._judge.text, views=[View("words", first=limit)])
    judge = replace(news._judge, text=channel, plain=None)
    for text in sample.texts:
        opening, whole = judge.segment([text]), judge.segmenter.segment([text])
        assert opening.begins[: limit + 1].tolist() == whole.begins[: limit + 1].tolist()


def test_what_is_not_read_changes_nothing(news: Predictor, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    links, foreign = "http://x.vn/a 123 - | / " * 2000, "the quick brown fox jumps over the lazy dog " * 2000
    texts = [article, strip_diacritics(article), *(article + tail for tail in (links, foreign, article[::-1]))]
    expected = [news.predict(text, page=False) for text in texts]
    assert expected[2:] == [expected[0]] * 3
    monkeypatch.setattr("vnclf.model.judge._opening", lambda text, _: text)
    assert [news.predict(text, page=False) for text in texts] == expected


def test_invisible_chunks_do_not_count(news: Predictor, article: str) -> None:
    foreign = article + " the quick brown fox jumps over the lazy dog" * 2000
    spaced = foreign.replace(" ", " \u200b ")
    expected = news.predict(article, page=False)
    assert news.predict_many([foreign, spaced], page=False) == [expected, expected]
