"""The names and definitions of topics."""

import tomllib
from dataclasses import dataclass

from vnclf.resources import resource


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id, its Vietnamese and English names, and what belongs to it."""

    id: str
    vietnamese: str
    english: str
    definition: str = ""


def load_taxonomy() -> dict[str, Topic]:
    """Return the shipped taxonomy's topics by id, in their order."""
    with resource("data/topics.toml").open("rb") as file:
        return {entry["id"]: Topic(**entry) for entry in tomllib.load(file)["topic"]}


def topic_named(topic_id: str) -> Topic:
    """Return the shipped topic of that id, or, for a user's own label, a topic that is called as its id."""
    return load_taxonomy().get(topic_id) or Topic(topic_id, topic_id, topic_id)
