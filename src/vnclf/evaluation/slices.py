"""Accuracy on parts of the documents: by month, by length, by source, by confidence."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vnclf.corpus.document import Document
from vnclf.evaluation.intervals import wilson

# Words, as white space parts them, from which a text counts among the next longer ones.
LENGTHS = (30, 60, 150, 400, 1000)


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the documents, the share of them that was predicted right, and its 95 % interval."""

    name: str
    documents: int
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The predictions whose probability lies in [begin, end): how sure they were, and how often right."""

    begin: float
    end: float
    documents: int
    confidence: float
    accuracy: float


def is_right(accepted: Sequence[Collection[str]], predicted: Sequence[str]) -> NDArray[np.bool_]:
    """Return which predictions are among the topics that count as right, shape (documents,)."""
    return np.array([topic in good for topic, good in zip(predicted, accepted, strict=True)], np.bool_)


def slice_of(name: str, hits: int, documents: int) -> Slice:
    """Return the slice of so many documents, of which `hits` were predicted right."""
    return Slice(name, documents, hits / max(documents, 1), *wilson(hits, documents))


def slice_named(name: str, right: NDArray[np.bool_]) -> Slice:
    """Return the slice of all these documents."""
    return slice_of(name, int(right.sum()), len(right))


def by_group(right: NDArray[np.bool_], groups: Sequence[str]) -> list[Slice]:
    """Return a slice for each group, sorted by name; a document without group ("") is in none."""
    names = np.array(groups, dtype=np.str_)
    return [slice_named(name, right[names == name]) for name in sorted(set(groups) - {""})]


def by_month(right: NDArray[np.bool_], dates: Sequence[str]) -> list[Slice]:
    """Return a slice for each month of ISO dates such as "2026-05-31"; "" is no date."""
    return by_group(right, [date[:7] for date in dates])


def by_source(right: NDArray[np.bool_], documents: Sequence[Document]) -> list[Slice]:
    """Return a slice for each source of documents and each year of their dates."""
    return by_group(right, [f"{document.source or '?'}, {document.date[:4] or 'undated'}" for document in documents])


def by_length(right: NDArray[np.bool_], texts: Sequence[str]) -> list[Slice]:
    """Return a slice for each class of length in words that has documents, shortest first."""
    place = np.array([bisect_right(LENGTHS, len(text.split())) for text in texts], np.int64)
    return [slice_named(name, right[place == i]) for i, name in enumerate(_length_names()) if (place == i).any()]


def by_confidence(right: NDArray[np.bool_], probabilities: NDArray[np.float64], bins: int = 10) -> list[Bin]:
    """Return the reliability table: bins of equal width over the predictions' probabilities, empty ones left out."""
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    rows = []
    for number in np.unique(place).tolist():
        inside = place == number
        confidence, accuracy = float(probabilities[inside].mean()), float(right[inside].mean())
        rows.append(Bin(number / bins, (number + 1) / bins, int(inside.sum()), confidence, accuracy))
    return rows


def _length_names() -> list[str]:
    between = [f"{low}–{high - 1} words" for low, high in pairwise(LENGTHS)]
    return [f"under {LENGTHS[0]} words", *between, f"{LENGTHS[-1]:,} words and more"]
