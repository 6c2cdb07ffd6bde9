"""The library that this room needs only for some files."""

from importlib import import_module
from typing import Any

from vnclf.errors import CorpusError


def pyarrow(part: str = "", *, purpose: str) -> Any:
    """Return pyarrow or a part of it, such as "parquet"; raises CorpusError, saying what to install."""
    try:
        return import_module(f"pyarrow.{part}" if part else "pyarrow")
    except ImportError as error:
        raise CorpusError(f"{purpose} needs pyarrow; install vnclf[files].") from error
