"""N-grams as text, for people: a vocabulary that is listed, a prediction that is explained."""

import numpy as np

from vnclf.model.features import View, character_ngrams, hash_characters
from vnclf.text.lexicon import strip_diacritics
from vnclf.text.segmenter import Segmented


def spell_ngram(batch: Segmented, view: View, begin: int, end: int, key: np.uint64) -> str:
    """Return the n-gram that stands on the tokens [begin, end): its units joined by spaces.

    The tokens of a word are joined by "_". `key` is its hash, which tells one character n-gram of a
    word from another.
    """
    if view.unit in ("words", "characters"):
        heads = np.flatnonzero(batch.begins[begin:end]).tolist()
        runs = [(begin + a, begin + b) for a, b in zip(heads, [*heads[1:], end - begin], strict=True)]
    else:
        runs = [(i, i + 1) for i in range(begin, end)]
    is_word = batch.table["is_word"]
    units = [
        "_".join(batch.strings[n] for n in batch.numbers[a:b]) for a, b in runs if is_word[batch.numbers[a:b]].any()
    ]
    if view.unit == "characters":
        word = "_".join(batch.strings[n] for n in batch.numbers[begin:end])
        candidates = character_ngrams(word, view.shortest, view.longest)
        return candidates[int(np.flatnonzero(hash_characters(word, view.shortest, view.longest) == key)[0])]
    text = " ".join(units)
    return strip_diacritics(text) if view.unit == "plain" else text
