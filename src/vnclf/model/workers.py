"""Work in other processes, done only as fast as its results are taken."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import lru_cache
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# One that it works on, and one so that it need not wait for the next.
_TASKS_A_WORKER = 2
# Seconds without work after which a worker ends.
_PATIENCE = 300


def in_order(function: Callable[[Task], Result], tasks: Iterable[Task], jobs: int) -> Iterator[Result]:
    """Yield `function(task)` for each task, in order, worked out by `jobs` processes.

    Tasks are read only as results are taken, two a process ahead of them; `joblib.Parallel` reads on as fast as
    its workers are done. What a task raises is raised in its place; whoever stops early leaves no work behind
    but the tasks already handed out.
    """
    workers = _workers(jobs)
    ahead: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            ahead.append(workers.submit(function, task))
            if len(ahead) == _TASKS_A_WORKER * jobs:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    except BrokenExecutor:
        _workers.cache_clear()  # a worker was killed, which ends its fellows, too
        raise
    finally:
        for future in ahead:
            future.cancel()


@lru_cache(maxsize=1)
def _workers(jobs: int) -> Executor:
    """Return the processes, which stay from one call to the next with all that they have loaded."""
    from joblib.externals.loky import ProcessPoolExecutor

    # Threads of their own would only take the processors from one another.
    workers: Executor = ProcessPoolExecutor(jobs, timeout=_PATIENCE, env={"OMP_NUM_THREADS": "1"})
    return workers
