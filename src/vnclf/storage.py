"""Where vnclf keeps files of its own, and how it writes anything: whole, or not at all."""

import ctypes
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from vnclf.errors import VnclfError

# Where systems keep the links to what a process has open: that of this process is /dev/fd, which may be a link, too.
_OPEN_FILES = re.compile(r"/proc/\d+/fd|/dev/fd")


def cache_folder() -> Path:
    """Return the user's cache folder for vnclf; it may not exist. XDG_CACHE_HOME is respected."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("vnclf", appauthor=False))


@contextmanager
def told_as(kind: type[VnclfError], failure: str) -> Iterator[None]:
    """Raise an error of `kind` for an OSError: what has failed, and why."""
    try:
        yield
    except OSError as error:
        raise kind(f"{failure}: {error.strerror or error}.") from error


def check_file(target: Path) -> Path:
    """Return where the file `target` is to be written: where it leads, if it is a link.

    Raises OSError, whose `strerror` says why and what to do, when nothing can be written there.
    """
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder; name a file", str(target))
    return target if _is_node(target) or _open_file(target) else _resolved(target)


def check_folder(target: Path, own: Container[str] = ()) -> Path:
    """Return where the folder `target` is to be made: where it leads, if it is a link.

    Raises OSError, whose `strerror` says why and what to do, when it cannot be made there, or holds something
    that would be lost: anything but the entries `own` of an earlier one.
    """
    place = _resolved(target)
    if not place.exists():
        return place
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "it is a file; name a folder", str(target))
    stranger = min((entry.name for entry in place.iterdir() if entry.name not in own), default=None)
    if stranger is not None:
        reason = f"it holds {stranger!r}, which would be lost; name another folder"
        raise FileExistsError(errno.EEXIST, reason, str(target))
    # A shell would be left in the old folder, which is gone; and a mount point cannot be renamed.
    fixed = "the current folder" if place.samefile(os.curdir) else "a mount point" if os.path.ismount(place) else None
    if fixed is not None:
        raise OSError(errno.EBUSY, f"it is {fixed}, which cannot be replaced; name a folder in it", str(target))
    return place


def write_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Make the folder `target` with the contents that `fill` writes, replacing an old one.

    The new folder is filled under a temporary name beside the target and then renamed, so a run that
    is killed at any moment leaves the old folder or the new one, and never a part. Whether the old one may
    go, `check_folder` tells.
    """
    place = _resolved(target)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        fresh.chmod(0o777 & ~_umask())
        fill(fresh)
        _exchange(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def write_file(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target` that takes its place when the block ends without error.

    A link stays, and what it leads to is replaced. A pipe or a device is yielded itself: it passes on what is
    written, and so cannot be replaced. To a file that somebody has open, such as /dev/stdout, all is added when the
    block ends. Raises OSError where `target` cannot be written, before anything is done.
    """
    place = check_file(target)
    if _is_node(place):
        yield place
        return
    opened = _open_file(place)
    if opened is not None:
        with _adding(opened) as sink, tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder, place.name)
            yield fresh
            with fresh.open("rb") as source:
                shutil.copyfileobj(source, sink)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{place.name}-", dir=place.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        fresh.chmod(0o666 & ~_umask())
        yield fresh
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


def _resolved(target: Path) -> Path:
    """Return `target` with all links followed; raises OSError when nothing can be made there."""
    place = Path(os.path.realpath(target))
    if place.is_symlink():
        raise OSError(errno.ELOOP, "it is a link that leads to itself; name another place", str(target))
    above = next((parent for parent in place.parents if parent.exists()), place)
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{above} is not a folder; name another place", str(target))
    if not os.access(above, os.W_OK):
        raise PermissionError(errno.EACCES, f"{above} is read-only; name another place", str(target))
    return place


def _is_node(path: Path) -> bool:
    """Tell whether there is something that is neither a file nor a folder: a pipe, or a device."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _open_file(path: Path) -> Path | None:
    """Return the link by which the system names a file that a process has open, if `path` leads to it.

    The file has a name of its own, too; but it is the shell's, say, which goes on to write to it.
    """
    if not path.exists():
        return None
    while True:
        folder = os.path.realpath(path.parent)
        if _OPEN_FILES.fullmatch(folder):
            return Path(folder, path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()


def _adding(opened: Path) -> BinaryIO:
    """Return an open file for writing after what it holds, or where this process has got to in it."""
    if str(opened.parent) == os.path.realpath("/dev/fd"):
        return os.fdopen(os.dup(int(opened.name)), "wb")
    return opened.open("ab")


def _exchange(fresh: Path, target: Path) -> None:
    """Rename `fresh` to `target`; an old target takes the name `fresh`, or goes."""
    try:
        fresh.rename(target)
        return
    except OSError:
        if not target.is_dir():
            raise
    if _swap(fresh, target):
        return
    # Without a system call that swaps two names there is a moment at which only `aside` holds the old one.
    aside = target.with_name(f"{fresh.name}-old")
    target.rename(aside)
    try:
        fresh.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _swap(one: Path, other: Path) -> bool:
    """Swap the names of two folders in one step; return False where the system cannot."""
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of Linux's renameat2
    try:
        call = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
