"""The scorer of a model: TF-IDF vectors of its views times one matrix of weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.model.features import Counts, View, count_rows, hash_ngrams, weigh
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

    def count(self, batch: Segmented, view: View) -> Counts:
        """Return the counts of known n-grams of one view."""
        return self._count(*hash_ngrams(batch, view))

    def score(self, batch: Segmented) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return scores, shape (documents, topics), and the share of known n-grams in the first view."""
        n_documents, n_views = len(batch.lengths), len(self.views)
        # All views are counted at once, each view of a document as if it were a document.
        parts = [hash_ngrams(batch, view) for view in self.views]
        owners = [documents * n_views + place for place, (_, documents) in enumerate(parts)]
        counts = self._count(np.concatenate([hashes for hashes, _ in parts]), np.concatenate(owners))
        lengths = np.tile([view.weight for view in self.views], n_documents)
        values = weigh(counts, self.idf, lengths, sublinear=self.sublinear)
        weights = self.weights.take(counts.rows)
        scores = np.zeros((n_documents, len(self.bias)))
        ends = np.searchsorted(counts.documents, np.arange(0, len(lengths) + 1, n_views)).tolist()
        for document, (start, end) in enumerate(pairwise(ends)):
            if start < end:
                scores[document] = values[start:end] @ weights[start:end]
        known = np.bincount(counts.documents, counts.counts, minlength=len(lengths))[::n_views]
        totals = np.bincount(parts[0][1], minlength=n_documents)
        return scores * self.scale + self.bias, known / np.maximum(totals, 1)

    def _count(self, hashes: Hashes, documents: NDArray[np.int32]) -> Counts:
        rows = self._index.find(hashes)
        known = np.flatnonzero(rows)
        return count_rows(documents.take(known), rows.take(known) - 1, len(self.keys))
