"""Labels documents in which two labellings are equally good, down to the last bit.

In a run of unknown tokens that repeat ("* * *", emoji) two labellings tie, and the one underthesea
takes depends on how its sums were rounded. So such documents, which the tables find, are labelled once
more with every weight added in underthesea's own order, in double precision from the first token on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vnclf.text.crfsuite import CrfModel
from vnclf.text.hashing import Hashes, HashIndex, combine, hash_columns, hash_run, hash_tokens
from vnclf.text.scoring import is_capitalised, is_number

_TEMPLATE = re.compile(r"T\[(-?\d+)(?:,(-?\d+))?\](?:\.(\w+))?")


@dataclass(frozen=True)
class ExactWeights:
    """The CRF's weights, one by one.

    `keys` are the sorted hashes of attributes, `weights` those of "begins a word" and "goes on", shape
    (attributes + 1, 2), a row of zeros first. `entries` are the hashes of the dictionary's words of up
    to three tokens; `transitions` has shape (2, 2).
    """

    keys: Hashes
    weights: NDArray[np.float64]
    entries: Hashes
    transitions: NDArray[np.float64]

    @classmethod
    def build(cls, crf: CrfModel, dictionary: set[str]) -> "ExactWeights":
        """Take the weights of a CRF with the labels B-W and I-W."""
        order = [crf.labels.index("B-W"), crf.labels.index("I-W")]
        names = [[template, *value.split(" ")] for template, _, value in (a.partition("=") for a in crf.attributes)]
        keys = np.empty(len(names), np.uint64)
        for at, (template, *tokens) in _by_length(names):
            keys[at] = combine(template, hash_run(*tokens))
        rank = np.argsort(keys)
        weights = np.vstack([np.zeros((1, 2)), crf.state[rank][:, order]])
        words = [word.split(" ") for word in dictionary if word.count(" ") < 3]
        entries = np.sort(np.concatenate([hash_run(*tokens) for _, tokens in _by_length(words)]))
        return cls(keys[rank], weights, entries, crf.transitions[np.ix_(order, order)])


class TieBreaker:
    """Labels one document at a time, exactly and slowly."""

    def __init__(self, exact: ExactWeights, templates: list[str]) -> None:
        self._exact = exact
        self._templates = [(template, *_parse(template)) for template in templates]

    @cached_property
    def _attributes(self) -> HashIndex:
        return HashIndex(self._exact.keys)

    @cached_property
    def _dictionary(self) -> HashIndex:
        return HashIndex(self._exact.entries)

    def continues_word(self, tokens: Sequence[str]) -> NDArray[np.bool_]:
        """Return, for each token of a document, whether it goes on with the word before it."""
        facts = _Facts(
            hash_tokens(tokens),
            hash_tokens([token.lower() for token in tokens]),
            np.array([is_capitalised(token) for token in tokens]),
            np.array([is_number(token) for token in tokens]),
        )
        scores = np.zeros((len(tokens), 2))
        for template, first, last, function in self._templates:
            scores += self._exact.weights[self._attributes.find(self._values(facts, template, first, last, function))]
        return np.array(_best_path(scores.tolist(), self._exact.transitions.tolist()), np.bool_)

    def _values(self, facts: "_Facts", template: str, first: int, last: int, function: str | None) -> Hashes:
        """Return the hash of a template's attribute at each token."""
        n = len(facts.plain)
        start, stop = max(0, -first), max(0, n - max(0, last))
        result = np.empty(n, np.uint64)
        result[stop:] = _key(template, "EOS")
        result[:start] = _key(template, "BOS")
        if start >= stop:
            return result
        window = [slice(start + place, stop + place) for place in range(first, last + 1)]
        if function in (None, "lower"):
            run = hash_run(*((facts.lower if function else facts.plain)[part] for part in window))
            result[start:stop] = combine(np.broadcast_to(hash_tokens([template]), len(run)), run)
            return result
        if function == "is_in_dict":
            holds = self._dictionary.find(hash_run(*(facts.lower[part] for part in window))) > 0
        else:
            kind = facts.is_capitalised if function == "istitle" else facts.is_number
            holds = np.logical_and.reduce([kind[part] for part in window])
        result[start:stop] = np.where(holds, _key(template, "True"), _key(template, "False"))
        return result


@dataclass(frozen=True)
class _Facts:
    """What the CRF's features ask of each token of a document."""

    plain: Hashes
    lower: Hashes
    is_capitalised: NDArray[np.bool_]
    is_number: NDArray[np.bool_]


def _by_length(rows: Sequence[Sequence[str]]) -> Iterator[tuple[NDArray[np.intp], list[Hashes]]]:
    """Yield, for each length of row, the numbers of such rows and their tokens' hashes by column."""
    lengths = np.array(list(map(len, rows)))
    for length in np.unique(lengths):
        at = np.flatnonzero(lengths == length)
        yield at, hash_columns([rows[i] for i in at.tolist()])


def _key(template: str, value: str) -> Hashes:
    return combine(hash_tokens([template]), hash_run(*(hash_tokens([token]) for token in value.split(" "))))


def _parse(template: str) -> tuple[int, int, str | None]:
    matched = _TEMPLATE.fullmatch(template)
    if matched is None:
        raise ValueError(f"feature template {template}")
    return int(matched[1]), int(matched[2] or matched[1]), matched[3]


def _best_path(scores: list[list[float]], transitions: list[list[float]]) -> list[bool]:
    """Return Viterbi's labelling as CRFsuite rounds it: transition first, then state; ties to label 0."""
    (stay0, to1), (to0, stay1) = transitions
    zero, one = scores[0]
    came_from_one = []
    for at0, at1 in scores[1:]:
        a, b, c, d = zero + stay0, one + to0, zero + to1, one + stay1
        came_from_one.append((b > a, d > c))
        zero, one = (b if b > a else a) + at0, (d if d > c else c) + at1
    label = one > zero
    path = [label]
    for steps in reversed(came_from_one):
        label = steps[label]
        path.append(label)
    return path[::-1]
