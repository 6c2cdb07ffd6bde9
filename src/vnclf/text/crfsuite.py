"""Reads a linear-chain model in CRFsuite's binary format, weights in full precision.

The layout follows CRFsuite's crf1d_model.c and its constant database cqdb.c (Naoaki Okazaki):
a header of offsets, the features as (kind, source, target, weight) records, and one database of
strings each for labels and attributes. python-crfsuite lists the same weights, but rounded to six
decimals, which is not enough to decide every label the way the model does.
"""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_STATE, _TRANSITION = 0, 1


@dataclass(frozen=True)
class CrfModel:
    """The labels, attributes and weights of a first-order CRF.

    `state` has shape (attributes, labels); `transitions` has shape (labels, labels), from row to column.
    """

    labels: list[str]
    attributes: list[str]
    state: NDArray[np.float64]
    transitions: NDArray[np.float64]


def read_crfsuite(data: bytes) -> CrfModel:
    """Read the contents of a CRFsuite model file; raise ValueError when it is something else."""
    if len(data) < _HEADER.size or data[:4] != b"lCRF":
        raise ValueError("not a CRFsuite model")
    try:
        _, _, _, _, _, n_labels, n_attributes, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(data)
        (n_features,) = struct.unpack_from("<I", data, features_at + 8)
        features = np.frombuffer(data, _FEATURE, n_features, features_at + 12)
        labels = _read_strings(data, labels_at, n_labels)
        attributes = _read_strings(data, attributes_at, n_attributes)
    except (struct.error, ValueError) as error:
        raise ValueError(f"damaged CRFsuite model: {error}") from error
    weights = {kind: features[features["kind"] == kind] for kind in (_STATE, _TRANSITION)}
    state = np.zeros((n_attributes, n_labels))
    state[weights[_STATE]["source"], weights[_STATE]["target"]] = weights[_STATE]["weight"]
    transitions = np.zeros((n_labels, n_labels))
    transitions[weights[_TRANSITION]["source"], weights[_TRANSITION]["target"]] = weights[_TRANSITION]["weight"]
    return CrfModel(labels, attributes, state, transitions)


def _read_strings(data: bytes, start: int, count: int) -> list[str]:
    """Read the strings of one database in the order of their numbers, through its backward links."""
    _, _, _, _, size, backward_at = struct.unpack_from("<4sIIIII", data, start)
    if size < count:
        raise struct.error("too few strings")
    strings = []
    for offset in struct.unpack_from(f"<{count}I", data, start + backward_at):
        (length,) = struct.unpack_from("<I", data, start + offset + 4)
        begin = start + offset + 8
        strings.append(data[begin : begin + length].rstrip(b"\0").decode("utf-8"))
    return strings
