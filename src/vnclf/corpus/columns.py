"""Which column of a row holds the text and which the topics, and what is in them."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vnclf.corpus.document import Document
from vnclf.errors import CorpusError

# The first of these columns that a row has is taken, unless the user names one.
TEXT_COLUMNS = ("text", "content", "document", "sentence")
LABEL_COLUMNS = ("topics", "topic", "labels", "label", "category")

# A string of several topics is parted at these; a comma stands inside many a topic's name.
SEPARATORS = ";|"

_SEPARATOR = re.compile(f"[{SEPARATORS}]")


@dataclass(frozen=True, slots=True)
class Columns:
    """How to make documents of rows.

    `text` and `label` are columns that the user names. `separator` parts a string of several topics;
    "" leaves it whole, and None is a semicolon or a bar. `sparse` is for formats in which null only
    says that a row has no value in a column: such fields are left out. `source` is where the rows are from.
    """

    text: str | None = None
    label: str | None = None
    separator: str | None = None
    sparse: bool = False
    source: str = ""

    def document(self, row: dict[str, Any], place: str) -> Document:
        """Return the document of a row; raises CorpusError for a row without text column, or a wrong type."""
        text, fields = self.text_and_fields(row, place)
        label_at = _find(row, self.label, LABEL_COLUMNS)
        if label_at is None and self.label is not None:
            raise _missing(row, place, self.label, "")
        topics = _topics(row[label_at], place, self.separator) if label_at is not None else ()
        fields = {name: value for name, value in fields.items() if name != label_at}
        return Document(text, topics, fields, place, source=self.source)

    def text_and_fields(self, row: dict[str, Any], place: str) -> tuple[str, dict[str, Any]]:
        """Return the text of a row and all its other fields, of which one may be a label; raises as `document`."""
        text_at = _find(row, self.text, TEXT_COLUMNS)
        if text_at is None:
            raise _missing(row, place, self.text, f"text column (none of {', '.join(TEXT_COLUMNS)})")
        fields = {name: value for name, value in row.items() if name != text_at and not (self.sparse and value is None)}
        return _text(row[text_at], place), fields


def _find(row: dict[str, Any], named: str | None, usual: Sequence[str]) -> str | None:
    if named is not None:
        return named if named in row else None
    for column in usual:
        if column in row:
            return column
    folded = {column.lower().strip(): column for column in row}
    return next((folded[column] for column in usual if column in folded), None)


def _missing(row: dict[str, Any], place: str, named: str | None, usual: str) -> CorpusError:
    wanted = usual if named is None else f"column {named!r}"
    return CorpusError(f"{place}: no {wanted}; it has {', '.join(map(repr, row)) or 'no columns'}.")


def _text(value: Any, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):  # a Parquet column of texts that was not marked as such
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CorpusError(f"{place}: the text is not UTF-8 (byte {error.start}).") from error
    raise CorpusError(f"{place}: the text is of type {type(value).__name__}, where a string is expected.")


def _topics(value: Any, place: str, separator: str | None) -> tuple[str, ...]:
    values = _parted(value, separator) if isinstance(value, str) else value
    several = values if isinstance(values, list | tuple) else [values]
    return tuple(dict.fromkeys(name for topic in several if (name := _name(topic, place))))


def _parted(label: str, separator: str | None) -> list[str]:
    if separator is not None:
        return label.split(separator) if separator else [label]
    if label.startswith("["):
        try:
            return list(json.loads(label))
        except (ValueError, RecursionError):
            pass  # a name that begins with a bracket
    return _SEPARATOR.split(label)


def _name(topic: Any, place: str) -> str:
    if topic is None or (isinstance(topic, float) and math.isnan(topic)):
        return ""
    if isinstance(topic, bool | dict | list):
        raise CorpusError(f"{place}: the label {topic!r} is not a string.")
    # A column of whole numbers with gaps becomes one of floats in many a tool.
    return str(int(topic) if isinstance(topic, float) and topic.is_integer() else topic).strip()
