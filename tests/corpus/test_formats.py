"""The text formats, and what is wrong with a file in one sentence."""

import json
from pathlib import Path

import pytest

from vnclf.corpus import Document, iter_documents
from vnclf.errors import CorpusError


def read(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [(document.text, document.topics) for document in iter_documents(path)]


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_json_lines(tmp_path: Path) -> None:
    rows = '{"text": "a", "topics": ["x", "y"], "id": 1}\n\n{"topic": "x", "text": "b"}'
    path = write(tmp_path / "tin" / "x.jsonl", rows)
    first, second = iter_documents(path)
    assert first == Document("a", ("x", "y"), {"id": 1}, f"{path}, line 1", source="tin/x")
    assert second == Document("b", ("x",), {}, f"{path}, line 3", source="tin/x")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "a"', r"not JSON \(Expecting ',' delimiter at column 13\)"),
        ("[1]", r"a JSON list, where an object is expected"),
        ("[" * 100_000, r"not usable JSON \(.*recursion"),
        ('{"a": ' + "1" * 5000 + "}", r"not usable JSON \(.*digits"),
        ('{"txt": "a"}', r"no text column \(none of text, content, document, sentence\); it has 'txt'\.$"),
        ("{}", r"no text column \(.*\); it has no columns\.$"),
        ('{"text": 5}', r"the text is of type int, where a string is expected"),
        ('{"text": "a", "topic": true}', r"the label True is not a string"),
        ('{"text": "a", "topics": [["x"]]}', r"the label \['x'\] is not a string"),
    ],
)
def test_bad_json_lines(line: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", f'{{"text": "a"}}\n{line}\n')
    with pytest.raises(CorpusError, match=rf"x\.jsonl, line 2: {message}"):
        list(iter_documents(path))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("comma.csv", 'text,label\r\n"một, ""hai""\r\nba",x\r\nbốn,y\r\n'),
        ("semicolon.csv", 'text;label\n"một, ""hai""\r\nba";x\n\nbốn;y'),
        ("tab.csv", 'label\ttext\nx\t"một, ""hai""\r\nba"\ny\tbốn\n'.encode("utf-16")),
        ("tab.tsv", 'text\tlabel\n"một, ""hai""\r\nba"\tx\nbốn\ty\n'),
        ("mark.csv", '\ufeff"text","label"\n"một, ""hai""\r\nba",x\nbốn,y\n'),
        ("capitals.csv", 'Text ,LABEL\n"một, ""hai""\r\nba",x\nbốn,y\n'),
    ],
)
def test_tables(name: str, data: str | bytes, tmp_path: Path) -> None:
    assert read(write(tmp_path / name, data)) == [('một, "hai"\r\nba', ("x",)), ("bốn", ("y",))]


def test_places_and_long_cells_of_tables(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", 'text,topic\n"a\nb",x\n' + "c" * 200_000 + ",y\nd,x\n")
    assert [document.place for document in iter_documents(path)] == [f"{path}, line {n}" for n in (2, 4, 5)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", r"x\.csv has no header line"),
        ("\n\n", r"x\.csv has no header line"),
        ("text,topic\na,x\nb\n", r"x\.csv, line 3: 1 column, where the header has 2\.$"),
        ('text,topic\n"a\n\n",x\nb,x,y\n', r"x\.csv, line 5: 3 columns, where the header has 2\.$"),
        ('text,topic\na,x\n"b,x\nc,x\n', r"x\.csv, line 3: not valid CSV \(.*\); is a quote not closed"),
        ('text,topic\n"a"b,x\n', r"x\.csv, line 2: not valid CSV \(.*\); is a quote not closed or not doubled\?"),
        ("text,topic,text\na,x,b\n", r"x\.csv, line 1: two columns are called 'text'"),
        ("name,topic\na,x\n", r"x\.csv, line 2: no text column \(none of .*\); it has 'name', 'topic'\.$"),
        ("text,topic\na,x\nb\0,x\n", r"x\.csv, line 3: not text \(a NUL byte\)"),
        (b"text,topic\na,x\nH\xe0,x\n", r"x\.csv, line 3: not UTF-8 \(byte 0xe0 at column 2\)"),
    ],
)
def test_bad_tables(data: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=message):
        list(iter_documents(write(tmp_path / "x.csv", data)))


def test_fasttext(tmp_path: Path) -> None:
    data = "__label__x __label__y\tmột  hai\u00a0ba\r\n\nbốn __label__z năm\nsáu\n__label__x\n"
    assert read(write(tmp_path / "x.txt", data)) == [
        ("một  hai\u00a0ba", ("x", "y")), ("bốn năm", ("z",)), ("sáu", ()), ("", ("x",))
    ]  # fmt: skip


def test_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "Thể thao" / "b.txt", "hai".encode("utf-16"))
    write(tmp_path / "Thể thao" / "a.txt", "một\n")
    write(tmp_path / "Thể thao" / "sâu" / "c.TXT", "ba")
    write(tmp_path / "Y; tế" / "a.txt", "bốn")
    for ignored in (".git/a.txt", "Thể thao/.a.txt", "Thể thao/a.jpg", "readme.txt"):
        write(tmp_path / ignored, "không")
    assert read(tmp_path) == [
        ("một\n", ("Thể thao",)), ("hai", ("Thể thao",)), ("ba", ("Thể thao",)), ("bốn", ("Y; tế",))
    ]  # fmt: skip
    assert [document.fields["file"] for document in iter_documents(tmp_path)][0::3] == ["Thể thao/a.txt", "Y; tế/a.txt"]


def test_a_folder_of_pages(tmp_path: Path) -> None:
    article = "Đội tuyển Việt Nam đã thắng đội khách với tỷ số hai không trên sân Mỹ Đình vào tối hôm qua."
    body = f"<nav><a href='/'>Trang chủ</a></nav><article><h1>Thắng</h1><p>{article}</p></article>"
    page = f"<html><body>{body}</body></html>"
    write(tmp_path / "sports" / "a.html", page)
    write(tmp_path / "sports" / "b.htm", page)
    texts = [text for text, _ in read(tmp_path)]
    assert len(texts) == 2
    assert all(article in text and "<p>" not in text and "Trang chủ" not in text for text in texts)


def test_folders_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"is no corpus: a corpus folder holds one sub-folder a topic"):
        list(iter_documents(tmp_path))
    write(tmp_path / "news.jsonl", "{}")
    with pytest.raises(CorpusError, match=r"name other files one by one, or as '.*/\*\.jsonl'\.$"):
        list(iter_documents(tmp_path))


@pytest.mark.parametrize("name", ["x.xlsx", "x.gz", "x", "x.docx.xz"])
def test_unknown_formats(name: str, tmp_path: Path) -> None:
    write(tmp_path / name, "text")
    with pytest.raises(CorpusError, match=rf"{name} is of an unknown format; a corpus is a folder or one of \.arrow, "):
        list(iter_documents(tmp_path / name))


def test_json_files(tmp_path: Path) -> None:
    rows = [{"text": "a", "label": "x"}, {"text": "b", "label": "y"}]
    assert read(write(tmp_path / "x.json", json.dumps(rows))) == [("a", ("x",)), ("b", ("y",))]
