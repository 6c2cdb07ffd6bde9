"""What the commands write: rows in every format, and what no encoding or format can hold."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from tests.cli.process import refused, run
from vnclf.corpus import iter_documents

ROWS = '{"text": "Hà Nội", "z": "ZZ"}\n{"text": "Huế", "id": "ID"}\n'


def test_values_stand_under_their_columns(model: Path, tmp_path: Path) -> None:
    header, first, second = run("predict", "-m", model, "-f", "table", stdin=ROWS).stdout.splitlines()
    assert header.split()[-2:] == ["z", "id"]
    assert (first.index("ZZ"), second.index("ID")) == (header.index(" z ") + 1, header.index("id"))
    run("predict", "-m", model, "-o", tmp_path / "x.csv", stdin=ROWS)
    for text in (run("predict", "-m", model, "-f", "csv", stdin=ROWS).stdout, (tmp_path / "x.csv").read_text("utf-8")):
        assert [(row["z"], row["id"]) for row in csv.DictReader(text.splitlines())] == [("ZZ", ""), ("", "ID")]


def test_no_rows(model: Path) -> None:
    written = {
        form: run("predict", "-m", model, "-f", form).stdout.split() for form in ("jsonl", "json", "csv", "table")
    }
    assert written == {"jsonl": [], "json": ["[", "]"], "csv": [], "table": []}


@pytest.mark.parametrize("name", ["p", "p.jsonl", "p.NDJSON", "p.jsonl.gz", "p.json.xz", "p.csv.bz2", "p.csv.zst"])
def test_the_suffix_tells_format_and_compression(name: str, model: Path, tmp_path: Path) -> None:
    done = run("predict", "-m", model, "-o", tmp_path / name, stdin=ROWS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    if name == "p":
        (tmp_path / "p").rename(tmp_path / "p.jsonl")
    path = next(tmp_path.iterdir())
    assert [document.fields.get("z") for document in iter_documents(path, text_column="topic")][:1] == ["ZZ"]


@pytest.mark.parametrize("name", ["p.parquet", "p.tsv.gz", "p.txt"])
def test_unknown_suffixes(name: str, model: Path, tmp_path: Path) -> None:
    known = r"write to one of \.csv, \.json, \.jsonl, \.ndjson, also compressed, or choose a --format\.$"
    # Told before anything is read.
    for command in (["predict", "-i"], ["evaluate"]):
        done = run(*command, tmp_path / "none.jsonl", "-m", model, "-o", tmp_path / name)
        refused(done, rf"{name} is of an unknown format; {known}")
    assert run("predict", "-m", model, "-o", tmp_path / name, "-f", "jsonl", stdin=ROWS).returncode == 0
    data = (tmp_path / name).read_bytes()
    assert (gzip.decompress(data) if name.endswith(".gz") else data).count(b"\n") == 2


def test_what_is_no_character_or_no_number(model: Path, tmp_path: Path) -> None:
    line = r'{"text": "\ud800 abc", "id": "\udfff", "score": NaN, "scores": [1, -Infinity]}'
    for path in (None, tmp_path / "p.jsonl"):
        target: list[str | Path] = ["-o", path] if path else []
        done = run("predict", "-m", model, *target, stdin=line)
        assert (done.returncode, done.stderr) == (0, "")
        row = json.loads(path.read_bytes() if path else done.stdout, parse_constant=pytest.fail)
        assert (row["id"], row["score"], row["scores"]) == ("\udfff", None, [1, None])
    run("predict", "-m", model, "-o", tmp_path / "p.csv", stdin=line)
    assert r",\udfff,," in (tmp_path / "p.csv").read_text("utf-8")
    run("segment", "-o", tmp_path / "p.txt", stdin=line)
    assert (tmp_path / "p.txt").read_bytes() == rb"\ud800 abc" + b"\n"
    assert run("segment", stdin=line).stdout == "\\ud800 abc\n"
