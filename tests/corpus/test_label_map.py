"""Foreign labels and our topics."""

import unicodedata
from pathlib import Path

import pytest

from vnclf.corpus import Document, read_corpus
from vnclf.corpus.label_map import read_label_map
from vnclf.errors import CorpusError

TOML = """
"Vi tính" = "technology"
"Khoa học" = ["science", "technology"]
"Đời sống" = "society; health"
"Linh tinh" = ""
"Nháp" = []
"""
CSV = "label,topic\nVi tính,technology\nKhoa học,science;technology\nĐời sống,society; health\nLinh tinh,\nNháp,\n"


@pytest.mark.parametrize(("name", "data"), [("x.toml", TOML), ("y.toml", "[labels]" + TOML), ("x.csv", CSV)])
def test_maps(name: str, data: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(data, encoding="utf-8")
    labels = read_label_map(tmp_path / name)

    def topics(*found: str) -> tuple[str, ...] | None:
        mapped = labels.apply(Document("a", found, {"id": 1}, "here"))
        assert mapped is None or (mapped.text, mapped.fields, mapped.place) == ("a", {"id": 1}, "here")
        return mapped.topics if mapped else None

    assert topics("Vi tính") == ("technology",)
    assert topics("Khoa học", "Vi tính") == ("science", "technology")
    assert topics("Vi tính", "Linh tinh", "Đời sống") == ("technology", "society", "health")
    assert topics("Linh tinh", "Vi tính") is None
    assert topics("Nháp") is None
    assert topics() == ()
    assert topics(unicodedata.normalize("NFD", " Vi tính")) == ("technology",)
    with pytest.raises(
        CorpusError, match=r"^here: .*\.\w+ does not hold the label 'Vi tinh' \(the nearest is 'Vi tính'\)"
    ):
        topics("Vi tinh")


def test_a_mapped_corpus(tmp_path: Path) -> None:
    (tmp_path / "map.csv").write_text("label,topic\n0,world\n1,sports\n2,\n")
    rows = [f'{{"text": "Tin {i}", "label": {i % 3}}}' for i in range(9)]
    (tmp_path / "x.jsonl").write_text("\n".join(rows))
    corpus = read_corpus(tmp_path / "x.jsonl", label_map=tmp_path / "map.csv")
    assert (corpus.labels, corpus.unmapped, corpus.skipped) == (["world", "sports"] * 3, 3, 0)
    (tmp_path / "map.csv").write_text("label,topic\n0,\n1,\n2,\n")
    with pytest.raises(CorpusError, match=r"^x\.jsonl holds no documents that can be used\.$"):
        read_corpus(tmp_path / "x.jsonl", label_map=tmp_path / "map.csv")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.toml", "a = \n", r"x\.toml is not valid TOML: .*line 1"),
        ("x.toml", "a = 5", r"x\.toml: the topic of 'a' is 5, where a string or a list of strings is expected"),
        ("x.toml", "a = [1]", r"x\.toml: the topic of 'a' is \[1\]"),
        ("x.toml", "", r"x\.toml maps no labels"),
        ("x.toml", "[labels]\n", r"x\.toml maps no labels"),
        ("x.csv", "label,topic\n", r"x\.csv maps no labels"),
        ("x.csv", "label,topic\na,b\nc\n", r"x\.csv, line 3: \['c'\], where a label and a topic are expected"),
        ("x.csv", "label,topic\na,b,c\n", r"x\.csv, line 2: \['a', 'b', 'c'\], where a label"),
        ("x.csv", 'label,topic\n"a,b\n', r"x\.csv, line 2: not valid CSV"),
        ("x.json", "{}", r"x\.json is no label map; it is a \.toml or a \.csv file"),
        ("x.toml", "a = '\0'", r"x\.toml, line 1: not text \(a NUL byte\)"),
        (".", "", r" is no label map"),
    ],
)
def test_maps_that_are_none(name: str, data: str, message: str, tmp_path: Path) -> None:
    if name != ".":
        (tmp_path / name).write_text(data)
    with pytest.raises(CorpusError, match=message):
        read_label_map(tmp_path / name)


def test_a_map_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^There is no file .*none\.toml\.$"):
        read_label_map(tmp_path / "none.toml")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CorpusError, match=r"folder\.csv cannot be read: Is a directory\.$"):
        read_label_map(tmp_path / "folder.csv")
