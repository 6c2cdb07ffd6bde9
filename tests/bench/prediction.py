"""Prediction, from raw text to topic: many articles at once, and one at a time."""

from dataclasses import dataclass
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.measure import Figures, medians
from tests.bench.peers import CLASSIFIERS, FASTTEXT, RUST, SKLEARN, SKLEARN_PAIRS, VNCLF, is_missing
from tests.bench.table import Goal, Row, absent, significant

_ARTICLES = 30_000
# The peers, and vnclf where no goal asks for all, predict the first of the same articles.
_FEWER = 10_000
_PEERS = {RUST: _FEWER, SKLEARN: 3000, SKLEARN_PAIRS: 2000, FASTTEXT: _FEWER}
_BEFORE, _SINGLE = 1000, 2000

_NEWS = "vnclf, shipped news model"


@dataclass(frozen=True)
class _Case:
    shown: str
    who: str
    model: str
    count: int
    jobs: int = 1
    page: bool | None = None


def rows(bench: Bench) -> list[Row]:
    """Return the rows of this part. Models are trained on VNTC in this run, but for the one that ships."""
    return [
        *_batch(bench),
        *_single(bench, "article", bench.corpora.articles),
        *_single(bench, "lead", bench.corpora.leads),
    ]


def _batch(bench: Bench) -> list[Row]:
    count, model = bench.at_most(_ARTICLES), str(bench.model(VNCLF))
    one = _Case("vnclf, `page=False`", VNCLF, model, count, page=False)
    two = _Case("vnclf, `page=False`, 2 jobs", VNCLF, model, count, jobs=2, page=False)
    fewer = bench.at_most(_FEWER)
    own = [
        one,
        two,
        _Case(f"vnclf, pages detected, {fewer:,} of them", VNCLF, model, fewer),
        _Case(f"{_NEWS}, {fewer:,} of them", VNCLF, "news", fewer),
    ]
    counts = {who: bench.at_most(most) for who, most in _PEERS.items() if not is_missing(who)}
    peers = [
        _Case(f"{who}, no segmentation, {most:,} of them", who, str(bench.model(who)), most)
        for who, most in counts.items()
    ]
    found = medians([*own, *peers], bench.rounds, lambda case: _predict_all(bench, case))
    speed = found[one]["speed"]
    goals = {
        one: (Goal("1,500/s", speed >= 1500), Goal("beyond, 5,000/s", speed >= 5000)),
        two: (Goal(f"1.7× one job ({found[two]['speed'] / speed:.2f}×)", found[two]["speed"] >= 1.7 * speed),),
    }
    what = f"predicting {count:,} articles"
    result = []
    for case, figures in found.items():
        ratio = None if case in own else speed / figures["speed"]
        shown = f"{figures['speed']:,.0f} articles/s"
        result.append(Row(what, case.shown, shown, ratio, figures["memory"], goals.get(case, ())))
    return result + [absent(what, who) for who in _PEERS if is_missing(who)]


def _predict_all(bench: Bench, case: _Case) -> Figures:
    arguments: dict[str, object] = {
        "who": case.who,
        "model": case.model,
        "file": bench.corpora.articles,
        "count": case.count,
        "jobs": case.jobs,
        "page": case.page,
    }
    return bench.work("predict_all", arguments, watch=case.jobs > 1)


def _single(bench: Bench, kind: str, file: Path) -> list[Row]:
    before, count = bench.at_most(_BEFORE), bench.at_most(_SINGLE)
    present = [who for who in CLASSIFIERS if not is_missing(who)]
    cases = [_Case(who, who, str(bench.model(who)), count) for who in present]
    cases.append(_Case(_NEWS, VNCLF, "news", count))

    def measure(case: _Case) -> Figures:
        arguments = {"who": case.who, "model": case.model, "file": file, "before": before, "count": count}
        return bench.work("predict_each", arguments)

    found = medians(cases, bench.rounds, measure)
    own = found[cases[0]]["p50"]
    result = []
    for case, figures in found.items():
        p50, p99 = figures["p50"], figures["p99"]
        goals = (Goal("p50 1 ms", p50 < 1), Goal("p99 3 ms", p99 < 3)) if case.who == VNCLF else ()
        ratio = None if case.who == VNCLF else p50 / own
        shown = f"p50 {significant(p50)} ms, p99 {significant(p99)} ms"
        result.append(Row(f"predicting one new {kind}", case.shown, shown, ratio, goals=goals))
    return result
