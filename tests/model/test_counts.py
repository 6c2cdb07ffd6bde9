"""Counting by document, by row and by depth, against a plain loop."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnclf.model.counts import count_rows

GRAMS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 30)), max_size=60)
LIMITS = st.lists(st.integers(1, 30), max_size=4).map(lambda some: [31, *sorted(some, reverse=True)])


@pytest.mark.parametrize("n_rows", [6, 1 << 28, 3 << 28, 1 << 30])
@given(GRAMS, LIMITS)
def test_counts_by_depth(n_rows: int, grams: list[tuple[int, int, int]], limits: list[int]) -> None:
    documents, rows, depths = np.array(grams, np.int32).reshape(-1, 3).T
    counted = count_rows(documents, rows, depths.astype(np.intp), (4, n_rows), limits)
    pairs = list(zip(counted.documents.tolist(), counted.rows.tolist(), strict=True))
    assert pairs == sorted({(document, row) for document, row, _ in grams})
    for limit, counts in zip(limits, counted.counts.tolist(), strict=True):
        expected = Counter((document, row) for document, row, depth in grams if depth < limit)
        assert counts == [expected[pair] for pair in pairs]
