"""Quality floors: what the shipped model and the VNTC recipe must not fall below.

`python -m vnclf.training.baseline` measures both, raises floors that were surpassed and writes
`training/baseline.json`; a floor is lowered only with `--lower`. The tests hold the floors.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vnclf.corpus.document import Corpus
from vnclf.corpus.reading import read_corpus
from vnclf.errors import VnclfError
from vnclf.evaluation.evaluate import evaluate
from vnclf.evaluation.metrics import Report
from vnclf.model.predictor import Predictor
from vnclf.resources import resource
from vnclf.storage import write_file
from vnclf.training.fitting import split_for_validation
from vnclf.training.recipe import Recipe, Validation
from vnclf.training.recipe_files import read_recipe
from vnclf.training.train import fit

# How far below what was measured a floor is put; a ceiling so far above.
SLACK = {
    "accuracy": 0.01,
    "macro_f1": 0.02,
    "topics_micro_f1": 0.01,
    "certain_accuracy": 0.01,
    "certain_share": 0.03,
}
CEILING_SLACK = {"calibration_error": 0.01}

Entry = dict[str, Any]


def read_baseline() -> dict[str, Entry]:
    """Return the entries of `training/baseline.json` by name: each with file, sha256, floors and ceilings."""
    entries: dict[str, Entry] = json.loads(resource("training/baseline.json").read_text(encoding="utf-8"))
    return entries


def measure_entry(name: str, corpora: Path, *, jobs: int = 1) -> tuple[Report, str]:
    """Return the figures that an entry's floors are for, and the sha256 of the file they were measured on.

    "news" is the shipped model on news19/dev. "vntc10" is its recipe, trained on VNTC without a tenth that
    is held out, always the same, and neither trained nor calibrated on.
    """
    path = corpora / read_baseline()[name]["file"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    corpus = read_corpus(path)
    if name == "news":
        return evaluate(Predictor.load("news"), corpus), digest
    recipe = read_recipe(name)
    known, held_out = hold_out(corpus, recipe)
    return evaluate(fit(known, recipe, jobs=jobs).predictor(), held_out), digest


def hold_out(corpus: Corpus, recipe: Recipe) -> tuple[Corpus, Corpus]:
    """Part a corpus into nine tenths and one, stratified by topic, the same for any recipe of the same seed."""
    tenth = recipe.model_copy(update={"validation": Validation(folds=1, fraction=0.1)})
    labels = np.unique(corpus.labels, return_inverse=True)[1]
    known, held_out = (
        Corpus(tuple(corpus[place] for place in places.tolist()), corpus.name)
        for places in next(split_for_validation(labels, tenth))
    )
    return known, held_out


def broken(entry: Mapping[str, Any], report: Report, digest: str) -> list[str]:
    """Return a sentence for each floor or ceiling that the figures break; another file breaks them all."""
    if digest != entry["sha256"]:
        return [f"{entry['file']} is another file than the floors were measured on (sha256 {digest[:16]}…)."]
    below = [
        f"{figure} is {value:.4f}, below its floor of {floor}."
        for figure, floor in entry["floors"].items()
        if (value := _figure(report, figure)) < floor
    ]
    above = [
        f"{figure} is {value:.4f}, above its ceiling of {ceiling}."
        for figure, ceiling in entry["ceilings"].items()
        if (value := _figure(report, figure)) > ceiling
    ]
    return below + above


def settled(entry: Mapping[str, Any], report: Report, digest: str, *, lower: bool) -> Entry:
    """Return an entry whose floors stand a little below the figures; they only sink where `lower` says so."""
    new_floors = {figure: round(_figure(report, figure) - slack, 3) for figure, slack in SLACK.items()}
    new_ceilings = {figure: round(_figure(report, figure) + slack, 3) for figure, slack in CEILING_SLACK.items()}
    if not lower:
        new_floors = {figure: max(value, entry["floors"].get(figure, 0)) for figure, value in new_floors.items()}
        new_ceilings = {figure: min(value, entry["ceilings"].get(figure, 1)) for figure, value in new_ceilings.items()}
    return {**entry, "sha256": digest, "floors": new_floors, "ceilings": new_ceilings}


def _figure(report: Report, name: str) -> float:
    """Return a figure, 0 where there is none: a model that is never certain has no share of that right."""
    value: float | None = getattr(report, name)
    return value or 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, say what is broken, and write the floors; return 1, and write nothing, when one is broken."""
    parser = argparse.ArgumentParser(prog="python -m vnclf.training.baseline", description=__doc__)
    parser.add_argument("--lower", action="store_true", help="set all floors anew, lower ones too")
    parser.add_argument("--only", choices=list(read_baseline()), help="measure and set this entry alone")
    parser.add_argument("--jobs", type=int, default=1, help="processes to use")
    options = parser.parse_args(arguments)
    if "VNCLF_CORPORA" not in os.environ:
        raise VnclfError("VNCLF_CORPORA is not set; set it to the folder that holds the corpora.")
    entries, failures = read_baseline(), []
    for name in [options.only] if options.only else list(entries):
        report, digest = measure_entry(name, Path(os.environ["VNCLF_CORPORA"]), jobs=options.jobs)
        failures += [f"{name}: {sentence}" for sentence in broken(entries[name], report, digest)]
        entries[name] = settled(entries[name], report, digest, lower=options.lower)
        figures = {figure: round(_figure(report, figure), 4) for figure in (*SLACK, *CEILING_SLACK)}
        print(f"{name}: {json.dumps(figures)}")
    print("\n".join(failures), file=sys.stderr, end="\n" if failures else "")
    if failures and not options.lower:
        print("Nothing is written; give --lower to accept this.", file=sys.stderr)
        return 1
    with write_file(resource("training/baseline.json")) as fresh:
        fresh.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except VnclfError as error:
        sys.exit(f"Error: {error}")
