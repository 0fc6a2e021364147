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


def refcheck(
    *arguments: str | Path, env: dict[str, str] | None = None, stdin: bytes = b"", timeout: float = 60, sources: bool = False
) -> Ran:
    """Run `refcheck` with these arguments in the current folder; metadata sources are only asked where the script has them."""
    if not sources and arguments and str(arguments[0]) not in _OTHERS:
        arguments = (*arguments, "--no-sources")
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "refcheck", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
