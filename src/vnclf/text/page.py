"""From a scraped page to its article."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from vnclf.text.page_rules import TEXT, WHY, kind_of


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that does not belong to the article: its number, counted from 1, its text, and why it went."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article, one paragraph a line, and what was taken away from around it, in the page's order."""

    text: str
    removed: tuple[Removed, ...]


# So much furniture makes a text a page: only then do headlines and names without a mark of their own go too.
_ENOUGH = 2
_EVIDENCE = "bdghilmquxREFREF"
# Letters that prove nothing alone: in a text that is no page these lines stay.
_WEAK = str.maketrans(dict.fromkeys("hmxREF", "t"))

_PARAGRAPH = re.compile("[Ppv]")
_RUN = re.compile(f"[Ppv]+|[sTtnkyz]+|[^{TEXT}]+")
_MARK = re.compile("[REF]")
_HEAD = re.compile("[Ttnmz]*")


def extract(page: str) -> Extracted:
    """Return the article of a page: HTML, or the text a crawler stored of it.

    A text that is all article comes back as it is. Lines of HTML are counted in the flattened text.
    """
    lines = page.split("\n")
    if "\u0301" in page or "\u0300" in page:
        lines = unicodedata.normalize("NFC", page).split("\n")
    lines = list(map(str.strip, lines))
    places = [place for place, line in enumerate(lines) if line]
    lines = [line for line in lines if line]
    shape = "".join(map(kind_of, lines))
    reasons = _reasons(lines, shape)
    if not any(reasons):
        return Extracted(page, ())
    removed = [Removed(places[i] + 1, lines[i], why) for i, why in enumerate(reasons) if why]
    kept = [line for line, why in zip(lines, reasons, strict=True) if not why]
    return Extracted("\n".join(kept), tuple(removed))


def _reasons(lines: list[str], shape: str) -> list[str | None]:
    """Return why each line goes; None for a line that stays."""
    if _evidence(shape) < _ENOUGH:
        reasons = list(map(WHY.get, shape.translate(_WEAK)))
        _drop_names_at_end(shape, reasons)
        return reasons
    shape = shape.replace("Tv", "vv")
    reasons = list(map(WHY.get, shape))
    spans = _spans(lines, shape)
    if spans:
        head = _headline(lines, shape, spans[0][0])
        _drop_outside(shape, reasons, [*head, *spans])
        _drop_inside(lines, shape, reasons, spans)
    return reasons


def _evidence(shape: str) -> int:
    found = sum(map(shape.count, _EVIDENCE))
    match = _HEAD.match(shape)
    return found + (match is not None and match.end() > 3)


def _drop_names_at_end(shape: str, reasons: list[str | None]) -> None:
    last = len(shape) - 1
    while last > 0 and (reasons[last] or (shape[last] == "n" and shape[last - 1] in "Ppnacdow")):
        reasons[last] = reasons[last] or WHY["w"]
        last -= 1


def _drop_outside(shape: str, reasons: list[str | None], kept: list[tuple[int, int]]) -> None:
    why, at = "menu", 0
    for start, end in [*kept, (len(shape), len(shape))]:
        for i in range(at, start):
            reasons[i] = reasons[i] or why
        why, at = "other headline", end


def _drop_inside(lines: list[str], shape: str, reasons: list[str | None], spans: list[tuple[int, int]]) -> None:
    times: Counter[str] = Counter()
    for start, end in spans:
        for i in range(start, end):
            code = shape[i]
            if code == "m" and shape[i - 1] in TEXT and shape[i + 1 : i + 2] in tuple(TEXT):
                reasons[i] = None
            elif code == "z":
                reasons[i] = WHY["x"]
            elif code in "Tt":
                times = times or Counter(lines)
                if times[lines[i]] > 1:
                    reasons[i] = "repeated"
                elif shape[i + 1 : i + 2] == "a" or (
                    shape[i - 1] == "i" and (code == "T" or shape[i + 1 : i + 2] in "Tt")
                ):
                    reasons[i] = WHY["c"]


@lru_cache(1 << 12)
def _weight(run: str) -> float:
    """Return how much a run of lines of one sort speaks for being inside an article."""
    if run[0] in "Ppv":
        return 6 * run.count("P") + 3 * (run.count("p") + run.count("v"))
    if run[0] in TEXT:
        good = run.count("s") + run.count("k")
        return good - min(3, len(run) - good)
    harmless = sum(map(run.count, "abciluq"))
    return -min(2, harmless / 2) - (len(run) - harmless) - 2 * run.count("g")


def _best(shape: str, start: int, end: int) -> tuple[float, int, int]:
    best, total, begin = (0.0, start, start), 0.0, start
    for match in _RUN.finditer(shape, start, end):
        if total <= 0:
            total, begin = 0.0, match.start()
        total += _weight(match[0])
        if total > best[0]:
            best = (total, begin, match.end())
    return best


def _spans(lines: list[str], shape: str) -> list[tuple[int, int]]:
    marks = [match.start() for match in _MARK.finditer(shape)]
    parts = [_best(shape, a, b) for a, b in zip([0, *(m + 1 for m in marks)], [*marks, len(shape)], strict=True)]
    most = max(weight for weight, _, _ in parts)
    if most <= 0:
        return []
    first = next(i for i, part in enumerate(parts) if part[0] >= most / 4)
    spans = [(_further_up(shape, parts[first][1], marks[first - 1] + 1 if first else 0), parts[first][2])]
    for i in range(first + 1, len(parts)):
        if parts[i][0] <= 0:
            continue
        start = _resumes(lines, shape, spans[-1][1], marks[i - 1], parts[i])
        if start is None:
            break
        spans.append((start, parts[i][2]))
    start, end = spans[-1]
    tail = re.compile("[sk]*").match(shape, end)
    end = tail.end() if tail else end
    while shape[end - 1] in "Ttnyz":
        end -= 1
    spans[-1] = (start, end)
    return spans


def _further_up(shape, start, floor):
    while True:
        low = max(floor, start - 6)
        m = _UP.search(shape[low:start])
        if not m:
            return start
        start = low + m.start()


_UP = re.compile("[Ppv][^Ppv]{0,5}$")


def _resumes(lines, shape, end, mark, part):
    m = _PARAGRAPH.search(shape, part[1], part[2])
    if not m:
        return None
    j = m.start()
    box = shape[mark:j]
    rest = re.sub("[^PpvsTtnkREFd]", "", shape[j : part[2]])
    titles = sum(map(box.count, "Ttnsku"))
    if "F" in shape[end:j]:
        return None
    if "E" in shape[end:j]:
        return j if titles == 0 and re.match("[Ppv]{2}", rest) else None
    if "d" in box and titles:
        return None
    if titles >= 5 or re.search("[nwog]", shape[end:mark]):
        return None
    if titles == 1:
        return j if re.match("[Ppv]{2}", rest) else None
    return j


def _headline(lines, shape, start):
    best, where, away = -99.0, None, 0.0
    j = start - 1
    while j >= 0 and away < 8 and start - j < 30:
        c = shape[j]
        if c in "Ttskp":
            n = len(lines[j])
            score = min(n, 45) / 10 - 1.2 * away - 3 * (lines[j][-1] in ":,")
            if n >= 25 and shape[j + 1 : j + 2] in ("d", "w"):
                score += 2
            if n >= 25 and lines[j].isupper():
                score += 1.5
            if score > best:
                best, where = score, j
            away += 1
        elif c == "n":
            away += 0.3
        elif c not in "bdwiqac":
            away += 0.4
        j -= 1
    if where is None:
        return []
    if lines[where].isupper() and where and shape[where - 1] in "Tt" and lines[where - 1].isupper():
        return [(where - 1, where + 1)]
    return [(where, where + 1)]
