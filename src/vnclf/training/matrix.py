"""Counts of n-grams over a whole corpus, and TF-IDF matrices of any part of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from vnclf.model.counts import Counts, count_rows, weigh
from vnclf.model.features import View, hash_ngrams, ngrams, readings
from vnclf.text.hashing import Hashes, HashIndex
from vnclf.text.segmenter import Segmented

# Tokens whose n-grams are made at a time: bounds the memory of the steps between.
_BLOCK = 1 << 20
# Documents whose vectors are made at a time, for the same reason.
_ROWS = 1 << 12


@dataclass(frozen=True)
class Reading:
    """What views count that differ in weight and in how much they read: `numbers` are theirs, the longest first.

    `matrices` are theirs, too, shape (documents, candidates). They share the indices of the first, sorted, so the
    others hold a 0 where they do not read as far.
    """

    numbers: list[int]
    matrices: list[sp.csr_array]

    @property
    def first(self) -> sp.csr_array:
        """The matrix of the view that reads most."""
        return self.matrices[0]

    def frequencies(self, rows: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return in how many of some documents each column stands."""
        return np.bincount(self.first[rows].indices, minlength=self.first.shape[1])


@dataclass(frozen=True)
class CountMatrix:
    """How often each n-gram that may become a feature stands in each document.

    All views share the columns, whose hashes are `keys`, sorted; `view_of` tells a view that has a column, and `place`
    a run of tokens of the corpus, [begin, end), on which it stands. `totals` are the documents' numbers of n-grams,
    known or not, in the first reading.
    """

    views: Sequence[View]
    keys: Hashes
    readings: list[Reading]
    view_of: NDArray[np.int8]
    place: NDArray[np.int64]
    totals: NDArray[np.int64]

    def known_share(self, rows: NDArray[np.int64], vocabulary: "Vocabulary") -> NDArray[np.float64]:
        """Return the share of n-grams of the first reading that a vocabulary knows, by document."""
        chosen = np.zeros(len(self.keys))
        chosen[vocabulary.columns] = 1
        return np.asarray(self.readings[0].first[rows] @ chosen) / np.maximum(self.totals[rows], 1)


@dataclass(frozen=True)
class Vocabulary:
    """The columns of a count matrix that serve as features, and their inverse document frequencies."""

    columns: NDArray[np.int64]
    idf: NDArray[np.float32]


def count_ngrams(batch: Segmented, views: Sequence[View], min_df: int) -> CountMatrix:
    """Count, in each view, the n-grams that occur at least `min_df` times."""
    groups = readings(views)
    keys_of = [_frequent(batch, views[numbers[0]], min_df) for numbers in groups]
    keys, earliest = np.unique(np.concatenate(keys_of), return_index=True)
    owners = np.array([numbers[0] for numbers in groups], np.int8)
    view_of = np.repeat(owners, [len(part) for part in keys_of])[earliest]
    index, place = HashIndex(keys), np.zeros((len(keys), 2), np.int64)
    counted, totals = zip(
        *(_count_reading(batch, [views[number] for number in numbers], index, place) for numbers in groups),
        strict=True,
    )
    found = [Reading(numbers, matrices) for numbers, matrices in zip(groups, counted, strict=True)]
    return CountMatrix(views, index.keys, found, view_of, place, totals[0])


def learn_vocabulary(
    counts: CountMatrix,
    rows: NDArray[np.int64],
    min_df: int,
    max_features: int,
) -> Vocabulary:
    """Choose, from some documents alone, the features and their idf (smoothed, as scikit-learn's)."""
    frequency = np.max([reading.frequencies(rows) for reading in counts.readings], axis=0)
    columns = np.flatnonzero(frequency >= min_df)
    if len(columns) > max_features:
        columns = np.sort(columns[np.argsort(-frequency[columns], kind="stable")[:max_features]])
    idf = np.log((1 + len(rows)) / (1 + frequency[columns])) + 1
    return Vocabulary(columns, idf.astype(np.float32))


def naive_bayes_weights(
    counts: CountMatrix, rows: NDArray[np.int64], columns: NDArray[np.int64], labels: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return, by column, the square root of the largest log-ratio of its share in a topic and in the rest.

    Shares are of documents, with half a document added; `labels` are those of the rows. A column that stands
    in none of the rows gets the median of the others.
    """
    n_topics = int(labels.max()) + 1
    inside = np.zeros((n_topics, len(columns)))
    for topic, own in enumerate(inside):
        for reading in counts.readings:
            np.maximum(own, reading.frequencies(rows[labels == topic])[columns], out=own)
    sizes = np.bincount(labels, minlength=n_topics)[:, None]
    outside = inside.sum(axis=0) - inside
    ratio = np.log((inside + 0.5) / (sizes + 1)) - np.log((outside + 0.5) / (len(rows) - sizes + 1))
    weights: NDArray[np.float32] = np.sqrt(np.maximum(ratio.max(axis=0), 0.05)).astype(np.float32)
    seen = inside.any(axis=0)
    weights[~seen] = np.median(weights[seen])
    return weights


def tfidf(counts: CountMatrix, rows: NDArray[np.int64], vocabulary: Vocabulary, *, sublinear: bool) -> sp.csr_array:
    """Return the vectors of some documents: the sum of the views' TF-IDF vectors, weighted."""
    feature_of = np.full(len(counts.keys), -1, np.int32)
    feature_of[vocabulary.columns] = np.arange(len(vocabulary.columns))
    parts = []
    for part in np.split(rows, range(_ROWS, len(rows), _ROWS)):
        options = counts.views, part, feature_of, vocabulary.idf, sublinear
        parts.append(reduce(add, (_weighted(reading, *options) for reading in counts.readings)))
    total: sp.csr_array = sp.vstack(parts, format="csr")
    return total


def _weighted(
    reading: Reading,
    views: Sequence[View],
    rows: NDArray[np.int64],
    feature_of: NDArray[np.int32],
    idf: NDArray[np.float32],
    sublinear: bool,
) -> sp.csr_array:
    """Return the sum of one reading's TF-IDF vectors of some documents."""
    matrices = [matrix[rows] for matrix in reading.matrices]
    features = feature_of.take(matrices[0].indices)
    kept = np.flatnonzero(features >= 0)
    features, pointer = features.take(kept), np.searchsorted(kept, matrices[0].indptr).astype(np.int32)
    documents = np.repeat(np.arange(len(rows)), np.diff(pointer))
    counts = Counts(documents, features, np.array([matrix.data.take(kept) for matrix in matrices]))
    lengths = np.repeat([[views[number].weight] for number in reading.numbers], len(rows), axis=1)
    values = weigh(counts, idf, lengths, sublinear=sublinear)
    return sp.csr_array((values, features, pointer), shape=(len(rows), len(idf)))


def spell(counts: CountMatrix, batch: Segmented, columns: NDArray[np.int64]) -> list[str]:
    """Return n-grams as text: units joined by spaces, the tokens of a word by "_"."""
    from vnclf.model.spelling import spell_ngrams

    words = np.empty(len(columns), np.object_)
    for number, view in enumerate(counts.views):
        at = np.flatnonzero(counts.view_of[columns] == number)
        own = columns[at]
        words[at] = spell_ngrams(batch, view, counts.place[own, 0], counts.place[own, 1], counts.keys[own])
    spelt: list[str] = words.tolist()
    return spelt


def _blocks(batch: Segmented) -> Iterator[Segmented]:
    """Cut a corpus into runs of whole documents; token numbers and table stay the same.

    What a block has worked out of its tokens goes with it, so that a corpus never holds all of that.
    """
    ends = batch.first + batch.lengths + 2
    start = 0
    while start < len(ends):
        begin = int(batch.first[start])
        stop = max(int(np.searchsorted(ends, begin + _BLOCK, side="right")), start + 1)
        end = int(ends[stop - 1])
        yield Segmented(
            batch.numbers[begin:end],
            batch.begins[begin:end],
            batch.lengths[start:stop],
            batch.table,
            batch.strings,
        )
        start = stop


def _frequent(batch: Segmented, view: View, min_df: int) -> Hashes:
    """Return the distinct n-grams that occur at least `min_df` times: no rarer one can pass."""
    hashes = np.sort(np.concatenate([hash_ngrams(block, view)[0] for block in _blocks(batch)]))
    begin = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.empty(0, int)
    frequent: Hashes = hashes[begin[np.diff(begin, append=len(hashes)) >= min_df]]
    return frequent


def _count_reading(
    batch: Segmented, views: Sequence[View], index: HashIndex, place: NDArray[np.int64]
) -> tuple[list[sp.csr_array], NDArray[np.int64]]:
    """Count the n-grams of views, the one that reads most first: those that are columns, and all of that one.

    Note in `place` where each column was last seen.
    """
    width = max(len(index.keys), 1)
    data: list[list[NDArray[Any]]] = [[] for _ in views]
    indices, lengths, totals, offset = [], [], [], 0
    for block in _blocks(batch):
        grams = ngrams(block, views[0])
        totals.append(np.bincount(grams.documents, minlength=len(block.lengths)))
        known, rows = index.locate(grams.hashes)
        grams = grams.take(known)
        place[rows] = np.column_stack([grams.begin, grams.end]) + offset
        shape = len(block.lengths), width
        counted = count_rows(grams.documents, rows, grams.depth, shape, [view.limit for view in views])
        for counts, parts in zip(counted.counts, data, strict=True):
            # One byte holds nearly all counts, and the other views' zeros take room, too.
            parts.append(counts.astype(np.min_scalar_type(counts.max(initial=0))))
        indices.append(counted.rows.astype(np.int32))
        lengths.append(np.bincount(counted.documents, minlength=len(block.lengths)))
        offset += len(block.numbers)
    pointer = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int32)
    columns, shape = np.concatenate(indices), (len(pointer) - 1, width)
    matrices = [sp.csr_array((np.concatenate(parts), columns, pointer), shape=shape) for parts in data]
    return matrices, np.concatenate(totals)
