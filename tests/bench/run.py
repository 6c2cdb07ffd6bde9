"""Measures vnclf and its peers, in one run, and prints one table: `python tests/bench/run.py --help`.

VNCLF_CORPORA names the folder of the corpora. A peer that is not installed has a row that says so.
"""

import sys
from pathlib import Path


def main() -> None:
    """Run the benchmarks as modules of `tests.bench`, as the tests name theirs."""
    sys.path[0] = str(Path(__file__).parents[2])
    from tests.bench.command import run

    run()


if __name__ == "__main__":
    main()
