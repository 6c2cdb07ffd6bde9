"""UTF-8 whose text was wrongly decoded from bytes before, and how to get those bytes back."""

import codecs
import re

from vnclf.text.legacy import WINDOWS_1252
from vnclf.text.syllables import is_vietnamese

_TO_WINDOWS_1252 = codecs.charmap_build(WINDOWS_1252.table)

# What Vietnamese in UTF-8 looks like once it was taken for a code page: control characters of the upper half, "áº"
# and "á»"; and the sign for what could not be decoded.
_LOST = b"\xef\xbf\xbd"
_DAMAGE = re.compile(rb"\xc2[\x80-\x9f]|\xc3\xa1\xc2[\xba\xbb]|%b" % _LOST)
# All but one of them, and quick to look for.
_SUSPECT = re.compile(rb"\xc2[\x80-\x9f\xba\xbb]")
# One damaged character in so many bytes is an accident in a page, not a wrong encoding.
_BEARABLE = 200

# Latin letters, Vietnamese ones, and punctuation: "É»" at the end of a title is no letter of the phonetic alphabet.
_EXPECTED = re.compile("[\0-\u024f\u1e00-\u1eff\u2000-\u22ff]*")
# With so many bytes that fit into UTF-8 sequences it is no chance.
_CERTAIN = 4


def first_damage(data: bytes) -> int | None:
    """Return the offset of the first damaged character of UTF-8, or None where there are none, or a bearable few."""
    if _LOST not in data and not _SUSPECT.search(data):
        return None
    first = _DAMAGE.search(data)
    if first is None or len(_DAMAGE.findall(data)) * _BEARABLE < len(data):
        return None
    return first.start()


def undo(text: str) -> bytes | None:
    """Return the bytes that, taken for Latin-1 or Windows-1252, gave `text`; None if neither can give it."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        pass
    try:
        return codecs.charmap_encode(text, "strict", _TO_WINDOWS_1252)[0]
    except UnicodeEncodeError:
        return None


def decoded_again(text: str, data: bytes) -> str | None:
    """Return `data`, the bytes behind `text`, as UTF-8; None if they are not, or `text` is the better reading."""
    try:
        again = data.decode()
    except UnicodeDecodeError:
        return None
    if len(text) - len(again) >= _CERTAIN:
        return again
    pairs = zip(text.split(" "), again.split(" "), strict=False)
    spoilt = any(is_vietnamese(before) and not is_vietnamese(after) for before, after in pairs)
    return again if len(again) < len(text) and _EXPECTED.fullmatch(again) and not spoilt else None
