"""What would stop an audit at its end is found out before it begins: a library or a target that is not there."""

from importlib.util import find_spec
from pathlib import Path

from vnclf.corpus.location import RemotePath, location_of
from vnclf.corpus.writing import check_target
from vnclf.errors import CorpusError, VnclfError
from vnclf.storage import check_file, told_as


def require_cleanlab() -> None:
    """Raise VnclfError when cleanlab is not installed."""
    _require("An audit finds wrong labels with cleanlab; install vnclf[audit].", "cleanlab")


def check_page(path: Path) -> None:
    """Raise VnclfError when a page cannot be made or not be written to `path`."""
    _require("The HTML page needs matplotlib and jinja2; install vnclf[report].", "matplotlib", "jinja2")
    with told_as(VnclfError, f"{path} cannot be written"):
        check_file(path)


def check_clean_target(path: str | Path) -> None:
    """Raise CorpusError when a clean corpus cannot be written to `path`."""
    location = location_of(path)
    if isinstance(location, RemotePath):
        raise CorpusError(f"{location} is remote, and the log stands beside the corpus; write to a local path.")
    check_target(path)


def _require(message: str, *modules: str) -> None:
    if any(find_spec(module) is None for module in modules):
        raise VnclfError(message)
