"""From segmented documents to n-grams, the same way in training and in prediction.

A *view* is one way of reading a document: its words, its syllables, its syllables without diacritics,
or the characters of its words. Every n-gram of a view is one 64-bit hash, so a batch of documents
becomes features without a string being built.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise, starmap
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vnclf.text.hashing import Hashes, combine, combine_runs, hash_tokens
from vnclf.text.segmenter import Segmented

Unit = Literal["words", "syllables", "plain", "characters"]

# Keeps equal n-grams of different units apart.
_SALTS = dict(zip(("words", "syllables", "plain", "characters"), hash_tokens(["w", "s", "p", "c"]), strict=True))


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a document: its units, the shortest and longest n-gram, and its weight.

    With `first` > 0 only that many tokens at the beginning of a document are read.
    """

    unit: Unit
    shortest: int = 1
    longest: int = 2
    weight: float = 1.0
    first: int = 0

    @property
    def limit(self) -> int:
        """How many of a document's tokens are read."""
        return self.first or sys.maxsize

    def as_dict(self) -> dict[str, Any]:
        """Return the view as plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "View":
        """Return the view that `as_dict` described."""
        return cls(**data)


def readings(views: Sequence[View]) -> list[list[int]]:
    """Return the numbers of views; together, those that differ in weight and how much they read, the most first."""
    groups: dict[tuple[str, int, int], list[int]] = {}
    for number, view in enumerate(views):
        groups.setdefault((view.unit, view.shortest, view.longest), []).append(number)
    return [sorted(group, key=lambda number: views[number].limit, reverse=True) for group in groups.values()]


@dataclass(frozen=True)
class Ngrams:
    """The n-grams of a batch: hash, document, the run of tokens [begin, end) each stands on, and its depth.

    The depth is the number of the document's tokens before its last unit: a view that reads less has the n-grams of
    less depth.
    """

    hashes: Hashes
    documents: NDArray[np.int32]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    depth: NDArray[np.int64]

    def take(self, at: NDArray[np.intp]) -> "Ngrams":
        """Return some of them."""
        hashes, documents, begin = self.hashes.take(at), self.documents.take(at), self.begin.take(at)
        return Ngrams(hashes, documents, begin, self.end.take(at), self.depth.take(at))


def ngrams(batch: Segmented, view: View) -> Ngrams:
    """Return all n-grams of a batch in one view, repeats included, in no particular order."""
    units = _units(batch, view)
    if view.unit == "characters":
        return _character_ngrams(batch, units, view)
    parts = [
        (hashes, units.documents[at], units.begin[at], units.end[n - 1 :][at], units.depth[n - 1 :][at])
        for n, hashes, at in _runs(units.hashes, units.documents, [view], [slice(None)])
    ]
    return Ngrams(*map(np.concatenate, zip(*parts, strict=True)))


def hash_ngrams(batch: Segmented, *views: View) -> tuple[Hashes, NDArray[np.int32], NDArray[np.int32]]:
    """Return of each n-gram of some views what scoring needs: its hash, its owner and its depth.

    The owners are the documents in the first view, then the documents in the second, and so on.
    """
    units = [_unit_hashes(batch, view) for view in views]
    hashes, begin = map(np.concatenate, zip(*units, strict=True))
    owners, depths = batch.documents.take(begin), batch.depth.take(begin)
    spans = list(starmap(slice, pairwise(accumulate((len(own) for _, own in units), initial=0))))
    for place, span in enumerate(spans[1:], 1):
        owners[span] += place * len(batch.lengths)
    parts = [(joined, owners[at], depths[n - 1 :][at]) for n, joined, at in _runs(hashes, owners, views, spans)]
    for place, view in enumerate(views):
        if view.unit == "characters":
            grams = ngrams(batch, view)
            owned = grams.documents + np.int32(place * len(batch.lengths))
            parts.append((grams.hashes, owned, grams.depth.astype(np.int32)))
    hashes, owners, depths = map(np.concatenate, zip(*parts, strict=True))
    return hashes, owners, depths


def _runs(
    hashes: Hashes, owners: NDArray[np.int32], views: Sequence[View], spans: Sequence[slice]
) -> Iterator[tuple[int, Hashes, slice | NDArray[np.intp]]]:
    """Yield, for each n, the hashes of the runs of n units of one owner, and which unit each begins with.

    Each view's units stand in its span; n-grams of characters are not made of units.
    """
    for n in range(min(view.shortest for view in views), max(view.longest for view in views) + 1):
        count = max(len(hashes) - n + 1, 0)
        joined = combine(*(hashes[i : i + count] for i in range(n)))
        for view, span in zip(views, spans, strict=True):
            joined[span] ^= _SALTS[view.unit]
        without = [span for view, span in zip(views, spans, strict=True) if not _reads_runs(view, n)]
        at: slice | NDArray[np.intp] = slice(None)
        if n > 1 or without:
            within = owners[:count] == owners[n - 1 :]
            for span in without:
                within[span] = False
            at = within.nonzero()[0]
        yield n, joined[at], at


def _reads_runs(view: View, n: int) -> bool:
    return view.unit != "characters" and view.shortest <= n <= view.longest


def ngram_keys(batch: Segmented, view: View, runs: NDArray[np.int64]) -> Hashes:
    """Return the hash, as a feature of a view, of the word that stands on each run of tokens [begin, end).

    Runs that the view has no n-gram for, being too long, get 0.
    """
    keys = np.zeros(len(runs), np.uint64)
    field = "plain_hash" if view.unit == "plain" else "hash"
    lengths = runs[:, 1] - runs[:, 0]
    for n in np.unique(lengths).tolist():
        at = np.flatnonzero(lengths == n)
        tokens = batch.numbers[runs[at, 0][:, None] + np.arange(n)]
        hashes = batch.table[field][tokens]
        if view.unit == "words" and view.shortest == 1:
            keys[at] = combine(combine_runs(hashes.ravel(), np.arange(len(at)) * n)) ^ _SALTS["words"]
        elif view.unit in ("syllables", "plain") and view.shortest <= n <= view.longest:
            whole = at[batch.table["is_word"][tokens].all(axis=1)]
            keys[whole] = (combine(*hashes.T) ^ _SALTS[view.unit])[np.isin(at, whole)]
    return keys


def _units(batch: Segmented, view: View) -> Ngrams:
    """Return the words or tokens that n-grams are made of."""
    hashes, begin = _unit_hashes(batch, view)
    if view.unit in ("words", "characters"):
        starts = np.append(np.flatnonzero(batch.begins), len(batch.numbers))
        end = starts.take(np.searchsorted(starts, begin, side="right"))
    else:
        end = begin + 1
    documents = batch.documents.take(begin)
    return Ngrams(hashes, documents, begin, end, begin - batch.first.take(documents))


def _unit_hashes(batch: Segmented, view: View) -> tuple[Hashes, NDArray[np.intp]]:
    """Return each unit's hash and first token; punctuation is no unit, except for characters."""
    if view.unit in ("syllables", "plain"):
        keep = batch.is_word & (batch.depth < view.first) if view.first else batch.is_word
        begin = keep.nonzero()[0]
        hashes = batch.hashes if view.unit == "syllables" else batch.table["plain_hash"].take(batch.numbers)
        return hashes.take(begin), begin
    begin = batch.begins.nonzero()[0]
    keep = np.logical_or.reduceat(batch.is_word, begin) if view.unit == "words" else batch.numbers.take(begin) != 0
    if view.first:
        keep = keep & (batch.depth.take(begin) < view.first)
    at = keep.nonzero()[0]
    return combine_runs(batch.hashes, begin).take(at), begin.take(at)


def _character_ngrams(batch: Segmented, words: Ngrams, view: View) -> Ngrams:
    """Return the n-grams within words, as scikit-learn's `char_wb` analyzer makes them."""
    spelt = [
        "_".join(batch.strings[number] for number in batch.numbers[begin:end])
        for begin, end in zip(words.begin, words.end, strict=True)
    ]
    hashes = [hash_characters(word, view.shortest, view.longest) for word in spelt]
    at = np.repeat(np.arange(len(spelt)), [len(part) for part in hashes])
    flat = np.concatenate([*hashes, np.empty(0, np.uint64)])
    return replace(words.take(at), hashes=flat)


@lru_cache(maxsize=100_000)
def hash_characters(word: str, shortest: int, longest: int) -> Hashes:
    """Return the hashes of `character_ngrams`."""
    hashes: Hashes = hash_tokens(character_ngrams(word, shortest, longest)) ^ _SALTS["characters"]
    return hashes


def character_ngrams(word: str, shortest: int, longest: int) -> list[str]:
    """Return the character n-grams of a word between spaces; a word shorter than n counts once."""
    padded = f" {word} "
    result = []
    for n in range(shortest, longest + 1):
        result += [padded[i : i + n] for i in range(max(len(padded) - n, 0) + 1)]
        if n >= len(padded):
            break
    return result
