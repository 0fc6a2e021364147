"""The report as annotations of GitHub Actions (workflow commands), one line for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Severity
from refcheck.text.printable import printable

if TYPE_CHECKING:
    from refcheck.model.finding import Finding
    from refcheck.model.reference import Bibliography
    from refcheck.model.report import Report

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """Return one workflow command a line; '' where there is nothing to say."""
    owners = {bibliography.source.path: bibliography for bibliography in report.bibliographies}
    lines = [_command(owners[finding.path], finding) for finding in report.findings]
    if report.offline:
        lines.append("::error title=refcheck::No network: nothing answered, so no link was judged")
    lines += [f"::error file={_property(path)},title=refcheck::{_data(printable(reason))}" for path, reason in report.unreadable]
    return "".join(line + "\n" for line in lines)


def _command(bibliography: Bibliography, finding: Finding) -> str:
    source = bibliography.source
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    place = {"file": finding.path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # GitHub takes columns only within one line
        place |= {"col": str(start.column), "endColumn": str(end.column)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in (place | {"title": f"{finding.code} {finding.name}"}).items())
    advice = f" ({finding.fixes[0].title})" if finding.fixes else ""
    who = f"{finding.key}: " if finding.key else ""
    return f"::{_LEVELS[finding.severity or Severity.WARNING]} {properties}::{_data(printable(f'{who}{finding.message}{advice}'))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
