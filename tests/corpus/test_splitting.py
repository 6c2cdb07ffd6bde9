"""Train, dev and test that know nothing of each other."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclf.corpus import Corpus, Document, iter_documents
from vnclf.corpus.splitting import Split, split, write_split
from vnclf.errors import CorpusError


def document(number: int, topic: str = "x", text: str | None = None, **fields: Any) -> Document:
    words = " ".join(f"từ{random.Random(number).randrange(10**9)}{i}" for i in range(40))
    return Document(text or words, (topic,) if topic else (), {"id": number, **fields}, f"line {number}")


def ids(part: tuple[Document, ...]) -> set[int]:
    return {each.fields["id"] for each in part}


def test_random_is_stratified_and_seeded(sample: Corpus) -> None:
    documents = list(sample)
    parts = split(documents, test=0.2, dev=0.1, seed=3)
    assert sorted(map(id, (*parts.train, *parts.dev, *parts.test))) == sorted(map(id, documents))
    assert len(parts.test) == round(0.2 * len(documents))
    assert len(parts.dev) == round(0.1 * len(documents))
    counts, test = Counter(sample.labels), Counter(each.topic for each in parts.test)
    assert all(abs(test[topic] - 0.2 * count) < 1 for topic, count in counts.items())
    assert split(documents, test=0.2, dev=0.1, seed=3) == parts
    assert split(documents, test=0.2, dev=0.1, seed=4) != parts
    order = {id(each): place for place, each in enumerate(documents)}
    assert [order[id(each)] for each in parts.test] == sorted(order[id(each)] for each in parts.test)


def test_copies_stay_together(sample: Corpus) -> None:
    documents = [Document(d.text, d.topics, {"id": i}) for i, d in enumerate(sample)]
    size = len(documents)
    documents += [Document(d.text.upper(), d.topics, {"id": i + size}) for i, d in enumerate(documents)]
    documents += [Document(d.text[:-20] + " và hết.", d.topics, {"id": i + 2 * size}) for i, d in enumerate(sample)]
    for parts in (split(documents, test=0.2, dev=0.2), split(documents, by="group", column="id")):
        for part in (parts.train, parts.dev, parts.test):
            assert all(
                {number % size, number % size + size, number % size + 2 * size} <= ids(part) for number in ids(part)
            )
    assert abs(len(split(documents, test=0.2).test) / len(documents) - 0.2) < 0.02


def test_the_newest_are_the_test() -> None:
    dates = [f"2026-01-{day:02}" for day in range(1, 31)]
    documents = [document(i, date=date) for i, date in enumerate(random.Random(1).sample(dates, 30))]
    parts = split(documents, test=0.2, dev=0.1, by="date")
    assert {d.fields["date"] for d in parts.test} == set(dates[-6:])
    assert {d.fields["date"] for d in parts.dev} == set(dates[-9:-6])
    old = Document(parts.test[0].text + " và thêm", ("x",), {"id": 99, "date": "2001-01-01"})
    assert 99 in ids(split([*documents, old], test=0.2, by="date").test)


def test_documents_without_date_are_old() -> None:
    documents = [document(i, date="" if i % 3 else "2026-05-31") for i in range(30)]
    parts = split(documents, test=0.2, by="date")
    assert parts.undated == 20
    assert ids(parts.test) == {12, 15, 18, 21, 24, 27}


def test_groups_stay_together() -> None:
    documents = [document(i, group=i // 5, nguồn=i % 7) for i in range(100)]
    parts = split(documents, test=0.2, dev=0.1, by="group", seed=1)
    for part in (parts.train, parts.dev, parts.test):
        assert all(count == 5 for count in Counter(d.fields["group"] for d in part).values())
    assert (len(parts.test), len(parts.dev)) == (20, 10)
    parts = split(documents, test=0.3, by="group", column="nguồn")
    assert not {d.fields["nguồn"] for d in parts.train} & {d.fields["nguồn"] for d in parts.test}


def test_documents_without_label_are_split_too() -> None:
    parts = split([document(i, "") for i in range(20)], test=0.25)
    assert (len(parts.train), len(parts.test)) == (15, 5)


@settings(max_examples=60, deadline=None)
@given(
    topics=st.lists(st.sampled_from("abc"), min_size=12, max_size=40),
    shares=st.sampled_from([(0.1, 0.0), (0.3, 0.3), (0.0, 0.2), (0.5, 0.1)]),
    by=st.sampled_from(["random", "date", "group"]),
    seed=st.integers(0, 9),
)
def test_nothing_is_lost_or_doubled(topics: list[str], shares: tuple[float, float], by: Any, seed: int) -> None:
    documents = [document(i, topic, date=f"{2000 + i}", group=str(i)) for i, topic in enumerate(topics)]
    parts = split(documents, test=shares[0], dev=shares[1], by=by, seed=seed)
    assert ids(parts.train) | ids(parts.dev) | ids(parts.test) == set(range(len(topics)))
    assert len(parts.train) + len(parts.dev) + len(parts.test) == len(topics)
    assert abs(len(parts.test) - shares[0] * len(topics)) <= 0.5
    assert abs(len(parts.dev) - shares[1] * len(topics)) <= 0.5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"test": 0.0}, r"^The shares 0\.0 for test and 0\.0 for dev leave a part empty"),
        ({"test": 0.6, "dev": 0.4}, r"^The shares 0\.6 for test and 0\.4 for dev leave a part empty"),
        ({"test": -0.1, "dev": 0.4}, r"^The shares -0\.1"),
        ({"by": "date", "column": "id"}, r"^line 0: the date 0 is not understood"),
        ({"by": "date"}, r"^No document has a 'date' to split by; name the column of the dates\.$"),
        ({"by": "group"}, r"^line 0: the document has no 'group' to group it by\.$"),
        ({"column": "id"}, r"^The column 'id' is of no use for a random split; split by date or group\.$"),
        ({"test": 0.01}, r"^The split of 10 documents leaves test empty"),
        ({"by": "group", "column": "all"}, r"^The split of 10 documents leaves test empty"),
    ],
)
def test_splits_that_cannot_be(options: dict[str, Any], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        split([document(i, all=1) for i in range(10)], **options)


@pytest.mark.parametrize("suffixes", [".jsonl", ".csv.xz", ".txt", ".json.gz", ""])
def test_writing(suffixes: str, tmp_path: Path) -> None:
    parts = split([document(i, "a" if i % 2 else "b") for i in range(20)], test=0.2, dev=0.2)
    for _ in range(2):
        write_split(parts, tmp_path / "out", suffixes)
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
            f"{name}{suffixes}" for name in ("dev", "test", "train")
        ]
    for name, part in parts.parts().items():
        texts = [each.text for each in iter_documents(tmp_path / "out" / f"{name}{suffixes}")]
        assert sorted(texts) == sorted(each.text for each in part)
    write_split(split([document(i) for i in range(20)]), tmp_path / "out", suffixes)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"train{suffixes}", f"test{suffixes}"}


def test_other_files_are_not_touched(tmp_path: Path) -> None:
    parts = Split((document(1),), (), (document(2),))
    (tmp_path / "train.csv").write_text("mine")
    with pytest.raises(
        CorpusError, match=r" cannot be written: it holds 'train\.csv', which would be lost; name another "
    ):
        write_split(parts, tmp_path, ".jsonl")
    with pytest.raises(CorpusError, match=r"train\.csv cannot be written: it is a file; name a folder\.$"):
        write_split(parts, tmp_path / "train.csv", ".jsonl")
    with pytest.raises(
        CorpusError, match=r"out cannot be written: .*train\.csv is not a folder; name another place\.$"
    ):
        write_split(parts, tmp_path / "train.csv" / "out", ".jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["train.csv"]
