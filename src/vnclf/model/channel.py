"""The scorer of a model: TF-IDF vectors of its views times one matrix of weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.model.counts import Counts, count_rows, weigh
from vnclf.model.features import View, hash_ngrams, readings
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
    def _widest(self) -> list[View]:
        """Of the views that differ in weight and in how much they read, the one that reads most."""
        return [self.views[numbers[0]] for numbers in readings(self.views)]

    @cached_property
    def _limits(self) -> list[int]:
        """How many tokens views read, in descending order."""
        return sorted({view.limit for view in self.views}, reverse=True)

    @cached_property
    def _lengths(self) -> NDArray[np.float64]:
        """The weights of the views, by how much they read and by their place among the widest."""
        lengths = np.zeros((len(self._limits), len(self._widest)))
        for place, numbers in enumerate(readings(self.views)):
            for number in numbers:
                lengths[self._limits.index(self.views[number].limit), place] += self.views[number].weight
        return lengths

    def score(self, batch: Segmented) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return scores, shape (documents, topics), and the share of known n-grams in the first view."""
        n_documents, n_owners = len(batch.lengths), len(batch.lengths) * len(self._widest)
        hashes, owners, depths = hash_ngrams(batch, *self._widest)
        known, rows = self._index.locate(hashes)
        totals = np.bincount(owners, minlength=n_owners)[:n_documents]
        owners = owners.take(known)
        shares = np.bincount(owners, minlength=n_owners)[:n_documents] / np.maximum(totals, 1)
        counts = count_rows(owners, rows, depths.take(known), (n_owners, len(self.keys)), self._limits)
        values = weigh(counts, self.idf, self._lengths.repeat(n_documents, axis=1), sublinear=self.sublinear)
        ends = counts.documents.searchsorted(np.arange(1, n_owners + 1)).tolist()
        sums = self.weights.sums(values, counts.rows, ends).reshape(len(self._widest), n_documents, -1)
        return np.add.reduce(sums) * self.scale + self.bias, shares

    def count(self, batch: Segmented, view: View) -> Counts:
        """Return the counts of known n-grams of one view."""
        hashes, documents, depths = hash_ngrams(batch, view)
        known, rows = self._index.locate(hashes)
        return count_rows(documents.take(known), rows, depths.take(known), (len(batch.lengths), len(self.keys)))
