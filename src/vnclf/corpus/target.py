"""What a writer of documents writes to, and the row that it makes of each."""

import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from vnclf.corpus.document import Document


@dataclass(frozen=True)
class Target:
    """An open file, a folder for what has to be set aside meanwhile, and a count of what is lost."""

    sink: BinaryIO
    folder: Path
    losses: Counter[str]


def row_of(document: Document) -> dict[str, Any]:
    """Return the row of a document: `text`, `topics` as a list, and its other fields."""
    row = {"text": document.text, "topics": list(document.topics)}
    for name, value in document.fields.items():
        # A field of that name stands where the user named another column for text or topics.
        row[f"_{name}" if name in ("text", "topics") else name] = value
    return row


def json_text(value: Any) -> str:
    """Return JSON on one line, letters unescaped, and null for what is not a number."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=plain)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=plain)


def plain(value: Any) -> str:
    """Return what JSON has no form for as a string: dates as in ISO 8601, bytes as UTF-8."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
