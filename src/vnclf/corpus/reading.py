"""Reads a labelled corpus of any known format."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from vnclf.corpus.columns import Columns
from vnclf.corpus.document import Corpus, Document
from vnclf.corpus.formats import COLUMNAR, READERS, Row, read_folder
from vnclf.corpus.label_map import read_label_map
from vnclf.corpus.location import Location, Paths, RemotePath, locate
from vnclf.corpus.opening import format_of, suffixes_of
from vnclf.errors import CorpusError

# JSON can hold it, and so can the name of a folder that is not UTF-8; no other file could hold what is predicted.
_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


def read_corpus(
    path: Paths,
    *,
    text_column: str | None = None,
    label_column: str | None = None,
    label_separator: str | None = None,
    label_map: str | Path | None = None,
    skip_bad: bool = False,
    to_train: bool = True,
) -> Corpus:
    """Read a labelled corpus, ready for training, or with `to_train=False` for measuring.

    `path` is one of these, or several:

    - a file: JSON lines (`.jsonl`), JSON (`.json`), `.csv`, `.tsv`, fastText (`.txt`), and with
      vnclf[files] `.parquet`, `.arrow` and `.feather`; each also compressed (`.gz`, `.xz`, `.bz2`, and
      with vnclf[files] `.zst`);
    - a folder with one sub-folder a topic, of `.txt` or `.html` files;
    - a glob pattern for such, or the address of a remote one (`s3://…`, `gs://…`, `file://…`).

    A string of several topics is parted at ";" and "|", or at `label_separator`. `label_map` is a file
    that maps the corpus's labels to topics (see `read_label_map`).

    Raises CorpusError, naming file and line, for a file that cannot be read, an empty document, a label that is
    missing or no text, and of a corpus to train on for a topic with one document only, or fewer than two
    topics. With `skip_bad`, documents without text or such a label, and of a corpus to train on topics with one
    document, are left out and counted in `Corpus.skipped`.
    """
    mapping = read_label_map(label_map) if label_map is not None else None
    locations = locate(path)
    documents, skipped, unmapped = [], 0, 0
    for found in _documents(locations, Columns(text_column, label_column, label_separator)):
        document = mapping.apply(found) if mapping else found
        problem = _problem(document) if document else None
        if document is None:
            unmapped += 1
        elif problem is None:
            documents.append(document)
        elif skip_bad:
            skipped += 1
        else:
            raise CorpusError(f"{document.place}: {problem}; mend it, or use --skip-bad to leave such documents out.")
    corpus = Corpus(tuple(documents), corpus_name(locations), skipped, unmapped)
    if not corpus:
        left_out = " that can be used" if skipped or unmapped else ""
        raise CorpusError(f"{corpus.name} holds no documents{left_out}.")
    return _trainable(corpus, skip_bad=skip_bad) if to_train else corpus


def read_labelled(path: Paths) -> list[Document]:
    """Read labelled documents that are a part of a corpus: no demand is made on their number or topics.

    Raises CorpusError, naming file and line, for what cannot be read or holds no document, an empty document or a
    missing label.
    """
    documents = list(iter_documents(path))
    if not documents:
        raise CorpusError(f"{corpus_name(locate(path))} holds no documents.")
    for document in documents:
        problem = _problem(document)
        if problem is not None:
            raise CorpusError(f"{document.place}: {problem}; mend it.")
    return documents


def iter_documents(
    path: Paths,
    *,
    text_column: str | None = None,
    label_column: str | None = None,
    label_separator: str | None = None,
) -> Iterator[Document]:
    """Return the documents of a corpus one at a time; labels may be missing, texts may be empty.

    No file is held in memory. Raises CorpusError, naming file and line, for what cannot be read.
    """
    return _documents(locate(path), Columns(text_column, label_column, label_separator))


def iter_texts(path: Paths, *, text_column: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return (text, its row's other fields) of a file, one at a time; a label is a field as any other.

    Raises CorpusError, naming file and line, for what cannot be read.
    """
    rows = _rows(locate(path), Columns(text_column))
    return (columns.text_and_fields(row, place) for columns, place, row in rows)


def _documents(locations: Sequence[Location], columns: Columns) -> Iterator[Document]:
    return (of_format.document(row, place) for of_format, place, row in _rows(locations, columns))


def _rows(locations: Sequence[Location], columns: Columns) -> Iterator[tuple[Columns, str, dict[str, Any]]]:
    """Yield the rows of files with their places, and with the columns as the file's format has them."""
    for location in locations:
        of_format = replace(columns, sparse=format_of(location) in COLUMNAR, source=_source(location))
        for place, row in _rows_of(location):
            yield of_format, place, row


def _rows_of(location: Location) -> Iterator[Row]:
    if location.is_dir():
        return read_folder(location)
    if not location.exists():
        raise CorpusError(f"There is no file {location}.")
    reader = READERS.get(format_of(location))
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise CorpusError(
            f"{location} is of an unknown format; a corpus is a folder or one of {known}, also compressed."
        )
    return reader(location)


def corpus_name(locations: Sequence[Location]) -> str:
    """Return what a corpus of these files and folders is called in messages: the first one's name."""
    first, *others = locations
    name = first.name or str(first)
    return f"{name} and {len(others)} more" if others else name


def _source(location: Location) -> str:
    name = corpus_name([location])
    if format_of(location) in READERS:
        name = name[: -len(suffixes_of(location))]
    path = PurePosixPath(location.inner) if isinstance(location, RemotePath) else location
    return f"{path.parent.name}/{name}" if path.parent.name else name


def _problem(document: Document) -> str | None:
    if not document.text.strip():
        return "the document is empty"
    if not document.topics:
        return "the document has no label"
    torn = next(filter(_HALF_OF_A_PAIR.search, document.topics), None)
    return f"the label {torn!r} holds half of a surrogate pair, which is no character" if torn else None


def _trainable(corpus: Corpus, *, skip_bad: bool) -> Corpus:
    counts = Counter(corpus.labels)
    lonely = {topic for topic, count in counts.items() if count < 2}
    if lonely and skip_bad:
        kept = tuple(document for document in corpus if document.topic not in lonely)
        corpus = Corpus(kept, corpus.name, corpus.skipped + len(corpus) - len(kept), corpus.unmapped)
        counts = Counter(corpus.labels)
    elif lonely and len(counts) > 1:
        raise CorpusError(
            f"{corpus.name}: topic {min(lonely)!r} has one document only; give each topic at least two, "
            "or use --skip-bad to leave it out."
        )
    if len(counts) < 2:
        found = f"one topic only ({next(iter(counts))!r})" if counts else "no topic of two documents"
        raise CorpusError(f"{corpus.name} has {found}; a classifier needs two or more topics.")
    return corpus
