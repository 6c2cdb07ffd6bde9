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
        ("bad.jsonl", "out.xls", r"out\.xls is of an unknown format"),
        ("empty.csv", "out.jsonl", r"^There are no documents; nothing is written\.$"),
    ],
)
def test_failures_leave_nothing(source: str, target: str, message: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "a", "topic": "x"}\n{"text": ')
    (tmp_path / "empty.csv").write_text("text,topic\n")
    with pytest.raises(CorpusError, match=message):
        run(tmp_path / source, tmp_path / target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.jsonl", "empty.csv"]


def test_one_argument_is_too_few(run: Run) -> None:
    assert run("a.jsonl").startswith("2 ")
