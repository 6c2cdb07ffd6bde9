"""From a scraped page to its article.

The lines of a page are told apart one by one, by the line rules; then the article is the stretch of
lines that holds most text and least furniture (maximum subsequence segmentation, Pasternack and Roth
2009), cut where a heading such as "Tin liên quan" says that other articles follow, and where the
paragraphs stop sharing pairs of words with those before.
"""

import re
import unicodedata
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from vnclf.text.page_rules import TEXT, WHY, kind_of

Span = tuple[int, int]


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
    Takes time linear in the page's length.
    """
    from vnclf.text.html import flatten, is_html

    if is_html(page):
        page = flatten(page)
    elif "\n" not in page:
        page = page.replace("\r", "\n")
    # A decomposed text of any length has one of these marks; asking Unicode for its form takes far longer.
    text = unicodedata.normalize("NFC", page) if "\u0301" in page or "\u0300" in page else page
    stripped = list(map(str.strip, text.split("\n")))
    lines = [line for line in stripped if line]
    reasons = _settled_reasons(lines, "".join(map(kind_of, lines)))
    if not any(reasons):
        return Extracted(page, ())
    places = [place for place, line in enumerate(stripped, 1) if line]
    removed = [Removed(places[i], lines[i], why) for i, why in enumerate(reasons) if why]
    return Extracted("\n".join([line for line, why in zip(lines, reasons, strict=True) if not why]), tuple(removed))


def looks_like_page(text: str) -> bool:
    """Whether a text is HTML or holds a page's furniture; quick, and False when in doubt."""
    from vnclf.text.html import is_html

    if is_html(text):
        return True
    short = [line for line in text.split("\n") if 1 < len(line) < 60]
    if len(short) < 4:
        return False
    shape = "".join([kind_of(line.strip() or "-") for line in short[:30] + short[-30:]])
    # Lists of dated headlines stand in many a plain article, too.
    return _evidence(shape.replace("u", "t")) > _ENOUGH


# So much furniture makes a text a page: only then do headlines and names without a mark of their own go too.
_ENOUGH = 2
# One line in ten thousand goes in a second pass, none was seen to go in a third.
_PASSES = 4
# Letters that prove nothing alone: in a text that is no page these lines stay.
_WEAK = str.maketrans(dict.fromkeys("hjmxREF", "t"))

_PARAGRAPH = re.compile("[Ppv]")
_WHOLE_PARAGRAPH = re.compile("[Pp]")
_NEXT_PARAGRAPH = re.compile("[Pp][^PpTtsn]*[Pp]")
_PARAGRAPH_ABOVE = re.compile("[Ppv][^Ppv]{0,5}$")
_SENTENCES = re.compile("[sk]*")
_HEAD = re.compile("[Ttnmjz]*")
_LOOSE = re.compile("[mzTt]")
# Among pictures, what is followed by another heading is none itself.
_CAPTIONS = re.compile("(?<=[Pp])(?:[Tt]{1,2}(?=[Ttk][Pp])|[Tt](?=i+[Ttk]))")
_RUN = re.compile(f"[Ppv]+|[sTtnkyz]+|[^{TEXT}]+")
_MARK = re.compile("[REF]")
_CLOSING = re.compile("[nwog]")
_CLOSED = re.compile("[nwogh]")
# Backwards from a page's end: a headline with one paragraph, twice or more.
_TEASERS = re.compile("[^Pp]*(?:[Pp][^PpTtsk]*[Ttsk][^Pp]*){2,}")


def _settled_reasons(lines: list[str], shape: str) -> list[str | None]:
    """Return why each line goes, None for a line that stays, so that what stays would all stay again."""
    reasons = _reasons(lines, shape)
    for _ in range(_PASSES):
        kept = [i for i, why in enumerate(reasons) if not why]
        if len(kept) == len(lines):
            break
        again = _reasons([lines[i] for i in kept], "".join([shape[i] for i in kept]))
        if not any(again):
            break
        for i, why in zip(kept, again, strict=True):
            reasons[i] = why
    return reasons


def _reasons(lines: list[str], shape: str) -> list[str | None]:
    if _evidence(shape) < _ENOUGH:
        reasons = list(map(WHY.get, shape.translate(_WEAK)))
        _drop_names_at_end(shape, reasons)
        return reasons
    shape = shape.replace("Tv", "vv")
    reasons = list(map(WHY.get, shape))
    spans = _spans(lines, shape)
    if spans:
        _drop_outside(reasons, _headline(lines, shape, spans[0][0]) + spans)
        times = Counter(lines)
        for span in spans:
            _drop_inside(shape, reasons, span, [times[line] > 1 for line in lines[slice(*span)]])
    return reasons


def _evidence(shape: str) -> int:
    head = _HEAD.match(shape)
    found = sum(map(shape.count, "bghijlmquxRREEFF"))
    return found + ("d" in shape) + (head is not None and head.end() > 3)


def _drop_names_at_end(shape: str, reasons: list[str | None]) -> None:
    last = len(shape) - 1
    while last > 0 and (reasons[last] or (shape[last] == "n" and shape[last - 1] in "Ppnacdow")):
        reasons[last] = reasons[last] or WHY["w"]
        last -= 1


def _drop_outside(reasons: list[str | None], kept: list[Span]) -> None:
    why, place = "menu", 0
    for start, end in [*kept, (len(reasons), len(reasons))]:
        for i in range(place, start):
            reasons[i] = reasons[i] or why
        why, place = "other headline", end


def _drop_inside(shape: str, reasons: list[str | None], span: Span, repeated: list[bool]) -> None:
    for match in _LOOSE.finditer(shape, *span):
        i, code = match.start(), match[0]
        before, after = shape[i - 1], shape[i + 1 : i + 2]
        if code == "m":  # a heading that is a menu's word, too
            reasons[i] = None if before in TEXT and after and after in TEXT else WHY["m"]
        elif code == "z":
            reasons[i] = WHY["x"]
        elif repeated[i - span[0]]:
            reasons[i] = "repeated"
        elif after == "a" or (before == "i" and (code == "T" or after in ("T", "t"))):
            reasons[i] = WHY["c"]
    if shape.count("i", *span) > 1:
        for match in _CAPTIONS.finditer(shape, *span):
            reasons[match.start() : match.end()] = [WHY["c"]] * len(match[0])


def _weight(run: str) -> float:
    """Return how much a run of lines of one sort speaks for being inside an article."""
    if run[0] in "Ppv":
        return 6 * run.count("P") + 3 * (run.count("p") + run.count("v"))
    if run[0] in TEXT:
        good = run.count("s") + run.count("k")
        return good - min(3, len(run) - good)
    harmless = sum(map(run.count, "abciluq"))
    return -min(2, harmless / 2) - (len(run) - harmless) - 2 * run.count("g")


_weight_of_short = lru_cache(1 << 12)(_weight)


def _heaviest(shape: str, start: int, end: int) -> tuple[float, int, int]:
    best, total, begin = (0.0, start, start), 0.0, start
    for match in _RUN.finditer(shape, start, end):
        if total <= 0:
            total, begin = 0.0, match.start()
        run = match[0]
        total += _weight_of_short(run) if len(run) < 50 else _weight(run)
        if total > best[0]:
            best = (total, begin, match.end())
    return best


def _spans(lines: list[str], shape: str) -> list[Span]:
    """Return where the article begins and ends; several times, where boxes interrupt it."""
    marks = [match.start() for match in _MARK.finditer(shape)]
    chains: list[tuple[float, list[Span]]] = []
    for mark, stop in zip([-1, *marks], [*marks, len(shape)], strict=True):
        weight, start, end = _heaviest(shape, mark + 1, stop)
        if weight <= 0:
            continue
        first = _PARAGRAPH.search(shape, start, end)
        if chains and first and _goes_on(lines, shape, chains[-1][1][-1], mark, (first.start(), end)):
            total, spans = chains.pop()
            chains.append((total + weight, [*spans, (first.start(), end)]))
        else:
            chains.append((weight, [(_further_up(shape, start, mark + 1), end)]))
    most = max((weight for weight, _ in chains), default=0.0)
    # The first that is no mere slogan or cookie banner: comments and teasers can be longer than the article.
    spans = next((spans for weight, spans in chains if weight >= most / 4), [])
    return [*spans[:-1], (spans[-1][0], _end(lines, shape, spans[-1]))] if spans else []


def _further_up(shape: str, start: int, floor: int) -> int:
    while match := _PARAGRAPH_ABOVE.search(shape[max(floor, start - 6) : start]):
        start = max(floor, start - 6) + match.start()
    return start


def _goes_on(lines: list[str], shape: str, span: Span, mark: int, part: Span) -> bool:
    """Whether an article goes on after a mark, at the paragraph where `part` begins."""
    between, box = shape[span[1] : part[0]], shape[mark : part[0]]
    titles = sum(map(box.count, "Ttnsku"))
    two = bool(_NEXT_PARAGRAPH.match(shape, *part))
    if "F" in between or titles > 4 or ("d" in box and titles):
        return False
    if "E" in between:
        return two and not titles
    if between.count("R") > 1 or _CLOSED.search(between, 0, mark - span[1]) or _end(lines, shape, span) < span[1]:
        return False
    familiarity = _familiarity(lines, shape, span, part)
    return familiarity >= (_STRANGE if two or titles != 1 else 2 * _STRANGE)


def _end(lines: list[str], shape: str, span: Span) -> int:
    """Return where an article ends, before what follows it without a heading."""
    start, end = span
    sentences = _SENTENCES.match(shape, end)
    end = sentences.end() if sentences else end
    teasers = _TEASERS.match(shape[start:end][::-1])
    closing = teasers and _CLOSING.search(shape, end - teasers.end(), end)
    if closing and len(_WHOLE_PARAGRAPH.findall(shape, closing.start(), end)) > 1:
        end = closing.start()
    end = _before_strangers(lines, shape, (start, end))
    while shape[end - 1] in "Ttnyz" or shape[end - 1] not in TEXT:
        end -= 1
    return end


# An article has so many paragraphs, and characters, before anything in it can be strange to the rest;
# of the pairs of words in a paragraph, the rest of its own article holds 22 % (median), another 2 %.
_OWN, _OWN_SIZE, _STRANGE, _FAMILIAR = 3, 800, 0.06, 0.2
# How many characters before a paragraph are compared with it: enough for any article, and a bound for any page.
_NEAR = 50_000


def _before_strangers(lines: list[str], shape: str, span: Span) -> int:
    """Return where paragraphs of other articles begin: teasers that have no heading."""
    start, end = span
    places = [match.start() for match in _WHOLE_PARAGRAPH.finditer(shape, start, end)]
    closed = _CLOSED.search(shape, places[0], places[-1]) if len(places) > _OWN + 1 else None
    after = places[bisect(places, closed.start()) :] if closed else []
    if not after and len(places) <= 2 * _OWN:
        return end
    text = "\n".join(lines[start:end])
    ends = [0, *accumulate(map(len, lines[start:end]), lambda total, size: total + size + 1)]

    def share(place: int, before: int) -> float:
        return _share(text, ends[before - start], lines[place])

    if after and after[0] >= places[_OWN] and ends[after[0] - start] > _OWN_SIZE:
        after = after[:8]
        if sum(share(place, after[0]) for place in after) < _STRANGE * len(after):
            return after[0]
    score, best, cut = 0.0, 0.15, end
    for count, place in enumerate(reversed(places[_OWN + 1 :][-20:]), 1):
        score += _STRANGE - share(place, place)
        if score < -0.1 or ends[place - start] < _OWN_SIZE:
            break
        if score > best and count >= _OWN:
            best, cut = score, place
    return cut


def _familiarity(lines: list[str], shape: str, span: Span, part: Span) -> float:
    """Return how much the paragraphs of a part share with those of a span; `_STRANGE` when that cannot be told."""
    text = "\n".join(lines[max(span[0], span[1] - 30) : span[1]])
    places = [match.start() for match in _WHOLE_PARAGRAPH.finditer(shape, *part)][:3]
    if len(text) < 2 * _OWN_SIZE or not places:
        return _STRANGE
    return sum(_share(text, len(text), lines[place]) for place in places) / len(places)


def _share(text: str, end: int, line: str) -> float:
    """Return which share of a line's pairs of words stands in the text up to `end`; `_FAMILIAR` at most."""
    start = max(0, end - _NEAR)
    words = line.split(None, 32)[:32]
    pairs = [" ".join(pair) for pair in zip(words[::2], words[1::2], strict=False)]
    enough = _FAMILIAR * len(pairs)
    found = 0
    for pair in pairs:
        if text.find(pair, start, end) >= 0:
            found += 1
            if found >= enough:
                return _FAMILIAR
    return found / max(1, len(pairs))


def _headline(lines: list[str], shape: str, start: int) -> list[Span]:
    """Return where the headline is, among the lines that could be one above an article's first paragraph."""
    scores: dict[int, float] = {}
    away = 0.0
    for i in range(start - 1, max(start - 30, -1), -1):
        code = shape[i]
        if code in "Ttsk":
            line = lines[i]
            score = min(len(line), 45) / 10 - away - 3 * (line[-1] in ":," or line[0].islower())
            if len(line) >= 25:
                score += (shape[i + 1] in "dw") + 1.5 * line.isupper()
            scores[i] = score
            away += 1.2 if code in "Tt" else 0.4
        elif code not in "bdwiqacz":
            away += 0.4
        if away > 8:
            break
    rivals = [i for i in scores if len(lines[i]) >= 25 and scores[i] + 4 > max(scores.values())]
    if len(rivals) > 1:
        text = "\n".join(lines[start : start + 4])[:800]
        for i in rivals:
            scores[i] += 4 / _FAMILIAR * _share(text, len(text), lines[i])
    best = max(scores, key=scores.__getitem__, default=-1)
    if best < 0 or scores[best] <= 0:
        return []
    is_second_half = best and lines[best].isupper() and shape[best - 1] in "Tt" and lines[best - 1].isupper()
    return [(best - 1 if is_second_half else best, best + 1)]
