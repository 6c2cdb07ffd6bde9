import numpy as np
import pytest

from vnclf.corpus import Document
from vnclf.evaluation.slices import by_confidence, by_group, by_length, by_month, by_source, is_right

RIGHT = np.array([True, True, False, True])


def test_right_is_any_accepted_topic() -> None:
    assert is_right([{"a"}, {"a", "b"}, {"a"}], ["a", "b", "b"]).tolist() == [True, True, False]


def test_months_in_order() -> None:
    rows = by_month(RIGHT, ["2026-08-30", "2026-07-02", "2026-07-03", ""])
    assert [(row.name, row.documents, row.accuracy) for row in rows] == [("2026-07", 2, 0.5), ("2026-08", 1, 1.0)]
    assert rows[0].low < 0.5 < rows[0].high


def test_groups_without_name_are_left_out() -> None:
    assert [row.name for row in by_group(RIGHT, ["b", "", "a", "b"])] == ["a", "b"]
    assert by_group(RIGHT, ["", "", "", ""]) == []


def test_sources_and_years() -> None:
    dates = ["05/03/2026", "2026-07-02T07:00:00Z", "sáng nay", None]
    documents = [Document("x", ("a",), {"date": date}, source="tin/a") for date in dates]
    rows = by_source(RIGHT, documents)
    assert [(row.name, row.documents) for row in rows] == [("tin/a, 2026", 2), ("tin/a, undated", 2)]


def test_lengths_shortest_first() -> None:
    rows = by_length(RIGHT, ["một hai", "từ " * 1000, "từ " * 29, "từ " * 30])
    assert [(row.name, row.documents) for row in rows] == [
        ("under 30 words", 2),
        ("30–59 words", 1),
        ("1,000 words and more", 1),
    ]


def test_reliability_by_hand() -> None:
    bins = by_confidence(RIGHT, np.array([0.95, 1.0, 0.91, 0.42]))
    assert [(b.begin, b.end, b.documents) for b in bins] == [(0.4, 0.5, 1), (0.9, 1.0, 3)]
    assert bins[1].confidence == pytest.approx((0.95 + 1.0 + 0.91) / 3)
    assert bins[1].accuracy == pytest.approx(2 / 3)
