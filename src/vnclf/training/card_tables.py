"""The model card's tables: measured facts in Markdown. What was not measured gives an empty string."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vnclf.evaluation.intervals import wilson

Facts = Mapping[str, Any]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table, or nothing when there are no rows."""
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join([f"| {' | '.join(header)} |", "|---" * len(header) + "|", *lines]) if lines else ""


def figures_table(report: Facts, macro_f1: Sequence[float] | None = None) -> str:
    """Return a report's figures; accuracy, and macro-F1 where it is known, with their 95 % interval.

    Where nothing was certain, no share of it was right.
    """
    documents, certain = report["documents"], round(report["certain_share"] * report["documents"])
    rows = [
        ("primary topic right", report["accuracy"], _wilson(report["accuracy"], documents)),
        ("macro-F1", report["macro_f1"], span(macro_f1)),
        ("prediction among the labelled topics", report["within_topics"], _wilson(report["within_topics"], documents)),
        ("topic sets, micro-F1", report["topics_micro_f1"], ""),
        ("expected calibration error", report["calibration_error"], ""),
        ("called certain", report["certain_share"], _wilson(report["certain_share"], documents)),
    ]
    if certain:
        rows.append(("right when certain", report["certain_accuracy"], _wilson(report["certain_accuracy"], certain)))
    return table(("figure", "value", "95 % interval"), [(name, percent(value), rest) for name, value, rest in rows])


def topic_table(topics: Sequence[Facts], report: Facts, f1: Mapping[str, Sequence[float]] | None = None) -> str:
    """Return precision, recall and F1 of each topic that has documents, each with what is known of its interval."""
    names = {topic["id"]: topic["vietnamese"] for topic in topics}
    rows = []
    for score in report["topics"]:
        if score["topic"] in names:
            hits = round(score["recall"] * score["support"])
            called = round(hits / score["precision"]) if score["precision"] else 0
            rows.append(
                (
                    score["topic"],
                    names[score["topic"]],
                    with_span(score["precision"], wilson(hits, called) if called else None),
                    with_span(score["recall"], wilson(hits, score["support"])),
                    with_span(score["f1"], (f1 or {}).get(score["topic"])),
                    f"{score['support']:,}",
                )
            )
    return table(("topic", "", "precision", "recall", "F1", "documents"), rows)


def reliability_table(bins: Sequence[Facts]) -> str:
    """Return how often predictions of each degree of confidence were right."""
    return table(
        ("probability", "documents", "mean probability", "right"),
        [
            (
                f"{100 * entry['begin']:.0f}–{100 * entry['end']:.0f} %",
                f"{entry['documents']:,}",
                percent(entry["confidence"]),
                with_span(entry["accuracy"], wilson(round(entry["accuracy"] * entry["documents"]), entry["documents"])),
            )
            for entry in bins
        ],
    )


def robustness_table(sets: Sequence[Facts]) -> str:
    """Return accuracy and the share of topics kept after each change of the text, for each set of documents."""
    if not sets:
        return ""
    header = ["the text"]
    for entry in sets:
        header += [f"{entry['name']} ({entry['documents']:,}): right", "topic kept"]
    changes = zip(*(entry["rows"] for entry in sets), strict=True)
    return table(header, [(rows[0]["change"], *(cell for row in rows for cell in _kept(row))) for rows in changes])


def foreign_table(kinds: Sequence[Facts]) -> str:
    """Return how often texts that are no news were called certain."""
    return table(
        ("texts", "number", "called certain", "taken for something it can judge"),
        [
            (
                kind["kind"],
                kind["texts"],
                with_span(kind["certain"], (kind["low"], kind["high"])),
                percent(kind["in_domain"]),
            )
            for kind in kinds
        ],
    )


def slice_table(what: str, slices: Sequence[Facts]) -> str:
    """Return accuracy on parts of the documents."""
    return table(
        (what, "documents", "right"),
        [(s["name"], f"{s['documents']:,}", with_span(s["accuracy"], (s["low"], s["high"]))) for s in slices],
    )


def outlet_table(corpora: Sequence[Facts]) -> str:
    """Return accuracy by publisher and years, over the sections of one topic."""
    rows = [
        (
            f"{corpus['name']}, {corpus['years']}",
            f"{corpus['documents']:,}",
            with_span(corpus["accuracy"], (corpus["low"], corpus["high"])),
            f"{100 * corpus['among_topics']:.1f}",
        )
        for corpus in corpora
    ]
    return table(("publisher, years", "documents", "right", "among the topics"), rows)


def section_table(corpora: Sequence[Facts]) -> str:
    """Return accuracy by publisher, years and section."""
    rows: list[Sequence[object]] = []
    for corpus in corpora:
        rows += [_section_row(corpus, section) for section in corpus["sections"]]
    header = ("publisher, years", "section", "right is", "labels agree", "documents", "right", "among the topics")
    return table((*header, "mostly taken for"), rows)


def confusion_table(confusions: Sequence[Facts], most: int = 10) -> str:
    """Return the topics taken for one another most often."""
    return table(
        ("a document of", "was taken for", "times"),
        [(c["topic"], c["predicted"], c["count"]) for c in confusions[:most]],
    )


def example_table(examples: Sequence[Facts]) -> str:
    """Return what the model says of headlines, wrong predictions first."""
    ordered = sorted(examples, key=lambda example: example["predicted"] == example["topic"])
    return table(
        ("headline", "topic", "prediction", "probability"),
        [
            (
                example["text"],
                example["topic"],
                example["predicted"] if example["predicted"] == example["topic"] else f"**{example['predicted']}**",
                percent(example["probability"]) + (", certain" if example["certain"] else ""),
            )
            for example in ordered
        ],
    )


def percent(value: float) -> str:
    """Return a share as a percentage with one decimal."""
    return f"{100 * value:.1f} %"


def span(interval: Sequence[float] | None) -> str:
    """Return an interval of shares in percent, or nothing."""
    return "" if interval is None else f"{100 * interval[0]:.1f}–{100 * interval[1]:.1f}"


def with_span(value: float, interval: Sequence[float] | None) -> str:
    """Return a share in percent with its interval in brackets where it is known."""
    return f"{100 * value:.1f}" + ("" if interval is None else f" ({100 * interval[0]:.0f}–{100 * interval[1]:.0f})")


def _wilson(share: float, documents: int) -> str:
    return span(wilson(round(share * documents), documents))


def _kept(row: Facts) -> tuple[str, str]:
    if not row["changed"]:
        return percent(row["accuracy"]), ""
    difference = f"{100 * row['difference']:+.1f}".replace("-", "−").replace("+0.0", "±0.0").replace("−0.0", "±0.0")
    return f"{percent(row['accuracy'])} ({difference})", percent(row["same"])


def _section_row(corpus: Facts, section: Facts) -> Sequence[object]:
    taken, agreement = section["mostly_taken_for"], section["agreement"]
    return (
        f"{corpus['name']}, {corpus['years']}",
        section["name"],
        " or ".join(section["topics"]),
        "" if agreement is None else f"{100 * agreement:.1f}",
        f"{section['documents']:,}",
        with_span(section["accuracy"], (section["low"], section["high"])),
        f"{100 * section['among_topics']:.1f}",
        f"{taken[0][0]} ({taken[0][1]})" if taken else "",
    )
