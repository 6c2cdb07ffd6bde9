"""How the words and the topics of documents differ between two corpora, or change with time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from vnclf.audit.words import Words
from vnclf.corpus.checking import FEW_DOCUMENTS
from vnclf.corpus.dates import date_of
from vnclf.corpus.document import Document
from vnclf.errors import CorpusError

_SHOWN = 20
_PERIODS = 24
_SEED = 13

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Divergence:
    """The Jensen-Shannon divergence of two parts, in bits, from 0 (alike) to 1 (nothing in common).

    `by_chance` is that of two random parts of the same sizes, which small parts have too.
    """

    bits: float
    by_chance: float


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day ("2026-05"), its number of documents, and those of each topic."""

    name: str
    documents: int
    topics: dict[str, int]


@dataclass(frozen=True)
class Drift:
    """What differs between an older part and a newer, whose names are `before` and `after`.

    Words count once a document. `rose` and `fell` are the words that differ most, the most telling
    first; `shares` each topic's share of the labelled documents before and after; `periods` are for
    drift by date.
    """

    before: str
    after: str
    words: Divergence
    topics: Divergence
    rose: tuple[str, ...]
    fell: tuple[str, ...]
    shares: dict[str, tuple[float, float]]
    periods: tuple[Period, ...] = ()


def drift_between(
    before: Sequence[Document], after: Sequence[Document], names: tuple[str, str], words: Words, rows: NDArray[np.int64]
) -> Drift:
    """Compare two parts; `rows` are the rows in `words` of the documents before, then of those after."""
    is_after = np.repeat([False, True], [len(before), len(after)])
    presence = words.counts.readings[0].first[rows]
    presence = sp.csr_array((np.ones(len(presence.indices)), presence.indices, presence.indptr), presence.shape)
    labels = [document.topics[:1] for document in (*before, *after)]
    topics = sorted({topic for own in labels for topic in own})
    mix = np.array([[topic in own for topic in topics] for own in labels], np.float64).reshape(len(labels), len(topics))
    old, new = (_shares(mix[part].sum(axis=0)) for part in (~is_after, is_after))
    gains = _contributions(presence, is_after)
    order = np.argsort(-np.abs(gains), kind="stable")
    return Drift(
        *names,
        words=_divergence(presence, is_after),
        topics=_divergence(sp.csr_array(mix), is_after),
        rose=tuple(words.spelt(order[gains[order] > 0][:_SHOWN])),
        fell=tuple(words.spelt(order[gains[order] < 0][:_SHOWN])),
        shares={topic: (float(a), float(b)) for topic, a, b in zip(topics, old, new, strict=True)},
    )


def drift_by_date(documents: Sequence[Document], words: Words, dates: Sequence[tuple[str, int]]) -> Drift:
    """Compare the older half of the documents with the newer; `dates` are those of `dated`."""
    days = [date[:10] for date, _ in dates]
    # The day that divides them most evenly, for documents of one day are not parted.
    middle = min((abs(2 * place - len(days)), place) for place in _first_of_days(days))[1]
    places = np.array([place for _, place in dates])
    ordered = [documents[place] for place in places.tolist()]
    names = (f"{days[0]} – {days[middle - 1]}", f"{days[middle]} – {days[-1]}")
    found = drift_between(ordered[:middle], ordered[middle:], names, words, places)
    return replace(found, periods=_periods(ordered, days))


def dated(documents: Sequence[Document]) -> list[tuple[str, int]]:
    """Return (date in ISO 8601, place) of the documents with a date, the oldest first; [] if they show no drift.

    That is when fewer than 20 have one, or all are of one day.
    """
    found = sorted((date, place) for place, document in enumerate(documents) if (date := _date(document)))
    enough = len(found) >= 2 * FEW_DOCUMENTS and found[0][0][:10] != found[-1][0][:10]
    return found if enough else []


def _date(document: Document) -> str | None:
    try:
        found = date_of(document, "date")
    except CorpusError:
        return None  # one that is not understood
    return found.isoformat() if found else None


def _first_of_days(days: Sequence[str]) -> list[int]:
    return [place for place in range(1, len(days)) if days[place] != days[place - 1]]


def _periods(documents: Sequence[Document], days: Sequence[str]) -> tuple[Period, ...]:
    """Count by day, month or year: the shortest of which there are few enough to show."""
    lengths = (length for length in (10, 7) if len({day[:length] for day in days}) <= _PERIODS)
    length = next(lengths, 4)
    topics: dict[str, Counter[str]] = {day[:length]: Counter() for day in days}
    sizes = Counter(day[:length] for day in days)
    for document, day in zip(documents, days, strict=True):
        topics[day[:length]].update(document.topics[:1])
    return tuple(Period(name, sizes[name], dict(sorted(counts.items()))) for name, counts in topics.items())


def _divergence(matrix: sp.csr_array, is_after: NDArray[np.bool_]) -> Divergence:
    shuffled = np.random.default_rng(_SEED).permutation(is_after)
    bits, by_chance = (float(np.abs(_contributions(matrix, part)).sum()) for part in (is_after, shuffled))
    return Divergence(bits, by_chance)


def _contributions(matrix: sp.csr_array, is_after: NDArray[np.bool_]) -> Array:
    """Return what each column adds to the divergence of two parts of the rows, negative where its share fell."""
    old, new = (_shares(part.astype(np.float64) @ matrix) for part in (~is_after, is_after))
    if not old.sum() or not new.sum():
        return np.zeros(len(old))
    middle = np.maximum((old + new) / 2, np.finfo(np.float64).tiny)
    added = sum(share * np.log2(np.maximum(share, np.finfo(np.float64).tiny) / middle) for share in (old, new)) / 2
    return np.asarray(np.sign(new - old) * np.maximum(added, 0))


def _shares(counts: Array) -> Array:
    shares: Array = counts / max(counts.sum(), 1)
    return shares
