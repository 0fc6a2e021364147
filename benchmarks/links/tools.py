"""The link checkers under measurement: the command of each, and how its report is read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import webs
from services import HERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from lower_bound import Limits
    from webs import Web

_WORKING = frozenset({"alive", "redirected", "moved"})


@dataclass(frozen=True, slots=True)
class Job:
    """What a tool is to do: check a web within limits, with flags of its own; in a folder for its files.

    `written` is how refcheck gets the list; lychee always gets the bare addresses.
    """

    web: Web
    limits: Limits
    folder: Path
    flags: tuple[str, ...] = ()
    written: str = "bibtex"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took (seconds, bytes), and what it got wrong: addresses, each in order."""

    wall: float
    cpu: float
    peak: int
    false_dead: tuple[str, ...]
    missed_dead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A link checker. `broken` returns the addresses that a run reports, and how many it judged."""

    name: str
    command: Callable[[Job], list[str]]
    broken: Callable[[Job], tuple[set[str], int]]
    how_to_install: str

    @property
    def program(self) -> str | None:
        """Where the program is: beside this Python, or on the path."""
        return shutil.which(self.name, path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")


def measured(tool: Tool, job: Job) -> Run:
    """Run a tool once.

    Raises:
        RuntimeError: it did not do the job.
    """
    log = job.folder / "log.txt"
    command = [tool.program or tool.name, *tool.command(job), *job.flags]
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment["XDG_CACHE_HOME"] = str(job.folder)  # nothing is left from another run
    environment.pop("REFCHECK_STORE", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    measure = [sys.executable, "-I", "-S", str(HERE / "measure.py"), str(log), *command]
    took = json.loads(subprocess.run(measure, cwd=job.folder, env=environment, stdout=subprocess.PIPE, check=True).stdout)
    try:
        broken, judged = tool.broken(job)
    except (OSError, ValueError, KeyError) as error:
        raise RuntimeError(f"{tool.name} left no report (exit code {took['exit']}):\n{log.read_text()[-2000:]}") from error
    if judged != len(job.web.pages):
        raise RuntimeError(f"{tool.name} judged {judged} of {len(job.web.pages)} addresses (exit code {took['exit']})")
    return Run(
        took["wall"],
        took["cpu"],
        took["peak"],
        tuple(page.url for page in job.web.pages if page.url in broken and not page.is_dead),
        tuple(page.url for page in job.web.pages if page.url not in broken and page.is_dead),
    )


def once(tool: Tool, web: Web, limits: Limits, flags: tuple[str, ...] = (), written: str = "bibtex") -> Run:
    """Run a tool once, in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="refcheck-bench-") as folder:
        return measured(tool, Job(web, limits, Path(folder), flags, written))


# refcheck

WAYS_TO_WRITE = {"bibtex": webs.bibtex, "prose": webs.prose, "addresses": webs.listed}


def _refcheck(job: Job) -> list[str]:
    limits = job.limits
    (job.folder / "refcheck.toml").write_text(
        f"[links]\nconcurrency = {limits.concurrency}\nper-host = {limits.per_host}\npace = {limits.pace}\ntimeout = {limits.timeout}\n"
        "control-hosts = []\n",
        "utf-8",
    )
    name = "list.bib" if job.written == "bibtex" else "list.txt"
    (job.folder / name).write_text(WAYS_TO_WRITE[job.written](job.web), "utf-8")
    links_only = ["--no-archives", "--no-sources"]
    options = ["--config", "refcheck.toml", "--allow-private", "127.0.0.0/8", *links_only, "--format", "json", "-o", "report.json"]
    return ["check", name, *options]


def _refcheck_broken(job: Job) -> tuple[set[str], int]:
    """Whatever is not found to work counts as reported: dead, down, blocked, and what could not be checked."""
    links = json.loads((job.folder / "report.json").read_text("utf-8"))["links"]
    return {link["url"] for link in links if link["verdict"] not in _WORKING}, len(links)


# lychee


def _lychee(job: Job) -> list[str]:
    limits = job.limits
    (job.folder / "list.txt").write_text(webs.listed(job.web), "utf-8")
    options = {
        "--max-concurrency": limits.concurrency,
        "--host-concurrency": limits.per_host,
        "--host-request-interval": f"{limits.pace * 1000:.0f}ms",
        "--timeout": f"{limits.timeout:.0f}",
        "--max-retries": limits.retries,
        "--format": "json",
        "--output": "report.json",
    }
    return ["--no-progress", *(str(part) for option in options.items() for part in option), "list.txt"]


def _lychee_broken(job: Job) -> tuple[set[str], int]:
    report = json.loads((job.folder / "report.json").read_text("utf-8"))
    maps = [report.get(name, {}) for name in ("error_map", "timeout_map")]
    return {item["url"] for found in maps for items in found.values() for item in items}, report["total"]


REFCHECK = Tool("refcheck", _refcheck, _refcheck_broken, "pip install -e .")
LYCHEE = Tool("lychee", _lychee, _lychee_broken, "pip install -e '.[bench]'")
TOOLS = {tool.name: tool for tool in (REFCHECK, LYCHEE)}


def missing_tools(names: list[str]) -> list[str]:
    """Return a sentence for each tool that is not installed."""
    return [f"{name} is missing: {TOOLS[name].how_to_install}" for name in names if not TOOLS[name].program]


def version(tool: Tool) -> str:
    """Return what a tool says of its version."""
    return subprocess.run([tool.program or tool.name, "--version"], capture_output=True, text=True, check=True).stdout.strip()
