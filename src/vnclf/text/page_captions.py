"""Which lines of a Vietnamese web page are captions of pictures."""

import re

_CREDIT = re.compile(
    r"(?:ảnh|video|clip|(?:đồ|minh) (?:họa|hoạ)|photo|nguồn)(?: (?:ảnh|minh họa|minh hoạ|tư liệu|cắt từ clip"
    r"|chụp màn hình)){0,2}\s*[:;]\s*[^:]{1,60}$|ảnh (?:\d{1,2}|[^.,;:()]{2,40}[)\]])\.?$|nguồn [^():]{1,50}[)\]]\.?$"
)
_CREDIT_WORDS = ("ảnh", "nguồn", "video", "clip", "đồ họa", "đồ hoạ", "minh họa", "minh hoạ", "photo")
_BEFORE = frozenset('.!?(,;/–—-["”')
# Who stands where in a picture.
_STANDING = re.compile(r"\((?:[^()]{1,30} )?(?:trái|phải|giữa|bìa|ngoài cùng|hàng đầu|áo \w+)(?: [^()]{1,30})?\)")
# What captions of official pictures say, and headings seldom.
_SCENE = re.compile(
    r"(?:quang|toàn|khung) cảnh .*|(?:các )?đại biểu .*|.* phát biểu(?: .*)?|.* chụp (?:ảnh|hình) lưu niệm.*"
    r"|.* tại (?:buổi|lễ|hội nghị|hội thảo|chương trình|sự kiện)\b.*",
    re.IGNORECASE,
)


def is_caption(line: str, low: str) -> bool:
    """Whether a line ends with a picture's credit, after four sentences at most."""
    start = max(0, len(low) - 100)
    place = max([low.rfind(word, start) for word in _CREDIT_WORDS])
    while place >= start:
        match = _CREDIT.match(low, place)
        if match and low.count(". ") < 4:
            before = low[:place].rstrip()
            return before[-1:] in _BEFORE or (before != "" and ":" in match[0] and line[place : place + 1].isupper())
        place = max([low.rfind(word, start, place) for word in _CREDIT_WORDS])
    return False


def tells_places(low: str) -> bool:
    """Whether a line says who stands where."""
    return bool(_STANDING.search(low))


def tells_scene(line: str) -> bool:
    """Whether a line beside a picture tells what is seen there."""
    return bool(_SCENE.fullmatch(line))
