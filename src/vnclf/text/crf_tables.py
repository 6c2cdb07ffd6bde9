"""Turns underthesea's CRF into tables that NumPy can look tokens, pairs and triples up in.

The model scores each token with features of the window of two tokens either side: the token, pair or
triple itself, its lower-cased form, and whether it is capitalised, a number, or in a dictionary. With
two labels only the difference of their scores matters, so every feature is one number, and all
features of one token (or pair, or triple) make one row: a column for each place in the window.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vnclf.text.crfsuite import CrfModel
from vnclf.text.hashing import Hashes, hash_columns, hash_run
from vnclf.text.perfect import place_keys

Values = NDArray[np.float64]

# An n-gram is looked up as it stands, lower-cased, and as nothing but capitalised: in three lanes. The
# hashes of lower-cased tokens are told from the others by LOWERED; a capitalised token's is TITLE, and
# any other has 0 in the last lane.
LOWERED = np.uint64(0x5851F42D4C957F2D)
TITLE = np.uint64(0xD6E8FEB86659FD93)

# Where a token, a pair or a triple may begin, seen from the token being labelled.
PLACES = {1: (-2, -1, 0, 1, 2), 2: (-2, -1, 0, 1), 3: (-2, -1, 0)}

_TEMPLATE = re.compile(r"T\[(-?\d+)(?:,(-?\d+))?\](?:\.(\w+))?")


class UnknownModelError(ValueError):
    """The CRF uses a feature, label or number of labels that the tables cannot express."""


@dataclass(frozen=True)
class CrfTables:
    """Scores for "this token continues a word" less those for "it begins one", by what is looked up.

    Each perfect hash has its slots, its multipliers and, by slot, the scores of what is found there: a
    column for each place in the window.
    """

    token_slots: Hashes
    token_multipliers: Hashes
    token_values: Values  # shape (slots, 5)
    run_slots: Hashes  # pairs and triples
    run_multipliers: Hashes
    run_values: Values  # shape (slots, 4)
    digit: Values  # added where a token is a number, shape (5,)
    constant: Values  # shape (1,): what every token inside a text gets
    edges: Values  # shape (4,): added to the first, second, last and last but one token
    transitions: Values  # shape (2, 2): from the row's label to the column's; 0 begins, 1 continues


def build_tables(crf: CrfModel, dictionary: set[str], templates: list[str]) -> CrfTables:
    """Rearrange a CRF's weights, its feature templates and its dictionary into tables."""
    if sorted(crf.labels) != ["B-W", "I-W"]:
        raise UnknownModelError(f"labels {crf.labels}")
    begin, go_on = crf.labels.index("B-W"), crf.labels.index("I-W")
    weights = dict(zip(crf.attributes, (crf.state[:, go_on] - crf.state[:, begin]).tolist(), strict=True))
    builder = _Builder()
    for template in templates:
        builder.add_template(template, weights)
    builder.add_dictionary(dictionary)
    for attribute, weight in weights.items():
        builder.add_attribute(attribute, weight)
    order = [begin, go_on]
    return builder.build(crf.transitions[np.ix_(order, order)])


class _Builder:
    def __init__(self) -> None:
        self.rows: dict[int, dict[str, list[float]]] = {n: defaultdict(_zeros(2 * len(at))) for n, at in PLACES.items()}
        self.title = np.zeros((3, 5))
        self.entry = np.zeros((3, 5))
        self.digit = np.zeros(5)
        self.constant = 0.0
        self.edges = np.zeros(4)

    def add_template(self, template: str, weights: dict[str, float]) -> None:
        """Add what one feature template contributes whatever the tokens are."""
        n, column, function, first = _parse(template)
        last = first + n - 1
        usual = weights.get(f"{template}=False", 0.0)
        special = weights.get(f"{template}=True", 0.0) - usual
        self.constant += usual
        for place, condition, label in (
            (0, first < 0, "BOS"),
            (1, first < -1, "BOS"),
            (2, last > 0, "EOS"),
            (3, last > 1, "EOS"),
        ):
            if condition:
                self.edges[place] += weights.get(f"{template}={label}", 0.0) - usual
        if function == "istitle":
            self.title[n - 1, column] += special
        elif function == "isdigit" and n == 1:
            self.digit[column] += special
        elif function == "is_in_dict":
            self.entry[n - 1, column] += special
        elif function not in (None, "lower"):
            raise UnknownModelError(f"feature {template}")

    def add_dictionary(self, dictionary: set[str]) -> None:
        """Add the dictionary's words, after the templates that look them up."""
        for n, places in PLACES.items():
            row = [0.0] * len(places) + self.entry[n - 1, : len(places)].tolist()
            self.rows[n].update((word, row.copy()) for word in dictionary if word.count(" ") == n - 1)

    def add_attribute(self, attribute: str, weight: float) -> None:
        """Add the weight of one token, pair or triple; fixed values belong to the templates."""
        template, _, value = attribute.partition("=")
        n, column, function, _ = _parse(template)
        if function in (None, "lower"):
            self.rows[n][value][column + (len(PLACES[n]) if function else 0)] += weight

    def build(self, transitions: Values) -> CrfTables:
        token_slots, token_multipliers, token_values = self._place(1)
        run_slots, run_multipliers, run_values = self._place(2, 3)
        return CrfTables(
            token_slots, token_multipliers, token_values,
            run_slots, run_multipliers, run_values,
            self.digit, np.array([self.constant]), self.edges, transitions,
        )  # fmt: skip

    def _place(self, *lengths: int) -> tuple[Hashes, Hashes, Values]:
        """Return the perfect hash of all n-grams of these lengths in all lanes, and its values."""
        width = len(PLACES[lengths[0]])
        keys, values = [], []
        for n in lengths:
            columns = len(PLACES[n])
            rows = {text: row for text, row in self.rows[n].items() if text.count(" ") == n - 1}
            tokens = hash_columns([text.split(" ") for text in rows])
            scores = np.array(list(rows.values()))
            title = np.full(1, TITLE)
            lanes = (
                (tokens, scores[:, :columns]),
                ([column ^ LOWERED for column in tokens], scores[:, columns:]),
                ([title] * n, self.title[n - 1 : n, :columns]),
            )
            for parts, value in lanes:
                used = value.any(axis=1)
                keys.append(hash_run(*parts)[used])
                values.append(np.pad(value[used], ((0, 0), (0, width - columns))))
        distinct = np.concatenate(keys)
        if len(np.unique(distinct)) < len(distinct) or not distinct.all():
            raise UnknownModelError("two n-grams share a hash")
        slots, multipliers, slot_of = place_keys(distinct)
        table = np.zeros((len(slots), width))
        table[slot_of] = np.concatenate(values)
        return slots, multipliers, table


def _zeros(count: int) -> Callable[[], list[float]]:
    return lambda: [0.0] * count


@cache
def _parse(template: str) -> tuple[int, int, str | None, int]:
    """Split `T[a,b].function` into number of tokens, table column, function and a."""
    matched = _TEMPLATE.fullmatch(template)
    if matched is None:
        raise UnknownModelError(f"feature {template}")
    first, last = int(matched[1]), int(matched[2] or matched[1])
    n = last - first + 1
    if n not in PLACES or first not in PLACES[n]:
        raise UnknownModelError(f"feature {template}")
    return n, PLACES[n].index(first), matched[3], first
