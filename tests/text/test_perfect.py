import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vnclf.text.hashing import hash_tokens
from vnclf.text.perfect import PerfectHash, place_keys


@given(st.integers(1, 400), st.lists(st.integers(0, 2**64 - 1), max_size=50))
def test_every_key_has_a_slot_of_its_own(count: int, others: list[int]) -> None:
    keys = hash_tokens([str(i) for i in range(count)])
    slots, multipliers, slot_of = place_keys(keys)
    index = PerfectHash(slots, multipliers)
    assert index.find(keys).tolist() == slot_of.tolist()
    assert len({0, *slot_of.tolist()}) == count + 1
    assert [index.find_one(key) for key in keys.tolist()] == slot_of.tolist()
    missing = np.array([0, *set(others) - set(keys.tolist())], np.uint64)
    assert not index.find(missing).any()
    assert not any(map(index.find_one, missing.tolist()))
