"""Which stretches of a page, told by the kinds of its lines, are the article."""

import re
from functools import lru_cache

from vnclf.text.page_kin import (
    CLOSED,
    FAMILIAR,
    OWN_SIZE,
    PARAGRAPH,
    STRANGE,
    Span,
    after_teasers,
    before_strangers,
    familiarity,
    share_of,
)
from vnclf.text.page_rules import EMPHASIS, STOPS, TEXT

_PARAGRAPH = re.compile("[Ppv]")
_NEXT_PARAGRAPH = re.compile("[Pp][^PpTtsn]*[Pp]")
# Between comments stand names, dates, buttons.
_TOGETHER = re.compile("[Pp][^PpTtsndhxEw]*[Pp]")
_PARAGRAPH_ABOVE = re.compile("[Ppv][^Ppv]{0,5}$")
# A heading for other articles, one headline, its lead, and a paragraph after that.
_TITLE_AND_LEAD = re.compile("R[^PpvTtsk]*[Tt][^PpvTtsk]*[Pp][Pp]")
_LEAD = 160
_SENTENCES = re.compile("[sk]*")
# Paragraphs on end, as neither comments nor teasers have them.
_STRETCH = re.compile("[Ppv](?:[abcdilqu]*[Ppv])+")
_RUN = re.compile(f"[Ppv]+|[sTtnkyz]+|[^{TEXT}]+")
# What may end an article: a heading, or a source or tags together with a name, a source, tags or a share bar.
_MARK = re.compile("[REF]|[og](?=[^PpvskT]{0,12}[nwogh])|[nw](?=[^PpvskT]{0,12}[og])")
_CLOSING = re.compile("[nwog]")
# Backwards from a page's end: a headline with one paragraph, twice or more.
_TEASERS = re.compile("[^Pp]*(?:[Pp][^PpTtsk]*[Ttsk][^Pp]*){2,}")


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


def spans(lines: list[str], shape: str) -> list[Span]:
    """Return where the article begins and ends; several times, where boxes interrupt it."""
    marks = [match.start() for match in _MARK.finditer(shape)]
    chains: list[tuple[float, list[Span]]] = []
    for mark, stop in zip([-1, *marks], [*marks, len(shape)], strict=True):
        weight, start, end = _heaviest(shape, mark + 1, stop)
        first = _PARAGRAPH.search(shape, start, end)
        if not first:
            continue
        if chains and _goes_on(lines, shape, chains[-1][1][-1], mark, (first.start(), end)):
            total, spans = chains.pop()
            own = _after_box(lines, shape, spans[-1], mark, (first.start(), end))
            chains.append((total + weight, [*spans, (own, end)]))
            continue
        if chains:
            weight = sum(map(_weight, _STRETCH.findall(shape, start, end))) if shape[mark] in "REF" else 0.0
        chains.append((weight, [(_further_up(shape, start if mark < 0 else first.start(), mark + 1), end)]))
    most = max((weight for weight, _ in chains), default=0.0)
    # The first that is no mere slogan or cookie banner: the teasers and comments below are often longer.
    spans = next((spans for weight, spans in chains if weight >= most / 4), [])
    if not spans:
        return []
    spans[0] = (after_teasers(lines, shape, spans[0]), spans[0][1])
    return [*spans[:-1], (spans[-1][0], _end(lines, shape, spans[-1]))]


def _further_up(shape: str, start: int, floor: int) -> int:
    while match := _PARAGRAPH_ABOVE.search(shape[max(floor, start - 6) : start]):
        start = max(floor, start - 6) + match.start()
    return start


def _goes_on(lines: list[str], shape: str, span: Span, mark: int, part: Span) -> bool:
    """Whether an article goes on after a mark, at the paragraph where `part` begins."""
    between, box = shape[span[1] : part[0]], shape[mark : part[0]]
    titles = sum(map(box.count, "Ttnsku"))
    two = bool(_NEXT_PARAGRAPH.match(shape, *part))
    if "F" in between or shape[mark] in "nwog" or titles > 8:
        return False
    if "d" in box and titles and not (two and box.count("d") > 1):  # one date is that of another article
        return False
    if "E" in between:
        only_lead = len(PARAGRAPH.findall(shape, *span)) == 1
        return not titles and (only_lead or "R" not in between) and bool(_TOGETHER.search(shape, *part))
    if between.count("R") > 1 or CLOSED.search(between, 0, mark - span[1]) or _end(lines, shape, span) < span[1]:
        return False
    if len(_PARAGRAPH.findall(shape, *span)) == 1 and _NEXT_PARAGRAPH.search(shape, *part):
        return True
    if _is_interview(lines, shape, span, part):
        return True
    if titles > 4:
        return familiarity(lines, shape, span, part, OWN_SIZE) >= 2 * STRANGE
    return familiarity(lines, shape, span, part) >= (STRANGE if two or titles != 1 else 2 * STRANGE)


def _is_interview(lines: list[str], shape: str, span: Span, part: Span) -> bool:
    """Whether questions stand in an article, right above where a part begins, and in that part."""
    asked = sum(shape[i] in "Ttsk" and _asks(lines[i]) for i in range(*span))
    headings = [lines[i] for i in range(*part) if shape[i] in "Ttsk"][:2]
    return asked > 1 and _asks(lines[part[0] - 1]) and bool(headings) and all(map(_asks, headings))


def _asks(line: str) -> bool:
    return line.rstrip(EMPHASIS).endswith("?")


def _after_box(lines: list[str], shape: str, span: Span, mark: int, part: Span) -> int:
    """Return where an article goes on after a box: past the lead of the box's one headline, where it has a lead.

    An interview goes on at its question.
    """
    place, line = part[0], lines[part[0]]
    if _is_interview(lines, shape, span, part):
        return place - 1
    if shape[mark] != "R" or not _TITLE_AND_LEAD.match(shape, mark) or ". " in line or len(line) > _LEAD:
        return place
    text = "\n".join(lines[max(span[0], span[1] - 30) : span[1]])
    return place if share_of(text, len(text), line) else place + 1


def _end(lines: list[str], shape: str, span: Span) -> int:
    """Return where an article ends, before what follows it without a heading."""
    start, end = span
    sentences = _SENTENCES.match(shape, end)
    end = sentences.end() if sentences else end
    teasers = _TEASERS.match(shape[start:end][::-1])
    closing = teasers and _CLOSING.search(shape, end - teasers.end(), end)
    if closing and len(PARAGRAPH.findall(shape, closing.start(), end)) > 1:
        end = closing.start()
    end = before_strangers(lines, shape, (start, end))
    while shape[end - 1] in "Ttnyz" or shape[end - 1] not in TEXT:
        end -= 1
    return end


_AFTER_TITLE = re.compile(r" [-–—|] ")


def headline(lines: list[str], shape: str, start: int) -> list[Span]:
    """Return where the headline is, among the lines that could be one above an article's first paragraph."""
    scores: dict[int, float] = {}
    away = 0.0
    for i in range(start - 1, max(start - 30, -1), -1):
        code, line = shape[i], lines[i]
        if code == "P" and shape[i + 1] in "dw" and line[-1] not in STOPS:
            code = "T"  # a long one
        if code in "Ppv" and scores:  # of a teaser
            break
        if code in "Ttsk":
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
            scores[i] += 4 / FAMILIAR * share_of(text, len(text), lines[i])
    if scores:
        above = {line.lower() for line in lines[max(0, start - 30) : start]}
        for i in scores:  # a browser's title ends with the name of the site
            name = _AFTER_TITLE.split(lines[i].lower())[-1]
            scores[i] -= 4 * (name != lines[i].lower() and name in above)
    best = max(scores, key=scores.__getitem__, default=-1)
    if best < 0 or scores[best] <= 0:
        return []
    is_second_half = best and lines[best].isupper() and shape[best - 1] in "Tt" and lines[best - 1].isupper()
    return [(best - 1 if is_second_half else best, best + 1)]
