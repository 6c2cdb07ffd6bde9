"""Which texts of a corpus are the same, or nearly."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from vnclf.corpus.folding import folded

_WORD = re.compile(r"\w")

# Deletes all but ASCII letters and digits and lower-cases these. Texts that are equal when folded stay equal.
_LOWER = bytes(range(256)).lower()
_OTHERS = bytes(byte for byte in range(256) if not chr(byte).isascii() or not chr(byte).isalnum())


def exact_duplicate_groups(texts: Sequence[str]) -> list[list[int]]:
    """Return the groups, of two or more, of texts that are equal when folded, as their places in `texts`.

    Groups and their places are in order. Texts without any word are in no group.
    """
    # Folding costs ten times as much as a look at the ASCII letters, which tells nearly all texts apart.
    alike = _groups(map(_ascii_letters, texts))
    keys = {place: folded(texts[place]) for group in alike for place in group}
    finer = [[places[i] for i in group] for places in alike for group in _groups(keys[place] for place in places)]
    return sorted(group for group in finer if keys[group[0]])


def near_duplicate_groups(texts: Sequence[str], *, similarity: float = 0.7) -> list[list[int]]:
    """Return the groups, of two or more, of texts that are nearly the same, as their places in `texts`.

    Two texts belong together when they are exact duplicates, or when the Jaccard similarity of their
    sets of three successive syllables, estimated from 128 minima (MinHash, Broder 1997), is at least
    `similarity`; and groups that share a text are one. Found by locality-sensitive hashing, in time
    and memory linear in the texts. Groups and their places are in order.
    """
    from vnclf.corpus.minhash import similar_pairs

    exact = exact_duplicate_groups(texts)
    again = {place for group in exact for place in group[1:]}
    distinct = [place for place, text in enumerate(texts) if place not in again and _WORD.search(text)]
    pairs = similar_pairs([texts[place] for place in distinct], similarity)
    near = ((distinct[first], distinct[second]) for first, second in pairs.tolist())
    return joined_groups(len(texts), [*exact, *near])


def joined_groups(size: int, groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return the groups of two or more of the places 0 … size - 1, after joining those that share a place."""
    parents = list(range(size))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for first, *others in groups:
        for other in others:
            one, two = root(first), root(other)
            parents[max(one, two)] = min(one, two)
    return _groups(map(root, range(size)))


def _groups(keys: Iterable[object]) -> list[list[int]]:
    """Return the places of each key that stands at two or more."""
    places: dict[object, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    return [group for group in places.values() if len(group) > 1]


def _ascii_letters(text: str) -> int:
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = text.replace("İ", "i")  # the one letter that has an ASCII letter only in lower case
    return hash(text.encode("ascii", "ignore").translate(_LOWER, _OTHERS))
