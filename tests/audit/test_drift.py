"""How words and topics differ between corpora and with time."""

from datetime import date
from random import Random

import pytest

from vnclf.audit.audit import audit
from vnclf.audit.drift import dated
from vnclf.corpus import Corpus, Document

COMMON = "đội tuyển trận đấu khán giả giá vàng chứng khoán học sinh nhà trường bác sĩ bệnh viện".split()


def documents(count: int, own: str, topic: str, day: date | str | None = None, seed: int = 1) -> list[Document]:
    random = Random(seed)
    texts = [" ".join([*random.choices(COMMON, k=20), own, str(random.random())]) for _ in range(count)]
    return [Document(text, (topic,), {} if day is None else {"date": day}) for text in texts]


def test_between_corpora() -> None:
    old = Corpus((*documents(40, "bão lụt", "a"), *documents(20, "bão lụt", "b", seed=2)), "old")
    new = Corpus((*documents(20, "bầu cử", "a", seed=3), *documents(40, "bầu cử", "c", seed=4)), "new")
    drift = audit(new, against=old, jobs=1).drift
    assert drift is not None
    assert (drift.before, drift.after) == ("old", "new")
    assert {"bầu cử"} == set(drift.rose[:1])
    assert {"bão", "lụt"} & set(" ".join(drift.fell[:2]).split())
    assert drift.words.bits > 2 * drift.words.by_chance
    # Shares of 2/3, 1/3, 0 and 1/3, 0, 2/3.
    assert drift.topics.bits == pytest.approx(1 / 3 * 1 + 1 / 3 * 1 / 2 + (1 - 1 / 2 * 1.5849625) * 0, abs=0.1)
    assert drift.shares == {
        "a": (pytest.approx(2 / 3), pytest.approx(1 / 3)),
        "b": (pytest.approx(1 / 3), 0),
        "c": (0, pytest.approx(2 / 3)),
    }
    assert drift.periods == ()


def test_no_drift() -> None:
    corpus = Corpus(tuple(documents(40, "bão lụt", "a")), "same")
    drift = audit(corpus, against=corpus, jobs=1).drift
    assert drift is not None
    assert (drift.words.bits, drift.topics.bits, drift.rose, drift.fell) == (0, 0, (), ())


def test_by_date() -> None:
    parts = [
        *documents(30, "bão lụt", "a", "2025-08-01"),
        *documents(5, "bão lụt", "a", date(2025, 8, 2), seed=2),
        *documents(40, "bầu cử", "b", "2/9/2026", seed=3),
        *documents(3, "không rõ", "b", "hôm qua", seed=4),
        *documents(3, "không rõ", "b", None, seed=5),
    ]
    Random(1).shuffle(parts)
    drift = audit(Corpus(tuple(parts), "dated"), jobs=1).drift
    assert drift is not None
    assert (drift.before, drift.after) == ("2025-08-01 – 2025-08-02", "2026-09-02 – 2026-09-02")
    assert drift.rose[0] == "bầu cử"
    assert drift.topics.bits == pytest.approx(1)
    assert drift.topics.by_chance < 0.1
    assert [(period.name, period.documents, period.topics) for period in drift.periods] == [
        ("2025-08-01", 30, {"a": 30}),
        ("2025-08-02", 5, {"a": 5}),
        ("2026-09-02", 40, {"b": 40}),
    ]


@pytest.mark.parametrize(
    ("days", "first", "count"),
    [
        ([f"2025-01-{day:02}" for day in range(1, 21)], "2025-01-01", 20),
        (
            [f"2025-{month:02}-{day}" for month in range(1, 13) for day in (10, 20, 30 if month != 2 else 28)],
            "2025-01",
            12,
        ),
        ([f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)], "2020", 3),
    ],
)
def test_periods(days: list[str], first: str, count: int) -> None:
    found = [document for number, day in enumerate(days) for document in documents(1, "bão", "a", day, seed=number)]
    drift = audit(Corpus(tuple(found), "dated"), jobs=1).drift
    assert drift is not None
    assert drift.periods[0].name == first
    assert len(drift.periods) == count


def test_too_little_for_drift() -> None:
    assert dated(documents(19, "bão", "a", "2025-01-01")) == []
    assert dated(documents(40, "bão", "a", "2025-01-01T07:00")) == []
    assert dated(documents(40, "bão", "a", "hôm qua")) == []
