from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vnclf.text.viterbi import Viterbi

TRANSITIONS = np.array([[-0.44, 0.4], [0.4, -0.61]])
SCORES = st.lists(st.floats(-4, 4, allow_nan=False).map(lambda x: round(x, 3)), min_size=1, max_size=9)


def best_by_trying_all(scores: list[float], transitions: NDArray[np.float64]) -> float:
    return max(path_score(labels, scores, transitions) for labels in product((0, 1), repeat=len(scores)))


def path_score(labels: tuple[int, ...], scores: list[float], transitions: NDArray[np.float64]) -> float:
    steps = sum(float(transitions[a, b]) for a, b in pairwise(labels))
    return steps + sum(score for label, score in zip(labels, scores, strict=True) if label)


@given(st.lists(SCORES, min_size=1, max_size=4))
def test_each_document_gets_a_best_path(documents: list[list[float]]) -> None:
    gap = [0.0, 0.0]
    flat = np.array([score for scores in documents for score in [*scores, *gap]])
    lengths = np.array([len(scores) for scores in documents])
    first = np.cumsum(lengths + 2) - (lengths + 2)
    labels, _ = Viterbi(TRANSITIONS).continues_word(flat, first, lengths)
    for scores, start in zip(documents, first.tolist(), strict=True):
        found = tuple(int(label) for label in labels[start : start + len(scores)])
        best = best_by_trying_all(scores, TRANSITIONS)
        assert abs(path_score(found, scores, TRANSITIONS) - best) < 1e-9


@given(SCORES)
def test_one_sequence_is_labelled_as_many_are(scores: list[float]) -> None:
    best = Viterbi(TRANSITIONS)
    labels, close = best.continues_word(np.array([*scores, 0.0, 0.0]), np.array([0]), np.array([len(scores)]))
    begins = best.begins_word(scores)
    assert begins is None or not close[: len(scores)].any()
    assert begins is None or begins == (~labels[: len(scores)]).tolist()
    tokens = [str(place) for place in range(len(scores))]
    expected = "".join((";" if begin else " ") + token for begin, token in zip(begins or [], tokens, strict=False))
    words = best.join(scores, tokens.copy())
    assert words == (expected[1:].split(";") if begins else None)
