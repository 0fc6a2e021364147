"""RC509."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.model.verdict import Agreement
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import verified, where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference
    from refcheck.model.verdict import RecordVerdict


@rule("RC509", "missing-identifier", severity=Severity.INFO, needs=Need.RECORDS)
def missing_identifier(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The work has a DOI that the reference lacks.

    What it does: where a record agrees with the reference in title, authors and year, proposes the record's DOI. `clean` adds it.

    Why it matters: a DOI leads to the work for as long as anybody keeps it, wherever it moves.

    Example: `doi = {10.2307/2183914}`

    When it can be wrong: a work may have several DOIs, one for each version; the record is of the one that agrees.
    """
    found = verified(reference, facts)
    doi = found.record.identifier("doi") if found and found.record else None
    if not found or not found.record or not doi or not _lacks_one(reference) or found.record.kind == "book":
        return
    if found.record.kind == "preprint" and reference.container_title and not doi.startswith("10.48550/"):
        return
    edit = edits.fill_field(facts.bibliography.source.text, reference, "doi", f"{doi}") if facts.editable else None
    safe = Applicability.SAFE if _is_certain(found) else Applicability.UNSAFE
    fix = facts.fix(f"add doi = {{{doi}}}", safe, *([edit] if edit else []))
    yield Finding(f"it has the DOI {doi}; see {where(found.record)}", reference.key_span, confidence=found.confidence, fixes=(fix,))


def _lacks_one(reference: Reference) -> bool:
    written = " ".join(link.url for link in reference.links)
    return not reference.identifiers and "doi.org/" not in written and "arxiv.org/" not in written and "/10." not in written


def _is_certain(found: RecordVerdict) -> bool:
    good = {Agreement.EQUAL, Agreement.COMPATIBLE}
    return all(found.fields[name].agreement in good for name in ("title", "author", "year"))
