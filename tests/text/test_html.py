import pytest

from tests.text.articles import PARAGRAPH, SECOND, THIRD, lines_of
from vnclf.text.html import flatten, is_html
from vnclf.text.page import extract


def test_html_is_told_from_text_that_mentions_a_tag() -> None:
    assert is_html("<!DOCTYPE html><html><body>Tin</body></html>")
    assert is_html("<p>Một đoạn.</p>")
    assert not is_html("Thẻ <b> và </b> làm chữ đậm; 3 < 5.")
    assert not is_html("")


def test_html_becomes_a_block_a_line() -> None:
    page = (
        "<html><head><title>Không</title><script>var a = '<p>không</p>';</script></head><body>"
        "<nav>Không</nav><!-- <p>không</p> --><ul><li><a href='/x'>Mục</a></li></ul>"
        "<h1><a href='/y'>Tiêu&nbsp;đề &amp; <i>hơn</i></a></h1>"
        "<figure><img src='a.jpg'><figcaption><p>Chú thích [1]</p></figcaption></figure>"
        "<p>Câu một,\r\n  câu <b>hai</b>.<br>Câu ba.</p>"
        "<table><tr><td>A</td><td>1</td></tr></table><div title='a'>Cuối<div>cùng"
    )
    assert flatten(page).split("\n") == [
        "[Mục]()", "Tiêu đề & hơn", "![]()", "![Chú thích (1)]()", "Câu một, câu hai.", "Câu ba.", "| A | 1 |",
        "Cuối", "cùng",
    ]  # fmt: skip


@pytest.mark.parametrize("damaged", ["<script>", "<!--", "<nav>", '<div class="relate">', "<figcaption>", "<a href='"])
def test_what_is_never_closed_does_not_swallow_the_article(damaged: str) -> None:
    page = f"<html><body>{damaged}<p>{PARAGRAPH}</p><p>{SECOND}</p><p>{THIRD}</p></body></html>"
    assert lines_of(extract(page).text)[-2:] == [SECOND, THIRD]


def test_a_tag_with_a_bracket_in_its_value_is_one_tag() -> None:
    assert flatten('<p>Một <img alt="a > b" src="c.jpg">hai</p>').split("\n") == ["Một", "![]()", "hai"]


def test_items_of_feeds_are_read_out_of_their_brackets() -> None:
    item = "<item><title><![CDATA[Một tựa]]></title><content:encoded><![CDATA[<p>Hai.</p>]]></content:encoded></item>"
    assert flatten(item).split("\n") == ["Một tựa", "Hai."]


def test_a_number_of_no_character_is_none() -> None:
    assert flatten(f"<p>Một &#{'9' * 5000}; &#7921; &#xFFFFFFFFFF; hai</p>") == "Một \ufffd ự \ufffd hai"


def test_a_block_is_a_caption_by_its_class_alone() -> None:
    page = "<div><p class='lead PhotoCMS_Caption'>Một</p><p title='caption'>Hai</p><p class=caption>Ba</p></div>"
    assert flatten(page).split("\n") == ["![Một]()", "Hai", "![Ba]()"]
