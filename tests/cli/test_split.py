"""`vnclf split` as a user meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from vnclf.cli.split import split
from vnclf.corpus import Corpus, iter_documents
from vnclf.corpus.writing import write_documents
from vnclf.errors import CorpusError
from vnclf.resources import resource

Run = Callable[..., str]


@pytest.fixture
def run() -> Run:
    """Run the command and return what it says on stderr."""
    app = typer.Typer()
    app.command()(split)

    def invoke(*arguments: object) -> str:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.stdout == ""
        return f"{result.exit_code} {result.stderr}" if result.exit_code else result.stderr

    return invoke


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "news.jsonl"
    path.parent.mkdir()
    path.write_text("".join(f'{{"text": "tin {i * i}", "topic": "x"}}\n' for i in range(20)))
    return path


def test_the_bundled_corpus(sample: Corpus, run: Run, tmp_path: Path) -> None:
    said = run(resource("data/news-sample.jsonl"), "-o", tmp_path / "out", "--test", 0.2, "--dev", 0.1, "--seed", 7)
    parts = {name: list(iter_documents(tmp_path / "out" / f"{name}.jsonl")) for name in ("train", "dev", "test")}
    assert said == (
        f"{len(sample)} documents split into {tmp_path / 'out'}: "
        f"{len(parts['train'])} for train, {len(parts['dev'])} for dev, {len(parts['test'])} for test.\n"
    )
    assert sum(map(len, parts.values())) == len(sample)
    assert sorted(d.fields["id"] for part in parts.values() for d in part) == sorted(d.fields["id"] for d in sample)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    run(resource("data/news-sample.jsonl"), "-o", tmp_path / "out", "--test", 0.2, "--dev", 0.1, "--seed", 7)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("suffixes", [".csv.xz", ".parquet", ".txt", ""])
def test_the_corpus_keeps_its_format(suffixes: str, sample: Corpus, run: Run, tmp_path: Path) -> None:
    write_documents(sample, tmp_path / f"news{suffixes}")
    run(tmp_path / f"news{suffixes}", "--output", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"train{suffixes}", f"test{suffixes}"}


def test_a_folder_whose_name_looks_like_a_format(sample: Corpus, run: Run, tmp_path: Path) -> None:
    write_documents(sample, tmp_path / "news")
    (tmp_path / "news").rename(tmp_path / "news.csv")
    run(tmp_path / "news.csv", "-o", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"train", "test"}


def test_by_date_and_by_group(run: Run, tmp_path: Path) -> None:
    rows = [f"Bài số {i * 37} về việc {i * i},x,{i:02}/01/2026,g{i % 5}\n" for i in range(1, 21)]
    (tmp_path / "x.csv").write_text("text,topic,ngày,group\n" + "".join(rows), encoding="utf-8")
    run(tmp_path / "x.csv", "-o", tmp_path / "a", "--by", "date", "--column", "ngày")
    assert [d.fields["ngày"] for d in iter_documents(tmp_path / "a" / "test.csv")] == ["19/01/2026", "20/01/2026"]
    with (tmp_path / "x.csv").open("a", encoding="utf-8") as file:
        file.write("Bài không ngày,x,,g9\n")
    said = run(tmp_path / "x.csv", "-o", tmp_path / "c", "--by", "date", "--column", "ngày")
    assert said.startswith("1 of 21 documents have no date; they count as the oldest.\n")
    run(tmp_path / "x.csv", "-o", tmp_path / "b", "--by", "group", "--test", 0.2)
    assert len({d.fields["group"] for d in iter_documents(tmp_path / "b" / "test.csv")}) == 1


def test_the_corpus_is_not_overwritten(lines: Path, run: Run) -> None:
    before = lines.read_bytes()
    for source in (lines, lines.parent / "*.jsonl", lines.parent):
        with pytest.raises(CorpusError, match=r" holds the corpus itself; name another folder for the split\.$"):
            run(source, "-o", lines.parent)
    assert lines.read_bytes() == before


def test_mistakes(lines: Path, run: Run, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^There is no file"):
        run(tmp_path / "none.csv", "-o", tmp_path / "out")
    with pytest.raises(CorpusError, match=r"news\.jsonl, line 1: the document has no 'group'"):
        run(lines, "-o", tmp_path / "out", "--by", "group")
    # Told before anything is read.
    with pytest.raises(CorpusError, match=r"data cannot be written: it holds 'news\.jsonl', which would be lost; "):
        run(tmp_path / "none.csv", "-o", lines.parent)
    with pytest.raises(
        CorpusError, match=r"out cannot be written: .*/news\.jsonl is not a folder; name another place\.$"
    ):
        run(tmp_path / "none.csv", "-o", lines / "out")
    assert run(lines).startswith("2 ")
    assert run(lines, "-o", tmp_path / "out", "--test", 1.5).startswith("2 ")
    assert not (tmp_path / "out").exists()
