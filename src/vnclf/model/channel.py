"""The scorer of a model: TF-IDF vectors of its views times one matrix of weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vnclf.model.features import Counts, View, count_rows, ngrams, weigh
from vnclf.text.hashing import Hashes, HashIndex
from vnclf.text.segmenter import Segmented


@dataclass(frozen=True)
class Channel:
    """A vocabulary with its weights.

    `keys` are the sorted hashes of all n-grams, shape (features,); `idf` their inverse document
    frequencies; `weights` whole numbers, shape (features, topics), which stand for themselves times
    `scale`, shape (topics,); `bias` has shape (topics,).
    """

    views: Sequence[View]
    sublinear: bool
    keys: Hashes
    idf: NDArray[np.float32]
    weights: NDArray[np.int8]
    scale: NDArray[np.float64]
    bias: NDArray[np.float64]

    @cached_property
    def _index(self) -> HashIndex:
        return HashIndex(self.keys)

    def count(self, batch: Segmented, view: View) -> tuple[Counts, NDArray[np.int64]]:
        """Return the counts of known n-grams of one view, and each document's number of n-grams."""
        grams = ngrams(batch, view)
        rows = self._index.find(grams.hashes)
        known = np.flatnonzero(rows)
        totals = np.bincount(grams.documents, minlength=len(batch.lengths))
        return count_rows(grams.documents.take(known), rows.take(known).astype(np.int64) - 1), totals

    def score(self, batch: Segmented) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return scores, shape (documents, topics), and the share of known n-grams in the first view."""
        n_documents = len(batch.lengths)
        scores = np.zeros((n_documents, len(self.bias)))
        known_share = np.zeros(n_documents)
        for place, view in enumerate(self.views):
            counts, totals = self.count(batch, view)
            values = weigh(counts, self.idf, n_documents, sublinear=self.sublinear) * view.weight
            weights = self.weights.take(counts.rows, 0).astype(np.float64)
            ends = np.searchsorted(counts.documents, np.arange(n_documents + 1))
            for document, (start, end) in enumerate(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)):
                if start < end:
                    scores[document] += values[start:end] @ weights[start:end]
            if place == 0:
                known = np.bincount(counts.documents, counts.counts, minlength=n_documents)
                known_share = known / np.maximum(totals, 1)
        return scores * self.scale + self.bias, known_share
