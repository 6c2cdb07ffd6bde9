"""Pages whose paragraphs were broken into lines of one width: mail, print views, texts of PDF files."""

from itertools import pairwise
from statistics import median

# So many lines, and so much of all that are not short, end within a sentence.
_LINES, _SHARE, _SHORT = 5, 0.2, 50
_WIDEST = 110
# Within a sentence, a line may end so many characters early.
_RAGGED = 8


def paragraphs(lines: list[str]) -> list[range]:
    """Return the numbers of the lines of each paragraph; an empty line is none's.

    Where lines were broken at a width, one whose first word would still have stood above begins a paragraph.
    """
    broken = [len(line) for line, below in pairwise(lines) if len(line) >= _SHORT and below[:1].islower()]
    if len(broken) < max(_LINES, _SHARE * sum(len(line) >= _SHORT for line in lines)) or median(broken) > _WIDEST:
        return [range(i, i + 1) for i, line in enumerate(lines) if line]
    width = sorted(broken)[-1 - len(broken) // 20]
    found: list[range] = []
    for i, line in enumerate(lines):
        if line and found and found[-1].stop == i and _goes_on(lines[i - 1], line, width):
            found[-1] = range(found[-1].start, i + 1)
        elif line:
            found.append(range(i, i + 1))
    return found


def _goes_on(above: str, line: str, width: int) -> bool:
    if len(above) > width + _SHORT or len(above) < width // 2:
        return False
    needed = len(above) + 1 + len(line.partition(" ")[0]) + (0 if above[-1] in ".!?" else _RAGGED)
    return line[0].islower() or needed > width
