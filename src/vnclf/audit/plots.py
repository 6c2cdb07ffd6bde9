"""The plots of an audit's page, as SVG elements to stand in HTML."""

import io
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vnclf.audit.drift import Drift
from vnclf.audit.findings import Audit

# Text stays text, and the same audit gives the same page. A topic's name may hold a "$", which is no formula.
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "vnclf",
    "text.parse_math": False,
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_INK, _ALARM = "#4878a8", "#d1605e"
_UNTOLD = ("Date", "Creator", "Format", "Type")
_BINS = 40
_TOPICS, _PAIRS = 40, 12  # how many are shown


def plots_of(audit: Audit) -> dict[str, str]:
    """Return the plots that an audit has something for, by title."""
    return {title: _svg(draw, height) for title, height, draw in _plots(audit)}


def _plots(audit: Audit) -> Iterator[tuple[str, float, Callable[[Any], None]]]:
    """Yield title, height in inches, and what draws the plot on given axes."""
    by_topic = 0.7 + 0.22 * min(len(audit.shape.topics), _TOPICS)
    if audit.shape.topics:
        yield "Documents by topic, those with a suspect label in red", by_topic, lambda axes: _topics(axes, audit)
    yield "Documents by length", 2.4, lambda axes: _lengths(axes, audit)
    if audit.labels.suspects:
        yield "Suspect labels, from the given topic to the suggested", 3.2, lambda axes: _confusions(axes, audit)
    drift = audit.drift
    if drift and drift.shares:
        title = f"Share of topics: {drift.before}, and {drift.after} in red"
        yield title, by_topic, lambda axes: _shares(axes, drift)
    if drift and len(drift.periods) > 1:
        yield "Documents by date", 2.4, lambda axes: _periods(axes, drift)


def _topics(axes: Any, audit: Audit) -> None:
    suspects = Counter(audit.corpus[suspect.place].topic for suspect in audit.labels.suspects)
    names = list(audit.shape.topics)[:_TOPICS][::-1]
    axes.barh(names, [audit.shape.topics[name] for name in names], color=_INK)
    axes.barh(names, [suspects[name] for name in names], color=_ALARM)
    axes.xaxis.get_major_locator().set_params(integer=True)


def _lengths(axes: Any, audit: Audit) -> None:
    lengths = np.maximum([len(text) for text in audit.corpus.texts], 1)
    low, high = np.log10(lengths.min()), np.log10(lengths.max() + 1)
    axes.hist(lengths, np.logspace(low, high, _BINS), color=_INK)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:,.0f}")  # else powers, as formulas
    axes.xaxis.set_minor_formatter("")
    axes.set_xlabel("characters")


def _confusions(axes: Any, audit: Audit) -> None:
    pairs = Counter((audit.corpus[s.place].topic, s.suggested) for s in audit.labels.suspects)
    shown = pairs.most_common(_PAIRS)[::-1]
    axes.barh([f"{given} → {suggested}" for (given, suggested), _ in shown], [n for _, n in shown], color=_ALARM)
    axes.xaxis.get_major_locator().set_params(integer=True)


def _shares(axes: Any, drift: Drift) -> None:
    names = sorted(drift.shares, key=lambda name: drift.shares[name])[-_TOPICS:]
    before, after = zip(*(drift.shares[name] for name in names), strict=True)
    places = np.arange(len(names))
    axes.barh(places + 0.2, before, 0.4, color=_INK)
    axes.barh(places - 0.2, after, 0.4, color=_ALARM)
    axes.set_yticks(places, names)
    axes.xaxis.set_major_formatter("{x:.0%}")


def _periods(axes: Any, drift: Drift) -> None:
    axes.bar([period.name for period in drift.periods], [period.documents for period in drift.periods], color=_INK)
    axes.tick_params(axis="x", rotation=45)


def _svg(draw: Callable[[Any], None], height: float) -> str:
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # the reader's fonts draw it, not ours
        figure = Figure(figsize=(7, height), layout="constrained")
        draw(figure.subplots())
        target = io.StringIO()
        figure.savefig(target, format="svg", transparent=True, metadata=dict.fromkeys(_UNTOLD))
    return target.getvalue()[target.getvalue().index("<svg") :]
