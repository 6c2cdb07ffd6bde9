"""Writes Vietnamese in the old encodings. The tables are written otherwise than those of vnclf: letter by letter."""

import unicodedata
from collections.abc import Callable

_LETTERS = "ăâđêôơư àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ".replace(" ", "")

_TCVN3 = (
    "a8a9aeaaabacad b5b6b7b8b9 bbbcbdbec6 c7c8c9cacb cccecfd0d1 d2d3d4d5d6 d7d8dcddde"
    "dfe1e2e3e4 e5e6e7e8e9 eaebecedee eff1f2f3f4 f5f6f7f8f9 fafbfcfdfe"
)
_TCVN3_UPPER = "a1a2a7a3a4a5a6"  # of the first seven letters alone

_VISCII = (
    "e5e2f0eaf4bddf e0e4e3e1d5 a2c6c7a1a3 a5a6e7a4a7 e8eba8e9a9 abacadaaae ecefeeedb8"
    "f2f6f5f3f7 b0b1b2afb5 b6b7debefe f9fcfbfaf8 d7d8e6d1f1 cfd6dbfddc"
)
_VISCII_UPPER = (
    "c5c2d0cad4b4bf c0c4c3c180 8202058183 8586068487 c8cb88c989 8b8c8d8a8e cc9bcecd98"
    "d299a0d39a 9091928f93 9697b39594 d99c9dda9e bbbcffbab9 9f1419dd1e"
)
_VPS = (
    "e6e2c7eaf4d6dc e0e4e3e1e5 a2a3a4a1a5 c0c4c5c3c6 e8c8ebe9cb 8a8bcd898c ecccefedce"
    "f2d5f5f386 d2b087d3b6 a9aaaba7ae f9fbdbfaf8 d8babbd9bf ff9bcf9a9c"
)
_VPS_UPPER = (
    "88c2f1cad4f7d0 808182c102 8e8ff08d04 84851c8303 d7defec905 9394959006 b5b7b8b410"
    "bcbdbeb911 9798999612 9e9fa69d13 a8d1acda14 afb11dad15 b2fdb3dd19"
)

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_SINGLE = {"đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î"}
_VNI_MARKS = {"": "øûõùï", _HAT: "àåãáä", _BREVE: "èúüéë", _HORN: "øûõùï"}
_VNI_UNTONED = {_HAT: "â", _BREVE: "ê", _HORN: ""}

Table = dict[str, bytes]
Encoder = Callable[[str], tuple[str, bytes]]


def _ascii() -> Table:
    controls = {character: character.encode() for character in "\t\n\r"}
    return controls | {chr(code): bytes([code]) for code in range(0x20, 0x7F)}


def _typography() -> Table:
    return {character: character.encode("cp1252") for character in "“”‘’–—…•\u00a0"}


def _letters(lower: str, upper: str) -> Table:
    letters = dict(zip(_LETTERS, bytes.fromhex(lower), strict=True))
    letters |= dict(zip(_LETTERS.upper(), bytes.fromhex(upper), strict=False))
    return {letter: bytes([code]) for letter, code in letters.items()}


def _tcvn3() -> Table:
    lower = _letters(_TCVN3, _TCVN3_UPPER)
    return {letter.upper(): code for letter, code in lower.items()} | lower | _typography() | _ascii()


def _vni_letter(letter: str) -> str:
    if letter in _VNI_SINGLE:
        return _VNI_SINGLE[letter]
    base, *marks = list(unicodedata.normalize("NFD", letter))
    shape = next((mark for mark in marks if mark not in _TONES), "")
    if shape == _HORN:
        base = {"o": "ô", "u": "ö"}[base]
    tone = next((mark for mark in marks if mark in _TONES), None)
    return base + (_VNI_UNTONED[shape] if tone is None else _VNI_MARKS[shape][_TONES.index(tone)])


def _vni() -> Table:
    spelt = {letter: _vni_letter(letter) for letter in _LETTERS}
    spelt |= {letter.upper(): spelling.upper() for letter, spelling in spelt.items()}
    return {letter: spelling.encode("cp1252") for letter, spelling in spelt.items()} | _typography() | _ascii()


def _windows_1258() -> Table:
    table = _typography() | _ascii()
    for letter in _LETTERS + _LETTERS.upper():
        marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        table[letter] = (base + "".join(mark for mark in marks if mark in _TONES)).encode("cp1258")
    return table


def _encoder(table: Table) -> Encoder:
    def encode(text: str) -> tuple[str, bytes]:
        kept = [character for character in text if character in table]
        return "".join(kept), b"".join(map(table.__getitem__, kept))

    return encode


def _unicode(codec: str) -> Encoder:
    return lambda text: (text, text.encode(codec))


_WINDOWS_1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)}


def as_windows_1252(data: bytes) -> str:
    """Read bytes as browsers do that take them for Windows-1252."""
    return data.decode("latin-1").translate(_WINDOWS_1252)


def _doubled(misread: Callable[[bytes], str], times: int) -> Encoder:
    def encode(text: str) -> tuple[str, bytes]:
        data = text.encode()
        for _ in range(times):
            data = misread(data).encode()
        return text, data

    return encode


def _as_latin_1(data: bytes) -> str:
    return data.decode("latin-1")


# By name: an encoder returns what its encoding has of a text, and the bytes of that.
LEGACY: dict[str, Encoder] = {
    "windows-1258": _encoder(_windows_1258()),
    "tcvn3": _encoder(_tcvn3()),
    "vni": _encoder(_vni()),
    "viscii": _encoder(_letters(_VISCII, _VISCII_UPPER) | _ascii()),
    "vps": _encoder(_letters(_VPS, _VPS_UPPER) | _ascii()),
}
UNICODE: dict[str, Encoder] = {
    "utf-8": _unicode("utf-8"),
    "utf-8-sig": _unicode("utf-8-sig"),
    "utf-16-le": _unicode("utf-16-le"),
    "utf-16-be": _unicode("utf-16-be"),
    "utf-16-le with mark": lambda text: (text, b"\xff\xfe" + text.encode("utf-16-le")),
    "utf-16-be with mark": lambda text: (text, b"\xfe\xff" + text.encode("utf-16-be")),
}
DOUBLED: dict[str, Encoder] = {
    "double utf-8 by latin-1": _doubled(_as_latin_1, 1),
    "double utf-8 by latin-1, twice": _doubled(_as_latin_1, 2),
    "double utf-8 by windows-1252": _doubled(as_windows_1252, 1),
    "double utf-8 by windows-1252, twice": _doubled(as_windows_1252, 2),
}
ENCODERS = LEGACY | UNICODE | DOUBLED
