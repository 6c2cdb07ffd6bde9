"""The scorer of a model: TF-IDF vectors of its views times one matrix of weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.model.features import Counts, View, count_rows, hash_ngrams, readings, weigh
from vnclf.model.folder import ModelFolder
from vnclf.model.weights import Weights
from vnclf.text.hashing import Hashes, HashIndex
from vnclf.text.segmenter import Segmented


@dataclass(frozen=True)
class Channel:
    """A vocabulary with its weights.

    `keys` are the sorted hashes of all n-grams, shape (features,); `idf` their inverse document
    frequencies; `weights` are theirs by class, in units of `scale`, shape (classes,); `bias` has shape
    (classes,).
    """

    views: Sequence[View]
    sublinear: bool
    keys: Hashes
    idf: NDArray[np.floating[Any]]
    weights: Weights
    scale: NDArray[np.float64]
    bias: NDArray[np.float64]

    @classmethod
    def of(cls, folder: ModelFolder, name: str) -> "Channel":
        """Return a channel of an opened model; raises KeyError where the folder lacks a part of it."""
        entry = folder.description["channels"][name]
        arrays = {field: folder.arrays[f"{name}.{field}"] for field in ("keys", "idf", "scale", "bias")}
        units = folder.arrays.get(f"{name}.units")
        return cls(
            views=[View.from_dict(view) for view in entry["views"]],
            sublinear=entry["sublinear_tf"],
            weights=Weights(folder.arrays[f"{name}.weights"], units, len(arrays["bias"])),
            **arrays,
        )

    @cached_property
    def _index(self) -> HashIndex:
        return HashIndex(self.keys)

    @cached_property
    def _readings(self) -> list[list[int]]:
        return readings(self.views)

    def score(self, batch: Segmented) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return scores, shape (documents, topics), and the share of known n-grams in the first view."""
        n_documents, n_views = len(batch.lengths), len(self.views)
        counts, views, totals = self._count_views(batch)
        owners = counts.documents * n_views + views
        lengths = np.tile([view.weight for view in self.views], n_documents)
        values = weigh(Counts(owners, counts.rows, counts.counts), self.idf, lengths, sublinear=self.sublinear)
        known = np.bincount(owners, counts.counts, minlength=len(lengths))[self._readings[0][0] :: n_views]
        # What several views found of a feature is added before its weights are looked up.
        again = (counts.rows[1:] == counts.rows[:-1]) & (counts.documents[1:] == counts.documents[:-1])
        begin = np.flatnonzero(np.concatenate(([len(values) > 0], ~again)))
        ends = np.searchsorted(counts.documents.take(begin), np.arange(1, n_documents + 1)).tolist()
        scores = self.weights.sums(np.add.reduceat(values, begin), counts.rows.take(begin), ends)
        return scores * self.scale + self.bias, known / np.maximum(totals, 1)

    def _count_views(self, batch: Segmented) -> tuple[Counts, NDArray[np.integer[Any]], NDArray[np.int64]]:
        """Count all views at once.

        Return the counts, a row as often as views have it, sorted by document, then by row; the view of each; and the
        documents' numbers of n-grams in the first view, known or not.
        """
        bits = len(self.views).bit_length()
        parts = [hash_ngrams(batch, self.views[numbers[0]]) for numbers in self._readings]
        hashes, documents, depths = map(np.concatenate, zip(*parts, strict=True))
        rows = self._index.find(hashes)
        known = np.flatnonzero(rows)
        rows, of, depths = (rows.take(known) - 1) << bits, documents.take(known), depths.take(known)
        bounds = np.searchsorted(known, np.cumsum([0, *(len(part[0]) for part in parts)])).tolist()
        found, owners = [], []
        for numbers, (start, end) in zip(self._readings, pairwise(bounds), strict=True):
            for number in numbers:
                read = slice(start, end)
                if number != numbers[0]:
                    read = start + np.flatnonzero(depths[read] < self.views[number].limit)
                found.append(rows[read] | number)
                owners.append(of[read])
        totals = np.bincount(parts[0][1], minlength=len(batch.lengths))
        counts = count_rows(np.concatenate(owners), np.concatenate(found), len(self.keys) << bits)
        rows = counts.rows >> bits
        return Counts(counts.documents, rows, counts.counts), counts.rows - (rows << bits), totals

    def count(self, batch: Segmented, view: View) -> Counts:
        """Return the counts of known n-grams of one view."""
        hashes, documents, _ = hash_ngrams(batch, view)
        rows = self._index.find(hashes)
        known = np.flatnonzero(rows)
        return count_rows(documents.take(known), rows.take(known) - 1, len(self.keys))
