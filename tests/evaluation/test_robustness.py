import unicodedata
from collections import Counter

import numpy as np
import pytest

from vnclf import Predictor
from vnclf.corpus import Corpus, Document
from vnclf.corpus.reading import iter_documents
from vnclf.evaluation import changes
from vnclf.evaluation.robustness import (
    CHANGES,
    out_of_domain,
    page_around,
    page_below_others,
    page_on_one_line,
    robustness,
    tail_of_another,
)
from vnclf.resources import resource
from vnclf.text import segment
from vnclf.text.normalize import normalize
from vnclf.text.page import extract, looks_like_page


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("hòa khỏe thủy HÒA Hóa", "hoà khoẻ thuỷ HOÀ Hoá"),
        ("ủy ban, úy lạo; lòe loẹt", "uỷ ban, uý lạo; loè loẹt"),
        ("hoàn toàn quý thuyền khoái của lúa mùa", "hoàn toàn quý thuyền khoái của lúa mùa"),
    ],
)
def test_tone_marks_move_where_both_styles_differ(text: str, changed: str) -> None:
    assert changes.tone_on_second_vowel(text) == changed
    assert segment(changed.lower()) == segment(text.lower())


def test_changes_that_show_nothing(sample: Corpus) -> None:
    for text in sample.texts[::25]:
        assert changes.decomposed(text) != text
        assert unicodedata.normalize("NFC", changes.decomposed(text)) == text
        assert normalize(changes.zero_width_inside(text)) == normalize(text)
        assert normalize(changes.curly_quotes(text)) == normalize(text)
    assert changes.curly_quotes("\"Đúng\" và 'sai'") == "“Đúng” và ’sai’"
    assert changes.without_diacritics("Đội tuyển\nđến") == "Doi tuyen\nden"
    assert changes.headline("Một\nhai\nba") == "Một"
    assert changes.headline("Một") == "Một"


def test_one_word_of_twenty_is_misspelt(sample: Corpus) -> None:
    text = " ".join(sample.texts[:60])
    noisy = changes.misspelt(text, 1)
    before, after = text.split(), noisy.split()
    assert len(before) == len(after)
    share = np.mean([a != b for a, b in zip(before, after, strict=True)])
    assert 0.04 < share < 0.06
    assert changes.misspelt(text, 1) == noisy
    assert changes.misspelt(text, 2) != noisy
    assert all(abs(len(a) - len(b)) <= 1 for a, b in zip(before, after, strict=True))


def test_a_page_holds_the_article_and_other_headlines(sample: Corpus) -> None:
    texts = sample.texts
    page = page_around(texts, 5)
    assert looks_like_page(page)
    assert texts[5] in page
    assert sum(changes.headline(text) in page.split("\n") for text in texts) == 7
    found = extract(page).text
    assert found.endswith(texts[5].split("\n")[-1])
    assert "Bình luận (0)" not in found


def test_a_page_holds_the_article_below_other_headlines_and_leads(sample: Corpus) -> None:
    headline, _, rest = sample.texts[5].partition("\n")
    page = page_below_others(sample.texts, 5)
    assert looks_like_page(page)
    assert page.index("Xem thêm") + 500 < page.index(headline) < page.index(rest)
    assert extract(page).text.split("\n") == sample.texts[5].split("\n")
    joined = page_on_one_line(sample.texts, 5)
    assert "\n" not in joined
    assert extract(joined).text.split("\n") == [headline, " ".join(rest.split("\n"))]


def test_another_text_is_of_another_place() -> None:
    texts = ["một", "hai", "ba", "bốn"]
    assert [tail_of_another(texts, i) for i in range(4)] == ["một\nba", "hai\nbốn", "ba\nmột", "bốn\nhai"]


def test_a_model_is_measured_in_every_dress(predictor: Predictor, sample: Corpus) -> None:
    rows = {row.change: row for row in robustness(predictor, sample.documents[::5])}
    assert list(rows) == ["as it is", *CHANGES]
    clean = rows["as it is"].accuracy
    assert clean > 0.9  # trained on them
    for name in ("decomposed letters (NFD)", "tone mark on the second vowel (hoà)", "upper case", "curly quotes"):
        assert (rows[name].accuracy, rows[name].same) == (clean, 1)
    assert rows["upper case"].changed == 1
    assert 0 < rows["tone mark on the second vowel (hoà)"].changed < 1
    for row in rows.values():
        assert row.difference == pytest.approx(row.accuracy - clean)
        assert row.accuracy >= row.same - (1 - clean)
    assert rows["another of these texts after it"].accuracy < clean
    assert robustness(predictor, sample.documents[::5]) == list(rows.values())


def test_texts_that_are_no_news(predictor: Predictor) -> None:
    english, empty = ("The weather will be fine tomorrow.", ("english",)), ("", ("nothing",))
    rows = out_of_domain(predictor, [Document(*english), Document(*empty), Document(*english)])
    assert [(row.kind, row.texts, row.certain, row.in_domain) for row in rows] == [
        ("english", 2, 0, 0),
        ("nothing", 1, 0, 0),
    ]
    assert rows[1].high > rows[0].high > 0.5


def test_the_bundled_texts_that_are_no_news() -> None:
    documents = list(iter_documents(resource("data/out-of-domain.jsonl"), label_column="kind"))
    counts = Counter(document.topic for document in documents)
    wanted = {
        "lottery results": 25,
        "horoscopes": 25,
        "English": 25,
        "gibberish": 20,
        "lists of links": 15,
        "other languages": 20,
    }
    assert set(counts) == set(wanted)
    assert all(counts[kind] >= least for kind, least in wanted.items())
    assert len({document.text for document in documents}) == len(documents)
