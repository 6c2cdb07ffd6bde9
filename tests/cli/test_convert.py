"""`vnclf convert` as a user meets it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from vnclf.cli.convert import convert
from vnclf.corpus import Corpus, iter_documents
from vnclf.errors import CorpusError
from vnclf.resources import resource

Run = Callable[..., str]

FORMATS = ["jsonl", "json.gz", "csv", "tsv.xz", "parquet", "arrow", "feather", "ndjson.bz2", "jsonl.zst"]

BAD = {
    "bad.jsonl": b'{"text": "a", "topic": "x"}\n{"text": ',
    "bad.csv": b"text,topic\na,x\nb\n",
    "bad.tsv": b"text\ttopic\na\tx\ty\n",
    "bad.json": b'[{"text": "a", "topic": "x"},\n {"text" "b"}]',
    "bad.txt": b"__label__x a\n__label__x H\xe0\n",
    "bad.jsonl.gz": b"\x1f\x8b\x08\0\0\0\0\0",
    "bad.parquet": b"PAR1 and then something else",
    "empty.csv": b"text,topic\n",
}


@pytest.fixture
def run() -> Run:
    """Run the command and return what it says on stderr."""
    app = typer.Typer()
    app.command()(convert)

    def invoke(*arguments: object) -> str:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.stdout == ""
        return f"{result.exit_code} {result.stderr}" if result.exit_code else result.stderr

    return invoke


def test_through_every_format_and_back(sample: Corpus, run: Run, tmp_path: Path) -> None:
    source = resource("data/news-sample.jsonl")
    for suffix in FORMATS:
        path = tmp_path / f"news.{suffix}"
        assert run(source, path) == f"{len(sample)} documents written to {path}.\n"
        source = path
    back = list(iter_documents(source))
    assert [(d.text, d.topics, d.fields) for d in back] == [(d.text, d.topics, d.fields) for d in sample]


def test_a_folder_and_back(sample: Corpus, run: Run, tmp_path: Path) -> None:
    said = run(resource("data/news-sample.jsonl"), tmp_path / "news")
    assert "topics after the first were left out of" in said
    run(tmp_path / "news", tmp_path / "back.jsonl")
    back = {(d.text, d.topic) for d in iter_documents(tmp_path / "back.jsonl")}
    assert back == {(d.text, d.topic) for d in sample}


def test_a_folder_of_pages(run: Run, tmp_path: Path) -> None:
    article = "Hội phụ nữ khu phố mở lớp học nấu ăn cho bà con vào mỗi sáng chủ nhật tại nhà văn hóa."
    (tmp_path / "pages" / "Đời sống").mkdir(parents=True)
    page = f"<html><body><nav><a href='/'>Trang chủ</a></nav><h1>Lớp nấu ăn</h1><p>{article}</p></body></html>"
    (tmp_path / "pages" / "Đời sống" / "a.html").write_text(page, encoding="utf-16")
    run(tmp_path / "pages", tmp_path / "out.parquet")
    [document] = iter_documents(tmp_path / "out.parquet")
    assert (document.topics, document.fields) == (("Đời sống",), {"file": "Đời sống/a.html"})
    assert document.text.splitlines()[-1] == article


def test_to_a_store_and_back(sample: Corpus, run: Run, bucket: tuple[str, str], tmp_path: Path) -> None:
    address, options = bucket
    remote = f"{address}/sâu/news.parquet{options}"
    run(resource("data/news-sample.jsonl"), remote)
    run(remote, tmp_path / "back.csv.gz")
    back = list(iter_documents(tmp_path / "back.csv.gz"))
    assert [(d.text, d.topics, d.fields) for d in back] == [(d.text, d.topics, d.fields) for d in sample]


def test_fasttext_says_once_what_it_cannot_hold(sample: Corpus, run: Run, tmp_path: Path) -> None:
    lost, done = run(resource("data/news-sample.jsonl"), tmp_path / "news.txt").splitlines()
    assert lost.startswith(f"{tmp_path / 'news.txt'} cannot hold everything: line breaks became spaces in ")
    assert f"fields were left out of {len(sample)} of {len(sample)} documents." in lost
    assert done == f"{len(sample)} documents written to {tmp_path / 'news.txt'}."
    assert [d.topics for d in iter_documents(tmp_path / "news.txt")] == [d.topics for d in sample]


def test_several_inputs_columns_and_a_label_map(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('bài;nhãn\n"một";"vi tính, khoa học"\n"hai";"linh tinh"\n', encoding="utf-8")
    (tmp_path / "b.json").write_text('[{"bài": "ba", "nhãn": ["khoa học"]}]', encoding="utf-8")
    (tmp_path / "map.toml").write_text('"vi tính" = "technology"\n"khoa học" = "science"\n"linh tinh" = ""\n')
    options = ("--text-column", "bài", "--label-column", "nhãn", "--label-separator", ",")
    said = run(tmp_path / "[ab].*", tmp_path / "out.jsonl", *options, "--label-map", tmp_path / "map.toml")
    assert said.splitlines() == [
        f"1 of 3 documents left out: {tmp_path / 'map.toml'} gives their label no topic.",
        f"2 documents written to {tmp_path / 'out.jsonl'}.",
    ]
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert rows == [{"text": "một", "topics": ["technology", "science"]}, {"text": "ba", "topics": ["science"]}]


def test_a_file_onto_itself(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "a", "topics": ["x"]}\n' * 8)
    run(path, path)
    assert path.read_text() == '{"text": "a", "topics": ["x"]}\n' * 8


def test_a_map_that_drops_everything(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("text,topic\na,x\n")
    (tmp_path / "map.csv").write_text("label,topic\nx,\n")
    with pytest.raises(CorpusError, match=r"^There are no documents with a label that .*map\.csv gives a topic"):
        run(tmp_path / "x.csv", tmp_path / "y.csv", "--label-map", tmp_path / "map.csv")
    assert not (tmp_path / "y.csv").exists()


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("none.csv", "out.jsonl", r"^There is no file .*none\.csv\.$"),
        ("bad.jsonl", "out.csv", r"bad\.jsonl, line 2: not JSON"),
        ("bad.jsonl", "out", r"bad\.jsonl, line 2: not JSON"),
        ("bad.csv", "out.parquet", r"bad\.csv, line 3: 1 column, where the header has 2\.$"),
        ("bad.tsv", "out.jsonl", r"bad\.tsv, line 2: 3 columns, where the header has 2\.$"),
        ("bad.json", "out.jsonl", r"bad\.json, line 2"),
        ("bad.txt", "out.jsonl", r"bad\.txt, line 2: not UTF-8"),
        ("bad.jsonl.gz", "out.jsonl", r"bad\.jsonl\.gz, line 1: the file is damaged or cut off"),
        ("bad.parquet", "out.jsonl", r"bad\.parquet is not a Parquet file, or is damaged"),
        ("bad.jsonl", "out.xls", r"out\.xls is of an unknown format"),
        ("empty.csv", "out.jsonl", r"^There are no documents; nothing is written\.$"),
        ("bad.jsonl", "", r" cannot be written: it holds 'bad\.csv', which would be lost; name another folder\.$"),
        ("bad.jsonl", "bad.csv/out", r"out cannot be written: .*bad\.csv is not a folder; name another place\.$"),
    ],
)
def test_failures_leave_nothing(source: str, target: str, message: str, run: Run, tmp_path: Path) -> None:
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError, match=message):
        run(tmp_path / source, tmp_path / target)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(BAD)


def test_one_argument_is_too_few(run: Run) -> None:
    assert run("a.jsonl").startswith("2 ")
