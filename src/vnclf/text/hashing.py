"""Words and n-grams as 64-bit numbers, and a fast look-up of many such numbers at once.

A token's number is the first eight bytes of its BLAKE2b digest, so it is the same on every machine
and in every process; n-grams combine the numbers of their parts. With 64 bits, a text of a million
distinct n-grams meets a vocabulary of 200,000 by accident about once in a hundred million texts.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Hashes: TypeAlias = NDArray[np.uint64]

# Odd multipliers of splitmix64 and of Knuth's MMIX generator: any odd number with well-spread bits serves.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


# What the tokens of a run are multiplied by, place by place; those beyond get the last of these.
_POWERS = _FACTOR ** np.arange(1 << 10, dtype=np.uint64)

# Bits of a key, beyond those that number the keys, that a query is first compared by.
_NEAR = 3


def hash_tokens(tokens: Iterable[str]) -> Hashes:
    """Return the 64-bit hash of each token."""
    return np.frombuffer(b"".join(map(_digest, tokens)), dtype="<u8").astype(np.uint64)


def hash_token(token: str) -> int:
    """Return the hash of one token: many times quicker than an array of one."""
    return int.from_bytes(_digest(token), "little")


def _digest(token: str) -> bytes:
    return blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def hash_columns(rows: Sequence[Sequence[str]]) -> list[Hashes]:
    """Return the hashes of rows of tokens, all of one length, as an array for each place; hash no token twice."""
    number = {token: i for i, token in enumerate(dict.fromkeys(chain.from_iterable(rows)))}
    hashes = hash_tokens(number)
    return [hashes[[number[token] for token in column]] for column in zip(*rows, strict=True)]


def combine(*parts: Hashes) -> Hashes:
    """Hash sequences given as one array per place: `combine(a, b)[i]` stands for the pair a[i], b[i]."""
    result = parts[0] * _MIX
    for part in parts[1:]:
        result = (result + part) * _FACTOR
    return result


def hash_run(*parts: Hashes) -> Hashes:
    """Hash sequences as `combine` does, but let a sequence of one keep its own hash."""
    return parts[0] if len(parts) == 1 else combine(*parts)


def combine_neighbours(hashes: Hashes) -> Hashes:
    """Hash all pairs of neighbours, each at the place of its first, then all triples, shape (2 * n,).

    At the ends of both halves, where none begins, stands 0.
    """
    n = len(hashes)
    result = np.zeros(2 * n, np.uint64)
    pairs, triples = result[: n - 1], result[n:-2]
    np.multiply(hashes[:-1], _MIX, pairs)
    pairs += hashes[1:]
    pairs *= _FACTOR
    np.add(pairs[:-1], hashes[2:], triples)
    triples *= _FACTOR
    return result


def combine_runs(hashes: Hashes, starts: NDArray[np.intp]) -> Hashes:
    """Hash each run `hashes[starts[i]:starts[i + 1]]` as a sequence; a run of one keeps its own hash.

    The first run starts at 0.
    """
    lengths = np.concatenate((starts[1:], [len(hashes)])) - starts if len(starts) else starts
    place = np.arange(len(hashes)) - starts.repeat(lengths)
    return np.add.reduceat(hashes * _POWERS.take(place, mode="clip"), starts)


class HashIndex:
    """Finds the rows of many 64-bit keys in a sorted array, without building a table of the keys.

    The keys are evenly spread, so the top bits of a key tell its row but for a step or two: a small
    array says where each prefix begins, and a vectorised scan does the rest.
    """

    def __init__(self, keys: Hashes) -> None:
        """`keys` are sorted and distinct; they are not copied, so a memory map stays one."""
        self.keys = keys
        bits = max(1, len(keys).bit_length())
        self._shift = np.uint64(64 - bits)
        counts = np.bincount((keys >> self._shift).astype(np.intp), minlength=1 << bits)
        self._first = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int32)
        self._last = len(keys) - 1
        # Most queries are not there, and most of these share their first bits with no key at all.
        self._near_shift = np.uint64(64 - min(bits + _NEAR, 32))
        self._is_near = np.zeros(1 << min(bits + _NEAR, 32), np.bool_)
        self._is_near[(keys >> self._near_shift).view(np.int64)] = True

    def find(self, queries: Hashes) -> NDArray[np.int32]:
        """Return 1 + the row of each query among the keys, and 0 for a query that is not there.

        Zero for "missing" lets tables carry a neutral first row instead of needing a mask.
        """
        result = np.zeros(len(queries), np.int32)
        at, rows = self.locate(queries)
        result[at] = rows + 1
        return result

    def locate(self, queries: Hashes) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
        """Return which queries are among the keys, and the row of each of these."""
        near = self._is_near.take((queries >> self._near_shift).view(np.int64)).nonzero()[0]
        queries = queries.take(near)
        rows: NDArray[np.int32] = self._first.take((queries >> self._shift).view(np.int64))
        found = self.keys.take(rows, mode="clip")
        behind = (found < queries).nonzero()[0]
        while behind.size:
            row = rows.take(behind) + 1
            key = self.keys.take(row, mode="clip")
            rows[behind], found[behind] = row, key
            behind = behind[(key < queries.take(behind)) & (row < self._last)]
        at = (found == queries).nonzero()[0]
        return near.take(at), rows.take(at)
