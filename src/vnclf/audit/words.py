"""The words of documents, counted once for all checks that look at them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnclf.model.features import View
from vnclf.text.segmenter import Segmented
from vnclf.training.matrix import CountMatrix, count_ngrams, spell
from vnclf.training.segmentation import segment_corpus

# An article tells its topic in its beginning, and half of the time goes into segmenting.
_READ = 2000
_LEAST = 2


@dataclass(frozen=True)
class Words:
    """How often each word that stands twice or more stands in each document's beginning."""

    batch: Segmented
    counts: CountMatrix

    def spelt(self, columns: NDArray[np.int64]) -> list[str]:
        """Return the words of some columns as text."""
        return [word.replace("_", " ") for word in spell(self.counts, self.batch, columns)]


def count_words(texts: Sequence[str], jobs: int) -> Words:
    """Segment the beginnings of one or more texts, in `jobs` processes, and count their words."""
    batch = segment_corpus([text[:_READ] for text in texts], "fast", jobs)
    return Words(batch, count_ngrams(batch, [View("words", 1, 1)], _LEAST))
