"""The changes a text may undergo on its way: another spelling, noise, or other texts around it."""

import re
import unicodedata
from collections.abc import Callable
from random import Random

from vnclf.text.lexicon import strip_diacritics

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = "\u0300-\u036f"
# An open rime with the tone mark on its first vowel; the u of "qu" belongs to the onset.
_FIRST_VOWEL = re.compile(
    rf"(?:(?P<o>[oO])(?P<tone>[{_TONES}])(?P<ae>[aAeE])|(?<![qQ])(?P<u>[uU])(?P<utone>[{_TONES}])(?P<y>[yY]))"
    rf"(?![\w{_MARKS}])"
)
_QUOTE = re.compile(r"\"([^\"\n]*)\"")
_WORD = re.compile(r"\S+")
_NOISY = 0.05


def decomposed(text: str) -> str:
    """Return the text in NFD: letters and their marks apart."""
    return unicodedata.normalize("NFD", text)


def tone_on_second_vowel(text: str) -> str:
    """Return the text with the tone mark of open oa, oe and uy on the second vowel: hoà, khoẻ, thuý."""
    moved = _FIRST_VOWEL.sub(_moved, unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", moved)


def zero_width_inside(text: str) -> str:
    """Return the text with a zero-width space inside each word of two or more characters."""
    return _WORD.sub(lambda word: word[0][:1] + "\u200b" + word[0][1:] if len(word[0]) > 1 else word[0], text)


def curly_quotes(text: str) -> str:
    """Return the text with typographic quotes; straight ones are curled in pairs."""
    return _QUOTE.sub("“\\1”", text).replace("'", "’")


def without_diacritics(text: str) -> str:
    """Return the text as typed without any diacritics."""
    return strip_diacritics(text)


def headline(text: str) -> str:
    """Return the first line, or the text itself when it has one line only."""
    return text.strip().split("\n", 1)[0]


def misspelt(text: str, seed: int) -> str:
    """Return the text with one word of twenty misspelt.

    The tone mark is dropped or another one, two letters are swapped, or one is missing.
    """
    random = Random(seed)

    def maybe(word: re.Match[str]) -> str:
        return _misspell(word[0], random) if random.random() < _NOISY else word[0]

    return _WORD.sub(maybe, unicodedata.normalize("NFC", text))


def _moved(found: re.Match[str]) -> str:
    if found["o"]:
        return found["o"] + found["ae"] + found["tone"]
    return found["u"] + found["y"] + found["utone"]


def _misspell(word: str, random: Random) -> str:
    kinds: list[Callable[[str, Random], str]] = [_toneless, _another_tone, _swapped, _shortened]
    random.shuffle(kinds)
    # A word without tone cannot lose it, and "ta" has no letters to spare.
    changed = (kind(word, random) for kind in kinds)
    return next((other for other in changed if other != word), word)


def _toneless(word: str, _: Random) -> str:
    return _with_tone(word, "")


def _another_tone(word: str, random: Random) -> str:
    return _with_tone(word, random.choice(_TONES))


def _with_tone(word: str, tone: str) -> str:
    marked = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", re.sub(f"[{_TONES}]", tone, marked, count=1))


def _swapped(word: str, random: Random) -> str:
    if len(word) < 3:
        return word
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _shortened(word: str, random: Random) -> str:
    if len(word) < 3:
        return word
    at = random.randrange(len(word))
    return word[:at] + word[at + 1 :]
