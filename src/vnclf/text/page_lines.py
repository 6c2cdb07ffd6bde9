"""What each line of a Vietnamese web page is: one letter, after the rules of page_rules."""

from collections.abc import Iterable

from vnclf.text.page_captions import is_caption, tells_places
from vnclf.text.page_dates import BESIDE_HEADLINE, DATE, ends_with_date, is_dated
from vnclf.text.page_links import is_links, unlinked
from vnclf.text.page_menus import is_menu, is_row
from vnclf.text.page_rules import (
    ANSWER,
    BAR,
    BARS,
    BEGINNINGS,
    BRACKETS,
    BY,
    COUNT,
    DIGIT,
    EDGE,
    EMPHASIS,
    LINES,
    LINK,
    MARKED,
    OPENINGS,
    OTHERS,
    OTHERS_BEGIN,
    PICTURE,
    REPLIES,
    REPLIES_BEGIN,
    SCRIPT,
    SHARE,
    STOPS,
)

_LONG = 100
# Pages of one site repeat their menus, boxes and forms; so many of their lines are remembered.
_REMEMBERED = 1 << 14


def shape_of(lines: Iterable[str]) -> str:
    """Return the letter of each line, which is not empty and has no white space at its ends."""
    kinds = _KINDS
    return "".join([kinds[line] if len(line) < _LONG else _furniture_of_long(line) or "P" for line in lines])


class _Kinds(dict[str, str]):
    """The letters of short lines; a lookup that finds none costs less here than in `functools.lru_cache`."""

    def __missing__(self, line: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        code = self[line] = _kind_of_short(line)
        return code


_KINDS = _Kinds()


def _kind_of_short(line: str) -> str:
    if "](" in line:
        if is_links(line):
            return LINES.get(line.lower().strip(EDGE)) or ("i" if line[0] == "!" else "l")
        line = unlinked(line) or line
    low = line.lower()
    if "  " in low and is_row(low):
        return "j"
    if low.replace(" ", "").isalpha():
        return LINES.get(low) or _kind_of_letters(line, low)
    key = low.strip(EDGE)
    if key in LINES:
        return LINES[key]
    plain, bare = (line, low) if line[0] not in EMPHASIS else (line.lstrip(EMPHASIS), low.lstrip(EMPHASIS))
    first = bare.partition(" ")[0]
    code = first in OPENINGS and _opened(plain, bare, first)
    if not code and (line[0] in BRACKETS or not key):
        code = _bracketed(line, low, key)
    if not code and MARKED.search(low):
        code = (DIGIT.search(low) and _numbered(line, low)) or (BARS.search(low) and _barred(line, low))
    return code or _worded(line, low, first) or _text_kind(line)


def _kind_of_letters(line: str, low: str) -> str:
    """Return the letter of a short line of letters and spaces alone, as most are: what needs other signs it is not."""
    first = low.partition(" ")[0]
    code = (first in OPENINGS and _opened(line, low, first)) or (first in BEGINNINGS and _begun(line, low, first))
    if code or (low.endswith("thực hiện") and BY.fullmatch(low)):
        return code or "w"
    if len(line) >= 40:
        return "v" if line[0].islower() else ("j" if is_menu(line) else "T")
    return "n" if " " in line and line.istitle() else "t"


def _furniture_of_long(line: str) -> str | None:
    plain = line.lstrip(EMPHASIS) if line[0] in EMPHASIS else line
    first = plain[:40].partition(" ")[0].lower()
    if first in OPENINGS:
        code = _opened(plain, plain.lower(), first)
        if code:
            return code
    if line[0] in BRACKETS or "](" in line or "://" in first:
        code = _bracketed(line, line.lower(), line.strip(EDGE))
        if code:
            return code
        bare = unlinked(line) if "](" in line else line
        if 0 < len(bare) < _LONG:
            return _kind_of_short(bare)
    if (line.startswith((">>", "\\>")) and not _is_sentences(line)) or (line[-1] == "»" and "«" not in line):
        return "u"
    if line[-1] in ";}" and SCRIPT.search(line[:1000]):
        return "x"
    if line[-1] not in STOPS and (is_menu(line) or line.count(" | ") > 3):
        return "j"
    if line[-1] not in STOPS and ", " not in line:
        return "T"
    if len(line) > 400 or (line[-1] not in ")]" and line[-2] != ")" and ":" not in line[-80:]):
        return None
    low = line.lower()
    if is_caption(line, low):
        return "c"
    return "u" if len(line) < 160 and line[-1] in ")]" and ends_with_date(low) else None


def _opened(line: str, low: str, first: str) -> str | None:
    size = len(low)
    for phrase, code, is_sentence in OPENINGS[first]:
        after = len(phrase)
        if not low.startswith(phrase) or low[after : after + 1].isalnum():
            continue
        if code == "u" and size - after < 2:
            return "R"
        if code == "R" and low[after : after + 1] == ":" and size - after > 12:
            return "u"
        if is_sentence or code == "u":
            return code
        # "Nội dung: Hà Chi" names an author; "Nội dung: hội thảo về nguồn nước" is an article's.
        if code in "wa" and size - after > 30 and not (line[after:].istitle() or line[after:].isupper()):
            continue
        if size <= (300 if code == "g" else 90) and (phrase[-1] == ":" or (size <= 60 and line[-1] != ".")):
            return code
    return None


def _bracketed(line: str, low: str, key: str) -> str | None:
    if not key:
        if not DIGIT.search(low):
            return "i" if line[0] == "!" else "b"
        if line[0] == "#":
            return "E"
        return "d" if ":" in low or DATE.search(low) else "z"
    if line[0] == "|":
        return None if any(len(cell) > 100 for cell in line.split("|")) else "b"
    if line[0] == "#" and all(word[0] == "#" for word in line.split()):
        return "g"
    if line[0] in "([" and len(line) < 160 and BESIDE_HEADLINE.match(low):
        return "u"
    if "](" in line and is_links(line):
        return "i" if line[0] == "!" else "l"
    return "l" if len(low) < 300 and LINK.fullmatch(low) else None


def _numbered(line: str, low: str) -> str | None:
    if line[-1] in ")]" and ends_with_date(low):
        return "u"
    if ("trả lời" in low or "reply" in low or " on " in low or " to " in low or " trên " in low) and ANSWER.fullmatch(
        low
    ):
        return "E"
    if len(low) < 80 and DATE.search(low) and is_dated(line):
        return "d"
    if COUNT.fullmatch(low):
        return "x"
    return "i" if " " not in low and PICTURE.fullmatch(low) else None


def _barred(line: str, low: str) -> str | None:
    if "](" in low and is_links(line):
        return "l"
    if low.startswith((">>", "\\>")):
        return "u"
    parts = BAR.split(low)
    if len(parts) < 2 or low[-1] in ".:;" or max(map(len, parts)) > 60:
        return None
    if low[-1] in "»›→" and low.strip(EDGE).endswith(("xem tiếp", "đọc tiếp", "xem thêm", "chi tiết")):
        return "u"
    if not LINES.keys().isdisjoint(parts):
        return "j"
    return "j" if len(parts) > 2 or (max(map(len, parts)) < 35 and any(mark in low for mark in "|>»›→")) else None


def _worded(line: str, low: str, first: str) -> str | None:
    last = low[-1]
    if first in BEGINNINGS:
        code = _begun(line.strip(EMPHASIS), low.strip(EMPHASIS), first)
        if code:
            return code
    if " " not in low:
        return "l" if LINK.fullmatch(low) else None
    if last in ";})" and SCRIPT.search(low):
        return "x"
    if last == ")" and line[0] == "(" and len(low) < 50:
        return "c" if low.startswith("(xem ") else "o"
    if (last == ")" or low.endswith("thực hiện")) and BY.fullmatch(low):
        return "w"
    if last not in STOPS and "(" in low and tells_places(low):
        return "c"
    return "c" if (":" in low or ")" in low[-2:] or "ảnh" in low) and is_caption(line, low) else None


def _begun(line: str, low: str, first: str) -> str | None:
    """Return the letter of a line that begins with one of BEGINNINGS, and goes on accordingly."""
    if first in SHARE and SHARE.issuperset(low.split()):
        return "h"
    if (low[-1] in STOPS and low[-1] != ":") or len(low) >= 50:
        return None
    if first in OTHERS_BEGIN and OTHERS.fullmatch(low.rstrip(": ")):
        return "R"
    if first in REPLIES_BEGIN and REPLIES.fullmatch(low):
        return "E"
    if first == "theo" and (line[5:6].isupper() or low.endswith((".vn", ".com", ".net"))):
        return "o"
    return "h" if first == "theo" and low.endswith((" trên", "google news")) else None


def _text_kind(line: str) -> str:
    size, last = len(line), line[-1]
    if last == ".":
        return "p" if size >= 40 else "s"
    if size >= 40 and line[0].islower():
        return "v"
    if last in STOPS and (size < 60 or ". " in line):
        return "s" if size < 60 else "p"
    if (line[0].isdigit() and line[1:2].isupper()) or ("_" in line and " " not in line):
        return "n"
    if size >= 40:
        return "k" if ": " in line and line.count(", ") > 2 else "T"
    if line[0] in "-*+•" or "(" in line or "/" in line or line.istitle():
        name = line.partition("(")[0].partition("/")[0].strip(EDGE)
        if " " in name and name.istitle():
            return "n"
    return "k" if ": " in line or (size >= 25 and line[0] in "-*+•") else "t"


def _is_sentences(line: str) -> bool:
    """Whether a line is too long, and too whole, for a headline: some machines mark paragraphs as they mark links."""
    return len(line) >= 160 and line[-1] == "."
