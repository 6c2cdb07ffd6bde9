"""Finds many 64-bit keys in a fixed table with two reads and one comparison each: no probing, no loop.

A perfect hash by displacement, after Fox, Heath, Chen and Daoud (1992): the low bits of a key name its
bucket, and each bucket has a multiplier of its own, chosen when the table is made, that sends its keys
to slots no other key has. The largest buckets choose first, while most slots are free.
"""

import numpy as np
from numpy.typing import NDArray

from vnclf.text.hashing import Hashes

# With fewer free slots the last buckets would be long in finding one.
_SLOTS_A_KEY = 1.2
_SLOTS_A_BUCKET = 4

_LOW_64 = (1 << 64) - 1


class PerfectHash:
    """Tells the slot of each key; slot 0 is empty and stands for all that is not there."""

    def __init__(self, slots: Hashes, multipliers: Hashes) -> None:
        """Take what `place_keys` returned; nothing is copied, so a memory map stays one."""
        self._slots = slots
        self._multipliers = multipliers
        self._buckets = np.uint64(len(multipliers) - 1)
        self._shift = np.uint64(65 - len(slots).bit_length())
        # Single numbers are read from these many times quicker than from arrays.
        self._one_slot, self._one_multiplier = memoryview(slots), memoryview(multipliers)  # type: ignore[arg-type]

    def find(self, queries: Hashes) -> NDArray[np.int64]:
        """Return the slot of each query, 0 for one that is not there; same shape."""
        product = queries * self._multipliers.take((queries & self._buckets).view(np.int64))
        product >>= self._shift
        slots: NDArray[np.int64] = product.view(np.int64)
        slots *= self._slots.take(slots) == queries
        return slots

    def find_one(self, query: int) -> int:
        """Return the slot of one query, 0 for one that is not there."""
        product = query * self._one_multiplier[query & len(self._one_multiplier) - 1]
        slot = (product & _LOW_64) >> int(self._shift)
        return slot if self._one_slot[slot] == query else 0


def place_keys(keys: Hashes) -> tuple[Hashes, Hashes, NDArray[np.int64]]:
    """Return slots, multipliers and the slot of each key; keys are distinct and not 0."""
    bits = max(int(len(keys) * _SLOTS_A_KEY).bit_length(), _SLOTS_A_BUCKET)
    taken = np.zeros(1 << bits, np.bool_)
    taken[0] = True
    multipliers = np.ones(len(taken) // _SLOTS_A_BUCKET, np.uint64)
    bucket = (keys & np.uint64(len(multipliers) - 1)).astype(np.int64)
    sizes = np.bincount(bucket, minlength=len(multipliers))
    order, start = np.argsort(bucket, kind="stable"), np.cumsum(sizes) - sizes
    slot_of = np.zeros(len(keys), np.int64)
    random = np.random.default_rng(0)
    for size in range(int(sizes.max()), 0, -1):
        left = np.flatnonzero(sizes == size)
        while left.size:
            factor = random.integers(1 << 63, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
            members = order[start[left][:, None] + np.arange(size)]
            wanted = ((keys[members] * factor) >> np.uint64(64 - bits)).astype(np.int64)
            wins = _uncontested(wanted, taken)
            taken[wanted[wins]] = True
            multipliers[left[wins]] = factor
            slot_of[members[wins]] = wanted[wins]
            left = left[~wins]
    slots = np.zeros(len(taken), np.uint64)
    slots[slot_of] = keys
    return slots, multipliers, slot_of


def _uncontested(wanted: NDArray[np.int64], taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which buckets, the rows of `wanted`, get all their slots: free ones, and no other's."""
    own = np.sort(wanted, axis=1)
    fits: NDArray[np.bool_] = ~taken[wanted].any(axis=1) & (own[:, 1:] != own[:, :-1]).all(axis=1)
    claim = np.flatnonzero(fits)[:, None]
    owner = np.empty(len(taken), np.int64)
    owner[wanted[fits]] = claim  # the last to claim a slot has it
    fits[fits] = (owner[wanted[fits]] == claim).all(axis=1)
    return fits
