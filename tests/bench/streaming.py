"""`stream()` over a million leads: its speed, and memory that must not grow."""

from tests.bench.bench import Bench
from tests.bench.table import Goal, Row

_LEADS = 1_000_000
# With fewer documents, so many times as many leads.
_LEADS_A_DOCUMENT = 30
_MEGABYTES = 300
_FLAT = 1.1


def rows(bench: Bench) -> list[Row]:
    """Return the row of this part, measured once."""
    count = min(_LEADS, bench.limit * _LEADS_A_DOCUMENT)
    done = bench.work("stream", {"model": "news", "file": bench.corpora.leads, "count": count})
    early, most = done["early"], done["memory"]
    figure = f"{done['speed']:,.0f} leads/s; {early:.0f} MB by half-way, {most:.0f} MB at most"
    goals = (Goal(f"{_MEGABYTES} MB", most < _MEGABYTES), Goal("flat", most < _FLAT * early))
    return [Row(f"`stream()` of {count:,} leads, once", "vnclf, shipped news model", figure, memory=most, goals=goals)]
