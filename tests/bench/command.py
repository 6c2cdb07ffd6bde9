"""The benchmarks' command line."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from tests.bench import growth, prediction, segmentation, starting, streaming, training
from tests.bench.bench import Bench
from tests.bench.corpora import corpora_folder, cut
from tests.bench.machine import heading
from tests.bench.table import Row, render

TOPICS: dict[str, Callable[[Bench], list[Row]]] = {
    "segmentation": segmentation.rows,
    "training": training.rows,
    "prediction": prediction.rows,
    "starting": starting.rows,
    "streaming": streaming.rows,
    "growth": growth.rows,
}


def run() -> None:
    """Measure what is asked for and print the table."""
    arguments = _parser().parse_args()
    folder = corpora_folder()
    if find_spec("psutil") is None:
        sys.exit("The benchmarks watch memory with psutil; install vnclf[bench].")
    with tempfile.TemporaryDirectory(prefix="vnclf-bench-") as scratch:
        bench = Bench(cut(folder, Path(scratch)), Path(scratch), arguments.documents, arguments.rounds)
        bench.vnclf("segment", "Hà Nội")  # compiles the segmenter's tables, which only one figure shall hold
        rows: list[Row] = []
        for name in [arguments.only] if arguments.only else TOPICS:
            rows += TOPICS[name](bench)
            print(f"{name}: done after {bench.minutes():.1f} minutes", file=sys.stderr)
    text = f"{heading(arguments.rounds)}\n\n{render(rows)}"
    print(text)
    if arguments.output:
        arguments.output.write_text(text + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure vnclf beside its peers.")
    parser.add_argument("--documents", type=int, default=sys.maxsize, help="use at most so many documents")
    parser.add_argument("--rounds", type=int, default=3, help="measure so often and take the median (default: 3)")
    parser.add_argument("--only", choices=TOPICS, help="one part of the table")
    parser.add_argument("--output", type=Path, metavar="FILE.md", help="write the table to a file, too")
    return parser
