"""Read, check and write one BibTeX file of 1,000, 10,000 and 100,000 entries with refcheck and others; print what each took.

refcheck does it in two commands: `check` reads, runs every rule that needs no network and finds duplicates; `clean` does the same
and writes the file with what can be mended safely. The others read, find duplicates if they can, and write the whole file anew.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import entries

if TYPE_CHECKING:
    from collections.abc import Callable

MEASURE = Path(__file__).resolve().parent.parent / "links" / "measure.py"
HEAD = ("entries", "MB", "command", "wall s", "CPU s", "peak MB", "CPU ms an entry", "KB an entry", "repeats found", "of")
_IN, _OUT = "big.bib", "out.bib"


@dataclass(frozen=True, slots=True)
class Tool:
    """A command, where it comes from, and how many repeated entries its output tells of (None: it looks for none)."""

    name: str
    program: str
    arguments: tuple[str, ...]
    version: tuple[str, ...]
    how_to_install: str
    found: Callable[[Path, int], int | None]

    @property
    def path(self) -> str | None:
        """Where the program is: beside this Python, or on the path."""
        return shutil.which(self.program, path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")

    def told_version(self) -> str:
        """Return what the program says of its version."""
        done = subprocess.run([self.path or self.program, *self.version], capture_output=True, text=True, check=False)
        number = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
        return f"{self.program} {number[0] if number else '?'}"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took (seconds, bytes), and how many repeats it found; `ended` where it took longer than it was given."""

    entries: int
    size: int
    repeats: int
    command: str
    wall: float
    cpu: float = 0.0
    peak: int = 0
    found: int | None = None
    ended: bool = False

    def row(self, least: Run | None) -> list[str]:
        """Return a row of the table; an entry's memory is what the run holds more than the smallest one, shared among them."""
        start = [f"{self.entries:,}", f"{self.size / 1e6:.1f}", self.command]
        if self.ended:
            return [*start, f"> {self.wall:.0f}", "", "", "", "", "", ""]
        more = self.entries - least.entries if least else 0
        cells = [f"{self.wall:.2f}", f"{self.cpu:.2f}", f"{self.peak / 1e6:.0f}", f"{self.cpu / self.entries * 1000:.2f}"]
        cells.append(f"{(self.peak - least.peak) / more / 1000:.1f}" if least and more else "")
        return [*start, *cells, *(("", "") if self.found is None else (f"{self.found:,}", f"{self.repeats:,}"))]


def _reported(folder: Path, _count: int) -> int:
    """Return how many entries refcheck's report calls duplicates."""
    return sum(finding["rule"] == "duplicate-reference" for finding in json.loads((folder / "out.json").read_bytes())["findings"])


def _left_out(folder: Path, count: int) -> int:
    """Return how many entries are in the input and not in the output."""
    with (folder / _OUT).open(encoding="utf-8") as file:
        return count - sum(line.startswith("@") for line in file)


def _not_sought(folder: Path, count: int) -> None:
    """Say nothing of duplicates, but see that all was written.

    Raises:
        ValueError: entries are missing.
    """
    if missing := _left_out(folder, count):
        raise ValueError(f"{missing} entries are missing")


_OFFLINE = ("--offline", "--no-store", "--fail-on", "never")
TOOLS = (
    Tool(
        "refcheck check", "refcheck", ("check", _IN, *_OFFLINE, "--format", "json", "-o", "out.json"), ("--version",), "pip install -e .",
        _reported,
    ),
    Tool(
        "refcheck clean", "refcheck", ("clean", _IN, *_OFFLINE, "--report", "report.txt", "-o", _OUT), ("--version",), "pip install -e .",
        _left_out,
    ),
    Tool(
        "bibtex-tidy", "bibtex-tidy", (_IN, "--v2", "--duplicates", "--merge=first", "--no-escape", "-o", _OUT), ("--version",),
        "npm install bibtex-tidy, and put node_modules/.bin on the PATH", _left_out,
    ),
    Tool(
        "bibtool", "bibtool", ("-q", "-s", "-d", "--", 'sort.format="%-s(doi) # %-s(title)"', "-o", _OUT, "-i", f"./{_IN}"), ("-V",),
        "apt-get install bibtool", _left_out,
    ),
    Tool("pybtex", "pybtex-convert", (_IN, _OUT), ("--version",), "pip install pybtex", _not_sought),
)  # fmt: skip


def measured(tool: Tool, folder: Path, run: Run, limit: float) -> Run:
    """Run a tool once on the file in a folder, for `limit` seconds at most.

    Raises:
        RuntimeError: it did not do the job.
    """
    for left in (_OUT, "out.json", "report.txt"):
        (folder / left).unlink(missing_ok=True)
    log = folder / "log.txt"
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "BIBINPUTS": "."}  # bibtool looks where kpathsea says
    command = [sys.executable, "-I", "-S", str(MEASURE), str(log), tool.path or tool.program, *tool.arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            took = json.loads(process.communicate(timeout=limit)[0])
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return Run(run.entries, run.size, run.repeats, tool.name, limit, ended=True)
    try:
        found = tool.found(folder, run.entries)
    except (OSError, ValueError, KeyError) as error:
        raise RuntimeError(f"{tool.name} did not do it (exit code {took['exit']}): {error}\n{log.read_text()[-2000:]}") from error
    return Run(run.entries, run.size, run.repeats, tool.name, took["wall"], took["cpu"], took["peak"], found)


def compare(sizes: list[int], tools: list[Tool], limit: float) -> list[Run]:
    """Run every tool once on each size; a tool that took too long once is not given a larger file."""
    runs: list[Run] = []
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="refcheck-bench-") as name:
            folder = Path(name)
            repeats = entries.write(folder / _IN, count)
            blank = Run(count, (folder / _IN).stat().st_size, repeats, "", 0.0)
            for tool in tools:
                if any(run.ended and run.command == tool.name for run in runs):
                    continue
                run = measured(tool, folder, blank, limit)
                runs.append(run)
                print(f"{count:,} {tool.name}: {'more than ' * run.ended}{run.wall:.1f} s", file=sys.stderr, flush=True)
    return runs


def table(runs: list[Run]) -> str:
    """Return the runs as a Markdown table."""
    least = {run.command: run for run in reversed(runs)}
    rows = [HEAD, ("---",) * len(HEAD), *(run.row(least[run.command]) for run in runs)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000], metavar="N", help="how many entries")
    parser.add_argument("--tools", nargs="+", choices=[tool.name for tool in TOOLS], help="only these commands")
    parser.add_argument("--limit", type=float, default=900.0, metavar="SECONDS", help="end what takes longer (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run to a file too")
    arguments = parser.parse_args()
    wanted = [tool for tool in TOOLS if not arguments.tools or tool.name in arguments.tools]
    for tool in wanted:
        if not tool.path:
            print(f"{tool.name} is missing and left out: {tool.how_to_install}", file=sys.stderr)
    there = [tool for tool in wanted if tool.path]
    runs = compare(sorted(arguments.sizes), there, arguments.limit)
    print(f"{', '.join(dict.fromkeys(tool.told_version() for tool in there))}; one run each\n")
    print(table(runs))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(run) for run in runs], indent=1), "utf-8")


if __name__ == "__main__":
    main()
