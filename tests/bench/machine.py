"""What the figures were measured on, and with."""

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("numpy", "underthesea", "underthesea_core", "pyvi", "scikit-learn", "fasttext", "joblib")


def heading(rounds: int) -> str:
    """Return one sentence that names the day, the machine and the versions."""
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return (
        f"Measured on {date.today().isoformat()}, {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, medians of {rounds} rounds; {packages}."
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
