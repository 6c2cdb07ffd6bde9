"""Results as plain data, for model.json and for JSON output."""

from dataclasses import asdict, is_dataclass
from typing import Any


def as_row(result: object) -> dict[str, Any]:
    """Return a result dataclass as plain data, numbers rounded to six decimals."""
    if not is_dataclass(result) or isinstance(result, type):
        raise TypeError(f"{result!r} is no result")
    return {key: round(value, 6) if isinstance(value, float) else value for key, value in asdict(result).items()}
