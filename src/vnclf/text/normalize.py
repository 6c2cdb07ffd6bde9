"""One spelling for what readers see as the same text."""

import re
import unicodedata

# Zero-width and directional marks, soft hyphens, byte-order marks, and control characters that are not
# white space. They are invisible, so no reader misses them, and they would split or fork words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)

# No letter has so many marks; to order more of them takes time that grows with the square of their number.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_PILE = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
_SHORT = 10_000

_STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‛´`ʼ", "'") | dict.fromkeys("“”„‟«»″", '"'))


def normalize(text: str) -> str:
    """Return `text` in NFC, without zero-width and control characters, with straight quotes.

    White space and upper case stay. The style of tone marks (hoà, hòa) is settled later, token by
    token, by the segmenter's own map. Every rule works within a run of non-white characters, so
    normalising a text and normalising its chunks are the same.
    """
    if text.isascii() and text.isprintable():
        return text.replace("`", "'")
    # NFC makes quotes, of Greek accents for one; no quote is a part of what it composes.
    return compose(_INVISIBLE.sub("", text)).translate(_STRAIGHT)


def compose(text: str) -> str:
    """Return a text in NFC; in a long one, of a pile of marks on one letter the first thirty stay (UAX #15)."""
    return unicodedata.normalize("NFC", text if len(text) < _SHORT else _PILE.sub(r"\1", text))
