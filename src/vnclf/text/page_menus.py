"""Which lines of a page are a menu: several of the names that menus have."""

from vnclf.text.page_rules import DIGIT, EDGE, LINES, SHARE, STOPS

# So many names that menus have make a menu of a line.
MENU = 4


def is_menu(line: str) -> bool:
    """Whether a line holds several names of a menu, each with a capital, and nothing that ends a sentence."""
    words = [] if ". " in line else line.split(None, 80)[:80]
    found = place = 0
    while place < len(words):
        sizes = range(4, 0, -1) if words[place][0].isupper() else ()
        size = next((n for n in sizes if LINES.get(" ".join(words[place : place + n]).lower()) == "m"), 0)
        found += size > 0
        place += size or 1
    return found >= MENU


def is_row(low: str) -> bool:
    """Whether a line holds names of buttons or menus far apart, of which all but one at most are known."""
    names = [name.strip(EDGE) for name in low.split("  ") if name.strip()]
    known = sum(name in LINES or name in SHARE for name in names)
    return len(names) > 2 and known >= len(names) - 1 and low[-1] not in STOPS and not DIGIT.search(low)
