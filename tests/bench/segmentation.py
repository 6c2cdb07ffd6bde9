"""Segmentation: many articles, the first time and again; leads and articles one at a time."""

from tests.bench.bench import Bench
from tests.bench.measure import Figures, medians
from tests.bench.peers import PYVI, UNDERTHESEA, VNCLF, is_missing
from tests.bench.table import Goal, Row, absent, significant

# Distinct documents; the peers, which remember nothing, segment the first of the same.
_ARTICLES = {VNCLF: 5000, UNDERTHESEA: 200, PYVI: 400}
_LEADS = {VNCLF: 5000, UNDERTHESEA: 1000, PYVI: 1000}
_SINGLE_ARTICLES = {VNCLF: 1000, UNDERTHESEA: 100, PYVI: 200}
# Met before those that are timed one at a time.
_BEFORE = 2000


def rows(bench: Bench) -> list[Row]:
    """Return the rows of this part."""
    return [
        *_many(bench),
        *_single(bench, "leads", str(bench.corpora.leads), _LEADS, 15),
        *_single(bench, "articles", str(bench.corpora.articles), _SINGLE_ARTICLES, None),
    ]


def _many(bench: Bench) -> list[Row]:
    def measure(who: str) -> Figures:
        count = bench.at_most(_ARTICLES[who])
        return bench.work("segment_all", {"who": who, "file": bench.corpora.articles, "count": count})

    present = [who for who in _ARTICLES if not is_missing(who)]
    found = medians(present, bench.rounds, measure)
    own, reference = found[VNCLF], found[UNDERTHESEA]["cold"]
    result = []
    for name, kind, times, speed in (("first pass", "cold", 20, 3.5e6), ("again", "warm", 40, 5e6)):
        what = f"segmenting articles, {name}"
        goals = (
            Goal(f"{times}× underthesea", own[kind] >= times * reference),
            Goal(f"{speed / 1e6:g} M characters/s", own[kind] >= speed),
        )
        result.append(Row(what, "vnclf `segment_many`", _speed(own[kind]), memory=own["memory"], goals=goals))
        for who in (UNDERTHESEA, PYVI):
            if who in found:
                figures = found[who]
                result.append(Row(what, who, _speed(figures["cold"]), own[kind] / figures["cold"], figures["memory"]))
            else:
                result.append(absent(what, who))
    return result


def _single(bench: Bench, name: str, file: str, counts: dict[str, int], goal: float | None) -> list[Row]:
    def measure(who: str) -> Figures:
        before = bench.at_most(_BEFORE) if who == VNCLF else 20
        arguments = {"who": who, "file": file, "before": before, "count": bench.at_most(counts[who])}
        return bench.work("segment_each", arguments)

    what = f"segmenting {name} one at a time"
    found = medians([who for who in counts if not is_missing(who)], bench.rounds, measure)
    own, reference = found[VNCLF], found[UNDERTHESEA]["new"]
    goals = () if goal is None else (Goal(f"{goal:g}× underthesea", own["new"] * goal <= reference),)
    result = [
        Row(what, "vnclf `segment`, new texts", _time(own["new"]), goals=goals),
        Row(what, "vnclf `segment`, the same again", _time(own["again"])),
    ]
    for who in (UNDERTHESEA, PYVI):
        if who in found:
            result.append(Row(what, who, _time(found[who]["new"]), found[who]["new"] / own["new"]))
        else:
            result.append(absent(what, who))
    return result


def _speed(characters: float) -> str:
    return f"{significant(characters / 1e6)} M characters/s"


def _time(microseconds: float) -> str:
    return f"{significant(microseconds)} µs"
