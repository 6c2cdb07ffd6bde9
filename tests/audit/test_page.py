"""The HTML page of an audit."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vnclf.audit.audit import audit
from vnclf.audit.findings import FINDINGS, Audit
from vnclf.audit.page import render, write_page
from vnclf.corpus import Corpus, Document
from vnclf.errors import VnclfError


class Outline(HTMLParser):
    """The names of all elements, and what they load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.loaded: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_holds_everything(found: Audit, tmp_path: Path) -> None:
    write_page(found, tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    outline = Outline(html)
    assert outline.loaded == []
    assert outline.names.count("svg") == 3
    assert not {"script", "link", "img", "iframe"} & set(outline.names)
    for name, count in found.counts.items():
        shown = f'<td>{name.replace("_", " ")}</td><td class="figure">{count}</td><td>{FINDINGS[name]}</td>'
        assert (shown in html) == bool(count)
    assert "line 301" in html
    assert "Giá vàng tăng" in html


def test_the_page_of_drift(plain: Corpus) -> None:
    found = audit(plain, against=plain, jobs=1)
    html = render(found)
    assert Outline(html).names.count("svg") == 4
    assert "Drift from plain to plain" in html
    assert render(found) == html


def test_whatever_stands_in_the_corpus_is_escaped() -> None:
    topics = ("<b>$a", "体育 $_{\\x")
    documents = tuple(
        Document(f"<script>alert({number})</script> {{{{ 7 * 7 }}}} \ud800 và {number % 7} nữa", (topics[number % 2],))
        for number in range(40)
    )
    html = render(audit(Corpus(documents, "<i>name"), jobs=1))
    assert not {"script", "b", "i"} & set(Outline(html).names)
    assert "&lt;script&gt;alert(0)&lt;/script&gt; {{ 7 * 7 }} ? và 0 nữa" in html
    assert re.search(r"<text[^>]*>&lt;b&gt;\$a</text>", html)


def test_many_documents_are_cut_short() -> None:
    documents = tuple(Document(f"Bài {number}", ("a",)) for number in range(300))
    html = render(audit(Corpus(documents, "short"), jobs=1))
    assert "The first 200 of 300" in html
    assert "Bài 199<" in html
    assert "Bài 200<" not in html


def test_a_page_that_cannot_be_written(found: Audit, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(VnclfError, match=r"page\.html cannot be written"):
        write_page(found, tmp_path / "file" / "page.html")


def test_no_drawing_state_is_left_behind(plain: Corpus) -> None:
    render(audit(plain, jobs=1))
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
