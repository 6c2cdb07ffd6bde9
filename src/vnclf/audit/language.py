"""Which documents are not Vietnamese as it is written: other languages, and Vietnamese typed without diacritics."""

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import Literal, TypeAlias

from vnclf.text.syllables import is_syllable

Language: TypeAlias = Literal["vietnamese", "no diacritics", "another language"]

_WORD = re.compile(r"[^\W\d_]+")
# So much of a text is read; and what has fewer words tells no language: "Man City 2-1 Arsenal".
_READ, _FEWEST = 2000, 5
# Of 60,000 articles and leads none had fewer than 0.26 of its words spelt with Vietnamese diacritics, nor, these
# stripped, fewer than 0.62 that marks could make syllables; of English and its like, at most 0.37 can.
_MARKED, _MARKABLE = 0.15, 0.5

# The letters of a syllable without its marks, more or less, and the letters that these may have been.
_BARE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?")
_LETTERS = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư"}
_ACUTE = "\u0301"  # the tone that every rime can have


def language_of(text: str) -> Language | None:
    """Return the language of a text as far as it matters here; None for a text of few words."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_READ]).lower())
    if len(words) < _FEWEST:
        return None
    if sum(map(_is_marked, words)) >= _MARKED * len(words):
        return "vietnamese"
    return "no diacritics" if sum(map(_could_be_marked, words)) >= _MARKABLE * len(words) else "another language"


def _is_marked(word: str) -> bool:
    return len(word) > 1 and not word.isascii() and is_syllable(word)


@lru_cache(maxsize=1 << 15)
def _could_be_marked(word: str) -> bool:
    """Return whether some diacritics make a syllable of the word, or it has them."""
    if not word.isascii():
        return is_syllable(word)
    readings = product(*(_LETTERS.get(letter, letter) for letter in word)) if _BARE.fullmatch(word) else ()
    return any(is_syllable("".join(reading) + _ACUTE) for reading in readings)
