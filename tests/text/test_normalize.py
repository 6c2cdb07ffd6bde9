import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnclf.text import normalize
from vnclf.text.segmenters import spell_for_topics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (unicodedata.normalize("NFD", "Đội tuyển Việt Nam"), "Đội tuyển Việt Nam"),
        ("Hà\u200b Nội\ufeff", "Hà Nội"),
        ("“Hà Nội” ‘đẹp’", "\"Hà Nội\" 'đẹp'"),
        ("một\x00hai\x07ba", "mộthaiba"),
        ("\u1fefH\u00e0\u1ffd", "'Hà'"),  # whose NFC are quotes
        ("giữ\tnguyên\n dòng", "giữ\tnguyên\n dòng"),
    ],
)
def test_one_spelling(text: str, expected: str) -> None:
    assert normalize(text) == expected


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text(alphabet=st.sampled_from("aAeêơĐđ \n\t\u0301\u0323\u200b“'x_.-1"), max_size=30))
def test_a_text_and_its_chunks_are_spelt_alike(text: str) -> None:
    whole = spell_for_topics(text).split()
    assert [part for chunk in text.split() for part in spell_for_topics(chunk).split()] == whole


def test_a_pile_of_marks_is_cut() -> None:
    assert len(normalize("ă" + "\u0323\u0301" * 100_000 + "n")) <= 33
    assert normalize("a" * 20_000 + "\u0306\u0323") == "a" * 19_999 + "ặ"
