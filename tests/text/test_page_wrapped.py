from textwrap import wrap

import pytest

from tests.text.articles import OTHERS, PARAGRAPH, SECOND, in_a_page
from vnclf.corpus import Corpus
from vnclf.text.page import extract
from vnclf.text.page_wrapped import paragraphs


@pytest.mark.parametrize("width", [60, 72, 90])
def test_lines_broken_at_a_width_are_one_paragraph(sample: Corpus, width: int) -> None:
    whole = [line for text in sample.texts[:8] for line in text.split("\n")[1:]]
    lines = [line for paragraph in whole for line in ["", *wrap(paragraph, width)]]
    assert [" ".join(lines[group.start : group.stop]) for group in paragraphs(lines)] == whole


def test_lines_that_are_whole_stay_alone() -> None:
    lines = [PARAGRAPH, "", *OTHERS, "và một dòng viết thường", SECOND]
    assert paragraphs(lines) == [range(i, i + 1) for i, line in enumerate(lines) if line]


def test_an_article_of_wrapped_lines_is_kept_whole(sample: Corpus) -> None:
    headline, *texts = sample.texts[5].split("\n")
    article = [headline, *(line for text in texts for line in wrap(text, 70))]
    page = "\n".join(["Trang chủ", "Thời sự", *article, "Tin liên quan", *in_a_page().split("\n")[3:]])
    assert extract(page).text.split("\n") == article
