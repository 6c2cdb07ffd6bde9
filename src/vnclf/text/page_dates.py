"""Which lines of a Vietnamese web page tell a date."""

import re

from vnclf.text.page_rules import EDGE

DATE = re.compile(
    r"[0-9]\d{0,3}(?:[/.-]\d{1,2}[/.-]\d{2,4}| tháng \w{1,4}(?: \w{1,4})?,? (?:năm )?\d{4}| [^\W\d]{3,9},? \d{4}"
    r"| (?:giây|phút|giờ|ngày|tuần|tháng|năm) trước)"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? \d{4}"
)
# What may stand beside a date before the line says something else.
_WITH_DATE = re.compile(
    rf"{DATE.pattern}|hôm (?:qua|nay)|(?:t\d|\b[ap]m|\bsa|\bch)\b|gmt|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật"
    r"|\b(?:cn|lúc|vào|ngày|viết|đăng|at|on|published|posted|views?)\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\w*"
    r"|lượt (?:xem|đọc)|phút đọc|bình luận|cập nhật(?: lần cuối)?|nhận bài|xuất bản|thời gian|updated?|\d[\d.,:h]*",
    re.IGNORECASE,
)
BESIDE_HEADLINE = re.compile(r"[(\[]\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?[,\s\d:h-]*[)\]]")


def ends_with_date(low: str) -> bool:
    """Whether a line ends with a date in brackets, as lists of headlines have it."""
    place = max(low.rfind("("), low.rfind("["))
    return place >= 10 and bool(BESIDE_HEADLINE.fullmatch(low, place))


def is_dated(line: str) -> bool:
    """Whether a line that holds a date says no more than who wrote, read or shared something then."""
    rest = _WITH_DATE.sub(" ", line)
    bare = rest.strip(EDGE + "@;")
    low = bare.lower()
    if len(bare) > 30 or line[-1] == ".":
        return low.startswith("chia sẻ ")
    return not bare or bare.istitle() or bare != rest.strip() or low.startswith(("by ", "bởi "))
