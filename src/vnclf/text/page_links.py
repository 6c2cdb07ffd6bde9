"""Links and pictures in Markdown, which crawlers leave in the lines of a page."""

import re

from vnclf.text.page_rules import EDGE, LINES

_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?: +\"[^\"]*\")?\)"
_MARKDOWN = re.compile(rf"!?\[[^\[\]]*\]{_TARGET}")
# A link or picture, and its words.
_LINKED = re.compile(rf"!?\[([^\[\]]*)\]{_TARGET}")
# A link of so many characters before a sentence is a headline before its lead.
_HEADLINE = 25


def is_links(line: str) -> bool:
    """Whether nothing is left of a line without its links and pictures, or nothing but another button's name."""
    rest = _MARKDOWN.sub("", _MARKDOWN.sub("", line)).strip(EDGE)
    return not rest or LINES.get(rest.lower()) in ("h", "m", "x")


def is_teaser(line: str) -> bool:
    """Whether a line is a link of a headline's length, and a sentence after it."""
    link = _LINKED.match(line)
    return link is not None and len(link[1].strip()) >= _HEADLINE and line[link.end() :].lstrip()[:1].isupper()


def unlinked(line: str) -> str:
    """Return a line with the words of its links and pictures in their places; pictures may be links, too."""
    return _LINKED.sub(r"\1", _LINKED.sub(r"\1", line)).strip()
