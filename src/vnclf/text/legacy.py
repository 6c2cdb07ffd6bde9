"""The 8-bit encodings of Vietnamese from before Unicode, each with the way from its bytes to text.

The tables are our own, as no library has them whole: viparse 0.1.31 lacks ẳ in VNI and the byte that VNI has for
ỵ, and takes text, not bytes; Python knows Windows-1258 alone. They are small, and old files then need no extra.
Sources: TCVN 5712:1993 for TCVN3, RFC 1456 for VISCII, the layouts of their fonts for VNI and VPS. VPS, once common
among the Vietnamese abroad, is here because it would otherwise pass for VISCII.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_ASCII = "".join(map(chr, range(0x80)))


@dataclass(frozen=True, slots=True)
class Legacy:
    """An 8-bit encoding: the character of each of the 256 bytes, and how characters join to letters."""

    name: str
    table: str
    compose: Callable[[str], str] = str

    def read(self, data: bytes) -> str:
        """Return the text, in NFC; bytes without a meaning become the control character of their number."""
        return self.compose(codecs.charmap_decode(data, "strict", self.table)[0])

    def undefined(self) -> bytes:
        """Return the bytes that have no meaning in this encoding."""
        return bytes(byte for byte in range(0x80, 0xA0) if self.table[byte] == chr(byte))


def _code_page(codec: str) -> str:
    return _ASCII + "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(0x80, 0x100))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_CP1252 = _code_page("cp1252")

# There are no upper-case letters with tones: each font has a sister in capitals for them. The fonts were drawn over
# Windows-1252, which shows in the gaps.
_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = _CP1252.translate(
    {ord(_CP1252[byte]): letter for first, run in _TCVN3_RUNS.items() for byte, letter in enumerate(run, first)}
)

# Six letters stand where ASCII has control characters.
_VISCII = (
    _ASCII.translate({0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"})
    + "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    + "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    + "Õắằặấầẩậẽẹếềểễệố"
    + "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    + "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    + "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    + "àáâãảăữẫèéêẻìíĩỉ"
    + "đựòóôõỏọụùúũủýợỮ"
)

# Fourteen letters do so here.
_VPS = (
    _ASCII.translate(
        dict(zip((*range(0x02, 0x07), *range(0x10, 0x16), 0x19, 0x1C, 0x1D), "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ", strict=True))
    )
    + "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    + "Ế‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ"
    + "\u00a0ắằẳẵặỠớÙờởỡŨỨợỪ"
    + "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    + "ầÁÂấẩẫậđẻÉÊẹỉễịỹ"
    + "ƯỦồốÔỏơÈừứÚũưÝẺß"
    + "àáâãảạăçèéêẽìíîĩ"
    + "ẴĐòóôõöƠụùúủüỶẼỳ"
)

# VNI writes most letters as a vowel and a byte for its marks: a tone; the hat, alone or with a tone; the breve.
_TONES = ("ùøûõï", "\u0301 \u0300 \u0309 \u0303 \u0323".split())
_HAT = ("âáàåãä", ["\u0302", *(f"\u0302{tone}" for tone in _TONES[1])])
_BREVE = ("êéèúüë", ["\u0306", *(f"\u0306{tone}" for tone in _TONES[1])])
_VNI_MARKS = (("aeiouyôö", *_TONES), ("aeo", *_HAT), ("a", *_BREVE))
_VNI_LETTERS = dict(zip("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ", strict=True))


def _vni_letters() -> dict[str, str]:
    letters = dict(_VNI_LETTERS)
    for vowels, signs, marks in _VNI_MARKS:
        for vowel in vowels + vowels.upper():
            for sign, mark in zip(signs, marks, strict=True):
                # The vowel tells the case; the fonts have each mark twice, at two heights.
                letter = _nfc(_VNI_LETTERS.get(vowel, vowel) + mark)
                letters |= {vowel + sign: letter, vowel + sign.upper(): letter}
    return letters


_VNI = _vni_letters()
_VNI_LETTER = re.compile(
    "|".join(f"[{vowels}][{signs}]" for vowels, signs, _ in _VNI_MARKS) + f"|[{''.join(_VNI_LETTERS)}]", re.IGNORECASE
)


def _compose_vni(text: str) -> str:
    return _VNI_LETTER.sub(lambda found: _VNI[found[0]], text)


WINDOWS_1252 = Legacy("windows-1252", _CP1252)
VIETNAMESE = (
    Legacy("windows-1258", _code_page("cp1258"), _nfc),
    Legacy("tcvn3", _TCVN3),
    Legacy("vni", _CP1252, _compose_vni),
    Legacy("viscii", _VISCII),
    Legacy("vps", _VPS),
)
