"""Run the program as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_OTHERS = frozenset({"convert", "archive", "explain", "cache", "demo", "sources", "--help", "-h", "--version"})


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str


_MEASURE = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-m", "refcheck", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def measured(*arguments: str | Path) -> tuple[Ran, float]:
    """Run `refcheck` as below; return also the most memory that it took, in MB, whatever else this process started before."""
    ran = refcheck(*arguments, program=("-c", _MEASURE))
    *lines, last = ran.err.splitlines()
    return Ran(ran.code, ran.out, "\n".join(lines)), int(last) / 1024


def refcheck(
    *arguments: str | Path,
    env: dict[str, str] | None = None,
    stdin: bytes = b"",
    timeout: float = 60,
    sources: bool = False,
    program: tuple[str, ...] = ("-m", "refcheck"),
) -> Ran:
    """Run `refcheck` with these arguments in the current folder; metadata sources are only asked where the script has them."""
    if not sources and arguments and str(arguments[0]) not in _OTHERS:
        arguments = (*arguments, "--no-sources")
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **(env or {})}
    done = subprocess.run(
        [sys.executable, *program, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
