"""From a page or bytes to an article, and from an article to words."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from vnclf.text.batches import as_text, as_texts, batches
from vnclf.text.normalize import normalize

if TYPE_CHECKING:
    from vnclf.text.segmenters import AnySegmenter

__all__ = ["normalize", "segment", "segment_many"]


def segment(text: str) -> list[str]:
    """Return the words of a text: exactly those of `underthesea.word_tokenize`, tokens joined by a space.

    Raises InputError when `text` is not a string. An empty text has no words.
    """
    return _segmenter().words(as_text(text))


def segment_many(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of each text, in order; much faster per text than one at a time."""
    return [words for batch in batches(as_texts(texts)) for words in _segmenter().segment(batch).words()]


@cache
def _segmenter() -> "AnySegmenter":
    from vnclf.text.segmenters import get_segmenter

    return get_segmenter("fast", for_topics=False)
