"""Finds what is shipped with vnclf: in the wheel, or at the top level of a checkout."""

from pathlib import Path

from vnclf.errors import VnclfError

_PACKAGE = Path(__file__).parent
_WHEEL = _PACKAGE / "resources"
_CHECKOUT = _PACKAGE.parent.parent


def resource(relative: str) -> Path:
    """Return the path of a shipped file or folder, such as "data/topics.toml"."""
    for root in (_WHEEL, _CHECKOUT):
        if (root / relative).exists():
            return root / relative
    raise VnclfError(f"The file {relative} that ships with vnclf is missing; install vnclf again.")


def shipped(folder: str, suffix: str = "") -> dict[str, Path]:
    """Return the shipped entries of a folder ("model", "training") by name."""
    for root in (_WHEEL, _CHECKOUT):
        if (root / folder).is_dir():
            entries = sorted((root / folder).iterdir())
            return {
                p.name.removesuffix(suffix): p for p in entries if p.suffix == suffix and not p.name.startswith(".")
            }
    return {}
