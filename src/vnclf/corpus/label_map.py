"""A file that says which of our topics a foreign corpus's labels are."""

import csv
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from vnclf.corpus.document import Document
from vnclf.corpus.opening import read_lines
from vnclf.errors import CorpusError


@dataclass(frozen=True)
class LabelMap:
    """Topics by foreign label; no topic means that documents of that label are not wanted."""

    topics: Mapping[str, tuple[str, ...]]
    name: str = "the label map"

    def apply(self, document: Document) -> Document | None:
        """Return the document with our topics, or None when its primary label has none.

        Further labels without a topic are left out. Raises CorpusError for a label that is not in the
        map, naming the nearest.
        """
        if not document.topics:
            return document
        found = [self._find(label, document.place) for label in document.topics]
        if not found[0]:
            return None
        return replace(document, topics=tuple(dict.fromkeys(topic for topics in found for topic in topics)))

    def _find(self, label: str, place: str) -> tuple[str, ...]:
        topics = self.topics.get(_key(label))
        if topics is not None:
            return topics
        near = get_close_matches(_key(label), self.topics, n=1, cutoff=0)
        hint = f" (the nearest is {near[0]!r})" if near else ""
        raise CorpusError(f"{place}: {self.name} does not hold the label {label!r}{hint}; add it, with '' to drop it.")


def read_label_map(path: str | Path) -> LabelMap:
    """Read a label map: TOML (`"Vi tinh" = "technology"`) or CSV (a header line, then label and topic).

    A label's topic may also be several, as a list or parted by ";", or "" to drop its documents. In TOML
    the labels stand at the top or under `[labels]`. Raises CorpusError naming the file, and the line.
    """
    path = Path(path)
    readers = {".toml": _read_toml, ".csv": _read_csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(f"{path} is no label map; it is a .toml or a .csv file.")
    topics = {_key(label): _topics(value, label, path) for label, value in reader(path).items()}
    if not topics:
        raise CorpusError(f"{path} maps no labels.")
    return LabelMap(topics, str(path))


def _read_toml(path: Path) -> dict[str, Any]:
    text = "".join(line for _, line in read_lines(path))
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path} is not valid TOML: {error}.") from error
    labels = tables.get("labels", tables)
    return labels if isinstance(labels, dict) else tables


def _read_csv(path: Path) -> dict[str, Any]:
    reader = csv.reader((line for _, line in read_lines(path)), strict=True)
    labels: dict[str, Any] = {}
    try:
        for cells in reader:
            if cells and len(cells) != 2:
                raise CorpusError(f"{path}, line {reader.line_num}: {cells}, where a label and a topic are expected.")
            if cells and reader.line_num > 1:
                labels[cells[0]] = cells[1]
    except csv.Error as error:
        raise CorpusError(f"{path}, line {reader.line_num}: not valid CSV ({error}).") from error
    return labels


def _topics(value: Any, label: str, path: Path) -> tuple[str, ...]:
    several = value.split(";") if isinstance(value, str) else value
    if not isinstance(several, list) or not all(isinstance(topic, str) for topic in several):
        raise CorpusError(
            f"{path}: the topic of {label!r} is {value!r}, where a string or a list of strings is expected."
        )
    return tuple(topic.strip() for topic in several if topic.strip())


def _key(label: str) -> str:
    """Labels that look alike are one: macOS keeps a folder's name with its marks apart."""
    return unicodedata.normalize("NFC", label.strip())
