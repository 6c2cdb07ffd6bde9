"""Measures a model on corpora of other outlets and years, by the sections their publishers put the texts in."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.corpus.document import Document
from vnclf.corpus.label_map import LabelMap
from vnclf.corpus.reading import iter_documents
from vnclf.errors import RecipeError
from vnclf.evaluation.rows import as_row
from vnclf.evaluation.slices import is_right, slice_named
from vnclf.model.predictor import Predictor
from vnclf.training.data import _resolve, text_digest


@dataclass(frozen=True)
class SectionCorpus:
    """A corpus with its publisher's sections, the years it is of, and the topics of each section.

    A section of several topics is one that our taxonomy divides; one of none is left out. `counts` says
    whether the corpus is part of the overall figure.
    """

    name: str
    years: str
    path: Path
    column: str
    sections: LabelMap
    counts: bool = True


def read_sections(path: Path) -> list[SectionCorpus]:
    """Read a table of corpora and their sections' topics; raises RecipeError when it is not one.

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
    predictor: Predictor, corpora: Collection[SectionCorpus], trained_on: Collection[str]
) -> dict[str, Any]:
    """Return accuracy by corpus and section, and over all sections of one topic.

    Documents whose digest (see `text_digest`) is among `trained_on` are left out and counted.
    """
    results = [(corpus, *_corpus_report(predictor, corpus, trained_on)) for corpus in corpora]
    clear = [np.empty(0, np.bool_), *(right for corpus, _, right in results if corpus.counts)]
    overall = slice_named(", ".join(corpus.name for corpus in corpora if corpus.counts), np.concatenate(clear))
    return {"overall": as_row(overall), "corpora": [report for _, report, _ in results]}


def sample_articles(
    corpora: Collection[SectionCorpus], trained_on: Collection[str], count: int, seed: int
) -> list[Document]:
    """Draw documents of sections of one topic, from the corpora that count, none of them trained on."""
    found = [
        document
        for corpus in corpora
        if corpus.counts
        for _, document in _labelled(corpus)
        if len(document.topics) == 1 and text_digest(document.text) not in trained_on
    ]
    return Random(seed).sample(found, min(count, len(found)))


def _section_corpus(entry: dict[str, Any], path: Path) -> SectionCorpus:
    sections = {label: tuple(_listed(topics)) for label, topics in entry["topics"].items()}
    file = _resolve(entry["file"], path.parent)
    labels = LabelMap(sections, str(path))
    return SectionCorpus(entry["name"], entry["years"], file, entry["column"], labels, entry.get("counts", True))


def _listed(topics: str | list[str]) -> list[str]:
    return ([topics] if topics else []) if isinstance(topics, str) else topics


def _corpus_report(
    predictor: Predictor, corpus: SectionCorpus, trained_on: Collection[str]
) -> tuple[dict[str, Any], NDArray[np.bool_]]:
    """Return a corpus's figures, and which documents of its sections of one topic were predicted right."""
    sections: dict[str, list[Document]] = defaultdict(list)
    seen = 0
    for section, document in _labelled(corpus):
        if text_digest(document.text) in trained_on:
            seen += 1
        else:
            sections[section].append(document)
    rows, clear = [], [np.empty(0, np.bool_)]
    for section, documents in sorted(sections.items()):
        topics = documents[0].topics
        predicted = [prediction.topic for prediction in predictor.stream(document.text for document in documents)]
        right = is_right([topics] * len(documents), predicted)
        wrong = Counter(topic for topic, ok in zip(predicted, right.tolist(), strict=True) if not ok)
        rows.append(
            {
                "topics": list(topics),
                "mostly_taken_for": [list(taken) for taken in wrong.most_common(1)],
                **as_row(slice_named(section, right)),
            }
        )
        if len(topics) == 1:
            clear.append(right)
    report = {
        "years": corpus.years,
        "sections": rows,
        "trained_on": seen,
        **as_row(slice_named(corpus.name, np.concatenate(clear))),
    }
    return report, np.concatenate(clear)


def _labelled(corpus: SectionCorpus) -> Iterator[tuple[str, Document]]:
    """Yield (section, document with our topics) for every document whose section has a topic."""
    for document in iter_documents(corpus.path, label_column=corpus.column):
        mapped = corpus.sections.apply(document)
        if mapped is not None and document.topics:
            yield document.topic, mapped
