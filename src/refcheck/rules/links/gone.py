"""What the rules about pages that cannot be seen have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.archives import carried
from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import BAD_COPY, Reason, Verdict
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference
    from refcheck.model.verdict import LinkVerdict
    from refcheck.rules.base import Facts


def findings(reference: Reference, facts: Facts, *verdicts: Verdict, reasons: tuple[Reason, ...] = ()) -> Iterator[Finding]:
    """Yield a finding for each link with one of these verdicts or reasons.

    It is information where a copy stands beside the link that is not known to be bad.
    """
    kept = has_copy(reference, facts)
    for link, found in facts.verdicts(reference):
        if found.verdict in verdicts or found.reason in reasons:
            message = f"{link.url}: {found.sentence}{_since(found, facts)}" + ("; the reference has an archived copy" if kept else "")
            severity = Severity.INFO if kept else None
            yield Finding(message, link.span, confidence=found.confidence, evidence=found.reason, severity=severity)
    for link, copy in facts.copies(reference):
        if copy and copy.verdict in verdicts and copy.verdict in BAD_COPY:
            yield Finding(f"{link.url}: this archived copy does not hold the page: {copy.sentence}", link.span, confidence=copy.confidence)


def _since(found: LinkVerdict, facts: Facts) -> str:
    """Say since when a link fails, where earlier runs saw it fail and the sentence does not say so itself."""
    day = dates.spoken(found.since) if found.since and facts.started and found.since.date() < facts.started.date() else ""
    return f"; it fails since {day}" if day and day not in found.sentence else ""


def has_copy(reference: Reference, facts: Facts) -> bool:
    """Whether a reference carries an archived copy that is not known to be bad: an archive that is away is no reason for alarm."""
    return carried.has_sound_copy(reference, facts.links)
