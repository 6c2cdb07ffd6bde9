"""Texts that stand more than once in a corpus, or in another corpus as well."""

from collections.abc import Sequence
from dataclasses import dataclass

from vnclf.corpus.document import Document
from vnclf.corpus.duplicates import exact_duplicate_groups, near_duplicate_groups


@dataclass(frozen=True, slots=True)
class Leak:
    """A document of the corpus and one of the other that is the same, or nearly, by their places."""

    place: int
    other: int
    exact: bool


@dataclass(frozen=True)
class Copies:
    """Groups of documents, as their places in the corpus, in order.

    `exact` are those equal but for case and punctuation, `conflicts` those of them that stand under
    different primary topics, `near` those nearly the same, as far as they are not all exact copies.
    """

    exact: list[list[int]]
    conflicts: list[list[int]]
    near: list[list[int]]

    @property
    def exact_surplus(self) -> int:
        """How many documents repeat another."""
        return sum(len(group) - 1 for group in self.exact)

    @property
    def near_surplus(self) -> int:
        """How many documents nearly repeat another, exact copies not counted."""
        group_of = {place: number for number, group in enumerate(self.exact) for place in group}
        return sum(len({group_of.get(place, -1 - place) for place in group}) - 1 for group in self.near)


def find_copies(documents: Sequence[Document]) -> Copies:
    """Find the copies within a corpus; documents without a label are in no conflict."""
    texts = [document.text for document in documents]
    exact = exact_duplicate_groups(texts)
    same = {tuple(group) for group in exact}
    near = [group for group in near_duplicate_groups(texts) if tuple(group) not in same]
    conflicts = [group for group in exact if len({documents[place].topics[:1] for place in group} - {()}) > 1]
    return Copies(exact, conflicts, near)


def find_leaks(texts: Sequence[str], others: Sequence[str]) -> list[Leak]:
    """Find the texts that stand among others as well, exactly or nearly, in their order.

    Nearly is meant as in `near_duplicate_groups`: by way of other near copies too.
    """
    size, both = len(texts), [*texts, *others]
    exact = _partners(exact_duplicate_groups(both), size)
    near = _partners(near_duplicate_groups(both), size) | exact
    return [Leak(place, near[place] - size, place in exact) for place in sorted(near)]


def _partners(groups: list[list[int]], size: int) -> dict[int, int]:
    """Return, for each place below `size` in a group that reaches beyond, the first place beyond."""
    return {
        place: next(other for other in group if other >= size)
        for group in groups
        if group[0] < size <= group[-1]
        for place in group
        if place < size
    }
