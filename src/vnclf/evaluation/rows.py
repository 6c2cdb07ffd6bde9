"""Results as plain data, for model.json and for JSON output."""

from dataclasses import asdict, is_dataclass
from typing import Any


def as_row(result: object) -> dict[str, Any]:
    """Return a result dataclass as plain data, numbers rounded to six decimals."""
    if not is_dataclass(result) or isinstance(result, type):
        raise TypeError(f"{result!r} is no result")
    return {key: rounded(value) for key, value in asdict(result).items()}


def rounded(value: Any) -> Any:
    """Return plain data with its numbers, however deep they stand, rounded to six decimals."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    return [rounded(inner) for inner in value] if isinstance(value, list | tuple) else value
