"""One run of the benchmarks: its documents, its scratch folder, and the models trained on the way."""

import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import peers
from tests.bench.corpora import ROOT, Corpora, write_part
from tests.bench.measure import Figures, Run, run, task_command, work

VNCLF_COMMAND = (sys.executable, "-m", "vnclf")


@dataclass
class Bench:
    """What all parts of the benchmark share; `limit` is the number of documents that none may exceed."""

    corpora: Corpora
    scratch: Path
    limit: int
    rounds: int
    _trained: dict[tuple[str, int], Run] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    @property
    def cache(self) -> Path:
        """The folder that vnclf caches in during the run."""
        return self.scratch / "cache"

    @property
    def all_documents(self) -> int:
        """How many documents the largest training takes."""
        return min(self.limit, self.corpora.n_labelled)

    def at_most(self, count: int) -> int:
        """Return `count`, or as many documents as there may be."""
        return min(count, self.limit)

    def work(self, task: str, arguments: Mapping[str, object], *, watch: bool = False) -> Figures:
        """Have a task done in a fresh process."""
        return work(task, arguments, self.cache, watch=watch)

    def vnclf(self, *arguments: str | Path, watch: bool = False) -> Run:
        """Run the command line."""
        return run([*VNCLF_COMMAND, *arguments], self.cache, watch=watch, threads=True)

    def model(self, who: str) -> Path:
        """Return the model trained on all documents."""
        self.trained(who, self.all_documents)
        return self._target(who, self.all_documents)

    def trained(self, who: str, count: int) -> Run:
        """Train on `count` documents, once a run, from corpus file to saved model, on two cores."""
        if (who, count) not in self._trained:
            self._trained[who, count] = self.train(who, count)
        return self._trained[who, count]

    def train(self, who: str, count: int, *, again: bool = False) -> Run:
        """Train; vnclf segments the corpus anew unless it trains on it `again`."""
        file, target = self._corpus(count), self._target(who, count)
        if who != peers.VNCLF:
            command = task_command("train", {"who": who, "file": file, "target": target})
            return run(command, self.cache, watch=True, threads=True)
        if not again:
            shutil.rmtree(self.cache / "vnclf" / "corpora", ignore_errors=True)
        recipe = ROOT / "training" / "vntc10.toml"
        return self.vnclf("train", file, "--recipe", recipe, "--output", target, "--jobs", "2", watch=True)

    def minutes(self) -> float:
        """Return how long the run has taken so far."""
        return (time.monotonic() - self._began) / 60

    def _corpus(self, count: int) -> Path:
        if count >= self.corpora.n_labelled:
            return self.corpora.labelled
        file = self.scratch / f"train-{count}.jsonl.xz"
        if not file.exists():
            write_part(self.corpora, count, file)
        return file

    def _target(self, who: str, count: int) -> Path:
        return self.scratch / f"{''.join(filter(str.isalnum, who))}-{count}.model"
