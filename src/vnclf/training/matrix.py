"""Counts of n-grams over a whole corpus, and TF-IDF matrices of any part of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from vnclf.model.features import Counts, View, count_rows, hash_ngrams, ngrams, weigh
from vnclf.text.hashing import Hashes, HashIndex
from vnclf.text.segmenter import Segmented

# Tokens whose n-grams are made at a time: bounds the memory of the steps between.
_BLOCK = 1 << 20


@dataclass(frozen=True)
class CountMatrix:
    """How often each n-gram that may become a feature stands in each document.

    `counts[v]` is the matrix of view v, shape (documents, candidates). All views share the columns,
    whose hashes are `keys`, sorted; `view_of` tells the first view that has a column, and `place` a run of
    tokens of the corpus, [begin, end), on which it stands. `totals` are the documents' numbers of n-grams,
    known or not, in the first view.
    """

    views: Sequence[View]
    keys: Hashes
    counts: list[sp.csr_array]
    view_of: NDArray[np.int8]
    place: NDArray[np.int64]
    totals: NDArray[np.int64]

    def known_share(self, rows: NDArray[np.int64], vocabulary: "Vocabulary") -> NDArray[np.float64]:
        """Return the share of n-grams of the first view that a vocabulary knows, by document."""
        known = self.counts[0][rows][:, vocabulary.columns].sum(axis=1)
        return np.asarray(known) / np.maximum(self.totals[rows], 1)


@dataclass(frozen=True)
class Vocabulary:
    """The columns of a count matrix that serve as features, and their inverse document frequencies."""

    columns: NDArray[np.int64]
    idf: NDArray[np.float32]


def count_ngrams(batch: Segmented, views: Sequence[View], min_df: int) -> CountMatrix:
    """Count, in each view, the n-grams that occur at least `min_df` times."""
    blocks = list(_blocks(batch))
    keys_of = [_frequent(blocks, view, min_df) for view in views]
    keys, earliest = np.unique(np.concatenate(keys_of), return_index=True)
    view_of = np.repeat(np.arange(len(views), dtype=np.int8), [len(part) for part in keys_of])[earliest]
    index, place = HashIndex(keys), np.zeros((len(keys), 2), np.int64)
    counts, totals = zip(*(_count_view(blocks, view, index, place) for view in views), strict=True)
    return CountMatrix(views, index.keys, list(counts), view_of, place, totals[0])


def learn_vocabulary(
    counts: CountMatrix,
    rows: NDArray[np.int64],
    min_df: int,
    max_features: int,
) -> Vocabulary:
    """Choose, from some documents alone, the features and their idf (smoothed, as scikit-learn's)."""
    # A document that has a column in two views counts once: one of them reads all that the other does.
    frequency = np.max([np.bincount(part[rows].indices, minlength=part.shape[1]) for part in counts.counts], axis=0)
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
    topics = sp.csr_array((np.ones(len(rows)), (labels, np.arange(len(rows)))), shape=(n_topics, len(rows)))
    inside = np.zeros((n_topics, len(columns)))
    for matrix in counts.counts:
        part = matrix[rows][:, columns]
        part.data = np.ones(len(part.data), np.int32)
        inside = np.maximum(inside, (topics @ part).toarray())
    sizes = np.bincount(labels, minlength=n_topics)[:, None]
    outside = inside.sum(axis=0) - inside
    ratio = np.log((inside + 0.5) / (sizes + 1)) - np.log((outside + 0.5) / (len(rows) - sizes + 1))
    weights: NDArray[np.float32] = np.sqrt(np.maximum(ratio.max(axis=0), 0.05)).astype(np.float32)
    seen = inside.any(axis=0)
    weights[~seen] = np.median(weights[seen])
    return weights


def tfidf(counts: CountMatrix, rows: NDArray[np.int64], vocabulary: Vocabulary, *, sublinear: bool) -> sp.csr_array:
    """Return the vectors of some documents: the sum of the views' TF-IDF vectors, weighted."""
    total = sp.csr_array((len(rows), len(vocabulary.columns)))
    for view, matrix in zip(counts.views, counts.counts, strict=True):
        part = matrix[rows][:, vocabulary.columns]
        part.sort_indices()
        documents = np.repeat(np.arange(len(rows)), np.diff(part.indptr))
        counted = Counts(documents, part.indices, part.data)
        values = weigh(counted, vocabulary.idf, np.full(len(rows), view.weight), sublinear=sublinear)
        weighted = sp.csr_array((values, part.indices, part.indptr), shape=part.shape)
        total = total + weighted
    return total


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
    """Cut a corpus into runs of whole documents; token numbers and table stay the same."""
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


def _frequent(blocks: Sequence[Segmented], view: View, min_df: int) -> Hashes:
    """Return the distinct n-grams that occur at least `min_df` times: no rarer one can pass."""
    hashes = np.sort(np.concatenate([hash_ngrams(block, view)[0] for block in blocks]))
    begin = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.empty(0, int)
    frequent: Hashes = hashes[begin[np.diff(begin, append=len(hashes)) >= min_df]]
    return frequent


def _count_view(
    blocks: Sequence[Segmented], view: View, index: HashIndex, place: NDArray[np.int64]
) -> tuple[sp.csr_array, NDArray[np.int64]]:
    """Count one view's n-grams, those that are columns and all; note in `place` where each column was last seen."""
    width = max(len(index.keys), 1)
    data, indices, lengths, totals, offset = [], [], [], [], 0
    for block in blocks:
        grams = ngrams(block, view)
        rows = index.find(grams.hashes)
        known = np.flatnonzero(rows)
        found = rows[known] - 1
        place[found] = np.column_stack([grams.begin[known], grams.end[known]]) + offset
        counted = count_rows(grams.documents[known], found, width)
        data.append(counted.counts.astype(np.int32))
        indices.append(counted.rows.astype(np.int32))
        lengths.append(np.bincount(counted.documents, minlength=len(block.lengths)))
        totals.append(np.bincount(grams.documents, minlength=len(block.lengths)))
        offset += len(block.numbers)
    pointer = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int32)
    shape = (len(pointer) - 1, width)
    matrix: sp.csr_array = sp.csr_array((np.concatenate(data), np.concatenate(indices), pointer), shape=shape)
    return matrix, np.concatenate(totals)
