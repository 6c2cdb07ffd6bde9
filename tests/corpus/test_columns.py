"""Columns by their usual names, and topics in all their forms."""

from typing import Any

import pytest

from vnclf.corpus.columns import Columns
from vnclf.errors import CorpusError


@pytest.mark.parametrize("text", ["text", "content", "document", "sentence", "Text", "CONTENT "])
@pytest.mark.parametrize("label", ["topics", "topic", "labels", "label", "category", "Label"])
def test_usual_names(text: str, label: str) -> None:
    document = Columns().document({"id": 1, text: "a", label: "x"}, "here")
    assert (document.text, document.topics, document.fields, document.place) == ("a", ("x",), {"id": 1}, "here")


def test_the_first_of_several_usual_names() -> None:
    row = {"label": "c", "content": "b", "Topics": "z", "topic": "x", "text": "a"}
    document = Columns().document(row, "here")
    assert (document.text, document.topics) == ("a", ("x",))
    assert document.fields == {"label": "c", "content": "b", "Topics": "z"}


def test_named_columns() -> None:
    row = {"text": "a", "tin": "b", "topic": "x", "mục": "y"}
    document = Columns("tin", "mục").document(row, "here")
    assert (document.text, document.topics, document.fields) == ("b", ("y",), {"text": "a", "topic": "x"})
    with pytest.raises(CorpusError, match=r"^here: no column 'bài'; it has 'text', 'tin', 'topic', 'mục'\.$"):
        Columns("bài").document(row, "here")
    with pytest.raises(CorpusError, match=r"^here: no column 'mã'; it has 'text'"):
        Columns(None, "mã").document(row, "here")


@pytest.mark.parametrize(
    ("value", "topics"),
    [
        ("health;diaspora", ("health", "diaspora")),
        (" health | diaspora; health ;", ("health", "diaspora")),
        ("Khoa học, công nghệ", ("Khoa học, công nghệ",)),
        ('["a;b", "c"]', ("a;b", "c")),
        ("[nháp] a", ("[nháp] a",)),
        ("[1", ("[1",)),
        (["a;b", " c ", "", None, "c"], ("a;b", "c")),
        (("a",), ("a",)),
        ([3, "x"], ("3", "x")),
        (0, ("0",)),
        (2.0, ("2",)),
        (float("nan"), ()),
        (None, ()),
        ("", ()),
        ([], ()),
    ],
)
def test_topics(value: Any, topics: tuple[str, ...]) -> None:
    assert Columns().document({"text": "a", "topics": value}, "here").topics == topics


@pytest.mark.parametrize(
    ("separator", "topics"),
    [(",", ("a", "b;c")), ("", ("a, b;c",)), (None, ("a, b", "c")), (", b", ("a", ";c"))],
)
def test_separators(separator: str | None, topics: tuple[str, ...]) -> None:
    assert Columns(separator=separator).document({"text": "a", "topics": "a, b;c"}, "here").topics == topics


def test_null_in_sparse_formats_only() -> None:
    row = {"text": None, "topics": None, "id": None}
    assert Columns().document(row, "").fields == {"id": None}
    assert Columns(sparse=True).document(row, "").fields == {}
    assert Columns(sparse=True).document(row, "").text == ""
