import pytest

from tests.text.articles import ARTICLE, PARAGRAPH, in_a_page, lines_of, reasons
from vnclf.text.page import extract
from vnclf.text.page_lines import shape_of
from vnclf.text.page_rules import WHY


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
        (
            "_Chủ nhật, 15/03/2026 | 06:10_ [![zalo](https://anh.vi.du/i/zalo.png)](https://zalo.me/share?tu=vi.du/1) "
            "[![fb](https://anh.vi.du/i/fb.png)](https://facebook.com/sharer/sharer.php?u=vi.du/lop-hoc-nau-an-123) "
            "[![in](https://anh.vi.du/i/in.png)](javascript:window.print())",
            "date",
        ),
        ("September 28, 2025", "date"),
        ("Quang cảnh lớp học. (Ảnh: Thu Trang)", "caption"),
        ("Bà con chuẩn bị nguyên liệu – Ảnh: BTC", "caption"),
        ("(Nguồn: Báo Khu Phố)", "source"),
        ("Theo Báo Khu Phố", "source"),
        ("Bài và ảnh: Thu Trang", "byline"),
        ("PV (tổng hợp)", "byline"),
        ("Ảnh: Thu Trang", "picture credit"),
        ("Chia sẻ Facebook Zalo", "share bar"),
        ("Nữ miền Bắc Nam miền Bắc Nữ miền Nam", "share bar"),
        ("Facebook  Twitter  Bản in  Gửi bài viết qua email", "menu"),
        ("[Chia sẻ]()", "share bar"),
        ("Chia sẻ [Facebook](#) [Zalo](#)", "link"),
        ("[Zalo](#) [Facebook](#) [ ![](/g.svg) Theo dõi trên Google News](#) Nghe bài viết", "link"),
        ("Quảng cáo", "advertisement"),
        ("Trang chủ > Đời sống > Ẩm thực", "menu"),
        ("Mới nhất THỜI SỰ KINH TẾ Giáo dục Pháp luật", "menu"),
        (
            "Trang chủ Giới thiệu Đại sứ Cơ cấu tổ chức Công chứng, ủy quyền Tin tức Hộ chiếu Thị thực Du lịch Hỏi đáp",
            "menu",
        ),
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
        "Một bếp  Hai chảo  Ba nồi",
        "Về  giáo dục,  y tế  và  giao thông,  khu phố đều khá.",
        "Giáo dục  Y tế  24,5",
        "Giáo dục,  y tế,  kinh tế.",
        "Giáo dục  Y tế",
        "Giáo dục  Y tế  Món ăn  Bếp núc",
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


def test_kinds_of_text() -> None:
    kinds = {PARAGRAPH: "P", "Học rồi mới biết nấu": "t", "Minh Khuê - Hồng Lam": "n", "Có chứ.": "s", "Số 5: đỏ": "k"}
    assert dict(zip(kinds, shape_of(kinds), strict=True)) == kinds
