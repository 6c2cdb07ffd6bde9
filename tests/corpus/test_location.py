"""Files near and far."""

from collections import Counter
from pathlib import Path

import pytest

from vnclf.corpus import iter_documents, read_corpus
from vnclf.corpus.location import RemotePath, locate, location_of
from vnclf.corpus.writing import write_documents
from vnclf.errors import CorpusError

ROW = '{{"text": "Tin số {}", "topic": "{}"}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for i, name in enumerate(["b.jsonl", "a.jsonl", "sâu/c.jsonl", "sâu/d.csv", ".hidden.jsonl", "[1].jsonl"]):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text,topic\ntin,x\n" if name.endswith("csv") else ROW.format(i, "x"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.jsonl", ["[1].jsonl", "a.jsonl", "b.jsonl"]),
        ("[ab].jsonl", ["a.jsonl", "b.jsonl"]),
        ("[1].jsonl", ["[1].jsonl"]),
        ("**/*.jsonl", ["[1].jsonl", "a.jsonl", "b.jsonl", "c.jsonl"]),
        ("s*/?.*", ["c.jsonl", "d.csv"]),
        ("a.jsonl", ["a.jsonl"]),
        ("none.jsonl", ["none.jsonl"]),
    ],
)
def test_patterns(pattern: str, names: list[str], folder: Path) -> None:
    assert [location.name for location in locate(folder / pattern)] == names
    assert [location.name for location in locate(f"file://{folder}/{pattern}")] == names


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("*.parquet", r"^No file matches '.*/\*\.parquet'\.$"),
        ("none/*.jsonl", r"^No file matches "),
        ("a**/x", r"is no pattern for files \(.*\*\*.*\)\.$"),
    ],
)
def test_patterns_that_match_nothing(pattern: str, message: str, folder: Path) -> None:
    with pytest.raises(CorpusError, match=message):
        locate(folder / pattern)


def test_several_files_and_their_name(folder: Path) -> None:
    paths: list[str | Path] = [folder / "b.jsonl", str(folder / "sâu" / "*")]
    texts = [document.text for document in iter_documents(paths)]
    assert texts == ["Tin số 0", "Tin số 2", "tin"]
    (folder / "b.jsonl").write_text(ROW.format(8, "y") * 2)
    assert read_corpus([folder / "b.jsonl", folder / "sâu" / "*"]).name == "b.jsonl and 2 more"
    assert read_corpus(folder / "**" / "*.jsonl", skip_bad=True).skipped == 0
    with pytest.raises(CorpusError, match=r"^No corpus is named"):
        read_corpus([])


def test_addresses_of_local_files(folder: Path) -> None:
    spaced = folder / "tin tức.jsonl"
    spaced.write_text(ROW.format(1, "x"), encoding="utf-8")
    assert location_of(f"file://{folder}/tin%20t%E1%BB%A9c.jsonl") == spaced
    assert location_of(Path(f"file://{folder}/a.jsonl")) == folder / "a.jsonl"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "ftp://news.example/x.jsonl",
            r"^ftp://news\.example cannot be opened \(.*\); vnclf reads s3://, gs:// and file",
        ),
        ("https://news.example/x.jsonl", r"^https://news\.example cannot be opened"),
        ("s3://key:secret@bucket/x.jsonl?nonsense=1", r"^s3://bucket cannot be opened \(.*nonsense"),
    ],
)
def test_addresses_that_are_none(address: str, message: str) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(CorpusError, match=message) as error:
        locate(address)
    assert "secret" not in str(error.value)


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.fs", None)
    with pytest.raises(CorpusError, match=r"^Reading remote files needs pyarrow; install vnclf\[files\]\.$"):
        locate("s3://bucket/x.jsonl")


def test_remote_files(bucket: tuple[str, str], lines: Path) -> None:
    address, options = bucket
    documents = list(iter_documents(lines))
    for name in ("a.jsonl", "tin tức/b.csv.xz", "c.parquet", "tin tức/sâu/d.json.zst", "e.arrow"):
        written = write_documents(documents, f"{address}/{name}{options}")
        assert written.documents == len(documents)
        read = list(iter_documents(f"{address}/{name}{options}"))
        assert [(d.text, d.topics) for d in read] == [(d.text, d.topics) for d in documents]
        assert read[0].place.startswith(f"s3://news/{name}, ")
    # The command line hands a path, which folds the slashes.
    assert len(read_corpus(Path(f"{address}/a.jsonl{options}"))) == len(documents)


def test_remote_patterns_and_folders(bucket: tuple[str, str]) -> None:
    address, options = bucket
    filesystem = location_of(f"{address}/x{options}").filesystem  # type: ignore[union-attr]
    for name in ("p/a.jsonl", "p/b.jsonl", "p/c.csv", "p/sâu/d.jsonl"):
        with filesystem.open_output_stream(f"news/{name}") as file:
            file.write(b"text,topic\nx,y\n" if name.endswith("csv") else ROW.format(name, "x").encode())
    for name in ("vntc/Thể thao/1.txt", "vntc/Thể thao/2.txt", "vntc/Y tế/1.txt", "vntc/.git/x.txt", "vntc/x.txt"):
        with filesystem.open_output_stream(f"news/{name}") as file:
            file.write("một bài báo".encode())

    def names(pattern: str) -> list[str]:
        return [str(location) for location in locate(f"{address}/{pattern}{options}")]

    assert names("p/*.jsonl") == ["s3://news/p/a.jsonl", "s3://news/p/b.jsonl"]
    assert names("p/**/*.jsonl") == ["s3://news/p/a.jsonl", "s3://news/p/b.jsonl", "s3://news/p/sâu/d.jsonl"]
    assert names("p/[bc].*") == ["s3://news/p/b.jsonl", "s3://news/p/c.csv"]
    topics = Counter(document.topic for document in iter_documents(f"{address}/vntc/{options}"))
    assert topics == {"Thể thao": 2, "Y tế": 1}
    with pytest.raises(CorpusError, match=r"^No file matches 's3://news/p/\*\.txt'\.$"):
        names("p/*.txt")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.jsonl", r"^There is no file s3://news/none\.jsonl\.$"),
        ("cut.jsonl.gz", r"^s3://news/cut\.jsonl\.gz, line 1: the file is damaged or cut off"),
        ("none.parquet", r"^There is no file s3://news/none\.parquet\.$"),
    ],
)
def test_remote_files_that_cannot_be_read(name: str, message: str, bucket: tuple[str, str]) -> None:
    address, options = bucket
    with location_of(f"{address}/cut.jsonl.gz{options}").create() as file:  # type: ignore[union-attr]
        file.write(b"\x1f\x8b\x08\0\0\0\0\0")
    with pytest.raises(CorpusError, match=message):
        list(iter_documents(f"{address}/{name}{options}"))


def test_a_store_that_does_not_answer() -> None:
    class Store:
        def get_file_info(self, _: object) -> object:
            raise OSError("When getting information: no answer\nfrom anybody.")

    with pytest.raises(CorpusError, match=r"^s3://news/x cannot be reached: When getting information: no answer\.$"):
        RemotePath(Store(), "news/x", "s3://news/x").exists()


def test_a_remote_folder_is_not_written(bucket: tuple[str, str], lines: Path) -> None:
    address, options = bucket
    with pytest.raises(CorpusError, match=r"^s3://news/out has no suffix, and a remote corpus is written as one file"):
        write_documents(iter_documents(lines), f"{address}/out{options}")
