"""The documents that are measured: VNTC's articles and today's leads."""

import json
import lzma
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]

_ARTICLES = Path("vntc10", "train.jsonl.xz")
_LEADS = Path("leads", "2025-08_2026-05.jsonl.xz")
_SEED = 13


@dataclass(frozen=True)
class Corpora:
    """Files of distinct documents, plain JSON lines in random order, so that the first n are a fair sample.

    `labelled` is VNTC's training half as it was published, `n_labelled` documents.
    """

    articles: Path
    leads: Path
    labelled: Path
    n_labelled: int


def corpora_folder() -> Path:
    """Return the folder of the corpora; exit with one sentence where there is none."""
    folder = Path(os.environ.get("VNCLF_CORPORA", ROOT.parent / "shared" / "corpora"))
    missing = [str(name) for name in (_ARTICLES, _LEADS) if not (folder / name).is_file()]
    if missing:
        sys.exit(f"There is no {missing[0]} in {folder}; set VNCLF_CORPORA to the folder of the corpora.")
    return folder


def cut(folder: Path, scratch: Path) -> Corpora:
    """Write the corpora to `scratch` so that every measurement finds its documents at once."""
    n_labelled = _shuffle(folder / _ARTICLES, scratch / "articles.jsonl")
    _shuffle(folder / _LEADS, scratch / "leads.jsonl")
    return Corpora(scratch / "articles.jsonl", scratch / "leads.jsonl", folder / _ARTICLES, n_labelled)


def _shuffle(source: Path, target: Path) -> int:
    with lzma.open(source, "rt", encoding="utf-8") as lines:
        rows = list(lines)
    random.Random(_SEED).shuffle(rows)
    distinct = {json.loads(row)["text"]: row for row in rows}
    target.write_text("".join(distinct.values()), encoding="utf-8")
    return len(rows)


def write_part(corpora: Corpora, count: int, target: Path) -> None:
    """Write the first `count` labelled articles, compressed as the whole corpus is."""
    with corpora.articles.open(encoding="utf-8") as rows, lzma.open(target, "wt", encoding="utf-8", preset=1) as part:
        part.writelines(islice(rows, count))


def read_rows(file: Path, count: int | None = None) -> Iterator[dict[str, str]]:
    """Yield the first `count` rows of a JSON lines file, or all."""
    with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, count))


def read_texts(file: Path, count: int | None = None) -> list[str]:
    """Return the texts of the first `count` rows, or of all."""
    return [row["text"] for row in read_rows(file, count)]
