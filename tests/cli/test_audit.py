"""`vnclf audit` as a user meets it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from vnclf.audit.findings import FINDINGS
from vnclf.cli.audit import audit
from vnclf.corpus import Corpus, Document, iter_documents
from vnclf.corpus.writing import write_documents
from vnclf.errors import CorpusError, ModelError, VnclfError
from vnclf.resources import resource

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run the command; what it raises, other than its exit, comes through."""
    app = typer.Typer()
    app.command()(audit)

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def flawed(sample: Corpus, tmp_path: Path) -> Path:
    """The sports and health of the bundled corpus, with a repeated text, one under two topics, and an empty one."""
    documents = [document for document in sample if document.topic in ("sports", "health")]
    documents += [
        Document(documents[0].text.upper(), documents[0].topics),
        Document(documents[1].text, ("sports" if documents[1].topic == "health" else "health",)),
        Document(" ", ("health",)),
    ]
    write_documents(documents, tmp_path / "flawed.jsonl")
    return tmp_path / "flawed.jsonl"


def test_json(run: Run, flawed: Path) -> None:
    result = run(flawed, "--format", "json", "--jobs", 1)
    assert result.exit_code == 0
    assert result.stderr == ""
    data = json.loads(result.stdout)
    assert data["documents"] == 55
    assert [data[name] for name in ("exact_duplicates", "label_conflicts", "near_duplicates", "leaks", "empty")] == [
        2,
        1,
        0,
        0,
        1,
    ]
    assert data["details"]["empty"][0]["place"] == f"{flawed}, line 55"
    assert data["corpus"] == "flawed.jsonl"


def test_the_table(run: Run, flawed: Path) -> None:
    shown = run(flawed, "--against", flawed, "-f", "table", "-j", 1).stdout
    assert "flawed.jsonl: 55 documents, 2 topics" in shown
    assert [line.split()[2] for line in shown.splitlines() if line.startswith("exact duplicates  ")] == ["2"]
    assert "drift from flawed.jsonl to flawed.jsonl" in shown
    assert "flawed.jsonl, line 1 [" in shown
    sports = [line for line in run(flawed, "-f", "table", "-j", 1).stdout.splitlines() if line.startswith("sports")]
    assert sports[0].split()[1] in ("26", "27", "28")


def test_csv(run: Run, flawed: Path) -> None:
    lines = run(flawed, "--format", "csv", "--jobs", 1).stdout.splitlines()
    assert lines[0] == "finding,count,meaning"
    assert [line.split(",")[0] for line in lines[1:]] == list(FINDINGS)
    assert lines[1].startswith("exact_duplicates,2,")


def test_strict(run: Run, flawed: Path, sample: Corpus, tmp_path: Path) -> None:
    assert run(flawed, "--strict", "--jobs", 1).exit_code == 1
    write_documents([document for document in sample if document.topic == "sports"], tmp_path / "sound.csv")
    sound = run(tmp_path / "sound.csv", "--strict", "--format", "table", "--jobs", 1)
    assert sound.exit_code == 0
    assert "Nothing is wrong." in sound.stdout


def test_page_and_clean_corpus(run: Run, flawed: Path, tmp_path: Path) -> None:
    out, page = tmp_path / "new" / "clean.csv", tmp_path / "page.html"
    result = run(flawed, "--html", page, "--write-clean", out, "--relabel", "--jobs", 1)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert f"51 documents written to {out}; 4 dropped (" in result.stderr
    assert result.stderr.endswith(f"; the log is {out}.log.jsonl.\n")
    assert len(list(iter_documents(out))) == 51
    assert out.with_name("clean.csv.log.jsonl").is_file()


def test_a_model_judges(run: Run, model: Path) -> None:
    result = run(resource("data/news-sample.jsonl"), "--model", model, "--format", "json", "--jobs", 1)
    data = json.loads(result.stdout)
    assert data["documents"] == 494
    assert data["label_suspects"] == len(data["details"]["label_suspects"])
    assert len(data["details"]["most_suspect"]) == 50


def test_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("bài,nhãn\nGiá vàng tăng mạnh,a/b\nGiá vàng TĂNG mạnh!,c\n", encoding="utf-8")
    columns = ("--text-column", "bài", "--label-column", "nhãn", "--label-separator", "/")
    data = json.loads(run(tmp_path / "x.csv", *columns, "-f", "json", "-j", 1).stdout)
    assert data["label_conflicts"] == 1
    assert data["details"]["label_conflicts"][0][0]["topics"] == ["a", "b"]


def test_mistakes(run: Run, flawed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CorpusError, match=r"^There is no file"):
        run(tmp_path / "none.csv")
    with pytest.raises(CorpusError, match=r"^There is no file"):
        run(flawed, "--against", tmp_path / "none.csv")
    with pytest.raises(ModelError, match=r"^There is no model"):
        run(flawed, "--model", tmp_path / "none")
    # Told before anything is read.
    with pytest.raises(CorpusError, match=r"unknown format"):
        run(tmp_path / "none.csv", "--write-clean", tmp_path / "clean.xls")
    with pytest.raises(VnclfError, match=r"is a folder"):
        run(tmp_path / "none.csv", "--html", tmp_path)
    assert run(flawed, "--relabel").exit_code == 2
    monkeypatch.setitem(sys.modules, "cleanlab", None)
    with pytest.raises(VnclfError, match=r"install vnclf\[audit\]"):
        run(tmp_path / "none.csv")
