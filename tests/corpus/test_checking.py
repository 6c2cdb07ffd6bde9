"""What training warns about."""

import unicodedata

import pytest

from vnclf.corpus import Corpus, Document
from vnclf.corpus.checking import has_diacritics, is_damaged, warnings_about

TEXT = "Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình vào tối ngày"


def corpus(*documents: tuple[str, str]) -> Corpus:
    plain = [Document(f"{TEXT} {i}", ("x",), {}, f"line {i + 1}") for i in range(10)]
    rest = [Document(text, (topic,), {}, f"line {i}") for i, (text, topic) in enumerate(documents, 11)]
    return Corpus((*plain, *rest))


def test_the_bundled_corpus_is_sound(sample: Corpus) -> None:
    assert warnings_about(sample) == []
    assert warnings_about(Corpus(())) == []


@pytest.mark.parametrize(
    ("documents", "warnings"),
    [
        ([], []),
        ([(f"{TEXT} hôm qua", "y")], ["The corpus has 1 topic of fewer than 10 documents (y)."]),
        ([(f"{TEXT}, 3!", "x")], ["The corpus has 1 document that repeat another, but for case and punctuation."]),
        ([("Giá vàng tăng", "x")], ["The corpus has 1 text shorter than 20 characters (the first: line 11)."]),
        (
            [("doi tuyen Viet Nam thang tran nay", "x"), ("The team has won the match", "x")],
            ["The corpus has 2 texts without any diacritic (the first: line 11)."],
        ),
        (
            [(f"{TEXT} th\ufffdng", "x"), (f"{TEXT} hÃ¡t vÃ\xa0 nÃ³i", "x")],
            ["The corpus has 2 texts damaged by a wrong encoding (the first: line 11)."],
        ),
        (
            [(unicodedata.normalize("NFD", f"{TEXT} hôm kia"), "x")],
            ["The corpus has 1 text with letters and marks apart (NFD, not NFC) (the first: line 11)."],
        ),
    ],
)
def test_troubles(documents: list[tuple[str, str]], warnings: list[str]) -> None:
    assert warnings_about(corpus(*documents)) == warnings


def test_conflicts_and_imbalance() -> None:
    documents = [(f"{TEXT} của mùa thứ {i}", "x") for i in range(600)]
    small = [(f"{TEXT} của giải thứ {i}", "y") for i in range(10)]
    assert warnings_about(corpus(*documents, *small, (f"{TEXT} 5", "y"))) == [
        "The topics are out of balance: 'x' has 610 documents, 'y' 11.",
        "The corpus has 1 document that repeat another, but for case and punctuation.",
        "The corpus has 1 text under different topics (the first: line 6 and line 621).",
    ]


def test_many_small_topics() -> None:
    found = warnings_about(corpus(*((f"{TEXT} lần {i}", f"t{i}") for i in range(7))))
    assert found == ["The corpus has 7 topics of fewer than 10 documents (t0, t1, t2, t3, t4 and 2 more)."]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_damage(encoding: str) -> None:
    for word in ("thắng", "Việt", "đội", "nước", "hát", "ở", "mùa"):
        assert is_damaged(f"một {word.encode().decode(encoding, 'replace')} hai")


@pytest.mark.parametrize("text", [TEXT, "«bốn lá» và «cá»", "São Paulo, Ähnlich, Ærø", "ºC và 5º, lá º", ""])
def test_no_damage(text: str) -> None:
    assert not is_damaged(text)


def test_diacritics() -> None:
    assert has_diacritics("à")
    assert has_diacritics(unicodedata.normalize("NFD", "à"))
    assert not has_diacritics("a “b” – c…")
