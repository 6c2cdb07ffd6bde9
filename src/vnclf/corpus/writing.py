"""Writes documents in any format that vnclf reads: whole, or not at all, and never all of them in memory."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfileobj

from vnclf.corpus.columnar_writers import write_arrow, write_parquet
from vnclf.corpus.document import Document
from vnclf.corpus.folder_writer import fill_folder
from vnclf.corpus.location import Location, RemotePath, first_line, location_of
from vnclf.corpus.opening import create_binary, format_of
from vnclf.corpus.target import Target
from vnclf.corpus.text_writers import write_csv, write_fasttext, write_json, write_jsonl, write_tsv
from vnclf.errors import CorpusError
from vnclf.storage import check_file, check_folder, told_as, write_file, write_folder

WRITERS: dict[str, Callable[[Iterable[Document], Target], None]] = {
    ".jsonl": write_jsonl,
    ".ndjson": write_jsonl,
    ".json": write_json,
    ".csv": write_csv,
    ".tsv": write_tsv,
    ".txt": write_fasttext,
    ".ft": write_fasttext,
    ".parquet": write_parquet,
    ".arrow": write_arrow,
    ".feather": write_arrow,
}


@dataclass(frozen=True)
class Written:
    """How many documents were written, and in how many of them what the format cannot hold was lost.

    `losses` has phrases such as "fields were left out of", each with the number of documents.
    """

    documents: int
    losses: dict[str, int]

    def __str__(self) -> str:
        """Return the losses, for a message."""
        return ", ".join(f"{phrase} {count:,} of {self.documents:,}" for phrase, count in self.losses.items())


def write_documents(documents: Iterable[Document], path: str | Path) -> Written:
    """Write documents to a file, whose suffixes tell format and compression, or to a folder (no suffix).

    An old file is replaced when all is written; an old folder must be empty. `path` may be the address
    of a remote file. Raises CorpusError for an unknown format, for a document that the format cannot
    hold at all, or a place that cannot be written.
    """
    location, passing = location_of(path), _Passing(documents)
    _check(location)
    losses: Counter[str] = Counter()
    try:
        if isinstance(location, RemotePath):
            _write_remote(passing, location, losses)
        elif format_of(location):
            _write_file(passing, location, losses)
        else:
            write_folder(location, lambda fresh: fill_folder(passing, fresh, losses))
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"{passing.place}: half of a surrogate pair (U+{ord(error.object[error.start]):04X}) is no character, "
            "and only JSON can hold it; mend the text."
        ) from error
    except OSError as error:
        raise CorpusError(f"{location} cannot be written: {error.strerror or first_line(error)}.") from error
    return Written(passing.count, {phrase: count for phrase, count in losses.items() if count})


def check_target(path: str | Path) -> None:
    """Raise CorpusError, before any document is read, when documents cannot be written to `path`."""
    _check(location_of(path))


class _Passing:
    """Documents on their way, with their number so far and the place of the last one."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = documents
        self.count = 0
        self.place = ""

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self.count += 1
            self.place = document.place or f"document {self.count}"
            yield document if document.place else replace(document, place=self.place)


def _check(location: Location) -> None:
    suffix = format_of(location)
    if suffix and suffix not in WRITERS:
        known = ", ".join(sorted(WRITERS))
        raise CorpusError(
            f"{location} is of an unknown format; write to a folder, or to one of {known}, also compressed."
        )
    if isinstance(location, RemotePath):
        if not suffix:
            raise CorpusError(
                f"{location} has no suffix, and a remote corpus is written as one file; add .jsonl, for example."
            )
        return
    with told_as(CorpusError, f"{location} cannot be written"):
        if not suffix and location.exists() and not location.is_dir():
            taken = "without a suffix it is taken for a folder, and it is a file"
            raise OSError(f"{taken}; name a folder, or a file such as news.jsonl")
        (check_file if suffix else check_folder)(location)


def _write_file(documents: Iterable[Document], file: Path, losses: Counter[str]) -> None:
    with write_file(file) as fresh, create_binary(fresh, file.suffix) as sink:
        WRITERS[format_of(file)](documents, Target(sink, fresh.parent, losses))


def _write_remote(documents: Iterable[Document], file: RemotePath, losses: Counter[str]) -> None:
    """Write to a local file first: a remote file appears only when it is closed, and then it is whole."""
    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder, file.name)
        _write_file(documents, local, losses)
        with local.open("rb") as source, file.create() as target:
            copyfileobj(source, target, 1 << 20)
