"""JSON arrays of any size, element by element."""

import contextlib
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclf.corpus.json_stream import read_json
from vnclf.errors import CorpusError

OBJECTS = [{"text": 'một "hai" \\ ba\n', "n": [1, -2.5e3, None, True, {"x": {}}]}, {"text": "𠀋"}, {}]


@pytest.mark.parametrize("indent", [None, 0, 4])
@pytest.mark.parametrize("chunk", [1, 2, 7, 1 << 20])
def test_arrays(indent: int | None, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.corpus.json_stream._CHUNK", chunk)
    path = tmp_path / "x.json"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text(f" \n{json.dumps(OBJECTS, indent=indent)}\n", encoding=encoding)
        assert [row for _, row in read_json(path)] == OBJECTS


@pytest.mark.parametrize("between", ["", "\n", " \r\n\t "])
def test_objects_one_after_the_other(between: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(between.join(json.dumps(each, indent=1) for each in OBJECTS), encoding="utf-8")
    assert [row for _, row in read_json(path)] == OBJECTS


def test_places(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"a": 1}, {"a": 2}], indent=1), encoding="utf-8")
    assert [place for place, _ in read_json(path)] == [f"{path}, item 1 (line 2)", f"{path}, item 2 (line 5)"]


@pytest.mark.parametrize("text", ["", "  \n", "[]", "[ ]\n"])
def test_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text)
    assert list(read_json(tmp_path / "x.json")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1},\n {"a": 2', r"line 2: not JSON \(Expecting ',' delimiter\)"),
        ('[{"a": 1},\n {"a": "2', r"line 2: not JSON \(Unterminated string starting at\)"),
        ('[{"a": 1},\n', r"line 2: not JSON \(Expecting value\)"),
        ('[{"a": 1}\n\n', r"line 3: not JSON \(the end of the file, where ',' is expected\)"),
        ('[{"a": 1}\n {"a": 1}]', r"line 2: not JSON \('\{', where ',' is expected\)"),
        ('[{"a": 1}]\n]', r"line 2: not JSON \('\]', where the end of the file is expected\)"),
        ('[\n{"a": 1},\n]', r"line 3: not JSON \(Expecting value\)"),
        ("{'a': 1}", r"line 1: not JSON \(Expecting property name"),
        ("[\n1]", r"item 1 \(line 2\): a JSON int, where an object is expected"),
        ('"x"', r"item 1 \(line 1\): a JSON str, where an object is expected"),
        ("[" * 100_000, r"line 1: not usable JSON \(.*recursion"),
        ('{"a": ' + "1" * 5000 + "}", r"line 1: not usable JSON \(.*digits"),
        ('{"a": "\n"}', r"line 1: not JSON \(Invalid control character at\)"),
    ],
)
def test_what_is_no_array_of_objects(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"x\.json, {message}"):
        list(read_json(tmp_path / "x.json"))


def test_what_is_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.corpus.json_stream._CHUNK", 4)
    (tmp_path / "x.json").write_bytes(b'[{"a": 1},\n\n {"a": "H\xe0"}]')
    with pytest.raises(CorpusError, match=r"x\.json, line 3: not UTF-8 \(byte 0xe0 at column"):
        list(read_json(tmp_path / "x.json"))


def test_an_item_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.corpus.json_stream.LONGEST", 1 << 20)
    (tmp_path / "x.json").write_text('[{"a": "' + "x" * (5 << 20))
    with pytest.raises(CorpusError, match=r"line 1: an item of over 1 MB; is a quote missing\?"):
        list(read_json(tmp_path / "x.json"))


def test_a_large_array_is_not_held_in_memory(tmp_path: Path) -> None:
    row = json.dumps({"text": "tin tức " * 500}, ensure_ascii=False)
    with (tmp_path / "x.json").open("w", encoding="utf-8") as file:
        file.write("[" + ",".join([row] * 8000) + "]")
    tracemalloc.start()
    assert sum(1 for _ in read_json(tmp_path / "x.json")) == 8000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "x.json").stat().st_size > 4 * peak


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.dictionaries(st.text(), ANY, max_size=3)), chunk=st.integers(1, 40))
def test_any_array(rows: list[dict[str, Any]], chunk: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("json") / "x.json"
    path.write_text(json.dumps(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vnclf.corpus.json_stream._CHUNK", chunk)
        assert [row for _, row in read_json(path)] == rows


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from('[]{},:"\\ \n1aétrue')))
def test_any_text_is_read_or_refused(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("json") / "x.json"
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(CorpusError):
        assert all(isinstance(row, dict) for _, row in read_json(path))
