"""When a document was published."""

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from vnclf.errors import CorpusError

if TYPE_CHECKING:  # a document knows its own date
    from vnclf.corpus.document import Document

# As Vietnamese newspapers write dates: day, month, year; a time may stand before or after.
_DAY_FIRST = re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})\b")
_CLOCK = re.compile(r"\b(\d{1,2})[:h](\d{2})\b")
_YEAR_OR_MONTH = re.compile(r"\d{4}(?:-\d{2})?")


def date_of(document: "Document", column: str) -> datetime | None:
    """Return the date in a field, without time zone, as UTC, or None where there is none.

    A date alone is the beginning of that day. ISO 8601 ("2026-05-31", "2026-05",
    "2026-05-31T07:00:00+07:00") and day/month/year ("31/5/2026 07:00") are understood. Raises
    CorpusError for anything else.
    """
    value = document.fields.get(column)
    if value in (None, ""):
        return None
    found = parse_date(value)
    if found is None:
        raise CorpusError(f"{document.place}: the date {value!r} is not understood; write it as 2026-05-31.")
    return found


def parse_date(value: Any) -> datetime | None:
    """Return the date in a value, as `date_of` does, or None for what is not understood."""
    try:
        return _in_utc(value) if isinstance(value, date) else _parsed(str(value).strip())
    except OverflowError:  # the year 1 in Hanoi began before it did in Greenwich
        return None


def _parsed(value: str) -> datetime | None:
    whole = value + "-01-01"[len(value) - 4 :] if _YEAR_OR_MONTH.fullmatch(value) else value
    try:
        return _in_utc(datetime.fromisoformat(whole))
    except ValueError:
        pass
    found = _DAY_FIRST.search(value)
    if found is None:
        return None
    clock = _CLOCK.search(value)
    hour, minute = map(int, clock.groups()) if clock else (0, 0)
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), hour, minute)
    except ValueError:
        return None


def _in_utc(value: date) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
