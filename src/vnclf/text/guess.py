"""Which 8-bit encoding some bytes are in: the one in which most of their words are spelt as Vietnamese is."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vnclf.text.legacy import VIETNAMESE, WINDOWS_1252, Legacy
from vnclf.text.syllables import is_vietnamese

_BLOCK = 1 << 16
# What so many distinct words leave open, more do not settle; `garbled` looks at the rest.
_ENOUGH = 200
# What is longer holds no spaces where words would have them: links, tables, binary data.
_LONGEST = 100
# Verdicts kept while a long text is looked through.
_REMEMBERED = 1 << 17
# A right reading makes Vietnamese of 97 words in 100, a wrong one of up to a half: each word that only one of two
# readings makes Vietnamese speaks for it with odds of 32. Words depend on each other, hence somewhat less.
_WEIGHT = math.log(20)
# In none of the encodings, up to this share of the words would be Vietnamese all the same.
_BY_CHANCE = 0.6
# Right readings of real articles have at least 0.82.
_LEAST_SHARE = 0.75
# Of so many words in a row so many are not Vietnamese only where another encoding begins: in each of 41,000 articles
# it was 13 at most.
_RUN, _FOREIGN = 40, 15
_SPACE = re.compile(rb"\s")
_PUNCTUATION = bytes(range(0x21, 0x30)) + b":;<=>?[\\]_`{|}"


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest Vietnamese encoding, and what speaks for it."""

    encoding: Legacy
    confidence: float  # the probability that it is the right one
    lead: float  # the share of words that it makes Vietnamese and Windows-1252 does not


@dataclass(frozen=True, slots=True)
class _Reading:
    texts: list[str]
    good: int
    bad: int


def guess(data: bytes) -> Guess:
    """Return the likeliest Vietnamese encoding of `data`.

    A naive Bayes decision over the distinct words that hold a byte outside ASCII. The rivals of an encoding are the
    others, Windows-1252 among them, as far as they read the words differently, and that it is none of them.
    """
    words = _sample(data)
    western, *readings = [_read(encoding, words) for encoding in (WINDOWS_1252, *VIETNAMESE)]
    place, best = max(enumerate(readings), key=lambda found: found[1].good)
    judged = best.good + best.bad
    rivals = [reading.good for reading in (western, *readings) if reading.texts != best.texts]
    doubt = sum(math.exp(_WEIGHT * min(rival - best.good, 0)) for rival in (*rivals, _BY_CHANCE * judged))
    confidence = 1 / (1 + doubt) if best.good >= _LEAST_SHARE * judged else 0.0
    return Guess(VIETNAMESE[place], confidence, (best.good - western.good) / max(len(words), 1))


def garbled(data: bytes, encoding: Legacy) -> int | None:
    """Return the offset of the first byte or word that shows `data` not to be in `encoding` throughout, or None."""
    undefined = [place for byte in encoding.undefined() if (place := data.find(byte)) >= 0]
    foreign = _foreign_run(data, encoding)
    return min((*undefined, *foreign), default=None)


def _foreign_run(data: bytes, encoding: Legacy) -> list[int]:
    verdicts: dict[bytes, bool] = {}
    for start, block in _blocks(data):
        words = _marked_words(block)
        new = list(set(words) - verdicts.keys())
        verdicts |= zip(new, [is_vietnamese(text) is False for text in _texts(encoding, new)], strict=True)
        bad = [verdicts[word] for word in words]
        for first in range(0, len(words), _RUN // 2):
            if sum(bad[first : first + _RUN]) >= _FOREIGN:
                return [data.index(words[bad.index(True, first)], start)]
        if len(verdicts) > _REMEMBERED:
            verdicts.clear()
    return []


def _blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start < len(data):
        space = _SPACE.search(data, start + _BLOCK)
        end = space.end() if space else len(data)
        yield start, data[start:end]
        start = end


def _marked_words(block: bytes) -> list[bytes]:
    return [word for word in block.split() if not word.isascii() and len(word) <= _LONGEST]


def _sample(data: bytes) -> list[bytes]:
    words: dict[bytes, None] = {}
    for _, block in _blocks(data):
        words |= dict.fromkeys(word.strip(_PUNCTUATION) for word in _marked_words(block))
        if len(words) >= _ENOUGH:
            break
    return list(words)[:_ENOUGH]


def _texts(encoding: Legacy, words: list[bytes]) -> list[str]:
    return encoding.read(b"\n".join(words)).split("\n") if words else []


def _read(encoding: Legacy, words: list[bytes]) -> _Reading:
    texts = _texts(encoding, words)
    verdicts = [is_vietnamese(text) for text in texts]
    return _Reading(texts, verdicts.count(True), verdicts.count(False))
