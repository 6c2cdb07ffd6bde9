"""Shows an evaluation to a person, and what was left out of it."""

from typing import TYPE_CHECKING

import typer

from vnclf.cli.output import open_console, open_output

if TYPE_CHECKING:
    from rich.console import Console

    from vnclf.corpus.document import Corpus
    from vnclf.evaluation.metrics import Report


def tell_left_out(corpus: "Corpus", *, to_train: bool) -> None:
    """Say on stderr how many documents were left out of a corpus that was read to train on, or to measure on."""
    reasons = {
        "no text, no label, or alone in their topic" if to_train else "no text or no label": corpus.skipped,
        "their labels map to no topic": corpus.unmapped,
    }
    for reason, number in reasons.items():
        if number:
            plural = "" if number == 1 else "s"
            typer.echo(f"{number:,} document{plural} left out of {corpus.name}: {reason}.", err=True)


def print_report(report: "Report", title: str) -> None:
    """Print the figures, the topics and the most confused pairs."""
    with open_output(None) as target, open_console(target) as console:
        _print(report, title, console)


def _print(report: "Report", title: str, console: "Console") -> None:
    from rich.table import Table

    console.print(f"{title}\n", style="bold")
    certain = "never certain"
    if report.certain_accuracy is not None:
        certain = f"certain {report.certain_share:.1%}, right when certain {report.certain_accuracy:.1%}"
    console.print(
        f"accuracy {report.accuracy:.4f}   macro-F1 {report.macro_f1:.4f}   "
        f"topic sets, micro-F1 {report.topics_micro_f1:.4f}\n"
        f"within the labelled topics {report.within_topics:.4f}   calibration error {report.calibration_error:.4f}\n"
        f"{certain}\n"
    )
    topics = Table(box=None, pad_edge=False)
    for column in ("topic", "precision", "recall", "F1", "documents"):
        topics.add_column(column, justify="left" if column == "topic" else "right")
    for score in report.topics:
        topics.add_row(
            score.topic, *(f"{x:.3f}" for x in (score.precision, score.recall, score.f1)), str(score.support)
        )
    console.print(topics)
    if report.confusions:
        console.print("\nmost confused")
        for confusion in report.confusions[:8]:
            console.print(f"  {confusion.count:>4}  {confusion.topic} taken for {confusion.predicted}")
    console.print()
