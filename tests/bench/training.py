"""Training: from the corpus file to the saved model, as a process, on two cores."""

from tests.bench.bench import Bench
from tests.bench.peers import CLASSIFIERS, VNCLF, is_missing
from tests.bench.table import Goal, Row, absent

_SECONDS, _SECONDS_BEYOND, _MEGABYTES = 60, 20, 3072


def rows(bench: Bench) -> list[Row]:
    """Return the rows of this part; training takes so long that it is measured once."""
    count = bench.all_documents
    what = f"training on {count:,} articles, 2 cores, once"
    own = bench.trained(VNCLF, count)
    goals = (
        Goal(f"{_SECONDS} s", own.seconds < _SECONDS),
        Goal(f"beyond, {_SECONDS_BEYOND} s", own.seconds < _SECONDS_BEYOND),
        Goal("3 GB", own.memory < _MEGABYTES),
    )
    again = bench.train(VNCLF, count, again=True)
    result = [
        Row(what, "vnclf, segmented and calibrated", f"{own.seconds:.1f} s", memory=own.memory, goals=goals),
        Row(what, "vnclf, on the same corpus again", f"{again.seconds:.1f} s", memory=again.memory),
    ]
    for who in CLASSIFIERS[1:]:
        if is_missing(who):
            result.append(absent(what, who))
            continue
        done = bench.trained(who, count)
        shown = f"{who}, no segmentation"
        result.append(Row(what, shown, f"{done.seconds:.1f} s", done.seconds / own.seconds, done.memory))
    return result
