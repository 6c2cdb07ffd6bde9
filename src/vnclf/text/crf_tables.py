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
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vnclf.text.crfsuite import CrfModel
from vnclf.text.hashing import Hashes, combine, hash_tokens

Values = NDArray[np.float64]

# Where a token, a pair or a triple may begin, seen from the token being labelled.
PLACES = {1: (-2, -1, 0, 1, 2), 2: (-2, -1, 0, 1), 3: (-2, -1, 0)}

_ATTRIBUTE = re.compile(r"T\[(-?\d+)(?:,(-?\d+))?\](?:\.(\w+))?=(.*)", re.DOTALL)


class UnknownModelError(ValueError):
    """The CRF uses a feature, label or number of labels that the tables cannot express."""


@dataclass(frozen=True)
class CrfTables:
    """Scores for "this token continues a word" less those for "it begins one", by what is looked up.

    For n = 1, 2, 3 tokens: `keys` are the sorted hashes; `values` has one row more, of zeros, first,
    and two groups of columns, one for the text as it stands and one for its lower-cased form.
    """

    keys1: Hashes
    values1: Values
    keys2: Hashes
    values2: Values
    keys3: Hashes
    values3: Values
    opens_triple: NDArray[np.bool_]  # by row of values2: whether any triple begins with this pair
    title: Values  # added where all tokens are capitalised, shape (3, 5): by number of tokens and place
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
        builder.add_template(template, weights, dictionary)
    for attribute, weight in weights.items():
        builder.add_attribute(attribute, weight)
    order = [begin, go_on]
    return builder.build(crf.transitions[np.ix_(order, order)])


class _Builder:
    def __init__(self) -> None:
        self.rows: dict[int, dict[str, list[float]]] = {n: defaultdict(_zeros(2 * len(at))) for n, at in PLACES.items()}
        self.title = np.zeros((3, 5))
        self.digit = np.zeros(5)
        self.constant = 0.0
        self.edges = np.zeros(4)

    def add_template(self, template: str, weights: dict[str, float], dictionary: set[str]) -> None:
        """Add what one feature template contributes whatever the tokens are, and its dictionary."""
        n, column, function, first = _parse(f"{template}=")[:4]
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
            for entry in dictionary:
                if entry.count(" ") == n - 1:
                    self.rows[n][entry][len(PLACES[n]) + column] += special
        elif function not in (None, "lower"):
            raise UnknownModelError(f"feature {template}")

    def add_attribute(self, attribute: str, weight: float) -> None:
        """Add the weight of one token, pair or triple; fixed values belong to the templates."""
        n, column, function, _, value = _parse(attribute)
        if function in (None, "lower"):
            self.rows[n][value][column + (len(PLACES[n]) if function else 0)] += weight

    def build(self, transitions: Values) -> CrfTables:
        for triple in self.rows[3]:
            self.rows[2][triple.rpartition(" ")[0]]  # so that a missing pair excludes every triple
        keys, values, order = {}, {}, {}
        for n, rows in self.rows.items():
            usable = {text: row for text, row in rows.items() if text.count(" ") == n - 1}
            columns = zip(*(text.split(" ") for text in usable), strict=True)
            hashes = [hash_tokens(column) for column in columns]
            unsorted = hashes[0] if n == 1 else combine(*hashes)
            order[n] = np.argsort(unsorted)
            keys[n] = unsorted[order[n]]
            if any(a == b for a, b in pairwise(keys[n].tolist())):
                raise UnknownModelError("two n-grams share a hash")
            values[n] = np.vstack([np.zeros(2 * len(PLACES[n])), np.array(list(usable.values()))[order[n]]])
        openers = {triple.rpartition(" ")[0] for triple in self.rows[3]}
        pairs = [text for text in self.rows[2] if text.count(" ") == 1]
        opens = np.array([False, *(pairs[i] in openers for i in order[2])])
        return CrfTables(
            keys[1], values[1], keys[2], values[2], keys[3], values[3],
            opens, self.title, self.digit, np.array([self.constant]), self.edges, transitions,
        )  # fmt: skip


def _zeros(count: int) -> Callable[[], list[float]]:
    return lambda: [0.0] * count


def _parse(attribute: str) -> tuple[int, int, str | None, int, str]:
    """Split `T[a,b].function=value` into number of tokens, table column, function, a and value."""
    matched = _ATTRIBUTE.fullmatch(attribute)
    if matched is None:
        raise UnknownModelError(f"feature {attribute}")
    first, last = int(matched[1]), int(matched[2] or matched[1])
    n = last - first + 1
    if n not in PLACES or first not in PLACES[n]:
        raise UnknownModelError(f"feature {attribute}")
    return n, PLACES[n].index(first), matched[3], first, matched[4]
