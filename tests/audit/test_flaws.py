"""What is wrong with single texts."""

import unicodedata

import pytest

from vnclf.audit.flaws import FLAWS, LONG_TEXT, flawed_texts, mended

FULL = "Đội tuyển Việt Nam thắng trận giao hữu trên sân Mỹ Đình vào tối hôm qua, trước hàng vạn khán giả"


def flaws_of(text: str) -> set[str]:
    return {flaw for flaw, places in flawed_texts([FULL, text]).items() if places == [1]}


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        (FULL, set()),
        ("\ufeff" + FULL, set()),
        ("Tin “nóng” – về giá vàng tại São Paulo, Curaçao và Mỹ", set()),
        ("", {"empty"}),
        (" …\n— ", {"empty"}),
        ("Giá vàng tăng", {"very_short"}),
        (FULL.ljust(LONG_TEXT), set()),
        (FULL.ljust(LONG_TEXT + 1), {"very_long"}),
        (unicodedata.normalize("NFD", FULL), {"nfd"}),
        (FULL.replace("ộ", "\ufffd"), {"damaged"}),
        (FULL.encode().decode("latin-1"), {"damaged"}),
        (FULL.encode().decode("cp1252", "replace"), {"damaged"}),
        (f"{FULL} \ud800", {"damaged"}),
        ("Doi tuyen Viet Nam thang tran giao huu tren san My Dinh vao toi hom qua", {"no_diacritics"}),
        ("The fans went home happy after the match in the rain", {"other_languages"}),
    ],
)
def test_flaws(text: str, flaws: set[str]) -> None:
    assert flaws_of(text) == flaws


def test_every_flaw_has_its_list() -> None:
    assert flawed_texts([]) == {flaw: [] for flaw in FLAWS}
    assert flawed_texts(["", FULL, "."])["empty"] == [0, 2]


def test_mending() -> None:
    found = mended(FULL.encode().decode("latin-1"))
    assert found is not None
    assert (found.text, found.encoding) == (FULL, "double utf-8")
    # TCVN3, taken for Windows-1252.
    found = mended("§éi tuyÓn bãng ®¸ ViÖt Nam th¾ng trËn giao h÷u víi ®éi chñ nhµ vµo tèi h«m qua, kh¸n gi¶ rÊt ®«ng")
    assert found is not None
    assert found.text.startswith("Đội tuyển bóng đá Việt Nam thắng trận")
    assert [mended(text) for text in (FULL, "\ufeff" + FULL, "Giá\ufffd vàng \ufffd tăng")] == [None, None, None]
