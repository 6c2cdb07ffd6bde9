"""From a scraped page to its article.

The lines of a page are told apart one by one, by the line rules; then the article is the stretch of
lines that holds most text and least furniture (maximum subsequence segmentation, Pasternack and Roth
2009), cut where a heading such as "Tin liên quan" says that other articles follow, and above and below
where the paragraphs stop sharing pairs of words with its own. Lines broken at a width are told as the
paragraphs they were, and a page that was stored on a single line is broken up first.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from vnclf.text.normalize import compose
from vnclf.text.page_captions import tells_scene
from vnclf.text.page_kin import Span
from vnclf.text.page_lines import shape_of
from vnclf.text.page_links import as_teasers
from vnclf.text.page_one_line import divide
from vnclf.text.page_rules import CONTENT, CONTENTS, EDGE, TEXT, WHY
from vnclf.text.page_spans import headline, spans
from vnclf.text.page_wrapped import paragraphs


class Removed(NamedTuple):
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
    text = page.replace("\r\n", "\n").replace("\r", "\n") if "\r" in page else page
    # A decomposed text of any length has one of these marks; asking Unicode for its form takes far longer.
    if "\u0301" in text or "\u0300" in text:
        text = compose(text)
    only = divide(text)
    if only:
        return _from_one_line(text, *only)
    stripped = list(map(str.strip, text.split("\n")))
    groups = paragraphs(stripped)
    lines = [" ".join(stripped[group.start : group.stop]) for group in groups]
    reasons = _settled_reasons(lines, shape_of(lines))
    if not any(reasons):
        return Extracted(page, ())
    kept, removed = [], []
    for group, why in zip(groups, reasons, strict=True):
        for i in group:
            if why:
                removed.append(Removed(i + 1, stripped[i], why))
            else:
                kept.append(stripped[i])
    return Extracted("\n".join(kept), tuple(removed))


def _from_one_line(page: str, headline: int, end: int, start: int, stop: int) -> Extracted:
    title, body = page[headline:end].strip(" |-–—"), page[start:stop].strip()
    inner = extract("\n".join(filter(None, (title, body))))
    first = _line_of(page, body, start)
    lines = [_line_of(page, title, headline)] * bool(title) + list(range(first, first + body.count("\n") + 1))
    # Of HTML, which a part may be taken for, the lines are others.
    within = [removed._replace(line=lines[min(removed.line, len(lines)) - 1]) for removed in inner.removed]
    above, date, below = (
        _part(page, *part) for part in ((0, headline, "m"), (end, start, "d"), (stop, len(page), "R"))
    )
    return Extracted(inner.text, (*above, *date, *within, *below))


def _part(page: str, start: int, end: int, code: str) -> list[Removed]:
    text = page[start:end].strip()
    return [Removed(_line_of(page, text, start), text, WHY[code])] if text else []


def _line_of(page: str, text: str, start: int) -> int:
    return page.count("\n", 0, page.find(text, start)) + 1


def looks_like_page(text: str) -> bool:
    """Whether a text is HTML or holds a page's furniture; quick, and False when in doubt."""
    from vnclf.text.html import is_html

    if is_html(text):
        return True
    short = [line for line in text.split("\n") if 1 < len(line) < 60 or (len(line) < 200 and "](" in line)]
    if len(short) < 4:
        return divide(text) is not None
    shape = shape_of([line.strip() or "-" for line in short[:30] + short[-30:]])
    # Lists of dated headlines stand in many a plain article, too.
    return _evidence(shape.replace("u", "t")) > _ENOUGH


# So much furniture makes a text a page: only then do headlines and names without a mark of their own go too.
_ENOUGH = 2
# One text in some thousands needs a second pass; none was seen to need a third.
_PASSES = 4
# Letters that prove nothing alone: in a text that is no page these lines stay.
_WEAK = str.maketrans(dict.fromkeys("hjmxREF", "t"))

# Below a picture or a table, a source is theirs.
_SOURCE = re.compile("(?<=[bic])o")
_HEAD = re.compile("[Ttnmjz]*")
# Lists of an article's own headings are no longer.
_CONTENTS = 40
_LOOSE = re.compile("[mzTt]|s(?=a)")
# Among pictures, what is followed by another heading is none itself.
_CAPTIONS = re.compile("(?<=[Pp])(?:[Tt]{1,2}(?=[Ttk][Pp])|[Tt](?=i+[Ttk]))")


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
    shape = as_teasers(lines, _SOURCE.sub("a", shape.replace("Tv", "vv")))
    reasons = list(map(WHY.get, shape))
    stretches = spans(lines, shape)
    if stretches:
        _drop_outside(reasons, headline(lines, shape, stretches[0][0]) + stretches)
        times = Counter(lines if any(_LOOSE.search(shape, *span) for span in stretches) else ())
        for span in stretches:
            _drop_inside(lines, shape, reasons, span, times)
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


def _drop_inside(lines: list[str], shape: str, reasons: list[str | None], span: Span, times: Counter[str]) -> None:
    for match in _LOOSE.finditer(shape, *span):
        i, code = match.start(), match[0]
        before, after = shape[max(0, i - 1)], shape[i + 1 : i + 2]
        if code == "m":  # a heading that is a menu's word, too
            reasons[i] = None if before in TEXT and after and after in TEXT else WHY["m"]
        elif code == "z":
            reasons[i] = WHY["x"]
        elif times[lines[i]] > 1:
            reasons[i] = "repeated"
        elif after == "a" or (before == "i" and (code == "T" or after in ("T", "t") or tells_scene(lines[i]))):
            reasons[i] = WHY["c"]
        elif CONTENT.match(lines[i]) and _in_contents(lines, i, span[0]):
            reasons[i] = "contents"
    if shape.count("i", *span) > 1:
        for match in _CAPTIONS.finditer(shape, *span):
            for i in range(*match.span()):
                if lines[i][0] != "#":
                    reasons[i] = WHY["c"]


def _in_contents(lines: list[str], place: int, start: int) -> bool:
    """Whether a numbered line stands in a list of the article's own headings."""
    for above in range(place - 1, max(start, place - _CONTENTS) - 1, -1):
        if not CONTENT.match(lines[above]):
            return lines[above].lower().strip(EDGE) in CONTENTS
    return False
