"""Parts a corpus into documents to train on, to develop with and to test on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import floor
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

from vnclf.corpus.dates import date_of
from vnclf.corpus.document import Document
from vnclf.corpus.duplicates import joined_groups, near_duplicate_groups
from vnclf.corpus.writing import write_documents
from vnclf.errors import CorpusError
from vnclf.storage import write_folder

By: TypeAlias = Literal["random", "date", "group"]

# Documents that must not be parted, as their places in the corpus.
Unit: TypeAlias = list[int]


@dataclass(frozen=True)
class Split:
    """The parts of a corpus, each in the corpus's order."""

    train: tuple[Document, ...]
    dev: tuple[Document, ...]
    test: tuple[Document, ...]

    def parts(self) -> dict[str, tuple[Document, ...]]:
        """Return the parts that have documents, by name."""
        return {field.name: part for field in fields(self) if (part := getattr(self, field.name))}


def split(
    documents: Sequence[Document],
    *,
    test: float = 0.1,
    dev: float = 0.0,
    by: By = "random",
    column: str | None = None,
    seed: int = 0,
) -> Split:
    """Part documents; `test` and `dev` are shares of all, and the rest is for training.

    By "random", each part has its share of each primary topic; by "date" the newest documents are the
    test, those before them dev (the field `column`, or `date`); by "group" documents of one value in
    the field `column`, or `group`, stay together. Near duplicates (see `near_duplicate_groups`) always
    do, so a part may miss its share by a little. The same seed gives the same parts.

    Raises CorpusError for shares that leave a part empty, or a document without the date or group.
    """
    if min(test, dev) < 0 or not 0 < test + dev < 1:
        raise CorpusError(f"The shares {test} for test and {dev} for dev leave a part empty; use, say, 0.1 and 0.1.")
    if by == "random" and column is not None:
        raise CorpusError(f"The column {column!r} is of no use for a random split; split by date or group.")
    together = near_duplicate_groups([document.text for document in documents])
    if by == "group":
        together += _groups_of(documents, column or by)
    units = _units(len(documents), together)
    if by == "date":
        chosen = _newest(documents, units, test, dev, column or by)
    elif by == "group":
        chosen = _drawn(units, _whole_shares([len(documents)], test)[0], _whole_shares([len(documents)], dev)[0], seed)
    else:
        chosen = _stratified(documents, units, test, dev, seed)
    return _split(documents, chosen, test, dev)


def write_split(parts: Split, folder: str | Path, suffixes: str) -> None:
    """Write `train`, `dev` and `test` with a format's suffixes, such as ".jsonl.xz" ("" for folders).

    The folder appears when all is written. It must not hold anything but an earlier split of that
    format, which is replaced.
    """
    folder = Path(folder)
    own = {f"{field.name}{suffixes}" for field in fields(Split)}
    others = sorted(path.name for path in folder.iterdir() if path.name not in own) if folder.is_dir() else []
    if others or (folder.exists() and not folder.is_dir()):
        held = f"holds {others[0]!r}" if others else "is a file"
        raise CorpusError(f"{folder} {held}; name a new folder for the split.")

    def fill(fresh: Path) -> None:
        for name, documents in parts.parts().items():
            write_documents(documents, fresh / f"{name}{suffixes}")

    try:
        write_folder(folder, fill)
    except OSError as error:
        raise CorpusError(f"{folder} cannot be written: {error.strerror or error}.") from error


Chosen: TypeAlias = tuple[list[Unit], list[Unit]]  # for test and for dev


def _units(size: int, together: Iterable[Unit]) -> list[Unit]:
    groups = joined_groups(size, together)
    grouped = {place for group in groups for place in group}
    return sorted([*groups, *([place] for place in range(size) if place not in grouped)])


def _groups_of(documents: Sequence[Document], column: str) -> list[Unit]:
    groups: dict[str, Unit] = defaultdict(list)
    for place, document in enumerate(documents):
        value = document.fields.get(column)
        if value in (None, ""):
            raise CorpusError(f"{document.place}: the document has no {column!r} to group it by.")
        groups[str(value)].append(place)
    return list(groups.values())


def _newest(documents: Sequence[Document], units: list[Unit], test: float, dev: float, column: str) -> Chosen:
    """Choose the newest; copies of a text count as new as their newest, for no test text may be trained on."""
    dates = [date_of(document, column) for document in documents]
    rest = sorted(units, key=lambda unit: max((dates[place], place) for place in unit), reverse=True)
    chosen = []
    for share in (test, dev):
        wanted, taken = round(share * len(documents)), 0
        end = 0
        while taken < wanted:
            taken += len(rest[end])
            end += 1
        chosen.append(rest[:end])
        rest = rest[end:]
    return chosen[0], chosen[1]


def _stratified(documents: Sequence[Document], units: list[Unit], test: float, dev: float, seed: int) -> Chosen:
    topics: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        topics[documents[unit[0]].topics[0] if documents[unit[0]].topics else ""].append(unit)
    names = sorted(topics)
    sizes = [sum(map(len, topics[name])) for name in names]
    chosen: Chosen = ([], [])
    for name, for_test, for_dev in zip(names, _whole_shares(sizes, test), _whole_shares(sizes, dev), strict=True):
        for all_chosen, drawn in zip(chosen, _drawn(topics[name], for_test, for_dev, seed), strict=True):
            all_chosen.extend(drawn)
    return chosen


def _drawn(units: Sequence[Unit], for_test: int, for_dev: int, seed: int) -> Chosen:
    """Draw units of so many documents at most; what is too large for the places left goes to training."""
    rest = Random(seed).sample(units, len(units))
    chosen: Chosen = ([], [])
    for part, places in zip(chosen, (for_test, for_dev), strict=True):
        left: list[Unit] = []
        for unit in rest:
            fits = len(unit) <= places
            (part if fits else left).append(unit)
            places -= len(unit) if fits else 0
        rest = left
    return chosen


def _whole_shares(sizes: Sequence[int], share: float) -> list[int]:
    """Return whole numbers near share · size that add up to the share of all (the largest remainders round up)."""
    exact = [share * size for size in sizes]
    whole = [floor(number) for number in exact]
    missing = round(sum(exact)) - sum(whole)
    by_remainder = sorted(range(len(sizes)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[:missing]:
        whole[place] += 1
    return whole


def _split(documents: Sequence[Document], chosen: Chosen, test: float, dev: float) -> Split:
    part_of = {
        place: name for name, part in zip(("test", "dev"), chosen, strict=True) for unit in part for place in unit
    }
    parts: dict[str, list[Document]] = {"train": [], "dev": [], "test": []}
    for place, document in enumerate(documents):
        parts[part_of.get(place, "train")].append(document)
    wanted = {"train": 1.0, "dev": dev, "test": test}
    empty = next((name for name, share in wanted.items() if share and not parts[name]), None)
    if empty:
        raise CorpusError(
            f"The split of {len(documents):,} documents leaves {empty} empty, since documents that belong together "
            "are not parted; use other shares, or more documents."
        )
    return Split(*(tuple(parts[field.name]) for field in fields(Split)))
