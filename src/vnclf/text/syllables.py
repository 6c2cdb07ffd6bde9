"""Which words could be Vietnamese: a syllable is an onset, a rime and a tone, and of each there are few."""

import re
import unicodedata
from functools import lru_cache

_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc ue uê uêch uên uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ươc ươi ươm ươn ương ươp ươt ươu ưi ưm ưn ưng ưt ưu
    y ych yêm yên yêng yêt yêu ynh yt
    """.split()
)

_ACUTE, _DOT = "\u0301", "\u0323"
_TONES = frozenset(("\u0300", "\u0303", "\u0309", _ACUTE, _DOT))
# After a stop only these two tones can be spoken.
_STOPPED_TONES = frozenset((_ACUTE, _DOT))
_STOPS = ("c", "ch", "p", "t")
_LONGEST = 7  # nghiêng

# The letters of a word, and marks that did not compose with the letter before.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
# Signs outside ASCII that stand beside words; others show that a byte meant something else.
_SIGN = re.compile(r"[^\0-\x7f\w\u0300-\u036f\u00a0°–—‘’“”•…€]")


# HĐND, CĐ: they spell nothing.
_ABBREVIATION = re.compile("[A-ZĐ]+")


def is_vietnamese(chunk: str) -> bool | None:
    """Return whether the letters outside ASCII in a chunk without white space make Vietnamese syllables.

    None when there are none of them, or only in abbreviations and single letters, which say little.
    """
    if _SIGN.search(chunk):
        return False
    words = [word for word in _WORD.findall(chunk) if len(word) > 1 and not word.isascii()]
    spelt = [word.lower() for word in words if not _ABBREVIATION.fullmatch(word)]
    return all(len(word) <= _LONGEST and is_syllable(word) for word in spelt) if spelt else None


@lru_cache(maxsize=1 << 15)
def is_syllable(word: str) -> bool:
    """Return whether a lower-case word in NFC is spelt like a Vietnamese syllable (tone anywhere in the rime)."""
    marked = unicodedata.normalize("NFD", word)
    tones = [mark for mark in marked if mark in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(mark for mark in marked if mark not in _TONES))
    return any(
        plain[cut:] in _RIMES and (not plain[:cut] or plain[:cut] in _ONSETS) and _speakable(plain, tones)
        for cut in range(4)
    )


def _speakable(plain: str, tones: list[str]) -> bool:
    return not plain.endswith(_STOPS) or (bool(tones) and tones[0] in _STOPPED_TONES)
