"""Every example of the README runs."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from vnclf.cli.main import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if "vnclf " in line]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a clone has at its top."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "data", folder / "data")
    page = "<html><body><nav><a href='/'>Trang chủ</a></nav><article><h1>Mưa lớn ở Huế</h1><p>Mưa lớn từ đêm qua làm "
    (folder / "page.html").write_text(page + "nhiều tuyến phố ngập sâu.</p></article></body></html>", encoding="utf-8")
    return folder


@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.splitlines()[0])
def test_python_examples_run(code: str, place: Path) -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=place, check=True, capture_output=True)


def test_commands_run(place: Path) -> None:
    assert len(COMMANDS) >= 8
    for line in COMMANDS:
        command = line.replace("vnclf ", f"{sys.executable} -m vnclf ", 1).replace(
            "| vnclf", f"| {sys.executable} -m vnclf"
        )
        done = subprocess.run(command, shell=True, cwd=place, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert done.stdout or done.stderr or "--output" in line, line


def test_no_model_is_measured_on_what_it_learnt() -> None:
    learnt, measured = (re.findall(rf"vnclf {name} (\S+)", README) for name in ("train", "evaluate"))
    assert measured
    assert not set(learnt) & set(measured)


def test_every_extra_is_told() -> None:
    """Of what a plain `pip install` leaves out, the README says what needs it; and all that is offered is used."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for extra in re.findall(r"\w+", extras["all"][0].removeprefix("vnclf")):
        assert f"`{extra}`" in README
        for requirement in extras[extra]:
            module = requirement.partition(">=")[0].replace("-", "_")
            assert re.search(rf"\b{module}\b", code), requirement


def test_every_command_is_shown() -> None:
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert [name for name in names if f"vnclf {name}" not in README] == []


def test_the_tree_is_the_tree() -> None:
    tree = next(block for block in README.split("```")[1::2] if "├──" in block)
    for name in re.findall(r"── ([\w./]+)", tree):
        assert any((root / name).exists() for root in (ROOT, ROOT / "src" / "vnclf")), name
