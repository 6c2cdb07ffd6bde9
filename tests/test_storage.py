"""Files and folders appear whole, where they are wanted, and nothing else goes."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from vnclf.errors import CorpusError
from vnclf.storage import check_file, check_folder, told_as, write_file, write_folder

Check = Callable[[Path], Path]


def fill(folder: Path) -> None:
    (folder / "new").write_text("new")


def test_a_link_to_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "file").write_text("old")
    for name in ("file", "not there yet"):
        (tmp_path / "link").symlink_to(Path("far", name))
        with write_file(tmp_path / "link") as fresh:
            fresh.write_text("new")
        assert (tmp_path / "link").readlink() == Path("far", name)
        assert (tmp_path / "far" / name).read_text() == "new"
        (tmp_path / "link").unlink()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["far", "file", "not there yet"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_to_a_folder_stays(there: bool, tmp_path: Path) -> None:
    if there:
        (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    for _ in range(2):
        write_folder(tmp_path / "link", fill)
        assert (tmp_path / "link").readlink() == Path("real")
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["link", "new", "real"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_passes_on_what_is_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        read: list[str] = []
        reader = Thread(target=lambda read=read: read.append((tmp_path / "pipe").read_text()), daemon=True)
        reader.start()
        with write_file(tmp_path / name) as fresh:
            fresh.write_text("new")
        reader.join(10)
        assert read == ["new"]
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_device_is_written_to_and_a_full_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    said = r"^x cannot be written: No space left on device\.$"
    with (
        pytest.raises(CorpusError, match=said),
        told_as(CorpusError, "x cannot be written"),
        write_file(tmp_path / "full") as fresh,
    ):
        fresh.write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs names of open files")
@pytest.mark.parametrize("mode", ["a", "w"])
def test_an_open_file_keeps_what_it_holds(mode: str, tmp_path: Path) -> None:
    with (tmp_path / "log").open(mode, buffering=1) as log:
        print("old", file=log)
        (tmp_path / "link").symlink_to(Path("/dev/fd", str(log.fileno())))
        for target in (tmp_path / "link", Path("/dev/fd", str(log.fileno()))):
            with write_file(target) as fresh:
                fresh.write_text("new\n")
        print("last", file=log)
    assert (tmp_path / "log").read_text().split() == ["old", "new", "new", "last"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "log"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs names of others' open files")
def test_a_file_that_another_has_open_keeps_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("old\n")
    with (
        (tmp_path / "log").open("a") as log,
        subprocess.Popen(["sh", "-c", "read line; echo last"], stdin=subprocess.PIPE, stdout=log) as other,
    ):
        with write_file(Path(f"/proc/{other.pid}/fd/1")) as fresh:
            fresh.write_text("new\n")
        other.communicate(b"go on\n")
    assert (tmp_path / "log").read_text().split() == ["old", "new", "last"]


@pytest.mark.parametrize(
    ("check", "name", "reason"),
    [
        (check_file, "folder", "it is a folder; name a file"),
        (check_file, ".", "it is a folder; name a file"),
        (check_file, "folder/file/x", "{here}/folder/file is not a folder; name another place"),
        (check_file, "loop", "it is a link that leads to itself; name another place"),
        (check_folder, "folder/file", "it is a file; name a folder"),
        (check_folder, "folder/file/x", "{here}/folder/file is not a folder; name another place"),
        (check_folder, "folder", "it holds 'file', which would be lost; name another folder"),
        (check_folder, ".", "it holds 'folder', which would be lost; name another folder"),
        (check_folder, "loop", "it is a link that leads to itself; name another place"),
    ],
)
def test_where_nothing_can_be_written(
    check: Check, name: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match="name a") as caught:
        check(Path(name))
    assert caught.value.strerror == reason.format(here=tmp_path.resolve())


def test_where_something_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    (tmp_path / "link").symlink_to("folder")
    monkeypatch.chdir(tmp_path)
    here = tmp_path.resolve()
    assert check_file(Path("folder/file")) == here / "folder" / "file"
    assert check_file(Path("link/new/x")) == check_folder(Path("folder/new/x")) == here / "folder" / "new" / "x"
    assert check_folder(Path("link"), {"file", "other"}) == here / "folder"


def test_folders_that_cannot_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (".", "../" + tmp_path.name, "new/.."):
        with pytest.raises(OSError, match=r"it is the current folder, which cannot be replaced; name a folder in it"):
            check_folder(Path(name))
    (tmp_path / "disk").mkdir()
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path).name == "disk")
    with pytest.raises(OSError, match=r"it is a mount point, which cannot be replaced; name a folder in it"):
        check_folder(Path("disk"))


def test_a_folder_that_is_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    for check in (check_file, check_folder):
        with pytest.raises(PermissionError) as caught:
            check(tmp_path / "new" / "x")
        assert caught.value.strerror == f"{tmp_path.resolve()} is read-only; name another place"


def test_an_error_without_a_reason_of_the_system() -> None:
    with (
        pytest.raises(CorpusError, match=r"^x cannot be written: gone\.$"),
        told_as(CorpusError, "x cannot be written"),
    ):
        raise OSError("gone")
