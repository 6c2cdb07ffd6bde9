"""What is read of long texts."""

import pytest

from vnclf import Predictor
from vnclf.corpus import Corpus


@pytest.fixture(scope="module")
def news() -> Predictor:
    return Predictor.load("news")


@pytest.fixture(scope="module")
def article(sample: Corpus) -> str:
    return " ".join(sample.texts[:12])


def test_the_tail_of_a_long_text_is_not_segmented(news: Predictor, article: str) -> None:
    (length,) = news._judge.segment([article]).lengths
    assert 782 <= length < 0.7 * len(article.split())
    assert news._judge.segment([article[:500]]).words() == news._judge.segmenter.segment([article[:500]]).words()


def test_what_is_not_segmented_changes_nothing(news: Predictor, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short, texts = article[: len(article) // 2], [article, article[::-1], article.upper()]
    expected = [news.predict(text, page=False) for text in texts]
    assert news.predict(article[: -len(short)] + short[::-1], page=False) == expected[0]
    monkeypatch.setattr("vnclf.model.judge._opening", lambda text, _: text)
    assert [news.predict(text, page=False) for text in texts] == expected


def test_invisible_chunks_do_not_count(news: Predictor, article: str) -> None:
    spaced = article.replace(" ", " \u200b ")
    assert news.predict(spaced, page=False).probability == news.predict(article, page=False).probability
