"""The corpus that a recipe names: labels that may be published, joined with texts that may not."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vnclf.corpus.document import Corpus, Document
from vnclf.corpus.opening import read_lines
from vnclf.corpus.reading import iter_documents, read_corpus, read_labelled
from vnclf.errors import CorpusError, RecipeError
from vnclf.progress import spinner
from vnclf.resources import resource
from vnclf.training.recipe import Recipe

COLUMNS = ["sha256", "date", "topics", "unsure"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader said of a text: its topics, primary first, the text's date, and whether unsure.

    `again` are the topics that further readers said.
    """

    topics: tuple[str, ...]
    date: str
    unsure: bool
    again: tuple[tuple[str, ...], ...] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of a document so labelled."""
        several = {"annotations": [list(topics) for topics in (self.topics, *self.again)]} if self.again else {}
        return {"date": self.date, **several}


@dataclass(frozen=True, slots=True)
class Corpora:
    """What a recipe brings itself: documents to train on, to calibrate on, to test on, and texts without labels."""

    training: Corpus
    calibration: Corpus | None = None
    test: Corpus | None = None
    unlabelled: tuple[Document, ...] = ()
    sections: Path | None = None


def recipe_corpora(recipe: Recipe, base: Path) -> Corpora:
    """Return the corpora that a recipe names.

    `base` is the folder of the recipe's file. Raises RecipeError when a variable is not set, CorpusError
    when a file is missing, a labelled text is not found, or one to test on is to be trained on, too.
    """
    data = recipe.data
    calibration = None if data.calibration is None else read_corpus(resolve_path(data.calibration, base))
    tables = [read_labels([resolve_path(path, base) for path in paths]) for paths in (data.labels, data.test)]
    both = len(tables[0].keys() & tables[1].keys())
    if both:
        raise CorpusError(
            f"{', '.join(data.test)}: texts that are to be trained on, too ({both}); one table has to do."
        )
    with spinner("Reading texts and labels"):
        texts = [resolve_path(path, base) for path in data.texts]
        (joined, tested), others = join_labels(texts, tables, unsure_weight=data.unsure_weight)
        written = [d for path in data.corpora for d in read_labelled(resolve_path(path, base))]
        added = [d for path in data.supplements for d in read_labelled(resolve_path(path, base))]
        supplements = [replace(document, supplement=True) for document in added]
    test = Corpus(tuple(tested), " and ".join(Path(path).stem for path in data.test)) if tested else None
    sections = None if data.sections is None else resolve_path(data.sections, base)
    return Corpora(Corpus((*joined, *written, *supplements), recipe.name), calibration, test, others, sections)


def gather(
    recipe: Recipe, base: Path, corpus: Corpus | None = None, test: Corpus | None = None
) -> tuple[Recipe, Corpora]:
    """Return a recipe as it is followed, and the corpora: those given, else the recipe's, else the bundled one.

    `base` is the folder of the recipe's file. For another's corpus nothing is read that the recipe names.
    """
    if corpus is None:
        brought = recipe_corpora(recipe, base)
        data = recipe.data
        if not (data.texts or data.corpora or data.labels or data.test):
            brought = replace(brought, training=read_corpus(resource("data/news-sample.jsonl")))
    else:
        recipe, brought = recipe.without_sources(), Corpora(corpus)
    return recipe, brought if test is None else replace(brought, test=test)


def read_labels(paths: list[Path]) -> dict[str, Label]:
    """Read tables of labels: tab-separated sha256 of the NFC text, date, topics, "?" where unsure.

    A text that stands there more than once was read as often: its topics are those of the first reading, and in
    measuring it is right to agree with any.
    """
    labels: dict[str, Label] = {}
    for path in paths:
        rows = (line.rstrip("\r\n").split("\t") for _, line in read_lines(path))
        if next(rows, None) != COLUMNS:
            raise CorpusError(f"{path}, line 1: the columns of a table of labels are {', '.join(COLUMNS)}.")
        for number, row in enumerate(rows, 2):
            if len(row) != len(COLUMNS) or len(row[0]) != 64 or not row[2]:
                raise CorpusError(f"{path}, line {number}: not a sha256, a date, topics and a mark, tab-separated.")
            label, known = Label(tuple(row[2].split(",")), row[1], row[3] == "?"), labels.get(row[0])
            labels[row[0]] = replace(known, again=(*known.again, label.topics)) if known else label
    return labels


def join_labels(
    paths: Sequence[Path], tables: Sequence[Mapping[str, Label]], *, unsure_weight: float = 1.0
) -> tuple[list[list[Document]], tuple[Document, ...]]:
    """Return the documents of some files that each table labels, and those without label, in the files' order.

    A text that occurs again, in these files or another, is left out from its second time on.
    """
    joined, others, seen = [list[Document]() for _ in tables], [], set()
    for path in paths:
        for document in iter_documents(path):
            digest = text_digest(document.text)
            if digest in seen:
                continue
            seen.add(digest)
            place = next((place for place, table in enumerate(tables) if digest in table), None)
            if place is None:
                others.append(document)
                continue
            label = tables[place][digest]
            weight = unsure_weight if label.unsure else 1.0
            joined[place].append(replace(document, topics=label.topics, fields=label.fields, weight=weight))
    missing, labelled = sum(len(table.keys() - seen) for table in tables), sum(map(len, tables))
    if missing:
        files = ", ".join(map(str, paths)) or "any file: the recipe names no texts"
        raise CorpusError(f"{missing} of {labelled} labelled texts are not in {files}.")
    return joined, tuple(others)


def text_digest(text: str) -> str:
    """Return the sha256 of a text in NFC, by which labels know it."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()


def resolve_path(path: str, base: Path) -> Path:
    """Return a path of a recipe or table whose file is in `base`; raises RecipeError for a variable that is not set."""
    expanded = os.path.expandvars(path)
    missing = re.search(r"\$\{?(\w+)", expanded)
    if missing:
        raise RecipeError(
            f"The recipe reads {path}, and the environment variable {missing[1]} is not set; "
            "set it to the folder that holds the corpora."
        )
    return base / expanded
