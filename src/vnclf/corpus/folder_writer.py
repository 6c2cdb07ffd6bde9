"""Writes a folder with one sub-folder a topic, each document a `.txt` file."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from vnclf.corpus.document import Document
from vnclf.errors import CorpusError

_SUFFIXES = re.compile(r"\.(?:txt|html?)(?:\.\w+)?$", re.IGNORECASE)


def fill_folder(documents: Iterable[Document], folder: Path, losses: Counter[str]) -> None:
    """Write each document to a file in the folder of its primary topic.

    The file is called as the `file` field says, where a document has one, or else by its number.
    Raises CorpusError for a document whose topic cannot be a folder's name.
    """
    for number, document in enumerate(documents, 1):
        topics = folder / _topic_folder(document)
        file = topics / (_inner_path(document.fields.get("file")) or f"{number:06}.txt")
        if file.exists():
            file = topics / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as sink:
            sink.write(document.text.encode())
        losses["topics after the first were left out of"] += len(document.topics) > 1
        losses["fields were left out of"] += bool(document.fields.keys() - {"file"})


def _topic_folder(document: Document) -> str:
    if not document.topics:
        raise CorpusError(f"{document.place}: the document has no label; a folder keeps documents by topic.")
    if not _is_plain(document.topic):
        raise CorpusError(f"{document.place}: the topic {document.topic!r} cannot be the name of a folder.")
    return document.topic


def _inner_path(file: Any) -> PurePosixPath | None:
    """Return the path below the topic's folder that a `file` field gives, if it leads nowhere else."""
    parts = PurePosixPath(file).parts[1:] if isinstance(file, str) else ()
    if not parts or not all(map(_is_plain, parts)):
        return None
    return PurePosixPath(*parts[:-1], _SUFFIXES.sub("", parts[-1]) + ".txt")


def _is_plain(name: str) -> bool:
    return not name.startswith(".") and not set(name) & set("/\\\0")
