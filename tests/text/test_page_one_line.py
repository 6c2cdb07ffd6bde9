import re

import pytest

from tests.text.articles import OTHERS, PARAGRAPH, SECOND, THIRD, lines_of
from vnclf.text.page import Extracted, extract, looks_like_page

ONE_LINE = (
    "Trang chủ Thời sự Kinh tế Thế giới Thể thao Pháp luật Đăng nhập " + " ".join(OTHERS)
    + " Lớp học nấu ăn của hội phụ nữ Cập nhật lúc 09:15 ngày 12 tháng 3 năm 2026 "
    + f"{PARAGRAPH} {SECOND} {THIRD} " * 5
    + "Tags: nấu ăn, khu phố Bình luận (3) Lan Anh Hay quá! Tin cùng chuyên mục: " + " ".join(OTHERS)
    + " © 2026 Báo Khu Phố. Tổng biên tập: Lê Thị Bình"
)  # fmt: skip


def test_a_page_on_one_line_is_broken_up() -> None:
    assert looks_like_page(ONE_LINE)
    result = extract(ONE_LINE)
    assert lines_of(result.text) == [
        "Lớp học nấu ăn của hội phụ nữ",
        f"{PARAGRAPH} {SECOND} {THIRD} " * 4 + f"{PARAGRAPH} {SECOND} {THIRD}",
    ]
    assert [(r.line, r.text[:10], r.why) for r in result.removed] == [
        (1, "Trang chủ ", "menu"), (1, "Cập nhật l", "date"), (1, "Tags: nấu ", "related articles"),
    ]  # fmt: skip


def test_lines_below_a_pages_one_long_line_are_counted() -> None:
    page = ONE_LINE.partition("Tags:")[0]
    result = extract(f"{page}\n\n(Nguồn: Báo Khu Phố)\nẢnh: Thu Trang")
    assert [(r.line, r.why) for r in result.removed] == [(1, "menu"), (1, "date"), (3, "source"), (4, "picture credit")]


@pytest.mark.parametrize(
    "spoken",
    [
        "Các bên liên quan đã họp vào Thứ Ba, ngày 12/3/2024 tại Hà Nội, có các sở Giáo dục, Y tế, Văn hóa, Du lịch.",
        "Lớp học mở lúc 10:20, 12/3/2024. Chia sẻ với báo chí, các bên liên quan cho biết như sau.",
        "Cập nhật của hội Chủ nhật 12/3/2024 cho biết Ý kiến của bà con đã được nghe.",
    ],
)
def test_an_article_on_one_line_stays_whatever_it_speaks_of(spoken: str) -> None:
    article = f"{PARAGRAPH} {SECOND} {spoken} {THIRD} " * 4 + "Tags: khu phố"
    assert re.search(r"Chủ nhật|Thứ Ba|10:20", article)
    assert extract(article) == Extracted(article, ())
    assert not looks_like_page(article)


def test_what_follows_on_one_line_is_no_article_for_its_date() -> None:
    page = ONE_LINE.replace("Tags: nấu ăn", "Đọc nhiều (12/3/2024 09:00) " + " ".join(OTHERS) * 9)
    assert extract(page).text == extract(ONE_LINE).text


def test_a_number_that_begins_a_headline_is_no_menus() -> None:
    page = ONE_LINE.replace("Đăng nhập " + " ".join(OTHERS) + " Lớp học nấu ăn", "Pháp luật 10 lớp học nấu ăn")
    assert lines_of(extract(page).text)[0] == "10 lớp học nấu ăn của hội phụ nữ"
