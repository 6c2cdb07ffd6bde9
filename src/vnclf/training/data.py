"""The corpus that a recipe names: labels that may be published, joined with texts that may not."""

import csv
import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from vnclf.corpus.document import Corpus, Document
from vnclf.corpus.opening import read_lines
from vnclf.corpus.reading import iter_documents, read_corpus
from vnclf.errors import CorpusError, RecipeError
from vnclf.progress import spinner
from vnclf.resources import resource
from vnclf.training.recipe import Recipe

COLUMNS = ["sha256", "date", "topics", "unsure"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader said of a text: its topics, primary first, the text's date, and whether unsure."""

    topics: tuple[str, ...]
    date: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Corpora:
    """What a recipe brings itself: documents to train on, to calibrate on, and texts without labels."""

    training: Corpus
    calibration: Corpus | None = None
    unlabelled: tuple[Document, ...] = ()
    sections: Path | None = None


def recipe_corpora(recipe: Recipe, base: Path) -> Corpora:
    """Return the corpora that a recipe names.

    `base` is the folder of the recipe's file. Raises RecipeError when a variable is not set, CorpusError
    when a file is missing or a labelled text is not found.
    """
    data = recipe.data
    calibration = None if data.calibration is None else read_corpus(resolve_path(data.calibration, base))
    labels = read_labels([resolve_path(path, base) for path in data.labels])
    with spinner("Reading texts and labels"):
        texts = [resolve_path(path, base) for path in data.texts]
        joined, others = join_labels(texts, labels, unsure_weight=data.unsure_weight)
        written = read_corpus([resolve_path(path, base) for path in data.corpora]) if data.corpora else ()
    sections = None if data.sections is None else resolve_path(data.sections, base)
    return Corpora(Corpus((*joined, *written), recipe.name), calibration, others, sections)


def default_corpora(recipe: Recipe, base: Path) -> Corpora:
    """Return the corpora that a recipe, whose file is in the folder `base`, brings itself; or the bundled corpus."""
    if not (recipe.data.texts or recipe.data.corpora):
        return Corpora(read_corpus(resource("data/news-sample.jsonl")))
    return recipe_corpora(recipe, base)


def read_labels(paths: list[Path]) -> dict[str, Label]:
    """Read tables of labels: tab-separated sha256 of the NFC text, date, topics, "?" where unsure."""
    labels = {}
    for path in paths:
        rows = csv.reader((line for _, line in read_lines(path)), delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != COLUMNS:
            raise CorpusError(f"{path}, line 1: the columns of a table of labels are {', '.join(COLUMNS)}.")
        for number, row in enumerate(rows, 2):
            if len(row) != len(COLUMNS) or len(row[0]) != 64 or not row[2]:
                raise CorpusError(f"{path}, line {number}: not a sha256, a date, topics and a mark, tab-separated.")
            labels[row[0]] = Label(tuple(row[2].split(",")), row[1], row[3] == "?")
    return labels


def join_labels(
    paths: list[Path], labels: dict[str, Label], *, unsure_weight: float = 1.0
) -> tuple[list[Document], tuple[Document, ...]]:
    """Return the labelled documents of some files and those without label, in the files' order."""
    wanted, documents, others = dict(labels), [], []
    for path in paths:
        for document in iter_documents(path):
            label = wanted.pop(text_digest(document.text), None)
            if label is not None:
                fields = {"date": label.date, "weight": unsure_weight if label.unsure else 1.0}
                documents.append(replace(document, topics=label.topics, fields=fields))
            else:
                others.append(document)
    if wanted:
        raise CorpusError(f"{len(wanted)} of {len(labels)} labelled texts are not in {', '.join(map(str, paths))}.")
    return documents, tuple(others)


def text_digest(text: str) -> str:
    """Return the sha256 of a text in NFC, by which labels know it."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest()


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
