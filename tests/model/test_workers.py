import math
import os
import time
from collections.abc import Iterator

import joblib
import pytest

from vnclf.errors import VnclfError
from vnclf.model.workers import in_order


def test_results_keep_the_order_of_their_tasks() -> None:
    lengths = [0.3, 0.0, 0.1, 0.0]
    assert list(in_order(time.sleep, lengths, jobs=2)) == [None] * 4
    assert list(in_order(math.sqrt, [float(n * n) for n in range(50)], jobs=2)) == list(range(50))
    assert list(in_order(math.sqrt, [], jobs=2)) == []


def test_tasks_are_read_as_results_are_taken() -> None:
    read: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            read.append(len(read))
            yield read[-1]

    results = in_order(str, endless(), jobs=2)
    assert read == []
    for taken in range(6):
        assert next(results) == str(taken)
        time.sleep(0.1)
        assert len(read) == taken + 4
    del results
    assert len(read) == 9


def test_what_a_task_raises_comes_in_its_place() -> None:
    results = in_order(math.sqrt, [4.0, 9.0, -1.0, 16.0], jobs=2)
    assert [next(results), next(results)] == [2, 3]
    with pytest.raises(ValueError, match="math domain error"):
        next(results)


def test_workers_stay_whatever_joblib_does_with_its_own() -> None:
    number = ["__import__('os').getpid()"]
    first = list(in_order(eval, number, jobs=1))
    assert joblib.Parallel(2)(joblib.delayed(abs)(n) for n in (-1, -2)) == [1, 2]
    assert list(in_order(eval, number, jobs=1)) == first != [os.getpid()]


def test_killed_workers_are_replaced() -> None:
    said = r"^A process that worked for this one was killed, perhaps for want of memory; use fewer jobs\.$"
    with pytest.raises(VnclfError, match=said):
        list(in_order(os._exit, [1], jobs=2))
    assert list(in_order(abs, [-1, -2], jobs=2)) == [1, 2]
