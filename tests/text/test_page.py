import json
import lzma
import unicodedata
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnclf.text.html import flatten, is_html
from vnclf.text.page import Extracted, extract, looks_like_page
from vnclf.text.page_lines import shape_of
from vnclf.text.page_rules import WHY

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir() if not path.name.endswith(".expected.txt"))
FLAT = [path for path in PAGES if path.suffix == ".txt"]
ALL_ARTICLE = {"31-one-long-line", "33-lead-only", "34-headline-two-paras"}

PARAGRAPH = "Sáng qua, hơn hai trăm bà con đã tới dự lớp học nấu ăn do hội phụ nữ tổ chức tại nhà văn hóa của khu phố."
SECOND = (
    "Ban tổ chức cho biết lớp học sẽ kéo dài sáu tuần, mỗi tuần hai buổi, và bà con nào tới dự cũng được phát sách."
)
THIRD = "Sau lớp học này, hội phụ nữ dự định mở thêm một lớp may cho bà con trong khu phố vào đầu mùa thu năm nay."


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def expected(page: Path) -> list[str]:
    return lines_of(page.with_name(page.stem + ".expected.txt").read_text(encoding="utf-8"))


def extracted(page: Path) -> Extracted:
    return extract(page.read_bytes().decode("utf-8"))


def reasons(page: str) -> dict[str, str]:
    return {removed.text: removed.why for removed in extract(page).removed}


def in_a_page(*middle: str, after: tuple[str, ...] = ()) -> str:
    """Return a page whose article has `middle` between its first and its last two paragraphs."""
    head = ["Trang chủ", "Thời sự", "Kinh tế", "Lớp học nấu ăn của hội phụ nữ khu phố", "12/03/2026 09:15"]
    return "\n".join([*head, PARAGRAPH, *middle, SECOND, THIRD, *after, "Tổng biên tập: Lê Thị Bình"])


ARTICLE = ["Lớp học nấu ăn của hội phụ nữ khu phố", PARAGRAPH, SECOND, THIRD]


def test_the_fixtures_lines_are_kept_and_the_others_go() -> None:
    right = kept = wanted = 0
    for page in PAGES:
        want, got = Counter(expected(page)), Counter(lines_of(extracted(page).text))
        right, kept, wanted = right + (want & got).total(), kept + got.total(), wanted + want.total()
    assert len(PAGES) >= 82
    assert right / kept >= 0.97
    assert right / wanted >= 0.97


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_fixture(page: Path) -> None:
    result = extracted(page)
    want, got = Counter(expected(page)), Counter(lines_of(result.text))
    assert (want & got).total() / got.total() >= 0.85
    assert (want & got).total() / want.total() >= 0.85
    again = extract(result.text)
    assert again == Extracted(result.text, ())
    assert extracted(page) == result


@pytest.mark.parametrize("page", FLAT, ids=lambda page: page.stem)
def test_every_line_is_kept_or_accounted_for(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    result = extract(text)
    gone = {removed.line: removed for removed in result.removed}
    numbered = {number: line.strip() for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert all(numbered[number] == removed.text for number, removed in gone.items())
    assert list(gone) == sorted(gone)
    assert [line for number, line in numbered.items() if number not in gone] == lines_of(result.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_an_article_alone_is_left_exactly_alone(page: Path) -> None:
    article = page.with_name(page.stem + ".expected.txt").read_text(encoding="utf-8")
    assert extract(article) == Extracted(article, ())
    assert not looks_like_page(article)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_are_told_from_articles(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if page.stem in ALL_ARTICLE:
        assert extract(text) == Extracted(text, ())
        assert not looks_like_page(text)
    elif text.count("\n") > 8:  # of a page of fewer lines nothing is certain
        assert looks_like_page(text)


@pytest.mark.parametrize(
    "lead",
    [
        "",
        " \n \n",
        "Cầu mới thông xe",
        "Cầu mới thông xe\nSáng nay, cây cầu dài 400 mét bắc qua sông đã thông xe sau hai năm xây dựng.",
        "Xem thêm phim mới dịp lễ\nNăm phim Việt ra rạp dịp lễ, trong đó hai phim dành cho trẻ em.",
        "Bình luận: Một mùa giải kỳ lạ\nĐội bóng vô địch mà không thắng trận sân khách nào.",
        "Chia sẻ của một người mẹ\nChị kể về mười năm cùng con học nói.\nHai mẹ con nay mở lớp miễn phí.",
    ],
)
def test_leads_are_left_alone(lead: str) -> None:
    assert extract(lead) == Extracted(lead, ())
    assert not looks_like_page(lead)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("![]()", "picture"),
        ("![](https://anh.vi.du/lop-hoc.jpg)", "picture"),
        ("IMG_2041", "picture"),
        ("| Món | Giá |", "table or bar"),
        ("|  |  |  |", "table or bar"),
        ("-----", "table or bar"),
        ("https://vi.du/lop-hoc-123.html", "link"),
        ("[Văn hóa](https://vi.du/van-hoa) / [Ẩm thực](https://vi.du/am-thuc)", "link"),
        ('[Văn hóa](https://vi.du/van-hoa "Đọc mục Văn hóa") [Zalo](javascript:void(0))', "link"),
        ("Thứ Bảy, 14/03/2026 07:30 (GMT+7)", "date"),
        ("Thu Trang | 21:08 02/05/2026", "date"),
        ("September 28, 2025", "date"),
        ("Quang cảnh lớp học. (Ảnh: Thu Trang)", "caption"),
        ("Bà con chuẩn bị nguyên liệu – Ảnh: BTC", "caption"),
        ("(Nguồn: Báo Khu Phố)", "source"),
        ("Theo Báo Khu Phố", "source"),
        ("Bài và ảnh: Thu Trang", "byline"),
        ("PV (tổng hợp)", "byline"),
        ("Ảnh: Thu Trang", "picture credit"),
        ("Chia sẻ Facebook Zalo", "share bar"),
        ("Quảng cáo", "advertisement"),
        ("Trang chủ > Đời sống > Ẩm thực", "menu"),
        ("Từ khóa: nấu ăn, khu phố", "tags"),
        ("1.204 lượt xem", "form or counter"),
        (">> Xem thêm: Mười món dễ nấu cho ngày bận rộn", "other headline"),
        ("Đọc thêm: Mười món dễ nấu cho ngày bận rộn", "other headline"),
        ("Mười món dễ nấu cho ngày bận rộn (12/03)", "other headline"),
        ("Có thể bạn quan tâm: Mười món dễ nấu cho ngày bận rộn", "other headline"),
        ("Chị Bình (áo xanh) cùng các học viên trong buổi học đầu tiên của lớp", "caption"),
        ("Bản đồ các điểm học trong khu phố - Đồ họa: Thu Trang", "caption"),
        ("**Từ khóa:** [nấu ăn](https://vi.du/nau-an), [khu phố](https://vi.du/khu-pho)", "tags"),
        ("(adsbygoogle = window.adsbygoogle || []).push({});", "form or counter"),
        ("[toc]", "form or counter"),
        ("Bài viết này được đăng trong Đời sống và được gắn thẻ nấu ăn.", "form or counter"),
        ("Bài viết được tổng hợp từ nhiều nguồn", "source"),
    ],
)
def test_furniture_goes_from_anywhere_with_its_reason(line: str, why: str) -> None:
    page = in_a_page(line)
    assert lines_of(extract(page).text) == ARTICLE
    assert reasons(page)[line] == why
    assert why in WHY.values()


@pytest.mark.parametrize(
    "line",
    [
        "Học rồi mới biết nấu",
        "Ai cũng hỏi: bao giờ có lớp sau?",
        "Bạn có thể xem thêm thực đơn dán ở cửa, và bình luận của bà con trong cuốn sổ đặt cạnh đó.",
        "Theo ban tổ chức, ảnh của lớp học sẽ được chia sẻ với mọi người.",
        "Nguồn gốc của món ăn này còn nhiều tranh cãi.",
        "- Tôi tới vì vui.",
        "Địa chỉ: nhà văn hóa khu phố, số 5 ngõ 12.",
    ],
)
def test_an_articles_own_lines_stay(line: str) -> None:
    assert lines_of(extract(in_a_page(line)).text) == [*ARTICLE[:2], line, *ARTICLE[2:]]


@pytest.mark.parametrize(
    "heading",
    [
        "Tin bài liên quan",
        "CÁC TIN BÀI KHÁC",
        "Có thể bạn quan tâm",
        "Đọc nhiều nhất",
        "Xem thêm:",
        "Tin cùng chuyên mục",
    ],
)
def test_what_follows_a_heading_for_other_articles_goes(heading: str) -> None:
    teasers = (
        "Thu Trang",
        heading,
        "Chợ quê mở lại sau ba năm đóng cửa",
        "Phiên chợ đầu tiên có hơn sáu mươi gian hàng, phần lớn bán rau, cá và đồ tre. Chợ họp vào sáng chủ nhật.",
        "Giá lúa mùa này cao nhất trong mười năm",
        "Thương lái tới tận ruộng đặt cọc từ khi lúa còn xanh. Nhiều hộ chưa vội bán vì chờ giá tăng thêm.",
        "Học sinh vùng cao có thư viện di động",
        "Chiếc xe chở một nghìn cuốn sách đi qua mười hai điểm trường mỗi tháng, dừng ở mỗi nơi hai ngày.",
    )
    result = extract(in_a_page(after=teasers))
    assert lines_of(result.text) == ARTICLE
    assert reasons(in_a_page(after=teasers))[heading] == "related articles"


def test_the_article_goes_on_after_a_box_of_headlines() -> None:
    box = ("TIN LIÊN QUAN", "Chợ quê mở lại sau ba năm đóng cửa", "Giá lúa mùa này cao nhất trong mười năm")
    assert lines_of(extract(in_a_page(*box)).text) == ARTICLE


def test_the_article_goes_on_after_a_box_of_dated_headlines() -> None:
    box = ("RelatedPosts", "Chợ quê mở lại", "03/03/2026", "Giá lúa mùa này cao nhất", "01/03/2026")
    assert lines_of(extract(in_a_page(*box)).text) == ARTICLE


def test_the_lead_of_a_headline_in_a_box_goes() -> None:
    lead = "Phiên chợ đầu tiên có hơn sáu mươi gian hàng."
    box = ("Tin liên quan:", "Chợ quê mở lại sau ba năm đóng cửa", lead)
    assert lines_of(extract(in_a_page(*box)).text) == ARTICLE


def test_an_articles_list_of_contents_goes() -> None:
    contents = ("Xem nhanh", "1. Ai được học", "2. Học những gì")
    assert lines_of(extract(in_a_page(*contents)).text) == ARTICLE


def test_the_browsers_title_is_not_the_headline() -> None:
    page = in_a_page().replace(
        "Trang chủ\n", "Khu Phố Ta\nLớp học nấu ăn của hội phụ nữ khu phố năm nay - Khu Phố Ta\n"
    )
    assert lines_of(extract(page).text) == ARTICLE


def test_comments_go() -> None:
    comments = (
        "Bình luận (2)",
        "Lan Anh",
        "Lớp học hay quá, mong hội mở thêm ở các khu phố khác để ai cũng được học như bà con ở đây, cảm ơn hội.",
        "Thích Trả lời 2 giờ trước",
    )
    assert lines_of(extract(in_a_page(after=comments)).text) == ARTICLE


def test_teasers_without_a_heading_go_when_they_share_nothing_with_the_article() -> None:
    own = [f"Tuần thứ {n}, bà con khu phố học nấu món {dish}, do hội phụ nữ chọn." * 2 for n, dish in
           enumerate(("canh chua", "cá kho", "nem rán", "bún thang", "xôi gấc"), 1)]  # fmt: skip
    teasers = (
        "(Báo Khu Phố)",
        "Phiên chợ vùng biên họp lại với sáu mươi gian hàng tre nứa, rau rừng cùng tiếng khèn từ tờ mờ sáng chủ nhật.",
        "Thương lái đặt cọc lúa ngay trên đồng khi bông còn xanh khiến nhiều nông hộ lưỡng lự chưa muốn ký giấy bán.",
        "Xe chở nghìn cuốn truyện tranh dừng mỗi điểm trường hai hôm, các em mượn nhiều nhất là sách về khủng long.",
    )
    assert lines_of(extract(in_a_page(*own, after=teasers)).text) == [ARTICLE[0], PARAGRAPH, *own, SECOND, THIRD]


OTHERS = (
    "Phiên chợ vùng biên họp lại sau bốn năm",
    "Sáu mươi gian hàng tre nứa, rau rừng cùng tiếng khèn rộn lên từ tờ mờ sáng chủ nhật.",
    "Lúa còn xanh đã có người đặt cọc",
    "Giá nhích thêm ba trăm đồng mỗi ký khiến nhiều nông hộ lưỡng lự chưa muốn đặt bút.",
    "Xe truyện tranh lên điểm trường trên núi",
    "Nghìn cuốn sách về khủng long, vũ trụ dừng mỗi bản hai hôm rồi lại đi tiếp.",
)


def test_teasers_above_the_article_go_when_they_share_nothing_with_it() -> None:
    own = [f"Tuần thứ {n}, bà con khu phố học nấu món {dish}, do hội phụ nữ chọn." for n, dish in
           enumerate(("canh chua", "cá kho", "nem rán", "bún thang"), 1)]  # fmt: skip
    page = in_a_page(*own).replace("Lớp học nấu ăn", "\n".join(OTHERS) + "\nLớp học nấu ăn", 1)
    assert lines_of(extract(page).text) == [ARTICLE[0], PARAGRAPH, *own, SECOND, THIRD]


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


def test_an_article_on_one_line_stays_whatever_it_speaks_of() -> None:
    spoken = (
        "Đăng nhập và Chia sẻ, Bình luận, Thời sự: 09:15 ngày 12 tháng 3 năm 2026, ông nói về những mục ấy của trang."
    )
    article = f"{PARAGRAPH} {SECOND} {spoken} " * 6
    assert extract(article) == Extracted(article, ())
    assert not looks_like_page(article)


def test_lines_are_counted_with_the_empty_ones() -> None:
    assert [(r.line, r.text) for r in extract(in_a_page().replace("\n", "\r\n\r\n")).removed][:2] == [
        (1, "Trang chủ"),
        (3, "Thời sự"),
    ]


def test_a_decomposed_page_is_read_as_a_composed_one() -> None:
    assert extract(unicodedata.normalize("NFD", in_a_page())).text == extract(in_a_page()).text


def test_lone_carriage_returns_divide_lines() -> None:
    assert extract("https://vi.du/a\nMột\r:").text == "Một"  # among others, too
    assert extract(f"{PARAGRAPH}\r{SECOND}") == Extracted(f"{PARAGRAPH}\r{SECOND}", ())
    assert lines_of(extract(in_a_page().replace("\n", "\r")).text) == ARTICLE


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


@pytest.mark.parametrize(
    "piece",
    ["[", "](", "[](", '[]( "', "![",
     "<", "<a ", "<!--", "<tr>", '<div class="relate">', "(", "a.vn/", "@", "1 ", "| ", "# ", "ảnh: ",
     "Tin liên quan\n", f"{PARAGRAPH}\nTin liên quan\n", f"Minh Anh\n{PARAGRAPH}\n", "12/3/2026 ", ">> ", "\n", "\0"],
)  # fmt: skip
def test_nothing_repeated_is_too_much(piece: str) -> None:
    extract(piece * 20_000)
    extract("<html>" + piece * 20_000)
    looks_like_page(piece * 20_000)


@given(st.lists(st.one_of(st.sampled_from(in_a_page("![]()", after=("Xem thêm",)).split("\n")), st.text(max_size=60))))
def test_any_text_is_divided_and_dividing_it_again_changes_nothing(lines: list[str]) -> None:
    page = "\n".join(lines)
    result = extract(page)
    looks_like_page(page)
    assert all(removed.text and removed.why for removed in result.removed)
    if not is_html(page):
        assert extract(result.text) == Extracted(result.text, ())


def test_kinds_of_text() -> None:
    kinds = {PARAGRAPH: "P", "Học rồi mới biết nấu": "t", "Minh Khuê - Hồng Lam": "n", "Có chứ.": "s", "Số 5: đỏ": "k"}
    assert dict(zip(kinds, shape_of(kinds), strict=True)) == kinds


def test_clean_articles_keep_their_text(corpora: Path) -> None:
    texts = []
    for name in ("vntc10/train", "sections/vov_2024", "sections/dantri_2020"):
        with lzma.open(corpora / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in islice(lines, 700)]
    credited = {"caption", "picture credit", "source", "byline"}
    removed = sum(len(r.text) for text in texts for r in extract(text).removed if r.why not in credited)
    assert removed <= 0.005 * sum(map(len, texts))
    assert sum(map(looks_like_page, texts)) <= 0.005 * len(texts)
