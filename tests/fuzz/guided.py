"""The fuzz tests once more, steered by which code each input reaches: python tests/fuzz/guided.py MODULE [libFuzzer's].

Atheris hands each test of MODULE the bytes from which Hypothesis draws its inputs. It has wheels for Linux and some
versions of Python only, hence nothing else depends on it.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent.parent
RUNS = 10_000


def main() -> None:
    """Run one module's tests, each in a process of its own, for libFuzzer ends the process; exit 1 if one fails."""
    module, *options = sys.argv[1:]
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    with atheris.instrument_imports(include=["vnclf.text"], enable_loader_override=False):
        tests = import_module(f"tests.fuzz.{module}")
    children = []
    for name in sorted(vars(tests)):
        if name.startswith("test_"):
            child = os.fork()
            if child == 0:
                atheris.Setup([name, f"-runs={RUNS}", "-seed=1", "-max_len=4096", *options], _one_input(tests, name))
                atheris.Fuzz()
            children.append(os.waitpid(child, 0)[1])
    sys.exit(any(children))


def _one_input(tests: object, name: str) -> object:
    return getattr(tests, name).hypothesis.fuzz_one_input


if __name__ == "__main__":
    main()
