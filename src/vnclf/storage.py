"""Where vnclf keeps files of its own, and how it writes anything: whole, or not at all."""

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder() -> Path:
    """Return the user's cache folder for vnclf; it may not exist. XDG_CACHE_HOME is respected."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("vnclf", appauthor=False))


def write_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Make the folder `target` with the contents that `fill` writes, replacing an old one.

    The new folder is filled under a temporary name beside the target and then renamed, so a run that
    is killed at any moment leaves the old folder or the new one, and never a part.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh.chmod(0o777 & ~_umask())
        fill(fresh)
        _exchange(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def write_file(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target` that takes its place when the block ends without error.

    Raises OSError where `target` cannot be written, before anything is done where it is a folder.
    """
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        fresh.chmod(0o666 & ~_umask())
        yield fresh
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


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
