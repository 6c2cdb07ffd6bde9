"""What is measured within one fresh process: `python -m tests.bench.tasks TASK ARGUMENTS` prints figures as JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench import peers
from tests.bench.corpora import read_rows, read_texts
from tests.bench.measure import Figures, peak_memory


def segment_all(who: str, file: str, count: int) -> Figures:
    """Segment distinct documents a first time, then again: characters a second, `cold` and `warm`."""
    segment = peers.segmenter(who)
    texts = read_texts(Path(file), count)
    characters = sum(map(len, texts))
    if who != peers.VNCLF:
        return {"characters": characters, "cold": characters / _seconds(lambda: list(map(segment, texts)))}
    from vnclf import segment_many

    cold = _seconds(lambda: segment_many(texts))
    warm = statistics.median(_seconds(lambda: segment_many(texts)) for _ in range(3))
    return {"characters": characters, "cold": characters / cold, "warm": characters / warm}


def segment_each(who: str, file: str, before: int, count: int) -> Figures:
    """Segment documents one at a time after `before` others: microseconds a document, `new` and `again`."""
    segment = peers.segmenter(who)
    texts = read_texts(Path(file), before + count)
    for text in texts[:before]:
        segment(text)
    texts = texts[before:]
    new = statistics.fmean(_each(segment, texts))
    return {"new": new, "again": statistics.fmean(_each(segment, texts)) if who == peers.VNCLF else new}


def train(who: str, file: str, target: str) -> Figures:
    """Train a peer; the process is timed from outside."""
    peers.train(who, Path(file), Path(target))
    return {}


def predict_all(who: str, model: str, file: str, count: int, jobs: int = 1, page: bool | None = None) -> Figures:
    """Predict documents never seen by this process: documents a second."""
    texts = read_texts(Path(file), count)
    if who == peers.VNCLF:
        from vnclf import Predictor

        loaded = Predictor.load(model)
        loaded.predict(texts[0])
        return {"speed": len(texts) / _seconds(lambda: loaded.predict_many(texts, jobs=jobs, page=page))}
    predict = peers.predictor(who, model)
    predict(texts[:1])
    return {"speed": len(texts) / _seconds(lambda: predict(texts))}


def predict_each(who: str, model: str, file: str, before: int, count: int) -> Figures:
    """Predict new documents one at a time after `before` others: milliseconds, median and 99th percentile."""
    predict = peers.predictor(who, model)
    texts = read_texts(Path(file), before + count)
    for text in texts[:before]:
        predict([text])
    times = sorted(_each(lambda text: predict([text]), texts[before:]))
    return {"p50": times[len(times) // 2] / 1e3, "p99": times[len(times) * 99 // 100] / 1e3}


def load(model: str) -> Figures:
    """Load a model in a process that has imported vnclf: milliseconds, a first and a further time."""
    from vnclf import Predictor

    first, further = (1e3 * _seconds(lambda: Predictor.load(model)) for _ in range(2))
    return {"first": first, "further": further}


def stream(model: str, file: str, count: int) -> Figures:
    """Predict `count` numbered leads as they come: documents a second, and memory by half-way."""
    from vnclf import Predictor

    predictions = Predictor.load(model).stream(_numbered(Path(file), count))
    early = 0.0
    start = time.perf_counter()
    for number, _ in enumerate(predictions):
        if number == count // 2:
            early = peak_memory()
    return {"speed": count / (time.perf_counter() - start), "early": early}


def _numbered(file: Path, count: int) -> Iterator[str]:
    number = 0
    while True:
        for row in read_rows(file):
            if number == count:
                return
            number += 1
            yield f"{row['text']} {number}"


def _each(do: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return the microseconds that each text takes."""
    times = []
    for text in texts:
        start = time.perf_counter()
        do(text)
        times.append(1e6 * (time.perf_counter() - start))
    return times


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


_TASKS: dict[str, Callable[..., Figures]] = {
    task.__name__: task for task in (segment_all, segment_each, train, predict_all, predict_each, load, stream)
}

if __name__ == "__main__":
    result = _TASKS[sys.argv[1]](**json.loads(sys.argv[2]))
    print(json.dumps({**result, "memory": peak_memory()}))
