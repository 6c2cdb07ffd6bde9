"""How time grows with the number of documents; every point is measured once."""

from collections.abc import Callable, Sequence

from tests.bench.bench import Bench
from tests.bench.peers import CLASSIFIERS, VNCLF, is_missing
from tests.bench.table import Row, significant

_SIZES = (1000, 8000, 32_000)

# From a run, a package and a number of documents to seconds.
_Measure = Callable[[Bench, str, int], float]


def rows(bench: Bench) -> list[Row]:
    """Return the rows of this part."""
    sizes = [size for size in _SIZES if size <= bench.limit] or [bench.limit]
    # The largest training is the one on all documents.
    training_sizes = [*sizes[:-1], bench.all_documents]
    present = [who for who in CLASSIFIERS if not is_missing(who)]
    return [
        _row(bench, "segmenting", VNCLF, sizes, _segmenting),
        *(_row(bench, "training", who, training_sizes, _training) for who in present),
        *(_row(bench, "predicting", who, sizes, _predicting) for who in present),
    ]


def _row(bench: Bench, what: str, who: str, sizes: Sequence[int], measure: _Measure) -> Row:
    seconds = [measure(bench, who, size) for size in sizes]
    figures = ", ".join(f"{size:,}: {significant(taken)} s" for size, taken in zip(sizes, seconds, strict=True))
    growth = f"{significant(seconds[-1] / seconds[0])}× for {significant(sizes[-1] / sizes[0])}×"
    return Row(f"growth: {what} articles", who, f"{figures} ({growth})")


def _segmenting(bench: Bench, who: str, count: int) -> float:
    figures = bench.work("segment_all", {"who": who, "file": bench.corpora.articles, "count": count})
    return figures["characters"] / figures["cold"]


def _training(bench: Bench, who: str, count: int) -> float:
    return bench.trained(who, count).seconds


def _predicting(bench: Bench, who: str, count: int) -> float:
    arguments = {"who": who, "model": bench.model(who), "file": bench.corpora.articles, "count": count}
    return count / bench.work("predict_all", arguments)["speed"]
