"""Counts of n-grams, and their TF-IDF weights."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# 1 + log(count), and 0 for none.
_DAMPED = np.concatenate(([0], 1 + np.log(np.arange(1, 1 << 12))))
_TRUE = np.ones(1, np.bool_)
_TINY = np.finfo(np.float64).tiny


@dataclass(frozen=True)
class Counts:
    """How often each known n-gram stands in each document, or in as much of it as a view reads.

    `documents` and `rows` have shape (entries,); `counts` has shape (views, entries). `count_rows` sorts by document,
    then by row.
    """

    documents: NDArray[np.integer[Any]]
    rows: NDArray[np.integer[Any]]
    counts: NDArray[np.integer[Any]]


def count_rows(
    documents: NDArray[np.int32],
    rows: NDArray[np.int32],
    depths: NDArray[np.integer[Any]],
    shape: tuple[int, int],
    limits: Sequence[int] = (sys.maxsize,),
) -> Counts:
    """Count (document, row) pairs of all depths, and then, for each limit but the first, those of less depth.

    `shape` tells how many documents and rows there are. Limits descend, and no depth reaches the first.
    """
    n_documents, n_rows = shape
    # How many limits a pair reaches stands in its last bits.
    bits = (len(limits) - 1).bit_length()
    # Numbers of half the size take half the time to sort.
    pairs: NDArray[np.integer[Any]] = documents.astype(np.int64 if n_documents * n_rows << bits >> 31 else np.int32)
    pairs *= n_rows
    pairs += rows
    if bits:
        pairs <<= bits
        pairs += np.array(limits[:0:-1]).searchsorted(depths, side="right")
    pairs.sort()
    counted = (pairs & ((1 << bits) - 1)) < np.arange(len(limits), 0, -1)[:, None]
    pairs >>= bits
    begin = np.concatenate((_TRUE[: len(pairs)], pairs[1:] != pairs[:-1])).nonzero()[0]
    pairs = pairs.take(begin)
    owners = pairs // n_rows
    return Counts(owners, pairs - owners * n_rows, np.add.reduceat(counted, begin, axis=1, dtype=np.intp))


def weigh(
    counts: Counts, idf: NDArray[np.floating[Any]], lengths: NDArray[np.float64], *, sublinear: bool
) -> NDArray[np.float64]:
    """Return the TF-IDF weight of each entry: of the views' vectors, scaled to `lengths`, the sum.

    `lengths` has shape (views, documents).
    """
    weights = (_damped(counts.counts) if sublinear else counts.counts) * idf.take(counts.rows).astype(np.float64)
    n_views, n_documents = lengths.shape
    owners = counts.documents + n_documents * np.arange(n_views)[:, None]
    squares = np.bincount(owners.ravel(), (weights * weights).ravel(), minlength=lengths.size)
    weights *= (lengths.ravel() / np.sqrt(np.maximum(squares, _TINY))).take(owners)
    total: NDArray[np.float64] = np.add.reduce(weights)
    return total


def _damped(counts: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """Return 1 + log(count), and 0 for none; most counts are small, and looking that up is quicker."""
    if counts.max(initial=0) < len(_DAMPED):
        return _DAMPED.take(counts)
    return np.where(counts > 0, 1 + np.log(np.maximum(counts, 1), dtype=np.float64), 0.0)
