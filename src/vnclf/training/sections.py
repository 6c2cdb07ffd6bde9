"""Measures a model on corpora of other outlets and years, by the sections their publishers put the texts in."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnclf.corpus.document import Document
from vnclf.corpus.label_map import LabelMap
from vnclf.corpus.reading import iter_documents
from vnclf.errors import CorpusError, RecipeError
from vnclf.evaluation.rows import as_row
from vnclf.evaluation.slices import slice_of
from vnclf.model.predictor import Predictor
from vnclf.training.data import resolve_path, text_digest

# A section is clear where so many of its documents are labelled with its topic.
_CLEAR = 0.9


@dataclass(frozen=True)
class SectionCorpus:
    """A corpus with its publisher's sections, the years it is of, and the topics of each section.

    A section of several topics is one that our taxonomy divides; one of none is left out.
    """

    name: str
    years: str
    path: Path
    column: str
    sections: LabelMap


def read_sections(path: Path) -> list[SectionCorpus]:
    """Read a table of corpora and their sections' topics.

    Raises RecipeError when it is not one, CorpusError when a corpus is missing.

    `$NAME` stands for an environment variable, and paths are relative to the table's file.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["corpus"]
        return [_section_corpus(entry, path) for entry in entries]
    except OSError as error:
        raise RecipeError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(f"{path} is not valid TOML: {error}.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise RecipeError(f"{path}: each [[corpus]] needs name, years, file, column and topics ({error}).") from error


def sections_report(
    predictor: Predictor,
    corpora: Collection[SectionCorpus],
    trained_on: Collection[str],
    labels: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return accuracy by corpus and section, over all sections of one topic, and over those that are clear.

    `among_topics` is the share of documents whose topic is at least among those predicted. Documents
    whose digest (see `text_digest`) is among `trained_on` are left out and counted. `labels` has, by digest, the
    primary topics of documents that are labelled, too, trained on or not: where most of a section are,
    `agreement` is the share that is labelled with its topic, and a section is clear where that is nine in ten
    or more.
    """
    reports, single = [], []
    for corpus in corpora:
        sections = _surveyed(corpus, trained_on, labels or {})
        results = [_judged(predictor, name, section) for name, section in sorted(sections.items()) if section.documents]
        of_one_topic = [result for result in results if len(result.topics) == 1]
        single += of_one_topic
        rows = [result.as_dict() for result in results]
        seen = sum(section.trained_on for section in sections.values())
        facts = {"years": corpus.years, "trained_on": seen, "sections": rows}
        reports.append(facts | _summary(corpus.name, of_one_topic))
    names = ", ".join(corpus.name for corpus in corpora)
    clear = [result for result in single if result.agreement is not None and result.agreement >= _CLEAR]
    return {"overall": _summary(names, single), "clear": _summary(names, clear), "corpora": reports}


def _section_corpus(entry: dict[str, Any], path: Path) -> SectionCorpus:
    sections = {label: tuple(_listed(topics)) for label, topics in entry["topics"].items()}
    file = resolve_path(entry["file"], path.parent)
    if not file.exists():
        raise CorpusError(f"{path} names the corpus {file}, and there is none.")
    labels = LabelMap(sections, str(path))
    return SectionCorpus(entry["name"], entry["years"], file, entry["column"], labels)


def _listed(topics: str | list[str]) -> list[str]:
    return ([topics] if topics else []) if isinstance(topics, str) else topics


@dataclass
class _Section:
    """A section's documents that were not trained on; of all, how many were, are labelled, and so with its topic."""

    documents: list[Document]
    trained_on: int = 0
    labelled: int = 0
    agreed: int = 0

    @property
    def agreement(self) -> float | None:
        """The share of labelled documents that have a topic of the section; None where most are not labelled."""
        whole = len(self.documents) + self.trained_on
        return self.agreed / self.labelled if self.labelled > whole / 2 else None


@dataclass(frozen=True)
class _Result:
    """How many documents of a section were predicted right, or had a right topic among those predicted."""

    name: str
    topics: tuple[str, ...]
    documents: int
    right: int
    among: int
    mostly_taken_for: list[tuple[str, int]]
    agreement: float | None

    def as_dict(self) -> dict[str, Any]:
        taken = [list(pair) for pair in self.mostly_taken_for]
        facts = {"topics": list(self.topics), "mostly_taken_for": taken, "agreement": self.agreement}
        return facts | _summary(self.name, [self])


def _judged(predictor: Predictor, name: str, section: _Section) -> _Result:
    documents = section.documents
    topics = documents[0].topics
    predictions = list(predictor.stream(document.text for document in documents))
    wrong = Counter(prediction.topic for prediction in predictions if prediction.topic not in topics)
    among = sum(not set(topics).isdisjoint(prediction.topics) for prediction in predictions)
    right = len(documents) - wrong.total()
    return _Result(name, topics, len(documents), right, among, wrong.most_common(1), section.agreement)


def _summary(name: str, results: Sequence[_Result]) -> dict[str, Any]:
    documents = sum(result.documents for result in results)
    among = sum(result.among for result in results) / max(documents, 1)
    return {
        **as_row(slice_of(name, sum(result.right for result in results), documents)),
        "among_topics": round(among, 6),
    }


def _surveyed(corpus: SectionCorpus, trained_on: Collection[str], labels: Mapping[str, str]) -> dict[str, _Section]:
    """Return a corpus's sections by name."""
    sections: dict[str, _Section] = defaultdict(lambda: _Section([]))
    for name, document in _labelled(corpus):
        section, digest = sections[name], text_digest(document.text)
        section.labelled += digest in labels
        section.agreed += labels.get(digest) in document.topics
        if digest in trained_on:
            section.trained_on += 1
        else:
            section.documents.append(document)
    return sections


def _labelled(corpus: SectionCorpus) -> Iterator[tuple[str, Document]]:
    """Yield (section, document with our topics) for every document whose section has a topic."""
    for document in iter_documents(corpus.path, label_column=corpus.column):
        mapped = corpus.sections.apply(document)
        if mapped is not None and document.topics:
            yield document.topic, mapped
