"""From bytes to text: the encoding is found and named or, where it cannot be known, refused."""

import codecs
import re
from dataclasses import dataclass

from vnclf.errors import InputError
from vnclf.text.guess import garbled, guess
from vnclf.text.legacy import WINDOWS_1252
from vnclf.text.mojibake import decoded_again, first_damage, undo
from vnclf.text.western import is_western

# How sure a guess must be. Of 27,000 pieces of news, 8 to 60 characters long, none that reached this was wrong.
_SURE = 0.96
# The confidence of what rests on little: a language recognised, a few characters repaired.
_LIKELY = 0.95
# The confidence of UTF-8 that an old encoding would make Vietnamese, but in too few words to be sure.
_DOUBTFUL = 0.5
# The share of words that a Vietnamese encoding must read better than Windows-1252, to be found within UTF-8, and
# may read better where Windows-1252 is taken for the right one.
_LEAST_LEAD, _MOST_LEAD = 0.1, 0.5
_ROUNDS = 3

_HEAD = 1 << 16
_CONTROL = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f\x7f]")
# A text may hold one stray control character in so many, and one in any case unless it is shorter than a word.
_STRAY, _SHORT = 100, 8
_READABLE = re.compile("[\t-\r -~\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u22ff\ufeff]")
_READABLE_SHARE = 0.9
# "ươ" of VISCII, "ượ" of VPS and a few more pairs are letters of Eastern scripts in UTF-8, but within Latin words.
_EASTERN = re.compile("([A-Za-z]?)[\u0400-\u07ff]+([A-Za-z]?)")

_BINARY = "shows a binary file; give a text file"
_CUT = "does not fit the UTF-16 of the rest; save the text as UTF-8"
_UNKNOWN = "is not of UTF-8 text, and no other encoding is clearly the right one; save the text as UTF-8"
_DAMAGED = "belongs to text that a wrong encoding has damaged; save the original as UTF-8"
_MIXED = "belongs to words that are not {}, as the rest is; save the text as UTF-8"


class DecodeError(InputError, ValueError):
    """Bytes that are not text, or whose encoding cannot be known; `place` is the offset of the first bad byte."""

    # The message alone makes one again, so that it travels between processes; the place follows in its state.
    def __init__(self, message: str, place: int = 0) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of the encoding it was in, and the probability that this is the right one.

    The names: utf-8, utf-8-sig, utf-16-le, utf-16-be, windows-1252, windows-1258, tcvn3, vni, viscii and vps;
    "double utf-8" for UTF-8 that was taken for Latin-1 or Windows-1252 and encoded again, once or more often;
    "tcvn3 in utf-8" and the like for the same accident with another encoding.
    """

    text: str
    encoding: str
    confidence: float


def decode(data: bytes) -> Decoded:
    """Decode a text in Vietnamese, or in ASCII or a language of Western Europe, whatever its encoding.

    Text in the 8-bit encodings comes back in NFC; UTF-8 and UTF-16 as they are, without a byte-order mark. Takes time
    linear in the length of `data`. Raises DecodeError for binary data, for damaged text, and where no encoding is
    clearly the right one, as in very short texts in an old encoding.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return Decoded(_utf16(data, encoding)[1:], encoding, 1.0)
    if b"\0" in data:
        return _unmarked_utf16(data)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _legacy(data, error.start)
    return _utf8(data, text, "utf-8")


def _utf8(data: bytes, text: str, name: str, rounds: int = 0) -> Decoded:
    if text.startswith("\ufeff"):
        text, name = text[1:], "utf-8-sig" if rounds == 0 else name
    if _is_binary(text):
        raise _refused(data, _first_bad(data), _BINARY)
    damaged = first_damage(data)
    # Half of the letters of Vietnamese begin with this byte, and nothing that was read from a code page does.
    if data.isascii() or (b"\xe1" in data and damaged is None):
        return Decoded(text, name, 1.0)
    if (eastern := _stray_eastern(text)) is not None:
        return _legacy(data, len(text[:eastern].encode()))
    repaired = _repaired(text, name, rounds) if rounds < _ROUNDS else None
    if repaired is not None:
        return repaired
    if damaged is not None:
        raise _refused(data, damaged, _DAMAGED)
    return Decoded(text, name, 1.0 if rounds == 0 else _LIKELY)


def _repaired(text: str, name: str, rounds: int) -> Decoded | None:
    inner = undo(text)
    if inner is None:
        return None
    again = decoded_again(text, inner)
    if again is not None:
        try:
            return _utf8(inner, again, "double utf-8", rounds + 1)
        except DecodeError:
            return None  # it names a place in `inner`
    found = guess(inner)
    if found.confidence >= _SURE and found.lead >= _LEAST_LEAD and garbled(inner, found.encoding) is None:
        return Decoded(found.encoding.read(inner), f"{found.encoding.name} in utf-8", found.confidence)
    return Decoded(text, name, _DOUBTFUL) if found.lead >= _MOST_LEAD else None


def _legacy(data: bytes, place: int) -> Decoded:
    found = guess(data)
    western = found.confidence < _SURE
    encoding = WINDOWS_1252 if western else found.encoding
    text = encoding.read(data)
    if _is_binary(text):
        raise _refused(data, _first_bad(data), _BINARY)
    if western and (found.lead >= _MOST_LEAD or not is_western(text)):
        raise _refused(data, place, _UNKNOWN)
    bad = None if western else garbled(data, encoding)
    if bad is not None:
        raise _refused(data, bad, _MIXED.format(encoding.name))
    return Decoded(text, encoding.name, _LIKELY if western else found.confidence)


def _unmarked_utf16(data: bytes) -> Decoded:
    zeros = [data[parity::2].count(0) for parity in (0, 1)]
    encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    head = data[:_HEAD].decode(encoding, "replace")
    share = len(_READABLE.findall(head)) / len(head)
    if share < _READABLE_SHARE:
        raise _refused(data, _first_bad(data), _BINARY)
    return Decoded(_utf16(data, encoding), encoding, share)


def _utf16(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refused(data, error.start, _CUT) from error
    if "\0" in text or _is_binary(text):
        control = _CONTROL.search(text)
        raise _refused(data, len(text[: control.start() if control else 0].encode(encoding)), _BINARY)
    return text


def _refused(data: bytes, place: int, reason: str) -> DecodeError:
    return DecodeError(f"Not text: byte 0x{data[place]:02x} at offset {place} {reason}.", place)


def _is_binary(text: str) -> bool:
    size = min(len(text), _HEAD)
    return len(_CONTROL.findall(text, 0, _HEAD)) > max(size // _STRAY, int(size >= _SHORT))


def _first_bad(data: bytes) -> int:
    control = _CONTROL.search(data.decode("latin-1"))
    first = len(data) if control is None else control.start()
    try:
        data[:first].decode()
    except UnicodeDecodeError as error:
        return error.start
    return first


def _stray_eastern(text: str) -> int | None:
    runs = list(_EASTERN.finditer(text, 0, _HEAD))
    stray = [run.end(1) for run in runs if run[1] or run[2]]
    return stray[0] if 2 * len(stray) > len(runs) else None
