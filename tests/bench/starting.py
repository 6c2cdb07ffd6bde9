"""Start-up: a fresh process until its first prediction, loading a model, and the command line."""

import statistics
import sys
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.measure import Figures, medians, run
from tests.bench.peers import CLASSIFIERS, VNCLF, is_missing, loading_code
from tests.bench.table import Goal, Row, absent

_TEXT = "Bộ Y tế đề nghị các địa phương tăng cường phòng chống sốt xuất huyết trong mùa mưa"
_PREDICT = f"predict([{_TEXT!r}])\nfrom tests.bench.measure import peak_memory\nprint(peak_memory())"
_FIRST = "import, load, first prediction"
# Starting is quick and its time uneven: so many times as many rounds.
_MORE = 3


def rows(bench: Bench) -> list[Row]:
    """Return the rows of this part."""
    return [*_first_prediction(bench), _loading(bench), *_commands(bench), _compiling(bench)]


def _first_prediction(bench: Bench) -> list[Row]:
    models: dict[str, Path | str] = {VNCLF: "news"}
    models |= {who: bench.model(who) for who in CLASSIFIERS[1:] if not is_missing(who)}

    def measure(who: str) -> Figures:
        code = f"{loading_code(who, models[who])}\n{_PREDICT}"
        done = run([sys.executable, "-W", "ignore", "-c", code], bench.cache)
        return {"seconds": done.seconds, "memory": float(done.output.split()[-1])}

    found = medians(models, _MORE * bench.rounds, measure)
    own = found[VNCLF]
    goals = (Goal("0.5 s", own["seconds"] < 0.5), Goal("120 MB", own["memory"] < 120))
    result = [Row(_FIRST, "vnclf, shipped news model", f"{own['seconds']:.2f} s", None, own["memory"], goals)]
    for who in CLASSIFIERS[1:]:
        if who in found:
            seconds, memory = found[who]["seconds"], found[who]["memory"]
            result.append(Row(_FIRST, who, f"{seconds:.2f} s", seconds / own["seconds"], memory))
        else:
            result.append(absent(_FIRST, who))
    return result


def _loading(bench: Bench) -> Row:
    found = medians(["news"], _MORE * bench.rounds, lambda model: bench.work("load", {"model": model}))["news"]
    figure = f"{found['first']:.0f} ms, further times {found['further']:.0f} ms"
    return Row("`Predictor.load()`", "vnclf", figure, goals=(Goal("60 ms", found["first"] < 60),))


def _commands(bench: Bench) -> list[Row]:
    commands = {"vnclf predict TEXT": (["predict", _TEXT], 0.7), "vnclf --help": (["--help"], 0.3)}
    found = medians(commands, _MORE * bench.rounds, lambda name: {"seconds": bench.vnclf(*commands[name][0]).seconds})
    result = []
    for name, (_, most) in commands.items():
        seconds = found[name]["seconds"]
        result.append(Row(f"`{name}`", "vnclf", f"{seconds:.2f} s", goals=(Goal(f"{most} s", seconds < most),)))
    return result


def _compiling(bench: Bench) -> Row:
    """Measure the first use on a machine, less a later one."""

    def first_word(cache: Path) -> float:
        return run([sys.executable, "-c", "import vnclf; vnclf.segment('Hà Nội')"], cache).seconds

    first = [first_word(bench.scratch / f"cache-{number}") for number in range(bench.rounds)]
    later = [first_word(bench.cache) for _ in first]
    seconds = statistics.median(first) - statistics.median(later)
    return Row("compiling the segmenter's tables, once", "vnclf", f"{seconds:.2f} s", goals=(Goal("2 s", seconds < 2),))
