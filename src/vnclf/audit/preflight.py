"""What would stop an audit at its end is found out before it begins: a library or a target that is not there."""

import os
from importlib.util import find_spec
from pathlib import Path

from vnclf.corpus.location import RemotePath, location_of
from vnclf.corpus.opening import format_of
from vnclf.corpus.writing import WRITERS
from vnclf.errors import CorpusError, VnclfError


def require_cleanlab() -> None:
    """Raise VnclfError when cleanlab is not installed."""
    _require("An audit finds wrong labels with cleanlab; install vnclf[audit].", "cleanlab")


def check_page(path: Path) -> None:
    """Raise VnclfError when a page cannot be made or not be written to `path`."""
    _require("The HTML page needs matplotlib and jinja2; install vnclf[report].", "matplotlib", "jinja2")
    if path.is_dir():
        raise VnclfError(f"{path} is a folder; name a file for the HTML page.")
    _check_parent(path)


def check_clean_target(path: str | Path) -> None:
    """Raise CorpusError when a clean corpus cannot be written to `path`."""
    location = location_of(path)
    if isinstance(location, RemotePath):
        raise CorpusError(f"{location} is remote, and the log stands beside the corpus; write to a local path.")
    suffix = format_of(location)
    if suffix and suffix not in WRITERS:
        raise CorpusError(f"{path} is of an unknown format; write to a folder, or to one of {', '.join(WRITERS)}.")
    if suffix and location.is_dir():
        raise CorpusError(f"{path} is a folder; name a file, or a folder without a suffix.")
    if not suffix and location.exists() and not (location.is_dir() and not any(location.iterdir())):
        raise CorpusError(f"{path} is there already, and is not an empty folder; name a new one.")
    _check_parent(location)


def _require(message: str, *modules: str) -> None:
    if any(find_spec(module) is None for module in modules):
        raise VnclfError(message)


def _check_parent(path: Path) -> None:
    """Raise VnclfError when the folder that is to hold `path` cannot be made or written to."""
    above = next(parent for parent in path.absolute().parents if parent.exists())
    if not above.is_dir():
        raise VnclfError(f"{path} cannot be written: {above} is not a folder; name another place.")
    if not os.access(above, os.W_OK):
        raise VnclfError(f"{path} cannot be written: {above} is read-only; name another place.")
