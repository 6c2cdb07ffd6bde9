import json
import lzma
import unicodedata
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.articles import ARTICLE, OTHERS, PARAGRAPH, SECOND, THIRD, in_a_page, lines_of
from vnclf.text.html import is_html
from vnclf.text.page import Extracted, extract, looks_like_page

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir() if not path.name.endswith(".expected.txt"))
FLAT = [path for path in PAGES if path.suffix == ".txt"]
ALL_ARTICLE = {"31-one-long-line", "33-lead-only", "34-headline-two-paras"}


def expected(page: Path) -> list[str]:
    return lines_of(page.with_name(page.stem + ".expected.txt").read_text(encoding="utf-8"))


def extracted(page: Path) -> Extracted:
    return extract(page.read_bytes().decode("utf-8"))


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


def test_comments_with_their_dates_between_go() -> None:
    praise = "Hay quá: tôi cũng muốn học, hội có mở lớp ở khu phố bên kia sông không."
    comments = ("Bình luận (2)", praise, "09:20 13/03/2026", f"Cảm ơn chị {praise.lower()}")
    assert lines_of(extract(in_a_page(after=comments)).text) == ARTICLE


def test_an_interview_goes_on_after_a_box() -> None:
    asked = ("Chị học được gì?", "Ai nấu ngon nhất?", "Bao giờ có lớp sau?", "Lớp có đông không?")
    answers = (
        "Tôi vụng lắm, vài tuần đầu toàn làm cháy nồi, may mà mọi người không ai nỡ cười, rồi cũng quen tay dần.",
        "Anh Tư lái xe ôm: món gì anh kho cũng sánh, thơm lừng cả ngõ, đến mấy bà bán hàng còn xin bí quyết.",
        "Sang tháng, nếu xin được thêm hai cái bếp; bằng không thì phải chia làm hai ca, sáng một, chiều một.",
        "Hôm nào mưa thì vắng đôi chút, còn lại kín chỗ, có người đứng ngoài hiên chép công thức vào bàn tay.",
    )
    own = [f"**_{line}_**" if line in asked else line for pair in zip(asked, answers, strict=True) for line in pair]
    long = [" ".join((SECOND, THIRD) * 4), " ".join((THIRD, SECOND) * 4)]
    link = f"[{OTHERS[0]}](https://vi.du/phien-cho)"
    for intro in ([], long):
        text = extract(in_a_page(*intro, *own[:4], "TIN LIÊN QUAN", link, *own[4:])).text
        assert lines_of(text) == [*ARTICLE[:2], *intro, *own, SECOND, THIRD]
    below = extract(in_a_page(*long, after=("Tin liên quan", *own))).text
    assert lines_of(below) == [*ARTICLE[:2], *long, SECOND, THIRD]


def test_links_with_a_lead_on_their_line_are_teasers_where_two_stand_together() -> None:
    leads = [f"[ {headline} giữa mùa mưa ](https://vi.du/a) {lead} {lead}" for headline, lead in
             zip(OTHERS[::2], OTHERS[1::2], strict=True)]  # fmt: skip
    own = [" ".join((SECOND, THIRD) * 2), " ".join((THIRD, SECOND) * 2)]
    assert lines_of(extract(in_a_page(*own, after=tuple(leads[:2]))).text) == [*ARTICLE[:2], *own, SECOND, THIRD]
    for kept in (
        leads[:1],
        [leads[0].replace("Sáu mươi", "Ông Sáu"), leads[1]],
        [leads[0].replace(") Sáu", ") sáu"), leads[1]],
        [leads[0].replace(OTHERS[0], ""), leads[1]],
    ):
        assert lines_of(extract(in_a_page(*kept, *own)).text) == [*ARTICLE[:2], *kept, *own, SECOND, THIRD]
    assert lines_of(extract(in_a_page(*leads)).text) == [*ARTICLE[:2], *leads, SECOND, THIRD]  # a list of articles


@pytest.mark.parametrize(
    "below",
    [
        [SECOND, "- Môn bắt buộc: kho cá, nấu canh", THIRD],
        [SECOND, "Chia sẻ", THIRD, f"{SECOND} {THIRD}"],
        [SECOND, "Cập nhật: 12/03/2026 10:00", THIRD, f"{SECOND} {THIRD}"],
        [SECOND, "1.", THIRD, f"{SECOND} {THIRD}"],
        ["Tin liên quan", f"[{OTHERS[0]}](https://vi.du/cho)", SECOND, THIRD],
    ],
)
def test_an_article_goes_on_below_a_button_for_comments(below: list[str]) -> None:
    page = "\n".join(
        ["Trang chủ", "Thời sự", "Kinh tế", ARTICLE[0], "12/03/2026 09:15", PARAGRAPH, "Bình luận", *below]
    )
    assert set(lines_of(extract(page).text)) >= {PARAGRAPH, SECOND, THIRD}


def test_an_article_does_not_go_on_below_comments_and_related_articles() -> None:
    teasers = [f"{lead} {lead}" for lead in OTHERS[1::2]]
    text = extract(in_a_page(after=("Chia sẻ", "Bình luận (0)", "Tin liên quan", *teasers))).text
    assert lines_of(text) == ARTICLE


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


@pytest.mark.parametrize(
    "piece",
    ["[", "](", "[](", '[]( "', "![", "Trang chủ Tags A Xem thêm ",
     "<", "<a ", "<!--", "<tr>", '<div class="relate">', "(", "a.vn/", "@", "1 ", "| ", "# ", "ảnh: ",
     "Tin liên quan\n", f"{PARAGRAPH}\nTin liên quan\n", f"Minh Anh\n{PARAGRAPH}\n", "12/3/2026 ", ">> ",
     "\n", "\0", "\u0301\u0323"],
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


def test_clean_articles_keep_their_text(corpora: Path) -> None:
    texts = []
    for name in ("vntc10/train", "sections/vov_2024", "sections/dantri_2020"):
        with lzma.open(corpora / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in islice(lines, 700)]
    credited = {"caption", "picture credit", "source", "byline"}
    removed = sum(len(r.text) for text in texts for r in extract(text).removed if r.why not in credited)
    assert removed <= 0.005 * sum(map(len, texts))
    assert sum(map(looks_like_page, texts)) <= 0.005 * len(texts)
