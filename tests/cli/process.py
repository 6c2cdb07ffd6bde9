"""The command line in a process of its own."""

import re
import subprocess
import sys
from collections.abc import Mapping
from os import environ
from pathlib import Path

Done = subprocess.CompletedProcess[str]


def run(
    *arguments: str | Path, stdin: str | bytes = "", cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Done:
    """Run `vnclf` with these arguments, and with `env` beside the environment."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    command = [sys.executable, "-m", "vnclf", *map(str, arguments)]
    done = subprocess.run(
        command, input=data, capture_output=True, check=False, cwd=cwd, env={**environ, **(env or {})}
    )
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(done: Done, message: str) -> None:
    """Assert that the command ended with status 1 and this sentence, and wrote nothing else."""
    assert done.returncode == 1
    assert re.search(message, done.stderr), done.stderr
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
