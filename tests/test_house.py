"""The house's own rules: who imports whom, how long a module is, what is shipped."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import vnclf
from vnclf.taxonomy import load_taxonomy, topic_named

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "vnclf").rglob("*.py"))

# A room may import itself, what stands right of it here, and the modules at the top.
MAY_IMPORT = {
    "cli": {"audit", "training", "evaluation", "model", "corpus", "text"},
    "audit": {"training", "evaluation", "model", "corpus", "text"},
    "training": {"evaluation", "model", "corpus", "text"},
    "evaluation": {"model", "corpus", "text"},
    "model": {"text"},
    "corpus": {"text"},
    "text": set(),
}
# Loaded by a service that predicts, or by a command line that only shows its help.
LIGHT = {"sklearn", "scipy", "underthesea", "pandas", "pydantic", "joblib"}


def imports(source: Path) -> set[str]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


@pytest.mark.parametrize("source", [p for p in SOURCES if p.parent.name in MAY_IMPORT], ids=lambda p: p.stem)
def test_rooms_import_to_the_right_only(source: Path) -> None:
    room = source.parent.name
    rooms = {name.split(".")[1] for name in imports(source) if re.match(r"vnclf\.\w+\.", name)}
    assert rooms <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_modules_are_short(source: Path) -> None:
    assert len(source.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize(
    "code",
    [
        "import vnclf",
        "import vnclf.cli.main",
        "import vnclf; vnclf.segment('Hà Nội')",
        "import vnclf; p = vnclf.Predictor.load(); p.predict('Hà Nội'); p.explain('Hà Nội')",
    ],
)
def test_what_is_light_stays_light(code: str) -> None:
    vnclf.segment("")  # so that the tables are compiled, which does need underthesea
    check = f"import sys; {code}; print(sorted({LIGHT!r} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_version_is_the_changelogs_first() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert first is not None
    assert first[1] == vnclf.__version__


def test_the_contract() -> None:
    assert all(getattr(vnclf, name) is not None for name in vnclf.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Predicter'"):
        _ = vnclf.Predicter


def test_the_taxonomy_has_19_topics() -> None:
    topics = load_taxonomy()
    assert len(topics) == 19
    assert topics["diaspora"].vietnamese == "Người Việt ở nước ngoài"
    assert topic_named("mine").english == "mine"
