"""Progress on stderr for a person at a terminal; silence for everybody else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Tick(Protocol):
    """Called with the amount of work done since the last call."""

    def __call__(self, amount: int = 1, /) -> None:
        """Advance by `amount`."""
        ...


@contextmanager
def progress(description: str, total: int | None, *, shown: bool = True) -> Iterator[Tick]:
    """Show a bar with the time left while the block runs, or with the time gone where nobody knows the `total`.

    Yields what advances it. `shown=False` is silent at a terminal, too, where something else is written.
    """
    if not (shown and sys.stderr.isatty()):
        yield lambda _amount=1: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    clock = TimeElapsedColumn() if total is None else TimeRemainingColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), clock)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(description, total=total)
        yield lambda amount=1: bar.advance(task, amount)


@contextmanager
def spinner(description: str) -> Iterator[None]:
    """Show that something of unknown length is going on while the block runs."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(description):
        yield
