"""Writes a corpus without what an audit found wrong, and a log of what became of each document concerned."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vnclf.audit.findings import Audit
from vnclf.audit.flaws import mended
from vnclf.audit.preflight import check_clean_target
from vnclf.corpus.document import Document
from vnclf.corpus.target import json_text
from vnclf.corpus.writing import Written, write_documents
from vnclf.errors import CorpusError
from vnclf.storage import told_as, write_file

# A row of the log: the document, "dropped" or "changed", and why.
Row = dict[str, Any]


@dataclass(frozen=True)
class Cleaned:
    """How many documents were dropped and changed for which reason, what was written, and where the log is."""

    dropped: dict[str, int]
    changed: dict[str, int]
    written: Written
    log: Path

    def __str__(self) -> str:
        """Return what was done, for a message."""
        done = (("dropped", self.dropped), ("changed", self.changed))
        told = (
            f"{sum(counts.values()):,} {name} ({', '.join(f'{reason} {count:,}' for reason, count in counts.items())})"
            for name, counts in done
            if counts
        )
        return f"{', '.join(told) or 'nothing dropped or changed'}; the log is {self.log}"


def write_clean(audit: Audit, path: str | Path, *, relabel: bool = False) -> Cleaned:
    """Write the audited corpus to a file or folder, cleaned, and a log beside it, `path` with ".log.jsonl".

    Dropped are empty texts, all documents of a text under different topics, documents that leak, and
    all but the first of exact or near duplicates. Changed are texts in NFD, to NFC, and those damaged
    by an encoding that is known for sure; with `relabel` also suspected labels, to the suggested topic.
    Raises CorpusError when it cannot be written.
    """
    check_clean_target(path)
    log = Path(f"{Path(path)}.log.jsonl")
    dropped = _dropped(audit)
    kept = {place: document for place, document in enumerate(audit.corpus) if place not in dropped}
    if not kept:
        raise CorpusError(f"Nothing is left of {audit.corpus.name} without what is wrong; nothing is written.")
    rows = sorted([*dropped.values(), *_change(kept, audit, relabel=relabel)], key=lambda row: row["index"])
    written = write_documents(kept.values(), path)
    with told_as(CorpusError, f"The log {log} cannot be written"), write_file(log) as fresh:
        fresh.write_text("".join(json_text(row) + "\n" for row in rows), encoding="utf-8", errors="replace")
    counts = {done: Counter(row["reason"] for row in rows if row["action"] == done) for done in ("dropped", "changed")}
    return Cleaned(dict(counts["dropped"]), dict(counts["changed"]), written, log)


def _dropped(audit: Audit) -> dict[int, Row]:
    """Return the rows of documents to drop, each with the first reason that applies."""
    found: dict[int, Row] = {}

    def drop(place: int, reason: str, of: Row | None = None) -> None:
        because = {} if of is None else {"of": of["place"] or f"document {of['index'] + 1}"}
        found.setdefault(place, {**audit.entry(place), "action": "dropped", "reason": reason, **because})

    for place in audit.flaws["empty"]:
        drop(place, "empty")
    for group in audit.copies.conflicts:
        for place in group:
            drop(place, "label conflict", audit.entry(next(other for other in group if other != place)))
    for leak in audit.leaks:
        drop(leak.place, "leak", audit.entry_of_other(leak.other))
    for reason, groups in (("exact duplicate", audit.copies.exact), ("near duplicate", audit.copies.near)):
        for group in groups:
            left = [place for place in group if place not in found]
            for place in left[1:]:
                drop(place, reason, audit.entry(left[0]))
    return found


def _change(documents: dict[int, Document], audit: Audit, *, relabel: bool) -> Iterator[Row]:
    """Change what can be mended in `documents`, and yield the rows about it."""

    def row(place: int, reason: str, facts: Row) -> Row:
        return {**audit.entry(place), "action": "changed", "reason": reason, **facts}

    for place in audit.flaws["damaged"]:
        if place in documents and (found := mended(documents[place].text)):
            documents[place] = replace(documents[place], text=found.text)
            yield row(place, "damaged", {"encoding": found.encoding})
    for place in audit.flaws["nfd"]:
        if place in documents:
            text = unicodedata.normalize("NFC", documents[place].text)
            documents[place] = replace(documents[place], text=text)
            yield row(place, "nfd", {})
    for suspect in audit.labels.suspects if relabel else ():
        if suspect.place in documents:
            document = documents[suspect.place]
            documents[suspect.place] = replace(document, topics=(suspect.suggested, *document.topics[1:]))
            facts = {"to": suspect.suggested, "probability": round(suspect.probability, 6), "words": suspect.words}
            yield row(suspect.place, "label suspect", facts)
