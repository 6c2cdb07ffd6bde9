"""How many inputs the fuzz tests try, and what one input may take."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, settings

# Inputs over all tests of this folder together; `make fuzz` asks for 200,000.
INPUTS = int(os.environ.get("VNCLF_FUZZ", "5000"))

# Some hundred times what the slowest step takes, so that only what is not linear, or hangs, is ever over it.
_SECONDS, _SECONDS_A_CHARACTER = 2.0, 50e-6


def fuzz(share: float) -> Callable[[Any], Any]:
    """Return the settings of a test that tries its share of the inputs: the same ones each time, unless many are asked.

    What was found once is a regression test, so no examples are kept between runs.
    """
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(
        max_examples=int(INPUTS * share),
        derandomize="VNCLF_FUZZ" not in os.environ,
        database=None,
        deadline=None,
        suppress_health_check=checks,
        print_blob=True,
    )


@contextmanager
def in_linear_time(size: int) -> Iterator[None]:
    """Raise TimeoutError where the block takes more processor time than its input's size allows, even if it hangs."""
    seconds = _SECONDS + _SECONDS_A_CHARACTER * size

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds:.1f} s of processor time for {size} characters or bytes")

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
