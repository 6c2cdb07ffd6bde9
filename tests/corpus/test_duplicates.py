"""The same text twice, and nearly so."""

import random
import unicodedata
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclf.corpus import Corpus, read_corpus
from vnclf.corpus.duplicates import exact_duplicate_groups, joined_groups, near_duplicate_groups
from vnclf.corpus.folding import folded
from vnclf.corpus.minhash import similar_pairs, sketch


def phrases(text: str) -> set[tuple[str, ...]]:
    words = folded(text).split()
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def similarity(one: str, two: str) -> float:
    first, second = phrases(one), phrases(two)
    return len(first & second) / len(first | second)


def changed(text: str, words: int, seed: int) -> str:
    rng, parts = random.Random(seed), text.split()
    for place in rng.sample(range(len(parts)), words):
        parts[place] = f"khác{rng.randrange(10**6)}"
    return " ".join(parts)


def test_folding() -> None:
    assert folded(" Hà Nội,\u00a0“ĐẸP”…\n1_2 ") == "hà nội đẹp 1_2"
    assert folded(unicodedata.normalize("NFD", "Hà Nội")) == "hà nội"
    assert folded(" …\n") == ""


def test_exact_duplicates() -> None:
    texts = ["Hà Nội!", "Huế", "  hà\nnội", "…", "", "HUẾ.", unicodedata.normalize("NFD", "Hà Nội"), "ha noi", "một"]
    assert exact_duplicate_groups(texts) == [[0, 2, 6], [1, 5]]
    assert exact_duplicate_groups(["İzmir", "i̇zmir", "K", "k"]) == [[0, 1], [2, 3]]
    assert exact_duplicate_groups([]) == []


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(st.text(st.sampled_from("aAáÁ ̣.,–İiK\n0_文"), max_size=4), max_size=12))
def test_exact_duplicates_are_those_of_the_folded_texts(texts: list[str]) -> None:
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(folded(text), []).append(place)
    assert exact_duplicate_groups(texts) == [
        group for key, group in places.items() if key and len(group) > 1
    ]  # fmt: skip
    found = [set(group) for group in near_duplicate_groups(texts)]
    assert all(any(set(group) <= near for near in found) for group in exact_duplicate_groups(texts))


def test_near_duplicates(sample: Corpus) -> None:
    texts = sample.texts
    cut = [text[: int(len(text) * 0.9)] for text in texts]
    edited = [changed(text, 2, seed) for seed, text in enumerate(texts)]
    size = len(texts)
    expected = [[i, i + size, i + 2 * size] for i in range(size)]
    assert near_duplicate_groups([*texts, *cut, *edited]) == expected
    assert near_duplicate_groups(texts) == []


def test_similarity_is_estimated(sample: Corpus) -> None:
    texts = [changed(text, words, words) for text in sample.texts[:60] for words in (0, 2, 5, 10, 20, 40)]
    sketches = sketch(texts)
    pairs = [(i, j) for i, j in combinations(range(len(texts)), 2) if i // 6 == j // 6]
    errors = [np.mean(sketches[i] == sketches[j]) - similarity(texts[i], texts[j]) for i, j in pairs]
    assert abs(np.mean(errors)) < 0.01
    assert np.std(errors) < 0.045
    for i, j in similar_pairs(texts, 0.8).tolist():
        assert similarity(texts[i], texts[j]) > 0.65
    found = {tuple(pair) for pair in similar_pairs(texts, 0.6).tolist()}
    groups = joined_groups(len(texts), [list(pair) for pair in found])
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    near = [(i, j) for i, j in pairs if similarity(texts[i], texts[j]) > 0.75]
    assert len(near) > 100
    assert all(group_of[i] == group_of[j] for i, j in near)


def test_short_and_odd_texts() -> None:
    texts = ["a", "b", "a b", "b a", "x " * 5000, "x " * 4999, "", "…", "12 34", "12 35"]
    assert near_duplicate_groups(texts) == [[4, 5]]
    assert near_duplicate_groups([]) == []
    assert near_duplicate_groups(["", "-"]) == []


def test_many_copies_are_one_group() -> None:
    text = "Một bài báo dài vừa phải về giá vàng và chứng khoán trong tuần qua, có nhiều con số và lời bình. " * 4
    copies = [changed(text, 1, seed) for seed in range(500)]
    assert near_duplicate_groups(copies) == [list(range(500))]


def test_blocks_make_no_difference(sample: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*sample.texts[:50], "", "một"]
    whole = sketch(texts[:50])
    monkeypatch.setattr("vnclf.corpus.minhash._BLOCK", 100)
    monkeypatch.setattr("vnclf.corpus.minhash._REMEMBERED", 50)
    assert np.array_equal(sketch(texts[:50]), whole)


def test_sketches_are_the_same_on_every_machine() -> None:
    assert sketch(["Hà Nội mùa thu", "thu"])[:, :2].tolist() == [[2781941954, 1111692439], [17352129, 3746564235]]


def test_joined_groups() -> None:
    assert joined_groups(7, [[5, 1], [2, 3], [3, 4], [6]]) == [[1, 5], [2, 3, 4]]
    assert joined_groups(3, [[2, 1], [1, 0]]) == [[0, 1, 2]]
    assert joined_groups(0, []) == []


@pytest.mark.corpora
def test_vntc(corpora: Path) -> None:
    corpus = read_corpus(corpora / "vntc10" / "train.jsonl.xz")
    groups = exact_duplicate_groups(corpus.texts)
    assert sum(len(group) - 1 for group in groups) == 51
    assert sum(len({corpus.labels[place] for place in group}) > 1 for group in groups) == 50
