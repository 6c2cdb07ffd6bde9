"""Parts a corpus into documents to train on, to develop with and to test on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

from vnclf.corpus.dates import date_of
from vnclf.corpus.document import Document
from vnclf.corpus.duplicates import joined_groups, near_duplicate_groups
from vnclf.corpus.writing import write_documents
from vnclf.errors import CorpusError
from vnclf.storage import check_folder, told_as, write_folder

By: TypeAlias = Literal["random", "date", "group"]

# Documents that must not be parted, as their places in the corpus.
Unit: TypeAlias = list[int]

# The units chosen for test, and for dev.
Chosen: TypeAlias = list[list[Unit]]

PARTS = ("train", "dev", "test")


@dataclass(frozen=True)
class Split:
    """The parts of a corpus, each in the corpus's order; `undated` counts documents without the date to split by."""

    train: tuple[Document, ...]
    dev: tuple[Document, ...]
    test: tuple[Document, ...]
    undated: int = 0

    def parts(self) -> dict[str, tuple[Document, ...]]:
        """Return the parts that have documents, by name."""
        return {name: part for name in PARTS if (part := getattr(self, name))}


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
    test, those before them dev (the field `column`, or `date`; a document without one counts as old); by
    "group" documents of one value in the field `column`, or `group`, stay together. Near duplicates (see
    `near_duplicate_groups`) always do, so a part may miss its share by a little. The same seed gives the
    same parts.

    Raises CorpusError for shares that leave a part empty, for dates that are none, and for a document
    without group.
    """
    if min(test, dev) < 0 or not 0 < test + dev < 1:
        raise CorpusError(f"The shares {test} for test and {dev} for dev leave a part empty; use, say, 0.1 and 0.1.")
    if by == "random" and column is not None:
        raise CorpusError(f"The column {column!r} is of no use for a random split; split by date or group.")
    size, shares = len(documents), (test, dev)
    near, undated = near_duplicate_groups([document.text for document in documents]), 0
    if by == "date":
        dates = _dates(documents, column or by)
        undated = dates.count(None)
        chosen = _newest(_units(size, near), dates, shares)
    elif by == "group":
        units = _units(size, [*near, *_groups_of(documents, column or by)])
        chosen = _drawn(units, [round(share * size) for share in shares], seed)
    else:
        chosen = _stratified(_units(size, near), documents, shares, seed)
    return _assembled(documents, chosen, shares, undated)


def write_split(parts: Split, folder: str | Path, suffixes: str) -> None:
    """Write `train`, `dev` and `test` with a format's suffixes, such as ".jsonl.xz" ("" for folders).

    The folder appears when all is written. It must not hold anything but an earlier split of that
    format, which is replaced.
    """
    check_split_target(folder, suffixes)

    def fill(fresh: Path) -> None:
        for name, documents in parts.parts().items():
            write_documents(documents, fresh / f"{name}{suffixes}")

    with told_as(CorpusError, f"{folder} cannot be written"):
        write_folder(Path(folder), fill)


def check_split_target(folder: str | Path, suffixes: str) -> None:
    """Raise CorpusError, before any document is read, when a split cannot be written to `folder`."""
    with told_as(CorpusError, f"{folder} cannot be written"):
        check_folder(Path(folder), {f"{name}{suffixes}" for name in PARTS})


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


def _dates(documents: Sequence[Document], column: str) -> list[datetime | None]:
    dates = [date_of(document, column) for document in documents]
    if not any(dates):
        raise CorpusError(f"No document has a {column!r} to split by; name the column of the dates.")
    return dates


def _newest(units: list[Unit], dates: Sequence[datetime | None], shares: Iterable[float]) -> Chosen:
    """Choose the newest; copies of a text count as new as their newest, for no test text may be trained on."""
    ages = [(date or datetime.min, place) for place, date in enumerate(dates)]
    rest = iter(sorted(units, key=lambda unit: max(ages[place] for place in unit), reverse=True))
    chosen: Chosen = []
    for share in shares:
        part: list[Unit] = []
        places = round(share * len(dates))
        while places > 0 and (unit := next(rest, None)):
            part.append(unit)
            places -= len(unit)
        chosen.append(part)
    return chosen


def _stratified(units: list[Unit], documents: Sequence[Document], shares: Sequence[float], seed: int) -> Chosen:
    topics: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        topics[next(iter(documents[unit[0]].topics), "")].append(unit)
    strata = [topics[topic] for topic in sorted(topics)]
    left = [sum(map(len, stratum)) for stratum in strata]
    places = []
    for share in shares:
        places.append(_apportioned(round(share * len(documents)), left))
        left = [size - taken for size, taken in zip(left, places[-1], strict=True)]
    drawn = [_drawn(stratum, sizes, seed) for stratum, *sizes in zip(strata, *places, strict=True)]
    return [[unit for chosen in drawn for unit in chosen[part]] for part in range(len(shares))]


def _drawn(units: Sequence[Unit], sizes: Iterable[int], seed: int) -> Chosen:
    """Draw units of so many documents at most for each part; one that is too large for the places left stays out."""
    rest = Random(seed).sample(units, len(units))
    chosen: Chosen = []
    for places in sizes:
        part: list[Unit] = []
        left: list[Unit] = []
        for unit in rest:
            fits = len(unit) <= places
            (part if fits else left).append(unit)
            places -= len(unit) if fits else 0
        chosen.append(part)
        rest = left
    return chosen


def _apportioned(seats: int, sizes: Sequence[int]) -> list[int]:
    """Return how many of the seats each size gets, in proportion (Hamilton's method of largest remainders)."""
    total = max(1, sum(sizes))
    shares = [divmod(seats * size, total) for size in sizes]
    missing = seats - sum(whole for whole, _ in shares)
    by_remainder = sorted(range(len(sizes)), key=lambda place: (-shares[place][1], -sizes[place], place))
    favoured = set(by_remainder[:missing])
    return [whole + (place in favoured) for place, (whole, _) in enumerate(shares)]


def _assembled(documents: Sequence[Document], chosen: Chosen, shares: Sequence[float], undated: int) -> Split:
    part_of = dict.fromkeys(range(len(documents)), "train")
    for name, units in zip(("test", "dev"), chosen, strict=True):
        part_of.update((place, name) for unit in units for place in unit)
    parts: dict[str, list[Document]] = {name: [] for name in PARTS}
    for place, document in enumerate(documents):
        parts[part_of[place]].append(document)
    wanted = {"train": 1.0, "test": shares[0], "dev": shares[1]}
    empty = next((name for name, share in wanted.items() if share and not parts[name]), None)
    if empty:
        raise CorpusError(
            f"The split of {len(documents):,} documents leaves {empty} empty, since documents that belong together "
            "are not parted; use other shares, or more documents."
        )
    return Split(tuple(parts["train"]), tuple(parts["dev"]), tuple(parts["test"]), undated)
