"""Segmented corpora on disk, bounded, the least recently used dropped first."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from vnclf.storage import write_file

if TYPE_CHECKING:
    from vnclf.training.segmentation import Parts

# Some 25 corpora of VNTC's size.
MAX_BYTES = 2 << 30

_SUFFIX = ".npz"


def remembered(folder: Path, key: str, make: Callable[[], "Parts"]) -> "Parts":
    """Return what was kept under `key`, or make it and keep it; a cache that cannot be written is no error."""
    file = folder / f"{key}{_SUFFIX}"
    try:
        with file.open("rb") as source, np.load(source, allow_pickle=False) as kept:
            parts = (
                kept["numbers"],
                kept["begins"],
                kept["lengths"],
                kept["tokens"].tobytes().decode("utf-8", "surrogatepass"),
            )
        os.utime(file)
        return parts
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        pass  # not there, or damaged: made anew and replaced
    parts = make()
    try:
        with write_file(file) as fresh, fresh.open("wb") as target:
            tokens = np.frombuffer(parts[3].encode("utf-8", "surrogatepass"), np.uint8)
            np.savez(target, numbers=parts[0], begins=parts[1], lengths=parts[2], tokens=tokens)
        _shrink(folder)
    except OSError:
        pass
    return parts


def entries(folder: Path) -> list[Path]:
    """Return the files of the cache, least recently used first."""
    return sorted(folder.glob(f"[!.]*{_SUFFIX}"), key=lambda file: file.stat().st_mtime)


def _shrink(folder: Path) -> None:
    files = entries(folder)
    excess = sum(file.stat().st_size for file in files) - MAX_BYTES
    for file in files:
        if excess <= 0:
            return
        excess -= file.stat().st_size
        file.unlink(missing_ok=True)
