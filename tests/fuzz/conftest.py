"""Bounds the memory of the fuzz tests: an input that needs more is a failure, not a machine that swaps."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from vnclf.text import segment

# Over what the process holds when it begins; most of it is Hypothesis's own memory of what it has tried.
_MORE = 2 << 30


@pytest.fixture(scope="module", autouse=True)
def _bounded_memory() -> Iterator[None]:
    segment("Hà Nội")  # so that no input pays for compiling the segmenter's tables
    held = Path("/proc/self/statm")
    if not held.exists():
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(held.read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + _MORE, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)
