import unicodedata

from hypothesis import given

from tests.fuzz.inputs import HTML, PAGES
from tests.fuzz.limits import fuzz, in_linear_time
from vnclf.text.html import flatten, is_html
from vnclf.text.normalize import compose
from vnclf.text.page import Extracted, extract, looks_like_page
from vnclf.text.page_one_line import divide


def composed(page: str) -> str:
    """Return a page as `extract` reads it, in NFC; piles of marks are cut only where there may be any."""
    text = page.replace("\r\n", "\n").replace("\r", "\n")
    return compose(text) if "\u0301" in text or "\u0300" in text else unicodedata.normalize("NFC", text)


def numbered(page: str, *, flat: bool = False) -> list[tuple[int, str]]:
    """Return the lines that are not empty, as `extract` counts and strips them; `flat` text has no tags any more."""
    text = composed(flatten(page) if is_html(page) and not flat else page)
    return [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def cleaned(page: str) -> Extracted:
    with in_linear_time(len(page)):
        looks_like_page(page)
        return extract(page)


@fuzz(0.125)
@given(PAGES)
def test_each_line_of_a_page_is_kept_in_its_place_or_accounted_for(page: str) -> None:
    result = cleaned(page)
    if is_html(page):
        return
    lines = numbered(page)
    gone = {removed.line: unicodedata.normalize("NFC", removed.text) for removed in result.removed}
    if divide(composed(page)):  # of a page's one long line, parts go
        assert all(text.split("\n")[0].strip() in dict(lines)[number] for number, text in gone.items())
        return
    if not result.removed:
        assert result.text == page
        return
    kept = unicodedata.normalize("NFC", result.text).split("\n")
    assert list(gone) == sorted(gone)
    assert [line for number, line in lines if number not in gone] == (kept if kept != [""] else [])
    assert {number: line for number, line in lines if number in gone} == gone
    if not is_html(result.text):  # what stood before a first tag is gone
        assert extract(result.text) == Extracted(result.text, ())


@fuzz(0.125)
@given(HTML)
def test_lines_of_html_are_kept_in_their_order(page: str) -> None:
    result = cleaned(page)
    remaining = iter([line for _, line in numbered(page)])
    assert all(line in remaining for _, line in numbered(result.text, flat=result.text != page))
