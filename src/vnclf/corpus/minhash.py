"""MinHash over NumPy arrays: which of many texts share most of their phrases.

The method is that of Broder (1997), with the banding of locality-sensitive hashing. datasketch does
the same one text at a time: 27 seconds for VNTC's 33,759 articles, which take 6 a thousand at a time.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from vnclf.corpus.folding import folded
from vnclf.text.hashing import combine, hash_tokens

Sketches = NDArray[np.uint32]
Pairs = NDArray[np.intp]

# A pair of similarity s shares a band with probability 1 - (1 - s^4)^32: 0.9998 at 0.7, 0.003 at 0.1.
_BANDS, _ROWS = 32, 4
_MINIMA = _BANDS * _ROWS

# Each stands for a random order of all phrases: multiplying by an odd number permutes 32 bits.
_MULTIPLIERS = (hash_tokens(map(str, range(_MINIMA))) | np.uint64(1)).astype(np.uint32)

_PHRASE = 3

# Chunks of text handled at a time: their numbers stay in the processor's cache, more or less.
_BLOCK = 1 << 17

# Distinct chunks whose numbers are remembered; a language has fewer, a heap of numbers more.
_REMEMBERED = 1 << 21


def similar_pairs(texts: Sequence[str], similarity: float) -> Pairs:
    """Return pairs (n, 2) of texts whose estimated Jaccard similarity is at least `similarity`.

    Compared are sets of three successive syllables; each text must have a word. Of many texts that are
    all alike, not every pair is returned, but enough to connect them.
    """
    sketches = sketch(texts)
    pairs = _candidates(sketches)
    blocks = np.array_split(pairs, len(pairs) // 10_000 + 1)
    alike = [np.mean(sketches[block[:, 0]] == sketches[block[:, 1]], axis=1) >= similarity for block in blocks]
    found: Pairs = pairs[np.concatenate(alike)]
    return found


def sketch(texts: Sequence[str]) -> Sketches:
    """Return the minima (texts, 128) of each text's phrases in as many random orders.

    The share of places at which two rows agree estimates the Jaccard similarity of their texts'
    phrases, with a standard deviation of at most 0.045.
    """
    numbers: dict[str, int] = {}
    rows = [_minima(*_phrases(chunks, numbers)) for chunks in _blocks(texts)]
    return np.concatenate(rows) if rows else np.empty((0, _MINIMA), np.uint32)


def _blocks(texts: Sequence[str]) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    size = 0
    for text in texts:
        block.append(text.split())
        size += len(block[-1])
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _phrases(texts: Sequence[Sequence[str]], numbers: dict[str, int]) -> tuple[Sketches, NDArray[np.intp]]:
    """Return the hash of each phrase of texts given as chunks, and where each text's phrases begin."""
    chunks = list(chain.from_iterable(texts))
    _learn(chunks, numbers)
    hashes = np.fromiter(map(numbers.__getitem__, chunks), np.uint64, len(chunks))
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])[hashes != 0]
    hashes = hashes[hashes != 0]
    # A phrase must not run on into the next text; a text of fewer than three syllables has shorter ones.
    beyond = _PHRASE - 1
    ahead = np.append(hashes, np.zeros(beyond, np.uint64))
    owner_ahead = np.append(owner, np.full(beyond, -1))
    places = [slice(i, i + len(hashes)) for i in range(_PHRASE)]
    inside = [owner_ahead[place] == owner for place in places]
    phrases = combine(*(np.where(own, ahead[place], np.uint64(0)) for own, place in zip(inside, places, strict=True)))
    kept = inside[-1] | (np.bincount(owner, minlength=len(texts)) < _PHRASE)[owner]
    phrases = phrases[kept]
    mixed = ((phrases ^ (phrases >> np.uint64(29))) >> np.uint64(16)).astype(np.uint32)
    return mixed, np.searchsorted(owner[kept], np.arange(len(texts)))


def _learn(chunks: Sequence[str], numbers: dict[str, int]) -> None:
    """Give each new chunk its number: the hash of its letters, or 0 where it has none."""
    if len(numbers) > _REMEMBERED:
        numbers.clear()
    new = [chunk for chunk in set(chunks) if chunk not in numbers]
    letters = [folded(chunk) for chunk in new]
    hashes = hash_tokens(letters)
    hashes[[not each for each in letters]] = 0
    numbers.update(zip(new, hashes.tolist(), strict=True))


def _minima(phrases: Sketches, starts: NDArray[np.intp]) -> Sketches:
    minima = np.empty((len(starts), _MINIMA), np.uint32)
    ordered = np.empty_like(phrases)
    for place, multiplier in enumerate(_MULTIPLIERS):
        np.multiply(phrases, multiplier, out=ordered)
        minima[:, place] = np.minimum.reduceat(ordered, starts)
    return minima


def _candidates(sketches: Sketches) -> Pairs:
    """Return the distinct pairs (first < second) that share a band: a text with the first and the last before it."""
    found = np.empty(0, np.intp)
    size = len(sketches)
    for band in range(_BANDS if size else 0):
        keys = combine(*sketches[:, band * _ROWS : (band + 1) * _ROWS].T.astype(np.uint64))
        order = np.argsort(keys, kind="stable")
        begins = np.append(True, np.diff(keys[order]) != 0)
        first = order[np.maximum.accumulate(np.where(begins, np.arange(size), 0))]
        later = np.flatnonzero(~begins)
        pairs = [before * size + order[later] for before in (first[later], order[later - 1])]
        found = np.unique(np.concatenate([found, *pairs]))
    return np.stack([found // size, found % size], axis=1) if size else np.empty((0, 2), np.intp)
