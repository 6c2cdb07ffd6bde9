"""The command line as a user meets it: in a process of its own."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.process import refused, run

SPORTS = "Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình"


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("vnclf 0.")
    listed = run("--help").stdout
    for command in ("train", "evaluate", "predict", "explain", "segment", "clean", "info", "export", "cache"):
        assert command in listed
        assert run(command, "--help").returncode == 0
    assert run("unheard-of").returncode == 2


def test_predict_from_stdin(model: Path) -> None:
    result = run("predict", "--model", model, "--format", "jsonl", stdin=SPORTS + "\n")
    row = json.loads(result.stdout)
    assert row["topic"] == "sports"
    assert {"topic", "probability", "certain", "topics", "ranking"} <= set(row)
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


def test_predict_keeps_identifiers_and_order(model: Path) -> None:
    lines = [json.dumps({"text": SPORTS, "id": i, "topic": "x"}) if i % 2 else f"dòng {i}" for i in range(40)]
    rows = [json.loads(line) for line in run("predict", "-m", model, stdin="\n".join(lines)).stdout.splitlines()]
    assert len(rows) == 40
    assert [row.get("id") for row in rows] == [i if i % 2 else None for i in range(40)]
    assert rows[1]["topic"] == "sports"


def test_predict_forms(model: Path, tmp_path: Path) -> None:
    table = run("predict", "-m", model, "-f", "table", SPORTS, "Giá vàng tăng").stdout
    assert "sports" in table
    assert SPORTS[:20] in table
    rows = list(csv.DictReader(io.StringIO(run("predict", "-m", model, "-f", "csv", SPORTS).stdout)))
    assert rows[0]["topic"] == "sports"
    assert len(json.loads(run("predict", "-m", model, "-f", "json", "-k", "2", SPORTS).stdout)[0]["ranking"]) == 2
    document = tmp_path / "bài.txt"
    document.write_bytes(f"{SPORTS}\n\nvà còn nữa".encode("utf-16"))
    out = tmp_path / "out.jsonl"
    assert run("predict", "-m", model, "-i", document, "-o", out).returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))["topic"] == "sports"


def test_predict_keeps_every_field(model: Path, tmp_path: Path) -> None:
    fields = {"topic": "x", "_topic": 1, "reason": "r", "probability": 0.3, "id": 7, "label": ["a", "b"]}
    line = json.dumps({"text": SPORTS, **fields}) + "\n"
    (tmp_path / "x.jsonl").write_text(line, encoding="utf-8")
    for done in (run("predict", "-m", model, stdin=line), run("predict", "-m", model, "-i", tmp_path / "x.jsonl")):
        row = json.loads(done.stdout)
        assert (row["topic"], row["reason"]) == ("sports", None)
        kept = {"_topic": "x", "__topic": 1, "_reason": "r", "_probability": 0.3, "id": 7, "label": ["a", "b"]}
        assert {name: row[name] for name in kept} == kept


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_person_at_a_terminal_sees_one_bar(model: Path, tmp_path: Path) -> None:
    import pty

    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"text": f"{SPORTS} {i}"}) + "\n" for i in range(30)), encoding="utf-8")
    for options, shown in ((["--input", corpus, "--jobs", "2"], True), ([SPORTS], False)):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "vnclf", "predict", "-m", model, *options]
        with (tmp_path / "rows.jsonl").open("wb") as rows:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=rows, stderr=theirs)
        os.close(theirs)
        assert (b"Predicting" in read_terminal(ours)) is shown
        assert process.wait() == 0
        assert (tmp_path / "rows.jsonl").read_bytes().count(b"\n") == (30 if shown else 1)


def read_terminal(terminal: int) -> bytes:
    shown = b""
    with suppress(OSError):  # on Linux the end of a terminal is an error
        while part := os.read(terminal, 1 << 12):
            shown += part
    os.close(terminal)
    return shown


def test_train_evaluate_info_export(tmp_path: Path) -> None:
    options = ("--set", "validation.folds=2", "--set", "without_diacritics.enabled=false")
    done = run("train", "--output", tmp_path / "m", "--test", "data/news-sample.jsonl", *options, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "accuracy" in done.stdout
    report = json.loads(run("evaluate", "data/news-sample.jsonl", "-m", tmp_path / "m", "-f", "json", cwd=ROOT).stdout)
    assert report["accuracy"] > 0.9
    assert {"precision", "recall", "f1", "support"} <= set(report["topics"][0])
    assert json.loads(run("info", tmp_path / "m").stdout)["metrics"]["test"]["documents"] == 494
    assert run("export", tmp_path / "m", "-o", tmp_path / "p.joblib").returncode == 0
    assert (tmp_path / "p.joblib").stat().st_size > 10_000


def test_segment() -> None:
    assert run("segment", "Bệnh viện Bạch Mai").stdout == "Bệnh_viện Bạch_Mai\n"
    assert json.loads(run("segment", "--json", "--lower", "Hà Nội").stdout) == ["hà nội"]


def test_explain(model: Path) -> None:
    rows = [json.loads(line) for line in run("explain", "-m", model, SPORTS).stdout.splitlines()]
    assert rows[0]["topic"] == "sports"
    assert SPORTS[slice(*rows[0]["spans"][0])].lower() == rows[0]["words"]
    assert "id" not in rows[0]


def test_explain_tells_the_documents_apart(model: Path) -> None:
    lines = f'{SPORTS}\n\n{{"text": "{SPORTS}", "id": "c", "url": "x"}}\n'
    rows = [json.loads(line) for line in run("explain", "-m", model, "-k", "1", stdin=lines).stdout.splitlines()]
    assert [(row["document"], row.get("id"), "url" in row) for row in rows] == [(1, None, False), (3, "c", False)]


ROOT = Path(__file__).parent.parent.parent
GOOD = "text,label\nbóng đá,a\nbóng rổ,a\ngiá vàng,b\ngiá dầu,b\n"
BAD: dict[str, tuple[str, bytes, str]] = {
    "no text column": ("c.csv", b"body,label\nx,a\n", "no text column"),
    "binary": ("c.jsonl", b"\x89PNG\r\n\x1a\n\x00\x00", "not text|not UTF-8"),
    "empty": ("c.jsonl", b"", "no documents"),
    "one topic": ("c.csv", b"text,label\nx,a\ny,a\n", "one topic only"),
    "not JSON": ("c.jsonl", b'{"text": "x", "label": "a"}\n{"text"\n', "line 2: not JSON"),
    "unknown format": ("c.doc", b"x", "unknown format"),
    "empty document": ("c.csv", b"text,label\nx,a\n ,a\ny,b\nz,b\n", "line 3: the document is empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_corpus_is_one_sentence(tmp_path: Path, name: str) -> None:
    file, data, message = BAD[name]
    (tmp_path / file).write_bytes(data)
    refused(run("train", tmp_path / file, "--output", tmp_path / "m"), message)
    assert not (tmp_path / "m").exists()


def test_other_mistakes_are_one_sentence(tmp_path: Path, model: Path) -> None:
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("[features]\nmindf = 2", encoding="utf-8")
    broken = Path(shutil.copytree(model, tmp_path / "broken"))
    data = bytearray((broken / "text.weights.npy").read_bytes())
    data[-1] ^= 1
    (broken / "text.weights.npy").write_bytes(data)
    refused(run("train", tmp_path / "none.csv"), "no file")
    refused(run("train", tmp_path / "good.csv", "-r", tmp_path / "bad.toml"), "unknown key 'features.mindf'")
    refused(run("train", tmp_path / "good.csv", "-o", tmp_path), r"it holds 'bad\.toml', which would be lost")
    refused(
        run("train", tmp_path / "none.csv", "-o", ".", cwd=broken), r"\.: it is the current folder, which cannot be "
    )
    refused(run("train", tmp_path / "none.csv", "-o", tmp_path / "good.csv" / "m"), r"good\.csv is not a folder; name")
    refused(run("predict", "-m", broken, "x"), r"text\.weights\.npy")
    refused(run("predict", "-m", tmp_path / "none", "x"), "There is no model")
    refused(run("predict", "-m", model, stdin=b"a\xff\n"), "line 1: not UTF-8")
    refused(run("predict", "-m", model, stdin='{"a": 1}\n'), "stdin, line 1: no text column")
    refused(run("predict", "-m", model, "-i", tmp_path / "good.csv", "x"), "not both")
    refused(run("evaluate", tmp_path / "good.csv", "-m", model), "No document has a topic that the model knows")


@pytest.mark.parametrize("command", ["train", "predict", "evaluate", "audit"])
def test_no_processes_are_too_few(command: str) -> None:
    done = run(command, "--jobs", "0", "x")
    assert done.returncode == 2
    assert "0 is no number of processes; give 1 or more, or -1 for all" in " ".join(done.stderr.split())


def test_tuning_takes_no_recipes_place(tmp_path: Path) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text("# My own.\nname = 'mine'\n", encoding="utf-8")
    arguments = ("train", ROOT / "data/news-sample.jsonl", "-r", recipe, "-o", tmp_path / "mine", "--tune", "0.1")
    said = (
        r"recipe it finds to (.*mine\.toml), which exists; train with that \(--recipe \1, without --tune\), move it or"
    )
    refused(run(*arguments), said)
    assert recipe.read_text(encoding="utf-8").startswith("# My own.")
    assert not (tmp_path / "mine").exists()


def test_what_a_search_found_can_be_trained_with(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    rows = "".join(f"bóng đá trận số {i},a\ngiá vàng ngày {i},b\n" for i in range(6))
    (tmp_path / "recipes" / "c.csv").write_text(f"text,label\n{rows}", encoding="utf-8")
    (tmp_path / "recipes" / "r.toml").write_text("[data]\ncorpora = ['c.csv']\n", encoding="utf-8")
    tuned = ("train", "-r", tmp_path / "recipes" / "r.toml", "-o", tmp_path / "m", "--tune", "0.1")
    assert run(*tuned).returncode == 0
    refused(run(*tuned), r"which exists; train with that \(--recipe ")
    assert run("train", "-r", tmp_path / "m.toml", "-o", tmp_path / "m").returncode == 0


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    quick = "[without_diacritics]\nenabled = false\n[validation]\nfolds = 1\n"
    recipe = tmp_path / "mine.toml"
    recipe.write_text(f"{quick}[data]\ncalibration = 'none.jsonl'\nlabels = ['none.tsv']\n", encoding="utf-8")
    done = run("train", "data/news-sample.jsonl", "-r", recipe, "-o", tmp_path / "m", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    said = "Of the recipe's own data.labels, data.calibration nothing is read: data/news-sample.jsonl was given."
    assert said in done.stderr.splitlines()


def test_bad_documents_can_be_skipped(tmp_path: Path) -> None:
    rows = "".join(f"bóng đá trận số {i},a\ngiá vàng ngày {i},b\n" for i in range(6))
    (tmp_path / "c.csv").write_text(f"text,label\n{rows},a\nlạc loài,c\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("text,label\nbóng đá tối qua,a\n,b\n", encoding="utf-8")
    done = run("train", tmp_path / "c.csv", "-o", tmp_path / "m", "--test", tmp_path / "t.csv", "--skip-bad")
    assert done.returncode == 0, done.stderr
    assert "2 documents left out of c.csv: no text, no label, or alone in their topic." in done.stderr
    assert "1 document left out of t.csv: no text or no label." in done.stderr


def test_any_labelled_documents_can_be_measured_on(tmp_path: Path, model: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"text,label\n{SPORTS},sports\nGiá vàng tăng,business\n,law\nNắng nóng,weather\n", encoding="utf-8")
    (tmp_path / "map.csv").write_text(
        "label,topic\nsports,sports\nbusiness,business\nlaw,law\nweather,\n", encoding="utf-8"
    )
    refused(run("evaluate", path, "-m", model), "line 4: the document is empty")
    done = run("evaluate", path, "-m", model, "--skip-bad", "--label-map", tmp_path / "map.csv")
    assert json.loads(done.stdout)["documents"] == 2
    assert done.stderr.splitlines() == [
        "1 document left out of t.csv: no text or no label.",
        "1 document left out of t.csv: their labels map to no topic.",
    ]
    path.write_text(f"text,label\n{SPORTS},sports\n", encoding="utf-8")
    assert json.loads(run("evaluate", path, "-m", model).stdout)["documents"] == 1


def test_the_cache_is_shown_and_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    run("segment", "Hà Nội")
    assert str(tmp_path) in run("cache", "info").stdout
    assert run("cache", "clear").returncode == 0
    assert not list(tmp_path.rglob("*.npy"))


def test_usage_errors_show_the_usage() -> None:
    done = run("predict", "--top", "3")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
