"""What is written is read again as it was, or its loss is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclf.corpus import Document, iter_documents
from vnclf.corpus.writing import WRITERS, write_documents
from vnclf.errors import CorpusError

WHOLE = [".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".arrow", ".feather"]
COMPRESSIONS = ["", ".gz", ".xz", ".bz2", ".zst"]


def contents(documents: list[Document]) -> list[tuple[str, tuple[str, ...], dict[str, Any]]]:
    return [(document.text, document.topics, document.fields) for document in documents]


@pytest.mark.parametrize(("suffix", "compression"), list(product(WHOLE, COMPRESSIONS)))
def test_round_trip(suffix: str, compression: str, documents: list[Document], tmp_path: Path) -> None:
    path = tmp_path / f"news{suffix}{compression}"
    written = write_documents(iter(documents), path)
    assert written.documents == len(documents)
    assert not written.losses
    assert contents(list(iter_documents(path))) == contents(documents)
    before = path.read_bytes()
    write_documents(documents, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
TOPICS = st.lists(st.text(LETTERS, min_size=1).map(str.strip).filter(bool), unique=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NAMES = st.text(LETTERS, min_size=1).filter(lambda name: name.lower() not in {"text", "topics", "_text", "_topics"})


@settings(max_examples=60, deadline=None)
@given(
    documents=st.lists(st.builds(Document, TEXTS, TOPICS.map(tuple), st.fixed_dictionaries({"id": TEXTS})), min_size=1),
    name=NAMES,
)
def test_any_text_comes_back(documents: list[Document], name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    renamed = [Document(d.text, d.topics, {name: d.fields["id"]}) for d in documents]
    folder = tmp_path_factory.mktemp("any")
    for suffix in (".jsonl", ".json", ".csv", ".tsv", ".parquet"):
        write_documents(renamed, folder / f"x{suffix}")
        assert contents(list(iter_documents(folder / f"x{suffix}"))) == contents(renamed)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(values=st.lists(VALUES, min_size=1, max_size=6))
def test_any_fields_can_be_written(values: list[Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = [Document(str(i), ("a",), {"x": value, "number": i}) for i, value in enumerate(values)]
    folder = tmp_path_factory.mktemp("any")
    for suffix in WHOLE:
        write_documents(documents, folder / f"x{suffix}")
        read = list(iter_documents(folder / f"x{suffix}"))
        assert [document.text for document in read] == [document.text for document in documents]
        if suffix == ".jsonl":
            assert contents(read) == contents(documents)
        if suffix == ".parquet":
            assert [document.fields["number"] for document in read] == list(range(len(values)))


def test_columns_that_come_late_or_not_at_all(tmp_path: Path) -> None:
    documents = [Document("a", ("x",)), Document("b", ("x",), {"id": 1}), Document("c", ("y",), {"tags": ["z"]})]
    for suffix in (".jsonl", ".json", ".parquet", ".arrow"):
        write_documents(documents, tmp_path / f"x{suffix}")
        assert contents(list(iter_documents(tmp_path / f"x{suffix}"))) == contents(documents)
    write_documents(documents, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8").splitlines() == [
        "text,topics,id,tags", "a,x,,", "b,x,1,", 'c,y,,"[""z""]"'
    ]  # fmt: skip


def test_types_that_differ_between_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.corpus.columnar_writers._DOCUMENTS", 1)
    values: list[dict[str, Any]] = [
        {"n": 1, "mixed": 1, "list": [], "object": {"a": 1}, "none": []},
        {"n": 2.5, "mixed": "một", "list": ["x"], "object": {"b": [2]}, "none": [None, None]},
        {"mixed": [None], "list": [None], "late": True},
    ]
    write_documents([Document("a", ("x",), fields) for fields in values], tmp_path / "x.parquet")
    assert [document.fields for document in iter_documents(tmp_path / "x.parquet")] == [
        {"n": 1.0, "mixed": "1", "list": [], "object": '{"a": 1}', "none": []},
        {"n": 2.5, "mixed": "một", "list": ["x"], "object": '{"b": [2]}', "none": [None, None]},
        {"mixed": "[null]", "list": [None], "late": True},
    ]


def test_dates_and_numbers_that_json_lacks(tmp_path: Path) -> None:
    fields = {"day": date(2026, 5, 31), "at": datetime(2026, 5, 31, 7, tzinfo=UTC), "score": float("nan"), "raw": b"x"}
    document = Document("a", ("x",), fields)
    write_documents([document], tmp_path / "x.parquet")
    [read] = iter_documents(tmp_path / "x.parquet")
    assert (read.fields["day"], read.fields["at"]) == (fields["day"], fields["at"])
    write_documents([read], tmp_path / "x.jsonl")
    [again] = iter_documents(tmp_path / "x.jsonl")
    assert again.fields == {"day": "2026-05-31", "at": "2026-05-31T07:00:00+00:00", "score": None, "raw": "x"}


def test_fasttext_tells_what_is_lost(documents: list[Document], tmp_path: Path) -> None:
    written = write_documents(documents, tmp_path / "news.txt")
    assert str(written) == (
        "line breaks became spaces in 2 of 4, white space in labels became _ in 1 of 4, fields were left out of 4 of 4"
    )
    read = list(iter_documents(tmp_path / "news.txt"))
    assert read[0].text == 'Giá vàng "nhảy múa", rồi; đứng | yên\ttối qua'
    assert [document.topics for document in read] == [
        ("business", "society"), ("diaspora",), (), ("health", "Y_tế;_dự_phòng", "[x]")
    ]  # fmt: skip
    with pytest.raises(CorpusError, match="document 1: the text holds __label__"):
        write_documents([Document("mã __label__x", ("y",))], tmp_path / "news.txt")


def test_a_folder_keeps_names_and_texts(tmp_path: Path) -> None:
    documents = [
        Document("một\r\nhai\n", ("Thể thao",), {"file": "cũ/bài/a.html"}),
        Document("ba", ("Thể thao", "b"), {"file": "../../etc/passwd"}),
        Document("bốn", ("Thể thao",), {"file": "x/bài/a.txt", "id": 1}),
    ]
    written = write_documents(documents, tmp_path / "news")
    assert written.losses == {"topics after the first were left out of": 1, "fields were left out of": 1}
    read = {document.fields["file"]: document.text for document in iter_documents(tmp_path / "news")}
    assert read == {
        "Thể thao/bài/a.txt": "một\r\nhai\n", "Thể thao/000002.txt": "ba", "Thể thao/000003.txt": "bốn"
    }  # fmt: skip
    write_documents(iter_documents(tmp_path / "news"), tmp_path / "again")
    assert list(iter_documents(tmp_path / "again")) != []
    assert {d.fields["file"] for d in iter_documents(tmp_path / "again")} == set(read)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (Document("a", (), place="x.csv, line 3"), r"x\.csv, line 3: the document has no label"),
        (Document("a", ("../b",), place="here"), r"here: the topic '\.\./b' cannot be the name of a folder"),
    ],
)
def test_what_a_folder_cannot_hold(document: Document, message: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=message):
        write_documents([document], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_fields_called_like_our_columns(tmp_path: Path) -> None:
    write_documents([Document("a", ("x",), {"text": "b", "topics": 1})], tmp_path / "x.jsonl")
    assert contents(list(iter_documents(tmp_path / "x.jsonl"))) == [("a", ("x",), {"_text": "b", "_topics": 1})]


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    document = Document("a\ud83d", ("x",), place="x.jsonl, line 9")
    write_documents([document], tmp_path / "x.jsonl")
    assert next(iter(iter_documents(tmp_path / "x.jsonl"))).text == document.text
    for suffix in (".csv", ".txt", ".parquet"):
        with pytest.raises(CorpusError, match=r"x\.jsonl, line 9: half of a surrogate pair \(U\+D83D\)"):
            write_documents([document], tmp_path / f"y{suffix}")
    assert [path.name for path in tmp_path.iterdir()] == ["x.jsonl"]


def test_nul_characters_are_counted(tmp_path: Path) -> None:
    for suffix in (".csv", ".txt"):
        written = write_documents([Document("a\0b", ("x",))], tmp_path / f"x{suffix}")
        assert written.losses == {"NUL characters were left out of": 1}
        assert next(iter(iter_documents(tmp_path / f"x{suffix}"))).text == "ab"


@pytest.mark.parametrize("suffix", [*WRITERS, ""])
def test_nothing_is_left_of_a_failure(suffix: str, tmp_path: Path) -> None:
    def failing() -> Iterator[Document]:
        yield Document("a", ("x",))
        raise CorpusError("x.csv, line 3: broken.")

    kept = tmp_path / f"old{suffix}"
    if suffix:
        kept.write_bytes(b"old")
    with pytest.raises(CorpusError, match="line 3"):
        write_documents(failing(), kept)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([b"old"] if suffix else [])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.xls", r"x\.xls is of an unknown format; write to a folder, or to one of \.arrow, \.csv"),
        ("full", r"full cannot be written: it holds 'mine', which would be lost; name another folder\.$"),
        ("folder.csv", r"folder\.csv cannot be written: it is a folder; name a file\.$"),
        (
            "file",
            r"file cannot be written: without a suffix it is taken for a folder, and it is a file; "
            r"name a folder, or a file such as news\.jsonl\.$",
        ),
        ("file/x.csv", r"file/x\.csv cannot be written: .*/file is not a folder; name another place\.$"),
    ],
)
def test_places_that_cannot_be_written(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    unread = iter([Document("a", ("x",))])
    with pytest.raises(CorpusError, match=message):
        write_documents(unread, tmp_path / name)
    assert next(unread)
    assert (tmp_path / "full" / "mine").exists()


def test_no_documents_at_all(tmp_path: Path) -> None:
    for suffix in (".jsonl", ".json", ".csv", ".parquet", ".arrow"):
        assert write_documents([], tmp_path / f"x{suffix}").documents == 0
        assert list(iter_documents(tmp_path / f"x{suffix}")) == []
