"""From a page or bytes to an article, and from an article to words."""

from collections.abc import Sequence

from vnclf.text.batches import as_text, as_texts, batches
from vnclf.text.normalize import normalize

__all__ = ["normalize", "segment", "segment_many"]


def segment(text: str) -> list[str]:
    """Return the words of a text: exactly those of `underthesea.word_tokenize`, tokens joined by a space.

    Raises InputError when `text` is not a string. An empty text has no words.
    """
    from vnclf.text.segmenters import get_segmenter

    return get_segmenter("fast", for_topics=False).segment([as_text(text)]).words()[0]


def segment_many(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of each text, in order; much faster per text than one at a time."""
    from vnclf.text.segmenters import get_segmenter

    segmenter = get_segmenter("fast", for_topics=False)
    return [words for batch in batches(as_texts(texts)) for words in segmenter.segment(batch).words()]
