import pytest

from tests.text.articles import ARTICLE, OTHERS, PARAGRAPH, SECOND, THIRD, in_a_page, lines_of
from vnclf.text.page import extract

# Headlines that look like other lines: a paragraph's, a menu's, and one too long.
ODD = (
    "Chợ vùng biên họp lại, khách đông nghịt, tre nứa bán chạy... mà ai nấy vẫn than ế!",
    "Lúa non | Phim tài liệu của đài tỉnh",
    f"{OTHERS[4]}, nghìn cuốn sách dừng mỗi bản hai hôm rồi lại men theo đường đèo sang bản kế tiếp",
)
LEADS = [f"{lead} Chuyện ấy, theo lời kể của mấy già làng, xưa nay hiếm gặp ở rẻo cao." for lead in OTHERS[1::2]]

# Of the article, yet sharing no words with the rest of it.
PLAIN = (
    "Dưới gốc bàng, mấy cụ ông bày cờ tướng từ lúc trời chưa tỏ.",
    "Ai đi qua cũng dừng dăm phút mách nước, rồi cười xòa khi quân xe bị bắt.",
)


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


@pytest.mark.parametrize("line", ["Một buổi học. (Ảnh: Thu Trang)", "Quảng cáo"])
def test_what_follows_a_caption_or_an_advertisement_is_no_teaser(line: str) -> None:
    own = [f"Tuần thứ {n}, bà con khu phố học nấu món {dish}, do hội phụ nữ chọn." * 2 for n, dish in
           enumerate(("canh chua", "cá kho", "nem rán", "bún thang", "xôi gấc"), 1)]  # fmt: skip
    page = in_a_page(*own, SECOND, THIRD, line, *PLAIN, *OTHERS)
    page = page.replace(f"{OTHERS[5]}\n{SECOND}\n{THIRD}", OTHERS[5])
    assert lines_of(extract(page).text) == [ARTICLE[0], PARAGRAPH, *own, SECOND, THIRD, *PLAIN]


def test_links_with_a_paragraph_each_below_an_article_are_teasers() -> None:
    dishes = ("canh chua", "cá kho", "nem rán", "bún thang", "xôi gấc", "chè lam", "bánh đúc", "dưa cải", "miến lươn")
    own = [f"Tuần thứ {n}, bà con khu phố học nấu món {dish}, do hội phụ nữ chọn." * 2 for n, dish in enumerate(dishes)]
    links = [f"* [{headline}](https://vi.du/bai-viet)" for headline in OTHERS[::2]]
    teasers = [line for pair in zip(links, LEADS, strict=True) for line in pair]
    text = extract(in_a_page(*own, after=tuple(teasers))).text
    assert lines_of(text) == [ARTICLE[0], PARAGRAPH, *own, SECOND, THIRD]
    below_links = [line for pair in zip(links, own[-3:], strict=True) for line in pair]
    text = extract(in_a_page(*own[:-3], after=tuple(below_links))).text
    assert lines_of(text) == [ARTICLE[0], PARAGRAPH, *own[:-3], SECOND, THIRD, *own[-3:]]
    assert set(LEADS[:2]) <= set(lines_of(extract(in_a_page(*own, after=tuple(teasers[:4]))).text))
    numbered = [line.replace("* [", f"{n // 2 + 1}. [") for n, line in enumerate(teasers)]
    assert set(LEADS) <= set(lines_of(extract(in_a_page(*own, after=tuple(numbered))).text))


def test_teasers_above_the_article_go_when_they_share_nothing_with_it() -> None:
    own = [f"Tuần thứ {n}, bà con khu phố học nấu món {dish}, do hội phụ nữ chọn." for n, dish in
           enumerate(("canh chua", "cá kho", "nem rán", "bún thang"), 1)]  # fmt: skip
    page = in_a_page(*own).replace("Lớp học nấu ăn", "\n".join(OTHERS) + "\nLớp học nấu ăn", 1)
    assert lines_of(extract(page).text) == [ARTICLE[0], PARAGRAPH, *own, SECOND, THIRD]


def test_an_article_below_teasers_may_end_its_paragraphs_without_a_full_stop() -> None:
    dishes = ("canh chua", "cá kho", "nem rán", "bún thang", "xôi gấc", "chè lam", "bánh đúc", "dưa cải")
    own = " ".join(f"Tuần thứ {n}, bà con khu phố học nấu món {dish} với hội phụ nữ." for n, dish in enumerate(dishes))
    below = [f"**{PARAGRAPH}**", f"{own} Thu Trang - Lê Bình"]
    page = "\n".join(["Trang chủ", "Thời sự", "Kinh tế", *OTHERS, ARTICLE[0], "12/03/2026 09:15", *below, "Chia sẻ"])
    assert lines_of(extract(page).text) == [ARTICLE[0], *below]


@pytest.mark.parametrize("odd", ODD)
def test_teasers_above_may_have_odd_headlines(odd: str) -> None:
    teasers = [OTHERS[0], LEADS[0], odd, LEADS[1], OTHERS[4], LEADS[2]]
    own = [f"{SECOND} {THIRD}", f"{THIRD} {PARAGRAPH}"]
    page = in_a_page(*own).replace(ARTICLE[0], "\n".join([*teasers, ARTICLE[0]]))
    for text in (page, page.replace("12/03/2026 09:15\n", "")):
        assert lines_of(extract(text).text) == [ARTICLE[0], PARAGRAPH, *own, SECOND, THIRD]


def test_headlines_above_go_even_if_one_is_long() -> None:
    page = in_a_page().replace(ARTICLE[0], "\n".join([ODD[2], *OTHERS[::2], OTHERS[0], ARTICLE[0]]))
    assert lines_of(extract(page).text) == ARTICLE


def test_teasers_above_may_have_dates() -> None:
    teasers = [line for i in range(3) for line in (ODD[0] if i == 1 else OTHERS[2 * i], "11/03/2026", LEADS[i])]
    own = [f"{SECOND} {THIRD}", f"{THIRD} {PARAGRAPH}"]
    page = in_a_page(*own).replace(ARTICLE[0], "\n".join([*teasers, ARTICLE[0]]))
    assert lines_of(extract(page).text) == [ARTICLE[0], PARAGRAPH, *own, SECOND, THIRD]


@pytest.mark.parametrize(
    "own",
    [
        ["Người học cần mang theo:", "Một cái tạp dề sạch", "Một con dao nhỏ", "Hộp cơm có nắp", "Sổ tay"],
        ["- Một cái tạp dề sạch", "- Một con dao nhỏ", "- Hộp cơm có nắp", "- Sổ tay", "- Bút"],
    ],
    ids=["label", "list"],
)
def test_an_articles_own_lines_above_its_date_stay(own: list[str]) -> None:
    page = in_a_page().replace(f"{ARTICLE[0]}\n", "\n".join([ARTICLE[0], LEADS[0], *own, ""]))
    assert lines_of(extract(page).text) == [ARTICLE[0], LEADS[0], *own, *ARTICLE[1:]]
