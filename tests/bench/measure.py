"""Runs one measurement in a process of its own, and watches its memory and that of its children."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from tests.bench.corpora import ROOT

T = TypeVar("T")

Figures = dict[str, float]

# One thread a process, unless what is measured says otherwise.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
# Seldom enough not to weigh on what is measured.
_WATCH_SECONDS = 0.25
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Run:
    """A process that has ended: its seconds from start to end, the highest memory (MB) seen, its output."""

    seconds: float
    memory: float
    output: str


def run(command: Sequence[str | Path], cache: Path, *, watch: bool = False, threads: bool = False) -> Run:
    """Run a command; stop the benchmark, showing what it said, where it fails.

    `cache` is the folder vnclf caches in; `watch` adds up the memory of the process and its children while
    it runs, in which pages they share count more than once; `threads` lets libraries use all cores.
    """
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), **({} if threads else _ONE_THREAD)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment,
    )  # fmt: skip
    watcher = _Watcher(process.pid)
    if watch:
        watcher.start()
    output, errors = process.communicate()
    seconds = time.perf_counter() - start
    watcher.stop.set()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{errors}")
    return Run(seconds, watcher.highest / _MEGABYTE, output)


def task_command(task: str, arguments: Mapping[str, object]) -> list[str]:
    """Return the command that does a task of `tests.bench.tasks`."""
    return [sys.executable, "-W", "ignore", "-m", "tests.bench.tasks", task, json.dumps(arguments, default=str)]


def work(task: str, arguments: Mapping[str, object], cache: Path, *, watch: bool = False) -> Figures:
    """Have a task of `tests.bench.tasks` done in a fresh process and return its figures.

    `memory`, in megabytes, is of that process, or with `watch` of it and its children.
    """
    done = run(task_command(task, arguments), cache, watch=watch)
    figures: Figures = json.loads(done.output.splitlines()[-1])
    return {**figures, "memory": max(figures["memory"], done.memory)}


def medians(names: Iterable[T], rounds: int, measure: Callable[[T], Figures]) -> dict[T, Figures]:
    """Measure each so many times, in turn, so that a slow minute of the machine falls on all; take medians."""
    names = list(names)
    found: dict[T, list[Figures]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(measure(name))
    return {
        name: {key: statistics.median(figures[key] for figures in all_rounds) for key in all_rounds[0]}
        for name, all_rounds in found.items()
    }


def peak_memory() -> float:
    """Return the highest resident memory this process ever had, in megabytes."""
    try:
        # Not getrusage: after a fork its figure may still be the parent's.
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        import resource

        highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return highest / (_MEGABYTE if sys.platform == "darwin" else 1024)


class _Watcher(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.highest = 0
        self.stop = threading.Event()
        self._pid = pid

    def run(self) -> None:
        psutil = import_module("psutil")
        while not self.stop.wait(_WATCH_SECONDS):
            try:
                first = psutil.Process(self._pid)
                family = [first, *first.children(recursive=True)]
                self.highest = max(self.highest, sum(member.memory_info().rss for member in family))
            except psutil.NoSuchProcess:
                continue
