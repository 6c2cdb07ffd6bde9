"""N-grams as text, for people: a vocabulary that is listed, a prediction that is explained."""

import numpy as np
from numpy.typing import NDArray

from vnclf.model.features import View, character_ngrams, hash_characters
from vnclf.text.hashing import Hashes
from vnclf.text.lexicon import strip_diacritics
from vnclf.text.segmenter import Segmented


def spell_ngrams(
    batch: Segmented, view: View, begin: NDArray[np.int64], end: NDArray[np.int64], keys: Hashes
) -> list[str]:
    """Return the n-grams that stand on the tokens [begin, end): their units joined by spaces.

    The tokens of a word are joined by "_". `keys` are the n-grams' hashes, which tell one character n-gram of a
    word from another.
    """
    lengths = end - begin
    first = np.cumsum(lengths) - lengths
    at = np.arange(int(lengths.sum())) + np.repeat(begin - first, lengths)
    tokens = batch.numbers.take(at)
    opens = batch.begins.take(at) if view.unit in ("words", "characters") else np.ones(len(at), np.bool_)
    opens[first] = True
    units = np.flatnonzero(opens)
    is_word = np.logical_or.reduceat(batch.table["is_word"].take(tokens), units) | (view.unit == "characters")
    kept = np.repeat(is_word, np.diff(units, append=len(at))).tolist()
    pieces = [
        (" " if opening else "_") + batch.strings[number] if keep else ""
        for number, opening, keep in zip(tokens.tolist(), opens.tolist(), kept, strict=True)
    ]
    ends = (first + lengths).tolist()
    texts = ["".join(pieces[start:stop])[1:] for start, stop in zip(first.tolist(), ends, strict=True)]
    if view.unit == "characters":
        return [_spell_characters(word, view, key) for word, key in zip(texts, keys, strict=True)]
    return list(map(strip_diacritics, texts)) if view.unit == "plain" else texts


def _spell_characters(word: str, view: View, key: np.uint64) -> str:
    candidates = character_ngrams(word, view.shortest, view.longest)
    return candidates[int(np.flatnonzero(hash_characters(word, view.shortest, view.longest) == key)[0])]
