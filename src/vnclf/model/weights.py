"""A classifier's weights in four bits each: half the room of bytes.

A feature's weights are whole numbers from -7 to 7, two a byte, times a unit of its own. What rounding does
to the weights of one feature, the others of a document even out: on leads of 2026, the news model is as often
right as with bytes, and half as many features more fit into its folder.
"""

from dataclasses import dataclass
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

    def take(self, features: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """Return the weights of some features, shape (features, classes)."""
        packed = self.packed.take(features, 0)
        if self.units is None:
            return packed.astype(np.float64)
        pairs = _PAIRS.take(packed, 0).reshape(len(packed), 2 * packed.shape[1])[:, : self.n_classes]
        weights: NDArray[np.float64] = pairs * self.units.take(features).astype(np.float64)[:, None]
        return weights
