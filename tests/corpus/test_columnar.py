"""Parquet and Arrow files as other tools write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from vnclf.corpus import iter_documents
from vnclf.errors import CorpusError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def hugging_face(features: dict[str, Any]) -> dict[str, str]:
    return {"huggingface": json.dumps({"info": {"features": features}})}


NAMED = {"names": ["sports", "world"], "_type": "ClassLabel"}


@pytest.mark.parametrize(
    ("feature", "labels", "topics"),
    [
        (NAMED, [1, 0, -1, None], [("world",), ("sports",), (), ()]),
        ({"feature": NAMED, "_type": "Sequence"}, [[1, 0], [], None, [0]], [("world", "sports"), (), (), ("sports",)]),
        ([NAMED], [[1], [0], [0], [0]], [("world",), ("sports",), ("sports",), ("sports",)]),
        (None, [1, 0, 7, None], [("1",), ("0",), ("7",), ()]),
        (None, [1.0, float("nan"), 0.5, None], [("1",), (), ("0.5",), ()]),
        (None, ["a;b", "a | b", "", None], [("a", "b"), ("a", "b"), (), ()]),
    ],
)
def test_labels(feature: Any, labels: list[Any], topics: list[tuple[str, ...]], tmp_path: Path) -> None:
    features = {"text": {"dtype": "string", "_type": "Value"}, "label": feature}
    table = pa.table({"text": list("abcd"), "label": labels})
    table = table.replace_schema_metadata(hugging_face(features) if feature else {})
    pq.write_table(table, tmp_path / "x.parquet")
    assert [document.topics for document in iter_documents(tmp_path / "x.parquet")] == topics


def test_a_label_beyond_the_names(tmp_path: Path) -> None:
    table = pa.table({"text": ["a", "b"], "label": [0, 2]}).replace_schema_metadata(hugging_face({"label": NAMED}))
    pq.write_table(table, tmp_path / "x.parquet")
    with pytest.raises(CorpusError, match=r"x\.parquet, row 2: the label 2 has no name; the file names 2 labels"):
        list(iter_documents(tmp_path / "x.parquet"))


@pytest.mark.parametrize("metadata", [{"huggingface": "{"}, {"huggingface": "[]"}, {"other": "x"}])
def test_metadata_that_says_nothing(metadata: dict[str, str], tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["a"], "label": [0]}).replace_schema_metadata(metadata), tmp_path / "x.parquet")
    assert next(iter(iter_documents(tmp_path / "x.parquet"))).topics == ("0",)


def test_other_types(tmp_path: Path) -> None:
    columns = {
        "sentence": pa.array([b"H\xc3\xa0", b"b"], pa.binary()),
        "category": pa.array(["x", "y"]).dictionary_encode(),
        "seen": pa.array([1_700_000_000_123_456_789, None], pa.timestamp("ns")),
        "nothing": pa.nulls(2),
    }
    pq.write_table(pa.table(columns), tmp_path / "x.parquet")
    first, second = iter_documents(tmp_path / "x.parquet")
    assert (first.text, first.topics, first.place) == ("Hà", ("x",), f"{tmp_path / 'x.parquet'}, row 1")
    assert first.fields["seen"].isoformat() == "2023-11-14T22:13:20.123456"
    assert second.fields == {}


def test_arrow_files_and_streams(tmp_path: Path) -> None:
    table = pa.table({"text": ["a", "b"], "topic": ["x", "y"]})
    for path, make in (("file.arrow", pa.ipc.new_file), ("stream.arrow", pa.ipc.new_stream)):
        with make(tmp_path / path, table.schema) as writer:
            writer.write_table(table)
        assert [document.topics for document in iter_documents(tmp_path / path)] == [("x",), ("y",)]


def test_few_rows_are_held_at_a_time(tmp_path: Path) -> None:
    text = "tin tức trong ngày " * 100
    with pq.ParquetWriter(tmp_path / "x.parquet", pa.schema([("text", pa.string())]), use_dictionary=False) as writer:
        writer.write_table(pa.table({"text": [f"{i} {text}" for i in range(40_000)]}))
    pa.default_memory_pool().release_unused()
    before = pa.total_allocated_bytes()
    documents = iter_documents(tmp_path / "x.parquet")
    next(documents)
    assert pa.total_allocated_bytes() - before < 20e6


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.parquet", r"none\.parquet is not a Parquet file, or is damaged \(.+\)\.$"),
        ("cut.parquet", r"cut\.parquet is not a Parquet file, or is damaged \(.+\)\.$"),
        ("damaged.parquet", r"damaged\.parquet, after row \d+: the file is damaged \(.+\)\.$"),
        ("none.arrow", r"none\.arrow is not an Arrow file, or is damaged \(.+\)\.$"),
        ("cut.arrow", r"cut\.arrow is not an Arrow file, or is damaged \(.+\)\.$"),
        ("empty.feather", r"empty\.feather is not an Arrow file, or is damaged \(.+\)\.$"),
        ("stream.arrow", r"stream\.arrow, after row \d+: the file is damaged \(.+\)\.$"),
        ("latin.parquet", r"latin\.parquet, after row 0: a text is not UTF-8"),
        ("binary.parquet", r"binary\.parquet, row 1: the text is not UTF-8 \(byte 1\)"),
        ("packed.parquet.gz", r"packed\.parquet\.gz: the file is damaged or cut off"),
    ],
)
def test_damaged_files(name: str, message: str, tmp_path: Path) -> None:
    table = pa.table({"text": [f"văn bản {i * 7919 % 10007}" for i in range(20_000)]})
    path = tmp_path / name
    if name.startswith("latin"):
        bad = pa.Array.from_buffers(pa.string(), 1, [None, *pa.array([b"H\xe0"]).buffers()[1:]])
        pq.write_table(pa.table({"text": bad}), path)
    elif name.startswith("binary"):
        pq.write_table(pa.table({"text": [b"H\xe0"]}), path)
    elif name == "stream.arrow":
        with pa.ipc.new_stream(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=1000)
        path.write_bytes(path.read_bytes()[:200_000])
    elif name.endswith("parquet") and not name.startswith("none"):
        pq.write_table(table, path, use_dictionary=False, compression="zstd")
        data = bytearray(path.read_bytes())
        data[5000:9000] = bytes(4000)
        path.write_bytes(data if name.startswith("damaged") else data[: len(data) // 2])
    elif name == "cut.arrow":
        with pa.ipc.new_file(path, table.schema) as writer:
            writer.write_table(table)
        path.write_bytes(path.read_bytes()[:10_000])
    else:
        path.write_bytes(b"" if name.startswith("empty") else b"this is quite another kind of file")
    with pytest.raises(CorpusError, match=message):
        list(iter_documents(path))


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    (tmp_path / "x.parquet").touch()
    with pytest.raises(CorpusError, match=r"x\.parquet needs pyarrow; install vnclf\[files\]\.$"):
        list(iter_documents(tmp_path / "x.parquet"))
