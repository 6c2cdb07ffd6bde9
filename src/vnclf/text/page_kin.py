"""Which paragraphs of a page are of one article: those that share pairs of words.

Of the pairs of words in a paragraph, the rest of its own article holds 22 % (median), another article 2 %.
"""

import re
from bisect import bisect
from itertools import accumulate

from vnclf.text.page_rules import CONTENT, EMPHASIS, STOPS

Span = tuple[int, int]

# An article has so many paragraphs, and characters, before anything in it can be strange to the rest.
_OWN, OWN_SIZE = 3, 800
# Paragraphs that share less are another article's; more than this is not counted.
STRANGE, FAMILIAR = 0.06, 0.2
PARAGRAPH = re.compile("[Pp]")
# What closes an article: a name, a source, tags, a share bar.
CLOSED = re.compile("[nwogh]")
# What stands right below an article's own last paragraph.
_SIGNED = re.compile("[abcilu]{0,2}[nw]|[^PpvREF]{0,6}g")
# Above an article: a paragraph, and a headline that is the next one's or an article's.
_HEADLINE = re.compile("[Ttskl][^PpvREF]{0,9}")
_TEASER = re.compile("[Ppv][^PpvTtsklREF]*(?:(?:[Ttskl]|[pj]d)[^PpvREF]{0,9}(?=[Ppv])|[pj](?=P[Tt]))")
# An article begins with two paragraphs at least.
_OPENING = re.compile("[Ppv][^PpvTtskREF]*[Ppv]")
# A headline with its date.
_DATED = re.compile("[TtskPp][^PpvTtskREFd]{0,3}d[^PpvREF]{0,9}(?=[Ppv])")
_TITLES = re.compile("[Ttskl]")
_HEADED = re.compile("[Ttskl][^PpvTtsklREF]*(?=[Ppv])")
# An item of a list that is no link.
_ITEM = re.compile(r"[-–+•] ?[^\[\s]")
# Backwards from an article's end: links with one paragraph each.
_LINKED = re.compile("[^Pp]*(?:[Pp](?:[^PpTtskl]*l)+[^Ppl]*){3,}")
# More headlines than these above an article's date are not its own.
_MANY = 3
# A paragraph of fewer characters that ends without a full stop is a long headline.
_HEADLINE_SIZE = 180
# Teasers are looked for in so many of an article's first lines.
_TOP = 60
# Where a newspaper begins an article with its name, it begins every one with it.
_DATELINE = re.compile(r"^\(?[^\W\d_]\S{0,19}(?: \S{1,19})? ?\)? ?[-–—] ")
# How many characters before a paragraph are compared with it: enough for any article, and a bound for any page.
_NEAR = 50_000
# So many teasers below an article are compared with it.
_JUDGED = 8
# Teasers above an article are compared with so much of it: in a long text stands some of any paragraph.
_NEXT = 3000


def after_teasers(lines: list[str], shape: str, span: Span) -> int:
    """Return where an article's first paragraph stands, below headlines of others and their leads."""
    start, end = span
    for i in range(start, min(end, start + _TOP)):
        is_short = shape[i] == "P" and len(lines[i]) < _HEADLINE_SIZE
        if is_short and lines[i].rstrip(EMPHASIS)[-1:] not in STOPS:
            shape = f"{shape[:i]}T{shape[i + 1 :]}"
    place = _below_date(lines, shape, span)
    return _below_teasers(lines, shape, span) if place is None else place


def _below_date(lines: list[str], shape: str, span: Span) -> int | None:
    """Return where paragraphs begin below the first headline that has a date, if what is above is strange to them."""
    start, end = span
    dated = _DATED.search(shape, start, end)
    if not dated or "d" in shape[start : dated.start()]:
        return None
    leads = [match.start() for match in PARAGRAPH.finditer(shape, start, dated.start())]
    most = 2 * len(_HEADED.findall(shape, max(0, start - 3), dated.start()))
    titles = [match.start() for match in _TITLES.finditer(shape, start, dated.start())]
    if len(titles) > _MANY and not _are_sections(lines, titles) and not any(_ITEM.match(lines[i]) for i in titles):
        most, above = most + 1, leads or titles
    else:
        above = leads if len(leads) > 1 else []
    if not above or len(leads) > most:
        return None
    closed = CLOSED.search(shape, dated.end() + 1, end)
    article = dated.end(), closed.start() if closed else end
    return dated.end() if _are_strange(lines, above, article, 1.5 * STRANGE) else None


def _below_teasers(lines: list[str], shape: str, span: Span) -> int:
    """Return where paragraphs begin below a headline and a paragraph, and so on, that are of other articles."""
    start, end = span
    headline = _HEADLINE.match(shape, start)
    teasers, place = [], headline.end() if headline else start
    while match := _TEASER.match(shape, place, end):
        teasers.append(place)
        place = match.end()
    headings = [match.start() for match in _TITLES.finditer(shape, start, place)]
    if _are_sections(lines, headings) or not _OPENING.match(shape, place, end):
        return start
    own = "\n".join(lines[place:end])[:_NEXT]
    while teasers and share_of(own, len(own), lines[teasers[-1]]) >= 2 * STRANGE:  # a summary above a subheading
        place = teasers.pop()
    if len(teasers) < 2:
        return start
    # More above than below: only where that is nothing but a headline and a lead, and so on, and no interview.
    longer = sum(map(len, lines[start:place])) > sum(map(len, lines[place:end]))
    titles, questions = len(_TITLES.findall(shape, teasers[0], teasers[-1])), shape.count("s", teasers[0], place)
    if (longer and titles >= len(teasers)) or questions > len(teasers) / (3 if longer else 2):
        return start
    doubtful = longer and shape.count("d", start, place) < len(teasers)
    return place if _are_strange(lines, teasers, (place, end), STRANGE / 2 if doubtful else 1.5 * STRANGE) else start


def _are_sections(lines: list[str], titles: list[int]) -> bool:
    """Whether headings are of an article's sections: numbered, or labels."""
    plain = [lines[title].strip(EMPHASIS + "[") for title in titles]
    return any(line.endswith(":") or CONTENT.match(line) for line in plain)


def _are_strange(lines: list[str], places: list[int], part: Span, most: float) -> bool:
    """Whether paragraphs share less with a part of a page than `most`, on average."""
    text = "\n".join(lines[slice(*part)])[:_NEXT]
    return sum(share_of(text, len(text), lines[place]) for place in places) < most * len(places)


def before_strangers(lines: list[str], shape: str, span: Span) -> int:
    """Return where paragraphs of other articles begin: teasers that have no heading."""
    start, end = span
    places = [match.start() for match in PARAGRAPH.finditer(shape, start, end)]
    closed = CLOSED.search(shape, places[0], places[-1]) if len(places) > _OWN + 1 else None
    after = places[bisect(places, closed.start()) :] if closed else []
    if not after and (len(places) <= 2 * _OWN or _SIGNED.match(shape, end)):
        return end
    text = "\n".join(lines[start:end])
    ends = [0, *accumulate(map(len, lines[start:end]), lambda total, size: total + size + 1)]

    def share(place: int, before: int) -> float:
        return share_of(text, ends[before - start], lines[place])

    if after and after[0] >= places[_OWN] and ends[after[0] - start] > OWN_SIZE:
        after = after[:_JUDGED]
        if sum(share(place, after[0]) for place in after) < STRANGE * len(after):
            return after[0]
    linked = _LINKED.match(shape[start:end][::-1])
    if linked:
        above = end - linked.end()
        teasers = places[bisect(places, above) :][:_JUDGED]
        shared = sum(share(place, teasers[0]) for place in teasers) / len(teasers)
        titles = [match.start() for match in _TITLES.finditer(shape, above, end)]
        if ends[teasers[0] - start] > OWN_SIZE and shared < 1.5 * STRANGE and not _are_sections(lines, titles):
            return teasers[0]
    score, best, cut = 0.0, 0.15, end
    for count, place in enumerate(reversed(places[_OWN + 1 :][-20:]), 1):
        score += STRANGE - share(place, place)
        if score < -0.1 or ends[place - start] < OWN_SIZE:
            break
        titles = [match.start() for match in _TITLES.finditer(shape, place - 1, end)]
        if (
            score > best
            and count >= _OWN
            and shape[place - 1] not in "Ppvcq"  # below a picture's caption or an advertisement an article goes on
            and 2 * len(titles) >= count
            and not _are_sections(lines, titles)
        ):
            best, cut = score, place
    return cut


def familiarity(lines: list[str], shape: str, span: Span, part: Span, enough: int = 2 * OWN_SIZE) -> float:
    """Return how much the paragraphs of a part share with those of a span; `STRANGE` for one of fewer characters."""
    text = "\n".join(lines[max(span[0], span[1] - 30) : span[1]])
    places = [match.start() for match in PARAGRAPH.finditer(shape, *part)][:3]
    if len(text) < enough or not places:
        return STRANGE
    return sum(share_of(text, len(text), lines[place]) for place in places) / len(places)


def share_of(text: str, end: int, line: str) -> float:
    """Return which share of a line's pairs of words, after its dateline, stands in the text up to `end`.

    It is `FAMILIAR` at most.
    """
    start = max(0, end - _NEAR)
    words = _DATELINE.sub("", line).split(None, 32)[:32]
    pairs = [" ".join(pair) for pair in zip(words[::2], words[1::2], strict=False)]
    enough = FAMILIAR * len(pairs)
    found = 0
    for pair in pairs:
        if text.find(pair, start, end) >= 0:
            found += 1
            if found >= enough:
                return FAMILIAR
    return found / max(1, len(pairs))
