import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vnclf.text.hashing import (
    HashIndex,
    combine,
    combine_neighbours,
    combine_runs,
    hash_columns,
    hash_token,
    hash_tokens,
)

KEYS = st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=200)


def test_hashes_are_the_same_everywhere() -> None:
    assert hash_tokens(["Việt", ""]).tolist() == [481621790627268999, 13020603013274838756]
    assert [hash_token(token) for token in ("Việt", "")] == [481621790627268999, 13020603013274838756]
    columns = hash_columns([["Việt", ""], ["Việt", "a"]])
    assert [column.tolist() for column in columns] == [hash_tokens(row).tolist() for row in (["Việt"] * 2, ["", "a"])]


@given(KEYS, st.lists(st.integers(0, 2**64 - 1), max_size=50))
def test_index_finds_what_a_dictionary_finds(keys: list[int], others: list[int]) -> None:
    array = np.sort(np.array(keys, np.uint64))
    rows = {key: row + 1 for row, key in enumerate(array.tolist())}
    queries = keys + others
    assert HashIndex(array).find(np.array(queries, np.uint64)).tolist() == [rows.get(query, 0) for query in queries]


def test_order_and_length_matter() -> None:
    a, b = hash_tokens(["a"]), hash_tokens(["b"])
    combined = [combine(a), combine(b), combine(a, b), combine(b, a), combine(a, a), combine(a, b, a)]
    assert len({int(value[0]) for value in combined}) == 6


def test_runs_hash_alike_wherever_they_stand() -> None:
    tokens = hash_tokens(["hà", "nội", "là", "hà", "nội"])
    whole = combine_runs(tokens, np.array([0, 2, 3]))
    assert whole[0] == whole[2]
    assert whole[1] == tokens[2]
    assert whole[:2].tolist() == [16757373300803227681, 6466708170778144485]  # as model folders hold them
    assert len(combine_runs(tokens[:0], np.empty(0, np.intp))) == 0
    assert len(combine_runs(np.repeat(tokens, 1000), np.array([0, 1]))) == 2  # a word of 4,999 tokens


def test_neighbours_are_combined_as_pairs_and_triples() -> None:
    a, b, c, d = (hash_tokens([token]) for token in "abcd")
    none = np.zeros(1, np.uint64)
    pairs = [combine(a, b), combine(b, c), combine(c, d), none]
    triples = [combine(a, b, c), combine(b, c, d), none, none]
    assert combine_neighbours(np.concatenate([a, b, c, d])).tolist() == np.concatenate([*pairs, *triples]).tolist()
