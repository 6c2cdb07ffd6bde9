"""What would stop an audit is told before it begins."""

import sys
from pathlib import Path

import pytest

from vnclf.audit.audit import audit
from vnclf.audit.preflight import check_clean_target, check_page
from vnclf.corpus.location import RemotePath
from vnclf.errors import CorpusError, VnclfError


def test_without_cleanlab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleanlab", None)
    with pytest.raises(VnclfError, match=r"^An audit finds wrong labels with cleanlab; install vnclf\[audit\]\.$"):
        audit("none.csv")


@pytest.mark.parametrize("missing", ["matplotlib", "jinja2"])
def test_without_what_a_page_needs(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_page(tmp_path / "page.html")
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(VnclfError, match=r"install vnclf\[report\]\.$"):
        check_page(tmp_path / "page.html")


def test_places_for_a_page(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    check_page(tmp_path / "file")
    check_page(tmp_path / "new" / "page.html")
    with pytest.raises(VnclfError, match=r" cannot be written: it is a folder; name a file\.$"):
        check_page(tmp_path)
    with pytest.raises(VnclfError, match=r" cannot be written: .*file is not a folder; name another place\.$"):
        check_page(tmp_path / "file" / "new" / "page.html")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("clean.xls", r"clean\.xls is of an unknown format"),
        ("folder", r"folder cannot be written: it holds 'file\.csv', which would be lost; name another folder\.$"),
        ("folder.csv", r"folder\.csv cannot be written: it is a folder; name a file\.$"),
        ("folder/file.csv/clean.csv", r"file\.csv is not a folder"),
    ],
)
def test_places_for_a_clean_corpus(target: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "folder" / "file.csv").write_text("x")
    monkeypatch.chdir(tmp_path)
    with pytest.raises((CorpusError, VnclfError), match=message):
        check_clean_target(target)


def test_a_clean_corpus_is_not_written_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    remote = RemotePath(None, "bucket/clean.csv", "s3://bucket/clean.csv")
    monkeypatch.setattr("vnclf.audit.preflight.location_of", lambda _: remote)
    with pytest.raises(CorpusError, match=r"^s3://bucket/clean\.csv is remote, .*; write to a local path\.$"):
        check_clean_target("s3://bucket/clean.csv")


@pytest.mark.parametrize("target", ["clean.jsonl.xz", "folder/file.csv", "empty", "new/folder", "clean.parquet"])
def test_good_places_for_a_clean_corpus(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("folder", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "folder" / "file.csv").write_text("x")
    monkeypatch.chdir(tmp_path)
    check_clean_target(target)
