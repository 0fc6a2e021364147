"""Check bibliographies of 1,000, 10,000 and 100,000 addresses, and print what each took and what one address more costs."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import services
from compare import UNHINDERED, common_arguments, flags_of, refuse_if, table, tell
from tools import TOOLS, WAYS_TO_WRITE, Run, missing_tools, once, version
from webs import many

if TYPE_CHECKING:
    import argparse

HEAD = ("addresses", "tool", "wall s", "CPU s", "peak MB", "CPU ms an address", "bytes an address")


def measured(arguments: argparse.Namespace) -> dict[tuple[int, str], Run]:
    """Run every tool once on each size."""
    found: dict[tuple[int, str], Run] = {}
    with tempfile.TemporaryDirectory() as folder, services.static_web(Path(folder)):
        for count in sorted(arguments.sizes):
            web = many(count)
            for tool in arguments.tools:
                run = once(TOOLS[tool], web, UNHINDERED, flags_of(tool, arguments), arguments.written)
                found[count, tool] = run
                wrong = len(run.false_dead)
                tell(f"{count:,} {tool}: {run.wall:.1f} s, CPU {run.cpu:.1f} s, {run.peak / 1e6:.0f} MB, {wrong} false dead")
    return found


def row(count: int, tool: str, found: dict[tuple[int, str], Run]) -> list[str]:
    """Return a row of the table; what an address costs is what the run holds more than the smallest, shared among them."""
    run, least = found[count, tool], min(size for size, _ in found)
    more = f"{(run.peak - found[least, tool].peak) / (count - least):,.0f}" if count > least else ""
    return [f"{count:,}", tool, f"{run.wall:.1f}", f"{run.cpu:.1f}", f"{run.peak / 1e6:.0f}", f"{run.cpu / count * 1000:.2f}", more]


def main() -> None:
    """Measure, and print the table."""
    parser = common_arguments(__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000], metavar="N", help="how many addresses")
    parser.add_argument(
        "--as",
        dest="written",
        choices=WAYS_TO_WRITE,
        default="bibtex",
        help="how refcheck gets the list: typed by hand, or bare addresses; else BibTeX",
    )
    arguments = parser.parse_args()
    refuse_if(services.missing(needs_server=False) + missing_tools(arguments.tools))
    found = measured(arguments)
    print(f"{'; '.join(version(TOOLS[tool]) for tool in arguments.tools)}; one run each\n")
    print(table(HEAD, [row(count, tool, found) for count, tool in found]))
    if arguments.json:
        every = [{"addresses": count, "tool": tool, **asdict(run)} for (count, tool), run in found.items()]
        arguments.json.write_text(json.dumps(every, indent=1), "utf-8")


if __name__ == "__main__":
    main()
