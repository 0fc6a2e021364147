"""Exit codes, and which one wins when several hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.cli import INTERRUPTED, USAGE
from refcheck.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refcheck.cli.inputs import Loaded
    from refcheck.model.finding import Finding
    from refcheck.model.report import Report

OK, FINDINGS, NO_REFERENCES, COULD_NOT_CHECK = 0, 1, 3, 4


def code(report: Report | None, loaded: Loaded, fail_on: str, findings: Iterable[Finding]) -> int:
    """Return the exit code of a run: 130, 2, 4, 1, 3 in the order of their weight. `findings` are those that count."""
    if report and report.interrupted:
        return INTERRUPTED
    if loaded.errors:
        return USAGE
    if report and report.offline:
        return COULD_NOT_CHECK
    if fail_on != "never" and any(finding.rank <= Severity(fail_on).rank for finding in findings):
        return FINDINGS
    return OK if loaded.has_references else NO_REFERENCES
