"""Tells whether a text is something the model can judge at all: Vietnamese prose of some length.

What a model does not read of a long text does not count.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vnclf.text.segmenter import Segmented

# Running Vietnamese has diacritics on seven syllables of ten; foreign text and Vietnamese typed
# without them has next to none, save a name here and there.
_UNMARKED = 0.12

NO_WORDS = "no words"
LINKS = "links or numbers rather than prose"
ANOTHER_LANGUAGE = "another language"
UNKNOWN_WORDS = "too few known words"
NO_TOPIC = "none of the topics"


@dataclass(frozen=True)
class Traits:
    """What a batch's documents are made of, as far as they are read: one number a document."""

    tokens: NDArray[np.int64]
    words: NDArray[np.int64]  # tokens with a letter or figure
    marked: NDArray[np.int64]  # words with a letter outside ASCII

    @cached_property
    def unmarked(self) -> NDArray[np.bool_]:
        """Documents to be read as Vietnamese without diacritics, if as Vietnamese at all."""
        return (self.words > 0) & (self.marked < _UNMARKED * self.words)


def traits(batch: Segmented, limit: int) -> Traits:
    """Count the kinds of tokens among the first of each document, as many as the limit."""
    read = batch.depth < limit
    words = np.add.reduceat(batch.is_word & read, batch.first, dtype=np.int64)
    marked = np.add.reduceat(batch.table["is_marked"].take(batch.numbers) & read, batch.first, dtype=np.int64)
    return Traits(np.minimum(batch.lengths, limit), words, marked)


def objection(
    tokens: int, words: int, *, unmarked: bool, known_share: float, floor: float, outside: bool
) -> str | None:
    """Return why a document is outside the model's domain, or None.

    `known_share` is the share of its n-grams that the vocabulary knows, `floor` the least share that
    training texts have; `outside` says that it resembles the texts that were labelled as of no topic.
    """
    if words == 0:
        return NO_WORDS
    if words < 0.4 * tokens and tokens > 20:
        return LINKS
    if known_share < floor:
        return ANOTHER_LANGUAGE if unmarked else UNKNOWN_WORDS
    return NO_TOPIC if outside else None
