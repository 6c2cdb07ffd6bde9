"""From a scraped page to its article."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from vnclf.text.page_rules import TEXT, WHY, kind_of


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that is no part of the article: its number, counted from 1, its text, and why it went."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article, a paragraph a line, and what stood around it, in the page's order."""

    text: str
    removed: tuple[Removed, ...]


def extract(page: str) -> Extracted:
    """Return the article of a page: of HTML, or of the text that a crawler stored.

    A text that is all article comes back as it is. The lines of HTML are counted after its tags are gone.
    """
    from vnclf.text.html import flatten, is_html

    if is_html(page):
        page = flatten(page)
    text = page if unicodedata.is_normalized("NFC", page) else unicodedata.normalize("NFC", page)
    stripped = list(map(str.strip, text.split("\n")))
    lines = [line for line in stripped if line]
    reasons = _reasons(lines, "".join(map(kind_of, lines)))
    if not any(reasons):
        return Extracted(page, ())
    places = [place for place, line in enumerate(stripped, 1) if line]
    removed = [Removed(places[i], lines[i], why) for i, why in enumerate(reasons) if why]
    return Extracted("\n".join([line for line, why in zip(lines, reasons, strict=True) if not why]), tuple(removed))


def looks_like_page(text: str) -> bool:
    """Whether a text is HTML or holds a page's furniture; quick, and False when in doubt."""
    from vnclf.text.html import is_html

    if "</" in text and is_html(text):
        return True
    short = [line for line in text.split("\n") if 0 < len(line) < 60]
    if len(short) < 4:
        return False
    kinds = "".join([kind_of(line.strip() or "-") for line in short[:30] + short[-30:]])
    return _evidence(kinds) > _ENOUGH


# So much furniture makes a text a page: only then do headlines and names without a mark of their own go too.
_ENOUGH = 2
_EVIDENCE = "bdghilmquxREFREF"
# Letters that prove nothing alone: in a text that is no page these lines stay.
_WEAK = str.maketrans(dict.fromkeys("hmxREF", "t"))

_PARAGRAPH = re.compile("[Ppv]")
_UP = re.compile("[Ppv][^Ppv]{0,5}$")
_RUN = re.compile(f"[Ppv]+|[sTtnkyz]+|[^{TEXT}]+")
_MARK = re.compile("[REF]")
_HEAD = re.compile("[Ttnmz]*")
_TAIL = re.compile("[sk]*")


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
        _drop_outside(reasons, [*head, *spans])
        _drop_inside(lines, shape, reasons, spans)
    return reasons


def _evidence(shape: str) -> int:
    return sum(map(shape.count, _EVIDENCE)) + (_HEAD.match(shape).end() > 3)


def _drop_names_at_end(shape: str, reasons: list[str | None]) -> None:
    last = len(shape) - 1
    while last > 0 and (reasons[last] or shape[last] == "n" and shape[last - 1] in "Ppnacdow"):
        reasons[last] = reasons[last] or WHY["w"]
        last -= 1


def _drop_outside(reasons: list[str | None], kept: list[tuple[int, int]]) -> None:
    why, at = "menu", 0
    for start, end in [*kept, (len(reasons), len(reasons))]:
        for i in range(at, start):
            reasons[i] = reasons[i] or why
        why, at = "other headline", end


_LOOSE = re.compile("[mzTt]")


def _drop_inside(lines: list[str], shape: str, reasons: list[str | None], spans: list[tuple[int, int]]) -> None:
    times: Counter[str] = Counter()
    for start, end in spans:
        for match in _LOOSE.finditer(shape, start, end):
            i, code, after = match.start(), match[0], shape[match.end() : match.end() + 1]
            if code == "m":
                if shape[i - 1] in TEXT and after and after in TEXT:
                    reasons[i] = None
            elif code == "z":
                reasons[i] = WHY["x"]
            else:
                times = times or Counter(lines)
                if times[lines[i]] > 1:
                    reasons[i] = "repeated"
                elif after == "a" or shape[i - 1] == "i" and (code == "T" or after and after in "Tt"):
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
    """Return where the article begins and ends; several times, where boxes interrupt it."""
    marks = [match.start() for match in _MARK.finditer(shape)]
    chains: list[tuple[float, list[tuple[int, int]]]] = []
    end = 0
    for mark, stop in zip([-1, *marks], [*marks, len(shape)], strict=True):
        weight, start, stop = _best(shape, mark + 1, stop)
        if weight <= 0:
            continue
        if chains and _goes_on(lines, shape, end, mark, start, stop):
            chains[-1][1].append((_first_paragraph(shape, start, stop), stop))
            chains[-1] = (chains[-1][0] + weight, chains[-1][1])
        else:
            chains.append((weight, [(_further_up(shape, start, mark + 1), stop)]))
        end = stop
    most = max((weight for weight, _ in chains), default=0)
    spans = next((spans for weight, spans in chains if weight >= most / 4), [])
    if spans:
        start, end = spans[-1]
        spans[-1] = (start, _end(lines, shape, start, end))
    return spans


def _first_paragraph(shape: str, start: int, end: int) -> int:
    match = _PARAGRAPH.search(shape, start, end)
    return match.start() if match else end


def _goes_on(lines, shape, end, mark, start, stop) -> bool:
    j = _first_paragraph(shape, start, stop)
    if j == stop:
        return False
    box = shape[mark:j]
    rest = re.sub("[^PpvsTtnkREFd]", "", shape[j:stop])
    titles = sum(map(box.count, "Ttnsku"))
    if "F" in shape[end:j]:
        return False
    if "E" in shape[end:j]:
        return titles == 0 and bool(re.match("[Ppv]{2}", rest))
    if "d" in box and titles:
        return False
    if titles >= 5 or re.search("[nwog]", shape[end:mark]):
        return False
    return titles != 1 or bool(re.match("[Ppv]{2}", rest))


def _end(lines: list[str], shape: str, start: int, end: int) -> int:
    end = _TAIL.match(shape, end).end()
    end = _before_strangers(lines, shape, start, end)
    while shape[end - 1] in "Ttnyz" or shape[end-1] not in TEXT:
        end -= 1
    return end


def _before_strangers(lines: list[str], shape: str, start: int, end: int) -> int:
    """Return where paragraphs begin that share no pairs of words with those before: teasers without a heading."""
    places = [match.start() for match in _PARAGRAPH.finditer(shape, start, end)][-_STRANGERS:]
    if len(places) < _OWN + _FEW:
        return end
    first = places[0]
    text = "\n".join(lines[first:end]).lower()
    ends = list(accumulate(len(line) + 1 for line in lines[first:end]))
    score = best = 0.0
    cut = end
    shares: list[float] = []
    for count, place in enumerate(reversed(places[_OWN:]), 1):
        shares.append(_share(text, ends[place - first] - len(lines[place]) - 1, lines[place].lower()))
        score += _STRANGE - min(shares[-1], 0.2)
        if score < -0.1:
            break
        if score > best and count >= _FEW:
            best, cut = score, place
    return cut


_STRANGERS, _OWN, _FEW, _STRANGE = 24, 4, 3, 0.06


def _share(text: str, end: int, paragraph: str) -> float:
    words = paragraph.split()[:40]
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return sum(text.find(pair, 0, end) >= 0 for pair in pairs) / max(1, len(pairs))


def _further_up(shape: str, start: int, floor: int) -> int:
    while True:
        low = max(floor, start - 6)
        match = _UP.search(shape[low:start])
        if not match:
            return start
        start = low + match.start()


def _headline(lines: list[str], shape: str, start: int) -> list[tuple[int, int]]:
    best, where, away = -99.0, None, 0.0
    j = start - 1
    while j >= 0 and away < 8 and start - j < 30:
        c = shape[j]
        if c in "Ttskp":
            n = len(lines[j])
            score = min(n, 45) / 10 - 1.2 * away - 3 * (lines[j][-1] in ":," or lines[j][0].islower())
            if n >= 25 and shape[j + 1 : j + 2] in ("d", "w"):
                score += 2
            if n >= 25 and lines[j].isupper():
                score += 1.5
            if score > best:
                best, where = score, j
            away += 1 if c in "Tt" else 0.3
        elif c not in "bdwiqacz":
            away += 0.3
        j -= 1
    if where is None:
        return []
    if lines[where].isupper() and where and shape[where - 1] in "Tt" and lines[where - 1].isupper():
        return [(where - 1, where + 1)]
    return [(where, where + 1)]
