"""Run refcheck and lychee on W1, W2 and W2n, in turns, and print the medians as a table."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import services
from lower_bound import Limits, lower_bound
from tools import LYCHEE, REFCHECK, TOOLS, Run, missing_tools, once, version
from webs import Web, w1, w2

POLITE = Limits()
UNHINDERED = Limits(per_host=32, pace=0.0, retries=0)
_TOLERANCE = 0.8  # a request may take longer to arrive than the next one
WEBS = {"W1": (w1, UNHINDERED), "W2": (w2, POLITE), "W2n": (lambda: w2(hung=False), POLITE)}


@dataclass(slots=True)
class Runs:
    """All runs of one tool on one web, and what the server saw of each."""

    web: Web
    tool: str
    runs: list[Run] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """The median of the CPU seconds."""
        return median(run.cpu for run in self.runs)

    def row(self, lychee: Runs | None) -> list[str]:
        """Return a row of the table."""
        walls = sorted(run.wall for run in self.runs)
        wall = median(walls)
        cells = [self.web.name, self.tool, f"{wall:.2f}", f"{walls[0]:.2f}–{walls[-1]:.2f}", f"{self.cpu:.2f}"]
        cells += [f"{self.cpu / lychee.cpu:.1f}" if lychee else "", f"{median(run.peak for run in self.runs) / 1e6:.0f}"]
        cells.append(f"{wall / lower_bound(self.web, POLITE):.2f}" if self.seen else "")
        cells.append(f"{wall / lower_bound(self.web, POLITE, manners=True):.2f}" if self.seen and self.tool == REFCHECK.name else "")
        cells += [str(max(len(getattr(run, name)) for run in self.runs)) for name in ("false_dead", "missed_dead")]
        if not self.seen:
            return [*cells, "", "", "", ""]
        gaps = [seen["gaps"] for seen in self.seen]
        too_soon = max(sum(gap < POLITE.pace * _TOLERANCE for gap in of_run) for of_run in gaps)
        requests = median(seen["requests"] for seen in self.seen)
        return [
            *cells,
            f"{requests:.0f}",
            str(max(seen["most_at_one_host"] for seen in self.seen)),
            str(too_soon),
            f"{min(map(min, gaps)) * 1000:.1f}",
        ]


HEAD = (
    "web", "tool", "wall s", "from–to", "CPU s", "× lychee's CPU", "peak MB", "× bound", "× bound with manners", "false dead", "missed dead",
    "requests", "at once at a host", "too soon", "least gap ms",
)  # fmt: skip


def table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def refuse_if(missing: list[str]) -> None:
    """End the program where something is missing, and say what."""
    if missing:
        sys.exit("\n".join(missing))


def tell(text: str) -> None:
    """Say how far it has come."""
    print(text, file=sys.stderr, flush=True)


def common_arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the options that the programs share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS), help="only these tools")
    for name in TOOLS:
        parser.add_argument(
            f"--{name}-flags", type=shlex.split, default=[], metavar="FLAGS", help=f"more options for {name}: --{name}-flags='--one --two'"
        )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run to a file too")
    return parser


def flags_of(tool: str, arguments: argparse.Namespace) -> tuple[str, ...]:
    """Return the options that the user adds for a tool."""
    return tuple(getattr(arguments, f"{tool}_flags"))


def compare(arguments: argparse.Namespace) -> dict[tuple[str, str], Runs]:
    """Run every tool on every web as often as asked, in turns."""
    webs = {name: WEBS[name][0]() for name in arguments.webs}
    found = {(name, tool): Runs(web, tool) for name, web in webs.items() for tool in arguments.tools}
    with ExitStack() as stack:
        if "W1" in webs:
            stack.enter_context(services.static_web(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        for number in range(1, arguments.repeat + 1):
            for (name, tool), runs in found.items():
                with ExitStack() as served:
                    if name != "W1":
                        served.enter_context(services.lively_web(name))
                    run = once(TOOLS[tool], webs[name], WEBS[name][1], flags_of(tool, arguments))
                    runs.runs.append(run)
                    if name != "W1":
                        runs.seen.append(services.stats())
                tell(f"{number}/{arguments.repeat} {name} {tool}: {run.wall:.2f} s, CPU {run.cpu:.2f} s, {run.peak / 1e6:.0f} MB")
    return found


def wrong(found: dict[tuple[str, str], Runs]) -> str:
    """Return which kinds of addresses a tool got wrong, in any of its runs."""
    lines: list[str] = []
    for (name, tool), runs in found.items():
        kinds = {page.url: str(page.kind) for page in runs.web.pages}
        by_kind: dict[str, set[str]] = defaultdict(set)
        for run in runs.runs:
            for url in (*run.false_dead, *run.missed_dead):
                by_kind[kinds[url]].add(url)
        if by_kind:
            lines.append(f"{tool} is wrong on {name} about: " + ", ".join(f"{len(urls)} of {kind!r}" for kind, urls in by_kind.items()))
    return "\n".join(lines)


def main() -> None:
    """Measure, and print the table."""
    parser = common_arguments(__doc__)
    parser.add_argument("--webs", nargs="+", choices=WEBS, default=list(WEBS), help="only these webs")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="runs of each tool on each web (default: %(default)s)")
    arguments = parser.parse_args()
    lively = any(name != "W1" for name in arguments.webs)
    refuse_if(services.missing(needs_nginx="W1" in arguments.webs, needs_server=lively) + missing_tools(arguments.tools))
    found = compare(arguments)
    rows = [runs.row(found.get((name, LYCHEE.name)) if tool == REFCHECK.name else None) for (name, tool), runs in found.items()]
    print(f"{'; '.join(version(TOOLS[tool]) for tool in arguments.tools)}; medians of {arguments.repeat} runs\n")
    print(table(HEAD, rows))
    print(f"\n{wrong(found)}".rstrip())
    if arguments.json:
        every = [
            {"web": name, "tool": tool, **asdict(run), "seen": runs.seen[number] if runs.seen else None}
            for (name, tool), runs in found.items()
            for number, run in enumerate(runs.runs)
        ]
        arguments.json.write_text(json.dumps(every, indent=1), "utf-8")


if __name__ == "__main__":
    main()
