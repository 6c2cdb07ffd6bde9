"""Work in other processes, done only as fast as its results are taken.

The processes are loky's, which joblib brings, on this machine: whoever chooses another of joblib's backends, such as
Dask, with `joblib.parallel_config` is not followed here. A backend takes tasks from `joblib.Parallel` alone, which
cannot be kept from reading far ahead; a cluster is better given parts of the texts, each for a predictor of its own.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

from vnclf.errors import VnclfError

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
    but the tasks already handed out. Raises VnclfError when a worker is killed.
    """
    workers = _workers(jobs)
    ahead: deque[Future[Result]] = deque()
    with killed_told():
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


@contextmanager
def killed_told() -> Iterator[None]:
    """Raise VnclfError where a process that works for this one is killed, be it joblib's or one of those here."""
    try:
        yield
    except BrokenExecutor as error:
        raise VnclfError(
            "A process that worked for this one was killed, perhaps for want of memory; use fewer jobs."
        ) from error


@lru_cache(maxsize=1)
def _workers(jobs: int) -> Executor:
    """Return the processes, which stay from one call to the next with all that they have loaded."""
    from joblib.externals.loky import ProcessPoolExecutor

    # Threads of their own would only take the processors from one another.
    workers: Executor = ProcessPoolExecutor(jobs, timeout=_PATIENCE, env={"OMP_NUM_THREADS": "1"})
    return workers
