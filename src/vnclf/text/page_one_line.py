"""Pages that were stored on a single line: where it breaks, and which of its pieces is the article.

Without lines there are no line rules. But menus are known names, one after the other; above an article stands
its date; and what follows it begins with the same few words everywhere.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vnclf.text.page_kin import Span
from vnclf.text.page_menus import MENU
from vnclf.text.page_rules import EDGE, LINES, OPENINGS, OTHERS, OTHERS_BEGIN

# A line so long, and that is so much of its text, is a page's only one.
_LONG, _MOST = 600, 0.8
# A cheap look before the thorough one: so many of these stand in a page, and in few articles.
_CUES = (
    "Trang chủ,Thời sự,Đăng nhập,GMT+7,Cập nhật,Bình luận,Ý kiến,liên quan,Xem thêm,Đọc thêm,Đọc nhiều,Chia sẻ,Tags,"
    "Từ khóa,Có thể bạn,Bản quyền,©,Giấy phép,iên tập:,TIN "
).split(",")
_ENOUGH = 2
# So many words may stand between two names of a menu, and so many in one of them.
_GAP, _NAME = 3, 5
_HOUR = r"\d{1,2}[:h]\d{2}(?::\d{2})?"
_DAY = r"\d{1,2}(?:[/.-]\d{1,2}[/.-]| tháng \d{1,2},?(?: năm)? )\d{4}"
_DATE = re.compile(
    rf"(?:(?:Thứ (?:\w{{2,3}}|[2-7])|Chủ [Nn]hật|Cập nhật|Đăng lúc|Ngày đăng|Xuất bản)[^.!?]{{0,20}}?{_DAY}"
    rf"(?:[\s,|-]+{_HOUR})?|{_DAY}[\s,|-]+{_HOUR}|{_HOUR}[\s,|-]+{_DAY})(?:\s*\(?GMT ?\+ ?7\)?)?"
)
# A date within a sentence goes on in small letters, ends with a stop, or has one of these words before it.
_GOES_ON = frozenset(".,;:!?…)]%")
_BEFORE_DAYS = frozenset("ngày hôm vào sáng trưa chiều tối đêm từ đến tới lúc trong của là qua và trước sau".split())
_SHORTEST = 20
_HEADLINE = re.compile(rf"(?:[^.!?»>›|•\n]|\.(?! )){{{_SHORTEST},150}}$")
_WORD = re.compile(r"\S+")


class Break(NamedTuple):
    """A stretch of a line, [start, end) in characters, that is no text: "d" a date, "m" a menu, "R" what follows."""

    start: int
    end: int
    code: str


def divide(text: str) -> tuple[int, int, int, int] | None:
    """Return where the headline begins and ends, and the article; None unless a page stands on a single line.

    The headline is empty where it cannot be told from what is beside it.
    """
    if len(text) < _LONG or len(max(text.split("\n"), key=len)) < max(_LONG, _MOST * len(text)):
        return None
    if sum(cue in text for cue in _CUES) < _ENOUGH:
        return None
    edges = [Break(0, 0, "m")]
    for found in sorted([*_dates(text), *_furniture(text)]):
        if found.start >= edges[-1].end:
            edges.append(found)
    codes = [edge.code for edge in edges[1:]]
    if not (("m" in codes and len(codes) > 1) or ("d" in codes and codes.count("R") > 1)):
        return None
    edges.append(Break(len(text), len(text), "R"))
    place = max((i for i, edge in enumerate(edges) if edge.code != "R"), key=lambda i: _size(*edges[i : i + 2]))
    begin, end = _headline(text, edges[: place + 1])
    return begin, end, edges[place].end, edges[place + 1].start


def _headline(text: str, edges: list[Break]) -> Span:
    """Return where the headline stands above the last of some breaks, an empty stretch where there is none."""
    while len(edges) > 1 and edges[-1].start - edges[-2].end < _SHORTEST:
        edges.pop()
    stop = edges[-1].start
    start = max(edges[-2].end, stop - 160) if len(edges) > 1 else stop
    found = _HEADLINE.search(text, start, stop)
    return found.span() if found else (stop, stop)


def _size(above: Break, below: Break) -> int:
    """Return the length between two breaks; below a date it counts fourfold, as teasers have none."""
    return (below.start - above.end) * (4 if above.code == "d" else 1)


def _dates(text: str) -> Iterator[Break]:
    for match in _DATE.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 9) : start].split()[-1:], text[end : end + 3].lstrip()[:1]
        if not (after.islower() or after in _GOES_ON or _BEFORE_DAYS.intersection(before)):
            yield Break(start, end, "d")


def _furniture(text: str) -> Iterator[Break]:
    """Yield rows of a menu's names, and the words that begin what follows an article."""
    row: list[Break] = []
    gap = 0
    for match in _WORD.finditer(text):
        start = match.start()
        if row and start < row[-1].end:
            continue
        name = _name(text, start) if text[start].isupper() or text[start] == "©" else None
        if name and (gap <= _GAP or not row):
            row.append(name)
            gap = 0
        elif name or gap > _GAP:
            yield from _as_breaks(text, row)
            row, gap = [name] if name else [], 0
        gap += not name
    yield from _as_breaks(text, row)


def _as_breaks(text: str, row: list[Break]) -> Iterator[Break]:
    first = next((i for i, name in enumerate(row) if name.code == "R"), None)
    if first is not None:
        while first and len(text[row[first - 1].end : row[first].start].split()) < _GAP - 1:
            first -= 1
        yield Break(row[first].start, row[-1].end, "R")
    elif len(row) >= MENU:
        yield Break(row[0].start, row[-1].end, "m")


def _name(text: str, start: int) -> Break | None:
    """Return the name or the heading that begins at a word, "R" for one that only headings have."""
    low = text[start : start + 60].lower()
    first = low.partition(" ")[0]
    for phrase, code, _ in OPENINGS.get(first, ()):
        if code in "REFgu" and low.startswith(phrase):
            return Break(start, start + len(phrase), "R")
    others = OTHERS.match(low) if first in OTHERS_BEGIN else None
    ends = [others.end()] if others else []
    ends += [match.end() for match, _ in zip(_WORD.finditer(low), range(_NAME), strict=False)]
    for end in sorted(ends, reverse=True):
        code = "R" if others and end == others.end() else LINES.get(low[:end].strip(EDGE), "")
        if code and code in "mxhqRE":
            after = text[start + end : start + end + 2].lstrip()
            if code in "RE" and (low[end - 1] in ":)" or after[:1] == "(" or (code == "R" and after[:1].isupper())):
                return Break(start, start + end, "R")
            return Break(start, start + len(low[:end].rstrip(EDGE)), "m") if low[end - 1] not in ",;" else None
    return None
