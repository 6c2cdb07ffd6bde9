"""A corpus with planted defects, made of the bundled one, and its audit."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from vnclf.audit.audit import audit
from vnclf.audit.findings import Audit
from vnclf.corpus import Corpus, Document
from vnclf.text.lexicon import strip_diacritics

ENGLISH = "The national team won the match on Sunday after a long fight in the rain, and the fans went home happy."
FULL = "Đội tuyển Việt Nam thắng trận giao hữu trên sân Mỹ Đình vào tối hôm qua, trước hàng vạn khán giả"


def changed(text: str, every: int) -> str:
    """Return a text of which one word in so many is another."""
    return " ".join("khác" if place % every == 7 else word for place, word in enumerate(text.split()))


@pytest.fixture(scope="session")
def planted(sample: Corpus) -> Corpus:
    documents = [replace(document, place=f"line {place}") for place, document in enumerate(sample, 1)]

    def alter(place: int, change: Callable[[str], str]) -> None:
        documents[place] = replace(documents[place], text=change(documents[place].text))

    alter(30, lambda text: unicodedata.normalize("NFD", text))
    alter(60, lambda text: text.encode().decode("latin-1"))
    alter(90, lambda text: text.replace("ộ", "\ufffd"))
    alter(120, strip_diacritics)
    alter(150, strip_diacritics)
    alter(180, lambda _: ENGLISH)
    alter(210, lambda text: text + " và cứ thế kéo dài mãi" * 3000)
    alter(240, lambda _: " …\n")
    alter(270, lambda _: "Giá vàng tăng")
    documents[300] = replace(documents[300], topics=())

    def nearly(text: str) -> str:
        return changed(text, 40)

    def spaced(text: str) -> str:
        return text.replace(",", " –")

    world = ("world",)
    copies: list[tuple[int, Callable[[str], str], tuple[str, ...]]] = [
        (10, str.upper, documents[10].topics),
        (10, spaced, documents[10].topics),
        (20, str, documents[20].topics),
        (40, str, world),
        (50, str.title, world),
        (70, nearly, documents[70].topics),
        (80, nearly, documents[80].topics),
    ]
    for place, change, topics in copies:
        documents.append(replace(documents[place], text=change(documents[place].text), topics=topics))
    documents += [Document(FULL, ("mystery",)), Document(changed(FULL, 8), ("mystery",))]
    return Corpus(tuple(documents), "planted")


@pytest.fixture(scope="session")
def found(planted: Corpus) -> Audit:
    return audit(planted, jobs=1)


WORDS = {
    "sports": "trận đấu bàn thắng khán giả huấn luyện viên giải sân cỏ đội tuyển vô địch bóng đá thủ môn trọng tài",
    "health": "bác sĩ phẫu thuật điều trị vắc xin xét nghiệm thuốc khám y tá cấp cứu bệnh viện sốt tiêm kháng sinh",
}
WRONG = [5, 62, 111, 168]


@pytest.fixture(scope="session")
def plain() -> Corpus:
    """Documents of two topics that cannot be taken for each other, some of them under the wrong one."""
    random, documents = Random(1), []
    for place in range(200):
        topics = ["sports", "health"] if place % 2 else ["health", "sports"]
        words = random.choices(WORDS[topics[0]].split(), k=60)
        label = topics[1] if place in WRONG else topics[0]
        documents.append(Document(" ".join([*words, "hôm nay tại thành phố"]), (label,), {"id": place}))
    return Corpus(tuple(documents), "plain")
