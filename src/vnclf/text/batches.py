"""Cutting a stream of texts into batches of a size that suits NumPy and the processor's cache."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from vnclf.errors import InputError

# About 60 articles or 600 leads: enough to spread NumPy's cost per call, small enough for the cache.
BATCH_CHARACTERS = 1 << 17
_BATCH_TEXTS = 1024

Texts = TypeVar("Texts", bound=Iterable[str])


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in order, in lists of about `BATCH_CHARACTERS` characters.

    Raises InputError, naming the place, for a text that is not a string.
    """
    batch: list[str] = []
    size = 0
    for place, text in enumerate(texts):
        batch.append(as_text(text, place))
        size += len(text)
        if size >= BATCH_CHARACTERS or len(batch) >= _BATCH_TEXTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def groups(parts: Iterable[list[str]], size: int) -> Iterator[list[list[str]]]:
    """Yield batches in lists of up to `size`, as one parallel task is handed them."""
    parts = iter(parts)
    for first in parts:
        yield [first, *islice(parts, size - 1)]


def as_text(text: str, place: int = 0) -> str:
    """Return `text`, or raise InputError, naming its place, when it is not a string."""
    if not isinstance(text, str):
        raise InputError(f"Text {place} is {type(text).__name__} {_short(text)}, not a string.")
    return text


def as_texts(texts: Texts) -> Texts:
    """Return `texts`, or raise InputError when they are no list of texts.

    A lone string would be read letter by letter, and a table or mapping by the names of its columns.
    """
    kind = type(texts).__name__
    if isinstance(texts, str | bytes):
        raise InputError(f"Expected a list of texts, got one {kind} {_short(texts)}; put it in a list.")
    if not isinstance(texts, Iterable) or isinstance(texts, Mapping) or len(getattr(texts, "shape", (0,))) != 1:
        raise InputError(f"Expected a list of texts, got one {kind}; give the texts, such as one column of a table.")
    return texts


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."
