"""How commands end whose output nobody takes, that are interrupted, or that write where letters are few."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.cli.process import run
from vnclf.cli.main import app

SPORTS = "Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình"


@pytest.mark.parametrize(("options", "reader"), [("", "head -1"), ("-f csv", "true"), ("-f table", "true")])
def test_a_closed_pipe_is_no_error(model: Path, options: str, reader: str) -> None:
    command = f"yes '{SPORTS}' | head -2000 | {sys.executable} -m vnclf predict -m {model} {options} | {reader}"
    done = subprocess.run(["bash", "-c", f"{command}; exit ${{PIPESTATUS[2]}}"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    if reader != "true":
        assert json.loads(done.stdout)["topic"] == "sports"


@pytest.mark.parametrize("options", ["--help", "--version", "segment --help", "cache --help"])
def test_help_that_nobody_reads_is_no_error(options: str) -> None:
    command = f"{sys.executable} -m vnclf {options} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("command", "status", "stdout", "stderr"),
    [
        ("segment <&-", 0, "", ""),
        ("segment 'Hà Nội' 2>&-", 0, "Hà_Nội\n", ""),
        ("segment 'Hà Nội' >&-", 1, "", "Error: stdout cannot be written: Bad file descriptor.\n"),
        ("--help <&- >&-", 1, "", "Error: stdout cannot be written: Bad file descriptor.\n"),
        ("segment <&- >&- 2>&-", 0, "", ""),
    ],
)
def test_closed_streams(command: str, status: int, stdout: str, stderr: str) -> None:
    done = subprocess.run(["bash", "-c", f"{sys.executable} -m vnclf {command}"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (status, stdout, stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "options",
    [
        "predict -m MODEL", "predict -m MODEL -f table", "info MODEL", "segment", "cache info",
        "--help", "predict --help", "cache --help", "cache clear --help",
    ],
)  # fmt: skip
def test_a_full_stdout_is_one_sentence(model: Path, options: str) -> None:
    command = f"{sys.executable} -m vnclf {options.replace('MODEL', str(model))} >/dev/full"
    done = subprocess.run(["bash", "-c", command], input=f"{SPORTS}\n" * 2000, capture_output=True, text=True)
    sentence = "Error: stdout cannot be written: No space left on device.\n"
    assert (done.returncode, done.stderr) == (1, sentence)


def test_an_interruption_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vnclf.model.predictor.Predictor.load", interrupted)
    result = CliRunner().invoke(app, ["predict", "x"])
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "Interrupted.\n")


def test_tables_are_utf8_in_any_locale(tmp_path: Path) -> None:
    rows = "".join(f"đội bóng thắng trận {i},Thể thao\ngiá vàng tăng ngày {i},Kinh tế\n" for i in range(12))
    (tmp_path / "c.csv").write_text(f"text,label\n{rows}", encoding="utf-8")
    western = {"PYTHONIOENCODING": "cp1252"}
    for command, *options in (("train", "-o"), ("evaluate", "-f", "table", "-m"), ("audit", "-f", "table", "-m")):
        done = run(command, tmp_path / "c.csv", *options, tmp_path / "m", env=western)
        assert done.returncode == 0, done.stderr
        assert {"Thể thao", "Kinh tế"} <= {line[:8].strip() for line in done.stdout.splitlines()}
