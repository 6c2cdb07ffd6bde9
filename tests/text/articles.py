"""A page about a cookery class, of which the tests of pages are made."""

from vnclf.text.page import extract

PARAGRAPH = "Sáng qua, hơn hai trăm bà con đã tới dự lớp học nấu ăn do hội phụ nữ tổ chức tại nhà văn hóa của khu phố."
SECOND = (
    "Ban tổ chức cho biết lớp học sẽ kéo dài sáu tuần, mỗi tuần hai buổi, và bà con nào tới dự cũng được phát sách."
)
THIRD = "Sau lớp học này, hội phụ nữ dự định mở thêm một lớp may cho bà con trong khu phố vào đầu mùa thu năm nay."
ARTICLE = ["Lớp học nấu ăn của hội phụ nữ khu phố", PARAGRAPH, SECOND, THIRD]
# What other pages are about: headlines, each with its lead.
OTHERS = (
    "Phiên chợ vùng biên họp lại sau bốn năm",
    "Sáu mươi gian hàng tre nứa, rau rừng cùng tiếng khèn rộn lên từ tờ mờ sáng chủ nhật.",
    "Lúa còn xanh đã có người đặt cọc",
    "Giá nhích thêm ba trăm đồng mỗi ký khiến nhiều nông hộ lưỡng lự chưa muốn đặt bút.",
    "Xe truyện tranh lên điểm trường trên núi",
    "Nghìn cuốn sách về khủng long, vũ trụ dừng mỗi bản hai hôm rồi lại đi tiếp.",
)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def in_a_page(*middle: str, after: tuple[str, ...] = ()) -> str:
    """Return a page whose article has `middle` between its first and its last two paragraphs."""
    head = ["Trang chủ", "Thời sự", "Kinh tế", "Lớp học nấu ăn của hội phụ nữ khu phố", "12/03/2026 09:15"]
    return "\n".join([*head, PARAGRAPH, *middle, SECOND, THIRD, *after, "Tổng biên tập: Lê Thị Bình"])


def reasons(page: str) -> dict[str, str]:
    return {removed.text: removed.why for removed in extract(page).removed}
