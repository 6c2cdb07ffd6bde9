"""Segments a corpus once, on all cores, and remembers it for the next recipe."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vnclf.errors import InputError
from vnclf.model.workers import killed_told
from vnclf.progress import progress
from vnclf.storage import cache_folder
from vnclf.text.batches import as_text, batches, groups
from vnclf.text.lexicon import describe_all
from vnclf.text.segmenter import Segmented
from vnclf.text.segmenters import SegmenterName, get_segmenter, segmenter_identity

# Token numbers, where words begin, token counts, and the tokens themselves joined by line breaks.
Parts = tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.int64], str]

_BATCHES_A_TASK = 16
# Fewer tasks, of some 900 articles or half a second each, are done before other processes would have started.
_FEW_TASKS = 6

# Changed whenever texts are normalised or segmented otherwise than before, so that no old words are read.
_SPELLING = "3"


def segment_corpus(texts: Sequence[str], segmenter: SegmenterName, jobs: int = 1) -> Segmented:
    """Return the texts segmented as the classifier reads them, as one batch, from the cache if known."""
    from vnclf.training.cache import remembered

    # Whatever uses processes segments first; joblib itself would refuse only once there is much to do.
    if jobs == 0:
        raise InputError("jobs is 0; give a number of processes, or -1 for all cores.")
    identity = segmenter_identity(segmenter)
    key = hashlib.sha256("\x1f".join([*identity.values(), _SPELLING]).encode())
    for place, text in enumerate(texts):
        key.update(hashlib.sha256(as_text(text, place).encode("utf-8", "surrogatepass")).digest())
    numbers, begins, lengths, tokens = remembered(
        cache_folder() / "corpora", key.hexdigest(), lambda: _segment_all(texts, segmenter, jobs)
    )
    strings = tokens.split("\n")
    return Segmented(numbers, begins, lengths, describe_all(strings), strings)


@killed_told()
def _segment_all(texts: Sequence[str], segmenter: SegmenterName, jobs: int) -> Parts:
    from joblib import Parallel, delayed

    tasks = list(groups(batches(texts), _BATCHES_A_TASK))
    numbering: dict[str, int] = {"": 0}
    numbers, begins, lengths = [], [], []
    work = Parallel(n_jobs=jobs if len(tasks) > _FEW_TASKS else 1, return_as="generator")
    with progress("Segmenting", len(texts)) as tick:
        for part, part_begins, part_lengths, tokens in work(delayed(_segment_part)(task, segmenter) for task in tasks):
            renumber = np.array([numbering.setdefault(t, len(numbering)) for t in tokens.split("\n")], np.int32)
            numbers.append(renumber[part])
            begins.append(part_begins)
            lengths.append(part_lengths)
            tick(len(part_lengths))
    return np.concatenate(numbers), np.concatenate(begins), np.concatenate(lengths), "\n".join(numbering)


def _segment_part(parts: list[list[str]], segmenter: SegmenterName) -> Parts:
    """Segment some batches, in a worker process, with token numbers of this part's own."""
    engine = get_segmenter(segmenter, for_topics=True)
    done = [(batch.numbers, batch.begins, batch.lengths, batch.strings) for batch in map(engine.segment, parts)]
    index: dict[str, int] = {"": 0}
    numbers = []
    for part, _, _, strings in done:
        used, inverse = np.unique(part, return_inverse=True)
        own = [index.setdefault(strings[number], len(index)) for number in used.tolist()]
        numbers.append(np.array(own, np.int32)[inverse])
    return (
        np.concatenate(numbers),
        np.concatenate([begins for _, begins, _, _ in done]),
        np.concatenate([lengths for _, _, lengths, _ in done]),
        "\n".join(index),
    )
