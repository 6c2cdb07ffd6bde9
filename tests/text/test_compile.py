import subprocess
import sys
from pathlib import Path

import pytest

from vnclf.text import compile as compiling
from vnclf.text import segmenters


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "vnclf" / "segmenter"


def test_tables_are_compiled_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiling.load_compiled()
    monkeypatch.setattr(compiling, "_compile", lambda *_: pytest.fail("compiled again"))
    second = compiling.load_compiled()
    assert second.rules == first.rules
    assert (second.tables.run_values == first.tables.run_values).all()
    assert len(list(cache.iterdir())) == 1


def test_a_damaged_cache_is_mended(cache: Path) -> None:
    expected = compiling.load_compiled().tables.token_slots
    file = next(cache.glob("*/CrfTables.token_slots.npy"))
    file.write_bytes(file.read_bytes()[:100])
    assert (compiling.load_compiled().tables.token_slots == expected).all()


def test_an_unwritable_cache_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(compiling.load_compiled().tables.token_slots) > 1000


def test_an_unknown_underthesea_is_called_itself_with_one_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_SOURCES", ("pipeline/elsewhere.bin",))
    segmenters.get_segmenter.cache_clear()
    segmenters.compiled_tables.cache_clear()
    try:
        with pytest.warns(RuntimeWarning, match=r"elsewhere\.bin.*slower"):
            words = segmenters.get_segmenter("fast", for_topics=True)
        tokens = segmenters.get_segmenter("none", for_topics=True)  # without a second warning
        assert isinstance(words, segmenters.ReferenceSegmenter)
        assert words.segment(["Hà Nội đẹp"]).words() == [["hà nội", "đẹp"]]
        assert tokens.segment(["Hà Nội đẹp", ""]).words() == [["hà", "nội", "đẹp"], []]
    finally:
        segmenters.get_segmenter.cache_clear()
        segmenters.compiled_tables.cache_clear()


def test_the_hosts_logging_stays_as_it_was(tmp_path: Path) -> None:
    code = """
import logging
logging.basicConfig(level=logging.ERROR)
before = logging.getLogger().handlers[:], logging.getLogger().level
import vnclf
from vnclf.text.segmenters import get_segmenter
assert vnclf.segment("Hà Nội") == ["Hà Nội"]
get_segmenter("underthesea", for_topics=False).segment(["Hà Nội"])
assert (logging.getLogger().handlers, logging.getLogger().level) == before
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={"XDG_CACHE_HOME": str(tmp_path), "PATH": ""})
