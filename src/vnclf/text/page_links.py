"""Links and pictures in Markdown, which crawlers leave in the lines of a page."""

import re

from vnclf.text.page_rules import EDGE, LINES

# A link or picture, and its words.
_LINKED = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?: +\"[^\"]*\")?\)")
# A link of so many characters before a sentence may be a headline before its lead.
_HEADLINE = 30
_TEXT = re.compile("[Pp]")
# Such lines, told as Q, together.
_TOGETHER = re.compile("Q(?:[^PpvTtsnkyzQ]*Q)+")


def is_links(line: str) -> bool:
    """Whether nothing is left of a line without its links and pictures, or nothing but another button's name."""
    rest = _LINKED.sub("", _LINKED.sub("", line)).strip(EDGE)
    return not rest or LINES.get(rest.lower()) in ("h", "m", "x")


def as_teasers(lines: list[str], shape: str) -> str:
    """Return the shape with "u" for links of a headline's length with a lead each: two or more together.

    Where the rest of the page has less text than they, they stay paragraphs.
    """
    found = {i for i, code in enumerate(shape) if code == "P" and lines[i][0] == "[" and _is_teaser(lines[i])}
    if not found or 2 * sum(len(lines[i]) for i in found) > sum(len(lines[m.start()]) for m in _TEXT.finditer(shape)):
        return shape
    marked = "".join(["Q" if i in found else code for i, code in enumerate(shape)])
    return _TOGETHER.sub(lambda run: run[0].replace("Q", "u"), marked).replace("Q", "P")


def _is_teaser(line: str) -> bool:
    """Whether a line begins with a link of a headline's length, and goes on with a sentence, not with a name."""
    link = _LINKED.match(line)
    if link is None or len(link[1].strip()) < _HEADLINE:
        return False
    first, _, second = line[link.end() : link.end() + 40].strip().partition(" ")
    return first[:1].isupper() and second[:1].islower()


def unlinked(line: str) -> str:
    """Return a line with the words of its links and pictures in their places; pictures may be links, too."""
    return _LINKED.sub(r"\1", _LINKED.sub(r"\1", line)).strip()
