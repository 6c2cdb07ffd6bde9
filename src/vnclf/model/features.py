"""From segmented documents to counted n-grams, the same way in training and in prediction.

A *view* is one way of reading a document: its words, its syllables, its syllables without diacritics,
or the characters of its words. Every n-gram of a view is one 64-bit hash, so a batch of documents
becomes features without a string being built.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vnclf.text.hashing import Hashes, combine, combine_runs, hash_tokens
from vnclf.text.segmenter import Segmented

Unit = Literal["words", "syllables", "plain", "characters"]

# Keeps equal n-grams of different views apart.
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

    def as_dict(self) -> dict[str, Any]:
        """Return the view as plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "View":
        """Return the view that `as_dict` described."""
        return cls(**data)


@dataclass(frozen=True)
class Ngrams:
    """The n-grams of a batch: hash, document, and the run of tokens [begin, end) each stands on."""

    hashes: Hashes
    documents: NDArray[np.int64]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]


def ngrams(batch: Segmented, view: View) -> Ngrams:
    """Return all n-grams of a batch in one view, repeats included, in no particular order."""
    units = _units(batch, view)
    if view.unit == "characters":
        return _character_ngrams(batch, units, view)
    parts = []
    for n in range(view.shortest, view.longest + 1):
        count = max(len(units.hashes) - n + 1, 0)
        hashes = combine(*(units.hashes[i : i + count] for i in range(n))) ^ _SALTS[view.unit]
        if n == 1:
            parts.append((hashes, units.documents, units.begin, units.end))
            continue
        at = np.flatnonzero(units.documents[:count] == units.documents[n - 1 :])
        parts.append((hashes.take(at), units.documents.take(at), units.begin.take(at), units.end.take(at + n - 1)))
    return Ngrams(*(np.concatenate(column) for column in zip(*parts, strict=True)))


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
    """Return the words or tokens that n-grams are made of; punctuation is none, except for characters."""
    hashes = batch.table["plain_hash" if view.unit == "plain" else "hash"].take(batch.numbers)
    if view.unit in ("words", "characters") and len(hashes):
        begin = np.flatnonzero(batch.begins)
        hashes, is_word = combine_runs(hashes, begin), np.logical_or.reduceat(batch.is_word, begin)
    else:
        begin, is_word = np.arange(len(hashes)), batch.is_word
    end = np.append(begin[1:], len(batch.numbers))
    keep = batch.numbers.take(begin) != 0 if view.unit == "characters" else is_word
    if view.first:
        keep = keep & (begin < (batch.first + view.first).take(batch.documents.take(begin)))
    at = np.flatnonzero(keep)
    begin = begin.take(at)
    return Ngrams(hashes.take(at), batch.documents.take(begin), begin, end.take(at))


def _character_ngrams(batch: Segmented, words: Ngrams, view: View) -> Ngrams:
    """Return the n-grams within words, as scikit-learn's `char_wb` analyzer makes them."""
    spelt = [
        "_".join(batch.strings[number] for number in batch.numbers[begin:end])
        for begin, end in zip(words.begin, words.end, strict=True)
    ]
    hashes = [hash_characters(word, view.shortest, view.longest) for word in spelt]
    at = np.repeat(np.arange(len(spelt)), [len(part) for part in hashes])
    flat = np.concatenate([*hashes, np.empty(0, np.uint64)])
    return Ngrams(flat, words.documents[at], words.begin[at], words.end[at])


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


@dataclass(frozen=True)
class Counts:
    """How often each known n-gram stands in each document, sorted by document, then by row."""

    documents: NDArray[np.integer[Any]]
    rows: NDArray[np.integer[Any]]
    counts: NDArray[np.integer[Any]]


def count_rows(documents: NDArray[np.int64], rows: NDArray[np.int64]) -> Counts:
    """Count (document, row) pairs; rows are below 2**32."""
    pairs = np.sort((documents << 32) | rows)
    begin = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)])
    counts = np.diff(np.append(begin, len(pairs)))
    pairs = pairs.take(begin)
    return Counts(pairs >> 32, pairs & 0xFFFFFFFF, counts)


def weigh(counts: Counts, idf: NDArray[np.floating[Any]], n_documents: int, *, sublinear: bool) -> NDArray[np.float64]:
    """Return the TF-IDF weight of each count, each document's vector scaled to length one."""
    frequency = counts.counts.astype(np.float64)
    if sublinear:
        frequency = 1 + np.log(frequency)
    weights = frequency * idf[counts.rows]
    lengths = np.sqrt(np.bincount(counts.documents, weights * weights, minlength=n_documents))
    scaled: NDArray[np.float64] = weights / lengths[counts.documents]
    return scaled
