"""Shows an audit to a person at a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vnclf.audit.drift import Drift
from vnclf.audit.findings import FINDINGS, Audit
from vnclf.audit.shape import QUANTILES

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_EXAMPLES = {"label_suspects": 10}
_FEW_EXAMPLES = 3


def print_audit(audit: Audit, console: "Console") -> None:
    """Print the figures, the drift, and a few examples of what was found."""
    title = f"{audit.corpus.name}: {audit.shape.documents:,} documents, {len(audit.shape.topics):,} topics"
    console.print(f"{title}\n", style="bold")
    for part in _parts(audit):
        console.print(part)
        console.print()
    details = audit.as_dict()["details"]
    for name, count in audit.counts.items():
        if count and name != "small_topics":
            console.print(name.replace("_", " "), style="bold")
            for line in _examples(details[name][: _EXAMPLES.get(name, _FEW_EXAMPLES)]):
                console.print(f"  {line}", no_wrap=True, overflow="ellipsis")


def _parts(audit: Audit) -> Iterator["RenderableType"]:
    lengths = audit.shape.lengths
    yield _table(["characters", *QUANTILES], [["", *(f"{lengths[name]:,}" for name in QUANTILES)]])
    if audit.shape.topics:
        yield _topics(audit)
    found = [[name.replace("_", " "), f"{count:,}", FINDINGS[name]] for name, count in audit.counts.items() if count]
    if audit.shape.is_imbalanced:
        ratio = f"{audit.shape.imbalance:,.0f}"
        found.append(["imbalance", ratio, "times as large as the smallest topic is the largest"])
    yield _table(["found", "", ""], found) if found else "Nothing is wrong."
    if audit.drift:
        yield _drift(audit.drift)


def _topics(audit: Audit) -> "RenderableType":
    suspects = Counter(audit.corpus[suspect.place].topic for suspect in audit.labels.suspects)
    labelled = sum(audit.shape.topics.values())
    rows = [
        [topic, f"{count:,}", f"{count / labelled:.1%}", f"{suspects[topic]:,}"]
        for topic, count in audit.shape.topics.items()
    ]
    return _table(["topic", "documents", "share", "suspects"], rows)


def _drift(drift: Drift) -> str:
    parts = {"words": drift.words, "topics": drift.topics}
    lines = [f"drift from {drift.before} to {drift.after}, in bits (Jensen-Shannon divergence)"]
    lines += [f"  {name:<6}  {part.bits:.4f}, by chance {part.by_chance:.4f}" for name, part in parts.items()]
    changed = {"rose": drift.rose, "fell": drift.fell}
    return "\n".join([*lines, *(f"  {name:<6}  {', '.join(words)}" for name, words in changed.items() if words)])


def _examples(found: Sequence[Any]) -> Iterator[str]:
    for example in found:
        first, *others = example if isinstance(example, list) else [example]
        places = [_where(entry) for entry in (first, *others[:2], *([first["other"]] if "other" in first else []))]
        if "suggested" in first:
            words = f" ({', '.join(first['words'])})" if first["words"] else ""
            places.append(f"rather {first['suggested']}, {first['probability']:.2f}{words}")
        yield ", ".join(places)
        yield f"    {first['text']}"


def _where(entry: dict[str, Any]) -> str:
    """Return a document's file, without its folders, and line, or else its number; and its topic."""
    place = str(entry["place"]).rpartition("/")[2] or f"document {entry['index'] + 1}"
    return " ".join([place, *(f"[{topic}]" for topic in entry["topics"][:1])])


def _table(columns: list[str], rows: list[list[str]]) -> "RenderableType":
    """Make a table whose figures stand to the right."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for place, column in enumerate(columns):
        is_figure = place > 0 and all(row[place][:1].isdigit() for row in rows)
        table.add_column(column, justify="right" if is_figure else "left")
    for row in rows:
        table.add_row(*row)
    return table
