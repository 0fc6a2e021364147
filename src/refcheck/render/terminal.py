"""The report as a person reads it: by reference, what is wrong, why we think so, what to do."""

from __future__ import annotations

import re
import textwrap
from collections import Counter, defaultdict
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.model.verdict import Standing, Verdict
from refcheck.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.model.reference import Bibliography, Reference
    from refcheck.model.report import Report

_MARKS = {Severity.ERROR: ("✗", "x", "bold red"), Severity.WARNING: ("!", "!", "yellow"), Severity.INFO: ("·", "-", "blue")}
_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FOLDING = {"·": "-", "✗": "x", "→": "->", "…": "...", "—": "--", "–": "-", "’": "'", "‘": "'", "“": '"', "”": '"'}


def render(report: Report, *, width: int = 80, color: bool = False, ascii_only: bool = False, advice: str = "") -> str:
    """Return the report as lines of at most `width` columns (addresses are never broken); the summary comes last."""
    out = StringIO()
    console = Console(
        file=out, width=max(width, 40), force_terminal=color, color_system="standard" if color else None, highlight=False, soft_wrap=True
    )
    for bibliography in report.bibliographies:
        for line in _bibliography(report, bibliography, width):
            console.print(line)
    for line in _summary(report, advice, width):
        console.print(line)
    return _folded(out.getvalue()) if ascii_only else out.getvalue()


def _folded(text: str) -> str:
    for character, plain in _FOLDING.items():
        text = text.replace(character, plain)
    return text.encode("ascii", "replace").decode()


def _bibliography(report: Report, bibliography: Bibliography, width: int) -> Iterator[Text]:
    found = [finding for finding in report.findings if finding.path == bibliography.source.path]
    if not found:
        return
    yield Text(printable(bibliography.source.path), style="bold underline")
    yield Text("")
    for reference, findings in _by_reference(bibliography, found):
        if reference:
            yield _heading(bibliography, reference, width)
        else:
            yield Text(f"line {bibliography.source.position(findings[0].span.start).line}", style="bold")
        shown = ""
        for finding in findings:
            address, message = _address_first(printable(finding.message))
            yield from _finding(finding, address if address != shown else "", message, width)
            shown = address or shown
        yield Text("")


def _by_reference(bibliography: Bibliography, findings: Sequence[Finding]) -> Iterator[tuple[Reference | None, list[Finding]]]:
    """Yield the references with findings in the order of the source, the worst finding first; others stand for themselves."""
    groups: dict[int, tuple[Reference | None, list[Finding]]] = {}
    by_key: dict[str, list[Reference]] = defaultdict(list)
    for reference in bibliography.references:
        by_key[reference.key].append(reference)
    for finding in findings:
        owner = next((r for r in by_key.get(finding.key, ()) if r.span.start <= finding.span.start <= r.span.end), None)
        place = owner.span.start if owner else finding.span.start
        groups.setdefault(place, (owner, []))[1].append(finding)
    for _, (owner, found) in sorted(groups.items(), key=lambda item: item[0]):
        yield owner, sorted(found, key=lambda f: (f.rank, f.code))


def _heading(bibliography: Bibliography, reference: Reference, width: int) -> Text:
    line = bibliography.source.position(reference.span.start).line
    heading = Text()
    heading.append(f"line {line}  ", style="dim")
    heading.append(printable(reference.key), style="bold")
    room = width - len(heading) - 4  # two columns before it, and an ellipsis of three dots in ASCII
    if room > 20 and reference.title:
        heading.append(f"  {printable(reference.title, room)}")
    return heading


def _finding(finding: Finding, address: str, message: str, width: int) -> Iterator[Text]:
    severity = finding.severity or Severity.WARNING
    mark, _, style = _MARKS[severity]
    head = Text(f"  {mark} ", style=style)
    head.append(f"{finding.name}", style=style)
    head.append(f"  {finding.code}", style="dim")
    yield head
    if address:
        yield Text(f"    {address}")
    yield from _wrapped(message, width, "    ")
    if finding.evidence and " " in finding.evidence:
        yield from _wrapped(printable(finding.evidence), width, "    ", style="dim")
    for fix in finding.fixes:
        unsafe = " (with --unsafe: it may need a look)" if fix.applicability is Applicability.UNSAFE else ""
        yield from _wrapped(f"→ {printable(fix.title)}{unsafe}", width, "    ", style="green")


def _address_first(message: str) -> tuple[str, str]:
    """Split a message that begins with an address: the address gets a line of its own, so that it can be copied."""
    match = re.match(r"(https?://\S+?):?\s+(.+)", message)
    return (match[1], match[2]) if match else ("", message)


def _wrapped(text: str, width: int, indent: str, style: str = "") -> Iterator[Text]:
    hanging = indent + ("  " if text.startswith("→ ") else "")
    wrapped = textwrap.wrap(
        text, max(width, 40), initial_indent=indent, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
    yield from (Text(line, style=style) for line in wrapped)


def _summary(report: Report, advice: str, width: int) -> Iterator[Text]:
    references = sum(len(b.references) for b in report.bibliographies)
    if report.interrupted:
        yield Text("Interrupted: this is what was known by then.", style="yellow")
    if report.offline:
        yield from _wrapped(
            "No network: nothing answered, so no link was judged. Run again when you are online, or with --offline.",
            width,
            "",
            style="yellow",
        )
    verdicts = Counter(v.verdict for v in report.links.values())
    kinds = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts[verdict])
    links = f", {_count(len(report.links), 'link')}: {kinds}" if report.links else ", no links"
    yield from _wrapped(f"{_count(references, 'reference')}{links}.", width, "")
    standings = Counter(verdict.standing for verdict in report.records.values())
    if standings:
        told = ", ".join(f"{standings[standing]} {standing}" for standing in Standing if standings[standing])
        yield from _wrapped(f"Metadata sources: {told}.", width, "")
    found = Counter(f.severity or Severity.WARNING for f in report.findings)
    told = ", ".join(_count(found[severity], _NOUNS[severity]) for severity in Severity if found[severity]) or (
        "Nothing to complain about" if references else "No references found"
    )
    duplicates = sum(len(cluster.members) - 1 for _, cluster in report.clusters)
    more = f"; {_count(duplicates, 'duplicate')}" if duplicates else ""
    silenced = f"; {len(report.suppressed)} silenced by comments" if report.suppressed else ""
    style = "bold red" if found[Severity.ERROR] else "bold yellow" if found[Severity.WARNING] else "bold green"
    yield Text(f"{told}{more}{silenced}.", style=style)
    if advice:
        yield from _wrapped(advice, width, "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
