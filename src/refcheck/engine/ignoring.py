"""Which findings a comment above an entry silences, and which comments silence nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refcheck.rules.base import answers_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Ignore, Reference


def silenced(findings: Iterable[Finding], references: Sequence[Reference]) -> tuple[list[Finding], set[Ignore]]:
    """Mark the findings that a comment silences with its reason; return them all, and the comments that silenced any."""
    ignoring = [reference for reference in references if reference.ignored]
    marked: list[Finding] = []
    used: set[Ignore] = set()
    for finding in findings:
        ignore = _ignore(finding, ignoring)
        if ignore:
            used.add(ignore)
        marked.append(replace(finding, suppressed_by=ignore.reason or "an ignore comment") if ignore else finding)
    return marked, used


def _ignore(finding: Finding, ignoring: Sequence[Reference]) -> Ignore | None:
    for reference in ignoring:
        first = min(reference.span.start, *(ignore.span.start for ignore in reference.ignored))
        if first <= finding.span.start <= reference.span.end:
            for ignore in reference.ignored:
                if not ignore.rules or any(answers_to(name, finding.code, finding.name) for name in ignore.rules):
                    return ignore
    return None
