"""The table that a run prints."""

from collections.abc import Sequence
from dataclasses import dataclass

_COLUMNS = ("what", "who", "figure", "vnclf is faster", "memory", "goal")


@dataclass(frozen=True)
class Goal:
    """What a figure was meant to reach, and whether it did."""

    text: str
    met: bool

    def __str__(self) -> str:
        return f"{self.text}: {'met' if self.met else '**not met**'}"


@dataclass(frozen=True)
class Row:
    """One measurement.

    `ratio` is how many times as fast vnclf is, for a peer's row; `memory` the highest resident memory in
    megabytes, of all processes together.
    """

    what: str
    who: str
    figure: str
    ratio: float | None = None
    memory: float | None = None
    goals: Sequence[Goal] = ()

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        return (
            self.what,
            self.who,
            self.figure,
            "" if self.ratio is None else f"{significant(self.ratio)}×",
            "" if self.memory is None else f"{self.memory:,.0f} MB",
            "; ".join(map(str, self.goals)),
        )


def absent(what: str, who: str) -> Row:
    """Return the row of a peer that is not installed."""
    return Row(what, who, "not installed")


def render(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table; what is measured is named once."""
    lines = [_line(_COLUMNS), _line(["---"] * len(_COLUMNS))]
    before = ""
    for row in rows:
        what, *rest = row.cells()
        lines.append(_line(["" if what == before else what, *rest]))
        before = what
    return "\n".join(lines)


def significant(value: float) -> str:
    """Return a number with two or three figures that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
