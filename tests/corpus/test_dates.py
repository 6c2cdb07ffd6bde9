"""Dates as corpora write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from vnclf.corpus import Document
from vnclf.corpus.dates import date_of
from vnclf.errors import CorpusError


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-05-31", datetime(2026, 5, 31)),
        ("2026-05", datetime(2026, 5, 1)),
        ("2026", datetime(2026, 1, 1)),
        (2026, datetime(2026, 1, 1)),
        (" 2026-05-31 07:08:09 ", datetime(2026, 5, 31, 7, 8, 9)),
        ("2026-05-31T07:00:00+07:00", datetime(2026, 5, 31)),
        ("2026-05-31T07:00:00Z", datetime(2026, 5, 31, 7)),
        ("20260531", datetime(2026, 5, 31)),
        ("31/5/2026", datetime(2026, 5, 31)),
        ("Chủ nhật, 31.05.2026 - 07:30 (GMT+7)", datetime(2026, 5, 31, 7, 30)),
        ("07h30, 31-5-2026", datetime(2026, 5, 31, 7, 30)),
        (date(2026, 5, 31), datetime(2026, 5, 31)),
        (datetime(2026, 5, 31, 7), datetime(2026, 5, 31, 7)),
        (datetime(2026, 5, 31, 7, tzinfo=timezone(timedelta(hours=7))), datetime(2026, 5, 31)),
        (datetime(2026, 5, 31, tzinfo=UTC), datetime(2026, 5, 31)),
    ],
)
def test_dates(value: Any, expected: datetime) -> None:
    assert date_of(Document("a", (), {"date": value}), "date") == expected


@pytest.mark.parametrize("value", ["hôm qua", "31/31/2026", "2026-13", "1.234.567", True, "0001-01-01T00:00:00+07:00"])
def test_what_is_no_date(value: Any) -> None:
    with pytest.raises(CorpusError, match=r"^here: the date .* is not understood; write it as 2026-05-31\.$"):
        date_of(Document("a", (), {"date": value}, "here"), "date")
    assert Document("a", (), {"date": value}).date == ""


@pytest.mark.parametrize("fields", [{}, {"date": None}, {"date": ""}])
def test_no_date(fields: dict[str, Any]) -> None:
    assert date_of(Document("a", (), fields, "here"), "date") is None
    assert Document("a", (), fields).date == ""


@pytest.mark.parametrize("value", ["5/3/2026", "2026-03-05T07:00:00Z", date(2026, 3, 5), datetime(2026, 3, 5, 7)])
def test_the_day_of_a_document(value: Any) -> None:
    assert Document("a", (), {"date": value}).date == "2026-03-05"
