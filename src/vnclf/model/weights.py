"""A classifier's weights in four bits each: half the room of bytes.

A feature's weights are whole numbers from -7 to 7, two a byte, times a unit of its own. What rounding does
to the weights of one feature, the others of a document even out: on leads of 2026, the news model is as often
right as with bytes, and half as many features more fit into its folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LARGEST = 7
# The two numbers that a byte stands for, the first in its lower half.
_PAIRS = np.array([[byte & 15, byte >> 4] for byte in range(256)], np.float64) - 8


def pack_weights(weights: NDArray[np.float64]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Round weights, shape (features, classes); return them packed, and their units.

    The shapes are (features, half the classes, rounded up) and (features,). The largest weight should be about
    1: units below 0.00006 of it are raised to that, and their features lose precision.
    """
    largest = np.abs(weights).max(axis=1, initial=0)
    units = np.maximum(largest / _LARGEST, np.finfo(np.float16).tiny).astype(np.float16)
    numbers = (np.rint(weights / units[:, None].astype(np.float64)) + 8).astype(np.uint8)
    even = np.pad(numbers, ((0, 0), (0, weights.shape[1] % 2)))
    packed: NDArray[np.uint8] = even[:, 0::2] | even[:, 1::2] << 4
    return packed, units


@dataclass(frozen=True)
class Weights:
    """Packed weights of features by class, and their units.

    Models of format 1 have no units: their `packed` are whole numbers in a byte each, shape (features, classes).
    """

    packed: NDArray[np.uint8] | NDArray[np.int8]
    units: NDArray[np.float16] | None
    n_classes: int

    def sums(
        self, values: NDArray[np.float64], features: NDArray[np.integer[Any]], ends: Sequence[int]
    ) -> NDArray[np.float64]:
        """Return, for each run of features that ends at one of `ends`, the sum of their weights times `values`.

        The shape is (runs, classes). Each run is added by itself, so it does not depend on the others.
        """
        numbers = self._numbers(features)
        if self.units is not None:
            values = values * self.units.take(features)
        result = np.zeros((len(ends), numbers.shape[1]))
        for run, (start, end) in enumerate(pairwise([0, *ends])):
            if start < end:
                np.dot(values[start:end], numbers[start:end], result[run])
        return result[:, : self.n_classes]

    def take(self, features: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """Return the weights of some features, shape (features, classes)."""
        weights = self._numbers(features)[:, : self.n_classes]
        return weights if self.units is None else weights * self.units.take(features).astype(np.float64)[:, None]

    def _numbers(self, features: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """Return the whole numbers of some features, of an even number of classes where two are in a byte."""
        packed = self.packed.take(features, 0)
        if self.units is None:
            return packed.astype(np.float64)
        return _PAIRS.take(packed, 0).reshape(len(packed), 2 * packed.shape[1])
