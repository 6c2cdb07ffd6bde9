"""What an audit found, as figures and as lists."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from vnclf.audit.copies import Copies, Leak
from vnclf.audit.drift import Drift
from vnclf.audit.flaws import LONG_TEXT
from vnclf.audit.shape import Shape
from vnclf.audit.suspects import Labels, Suspect
from vnclf.corpus.checking import FEW_DOCUMENTS, SHORT_TEXT
from vnclf.corpus.document import Corpus
from vnclf.evaluation.rows import rounded

# What is counted, in the order in which it is told.
FINDINGS = {
    "exact_duplicates": "documents that repeat another, but for case and punctuation",
    "label_conflicts": "texts under different topics",
    "near_duplicates": "documents that nearly repeat another",
    "leaks": "documents that stand in the other corpus too, exactly or nearly",
    "label_suspects": "documents whose label is probably wrong",
    "unlabelled": "documents without a label",
    "small_topics": f"topics of fewer than {FEW_DOCUMENTS} documents",
    "empty": "texts without words",
    "very_short": f"texts of fewer than {SHORT_TEXT} characters",
    "very_long": f"texts of more than {LONG_TEXT:,} characters",
    "damaged": "texts damaged by a wrong encoding",
    "nfd": "texts with letters and marks apart (NFD, not NFC)",
    "no_diacritics": "texts in Vietnamese without diacritics",
    "other_languages": "texts in another language",
}

_SNIPPET = 100
_MOST_SUSPECT = 10  # one document in so many is listed by its number alone


@dataclass(frozen=True)
class Audit:
    """What is wrong with a corpus; documents are told by their places in it, from 0.

    `flaws` are the places of texts with each flaw (see `flawed_texts`); `leaks` and `drift` are those
    against another corpus, or drift by date where there is none.
    """

    corpus: Corpus
    against: Corpus | None
    shape: Shape
    flaws: dict[str, list[int]]
    copies: Copies
    leaks: list[Leak]
    labels: Labels
    drift: Drift | None

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of each of `FINDINGS`: of surplus documents for duplicates, of groups for conflicts."""
        counts = {
            "exact_duplicates": self.copies.exact_surplus,
            "label_conflicts": len(self.copies.conflicts),
            "near_duplicates": self.copies.near_surplus,
            "leaks": len(self.leaks),
            "label_suspects": len(self.labels.suspects),
            "unlabelled": len(self.shape.unlabelled),
            "small_topics": len(self.shape.small),
            **{flaw: len(places) for flaw, places in self.flaws.items()},
        }
        return {name: counts[name] for name in FINDINGS}

    @property
    def found_something(self) -> bool:
        """Whether anything is wrong. Drift is not: it may be what one wanted to know."""
        return any(self.counts.values()) or self.shape.is_imbalanced

    def entry(self, place: int) -> dict[str, Any]:
        """Return a document as plain data: its place in the corpus and in its file, id, topics, beginning."""
        return _entry(self.corpus, place)

    def entry_of_other(self, place: int) -> dict[str, Any]:
        """Return a document of the other corpus as plain data."""
        assert self.against is not None
        return _entry(self.against, place)

    def rows(self) -> list[dict[str, Any]]:
        """Return the counts as rows of a table."""
        return [{"finding": name, "count": count, "meaning": FINDINGS[name]} for name, count in self.counts.items()]

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data: the figures, and the documents themselves under `details`."""
        return {
            "corpus": self.corpus.name,
            "against": None if self.against is None else self.against.name,
            "documents": self.shape.documents,
            **self.counts,
            "topics": self.shape.topics,
            "imbalance": round(self.shape.imbalance, 2),
            "lengths": self.shape.lengths,
            "drift": None if self.drift is None else rounded(asdict(self.drift)),
            "details": dict(self._details()),
        }

    def _details(self) -> Iterator[tuple[str, list[Any]]]:
        groups = {
            "exact_duplicates": self.copies.exact,
            "label_conflicts": self.copies.conflicts,
            "near_duplicates": self.copies.near,
        }
        for name, found in groups.items():
            yield name, [[self.entry(place) for place in group] for group in found]
        yield "leaks", [self._leak(leak) for leak in self.leaks]
        yield "label_suspects", [self._suspect(suspect) for suspect in self.labels.suspects]
        yield "unlabelled", [self.entry(place) for place in self.shape.unlabelled]
        yield "small_topics", [{"topic": topic, "documents": self.shape.topics[topic]} for topic in self.shape.small]
        for flaw, places in self.flaws.items():
            yield flaw, [self.entry(place) for place in places]
        yield "most_suspect", list(self.labels.ranking[: -(-len(self.corpus) // _MOST_SUSPECT)])

    def _leak(self, leak: Leak) -> dict[str, Any]:
        return {**self.entry(leak.place), "exact": leak.exact, "other": self.entry_of_other(leak.other)}

    def _suspect(self, suspect: Suspect) -> dict[str, Any]:
        probabilities = {"probability": suspect.probability, "given_probability": suspect.given}
        told = {"suggested": suspect.suggested, **rounded(probabilities), "words": list(suspect.words)}
        return {**self.entry(suspect.place), **told}


def _entry(corpus: Corpus, place: int) -> dict[str, Any]:
    document = corpus[place]
    named = {"id": document.fields["id"]} if "id" in document.fields else {}
    # Half of a surrogate pair could not be printed.
    beginning = " ".join(document.text[: 2 * _SNIPPET].split())[:_SNIPPET].encode("utf-8", "replace").decode()
    return {"index": place, "place": document.place, **named, "topics": list(document.topics), "text": beginning}
