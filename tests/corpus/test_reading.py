"""A corpus that can be trained on, or why not."""

from pathlib import Path

import pytest

from vnclf.corpus import Corpus, Document, iter_documents, read_corpus
from vnclf.corpus.reading import read_labelled
from vnclf.corpus.writing import write_documents
from vnclf.errors import CorpusError

TEXT = "Đội tuyển Việt Nam thắng 2-1"


def test_a_corpus(lines: Path) -> None:
    corpus = read_corpus(lines)
    assert (len(corpus), corpus.name, corpus.skipped, corpus.unmapped) == (8, "news.jsonl", 0, 0)
    assert corpus.labels == ["world", "sports"] * 4
    assert corpus.texts[0] == corpus[0].text == next(iter(corpus)).text
    assert corpus[1].topic == "sports"


def test_the_digest_is_that_of_the_documents() -> None:
    one = Corpus((Document("a", ("x", "y")), Document("b\ud83d", ("x",))), "one")
    same = Corpus((Document("a", ("x", "y"), {"id": 1}), Document("b\ud83d", ("x",), place="here")), "two", 3)
    other = Corpus((Document("a", ("x",)), Document("b\ud83d", ("x",))))
    assert one.sha256 == same.sha256 != other.sha256


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], r"^x\.csv holds no documents\.$"),
        ([("a", "x"), ("  ", "y")], r"x\.csv, line 3: the document is empty; mend it, or use --skip-bad"),
        ([("a", "x"), ("b", "")], r"x\.csv, line 3: the document has no label; mend it, or use --skip-bad"),
        ([("a", "x"), ("b", "x")], r"^x\.csv has one topic only \('x'\); a classifier needs two or more topics\.$"),
        (
            [("a", "x"), ("b", "x"), ("c", "y")],
            r"^x\.csv: topic 'y' has one document only; give each topic at least two",
        ),
    ],
)
def test_no_use_for_training(rows: list[tuple[str, str]], message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("text,topic\n" + "".join(f"{text},{topic}\n" for text, topic in rows))
    with pytest.raises(CorpusError, match=message):
        read_corpus(path)
    assert len(list(iter_documents(path))) == len(rows)


def test_a_label_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(r'{"text": "a", "topics": ["x", "\ud83d y"]}' + '\n{"text": "b", "topic": "x"}')
    said = r"x\.jsonl, line 1: the label '\\ud83d y' holds half of a surrogate pair, which is no character; mend it"
    for read in (read_corpus, read_labelled):
        with pytest.raises(CorpusError, match=said):
            read(path)
    assert len(list(iter_documents(path))) == 2


def test_bad_documents_can_be_skipped(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("text,topic\na,x\nb,x\n,x\nc,\nd,y\ne,z\nf,z\n")
    corpus = read_corpus(path, skip_bad=True)
    assert (corpus.labels, corpus.skipped) == (["x", "x", "z", "z"], 3)
    path.write_text("text,topic\na,x\nb,y\n")
    with pytest.raises(CorpusError, match=r"^x\.csv has no topic of two documents"):
        read_corpus(path, skip_bad=True)
    path.write_text("text,topic\n,x\n")
    with pytest.raises(CorpusError, match=r"^x\.csv holds no documents that can be used\.$"):
        read_corpus(path, skip_bad=True)


def test_measuring_asks_for_labels_only(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("text,topic\na,x\n")
    assert read_corpus(path, to_train=False).labels == ["x"]
    path.write_text("text,topic\na,x\nb,y\nc,y\n,y\n")
    corpus = read_corpus(path, skip_bad=True, to_train=False)
    assert (corpus.labels, corpus.skipped) == (["x", "y", "y"], 1)
    with pytest.raises(CorpusError, match=r"x\.csv, line 5: the document is empty; mend it, or use --skip-bad"):
        read_corpus(path, to_train=False)
    path.write_text("text,topic\n")
    with pytest.raises(CorpusError, match=r"^x\.csv holds no documents\.$"):
        read_corpus(path, to_train=False)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("x.jsonl", "x", "x.unheard-of"):
        with pytest.raises(CorpusError, match=rf"^There is no file .*/{name}\.$"):
            read_corpus(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("news.jsonl", "tin/news"),
        ("news.JSONL.gz", "tin/news"),
        ("news.json", "tin/news"),
        ("news.2026.csv", "tin/news.2026"),
        ("news.parquet", "tin/news"),
        ("news", "tin/news"),
    ],
)
def test_documents_know_where_they_are_from(name: str, source: str, tmp_path: Path) -> None:
    (tmp_path / "tin").mkdir()
    write_documents([Document(TEXT, ("x",))], tmp_path / "tin" / name)
    assert [document.source for document in iter_documents(tmp_path / "tin" / name)] == [source]


def test_a_file_beside_one_has_no_folder(lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lines.parent)
    assert next(iter_documents("news.jsonl")).source == "news"


@pytest.mark.corpora
def test_vntc(corpora: Path) -> None:
    corpus = read_corpus(corpora / "vntc10" / "train.jsonl.xz")
    assert len(corpus) == 33_759
    assert len(set(corpus.labels)) == 10
