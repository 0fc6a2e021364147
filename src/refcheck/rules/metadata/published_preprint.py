"""RC514."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Fix, Severity
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import verified, where
from refcheck.sources.compare.container import is_preprint_server
from refcheck.text import latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.record import Record
    from refcheck.model.reference import Reference
    from refcheck.model.source import Edit


@rule("RC514", "published-preprint", severity=Severity.INFO, needs=Need.RECORDS)
def published_preprint(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The cited preprint has been published since.

    What it does: where the records of a preprint name its version of record, or a source has the same work in a journal or in
    proceedings, proposes to cite that, and to keep the preprint's number. `clean --unsafe` writes it.

    Why it matters: the version of record was reviewed, and may differ.

    Example: `journal = {arXiv preprint arXiv:1409.0473}`, which appeared at ICLR 2015.

    When it can be wrong: you may mean the preprint, or what only it says.
    """
    found = verified(reference, facts)
    if not found or not found.record or not _cites_preprint(reference):
        return
    published = next((r for r in (found.record, *found.others) if _is_published(r)), None)
    if published is None:
        return
    year = f", {published.issued.year}" if published.issued else ""
    message = f"it was published in {published.container_title}{year}; see {where(published)}"
    yield Finding(message, reference.key_span, confidence=0.9, fixes=(_fix(reference, facts, published),))


def _cites_preprint(reference: Reference) -> bool:
    container = reference.container_title or reference.value("howpublished", "archiveprefix", "eprinttype", "publisher")
    bare = not reference.container_title and (reference.identifier("doi") or "").startswith("10.48550/")
    return bare or is_preprint_server(container) or (not container and reference.identifier("arxiv") is not None)


def _is_published(record: Record) -> bool:
    return (
        record.kind in {"article", "paper", "chapter"} and bool(record.container_title) and not is_preprint_server(record.container_title)
    )


def _fix(reference: Reference, facts: Facts, record: Record) -> Fix:
    """Return the fix that puts the journal and the DOI of the version of record into an entry, and keeps its arXiv number."""
    doi, arxiv = record.identifier("doi"), reference.identifier("arxiv")
    title = f"cite {record.container_title}{f', doi {doi}' if doi else ''}{f', and keep arXiv:{arxiv}' if arxiv else ''}"
    journal = reference.fields.get("journal") or reference.fields.get("journaltitle")
    if not facts.editable or journal is None or not journal.literal or record.kind != "article":
        return Fix(title, Applicability.DISPLAY)
    changes: list[Edit] = [edits.replace_value(journal, latex.encode(record.container_title))]
    for name, value in (("year", str(record.issued.year) if record.issued else ""), ("doi", doi or "")):
        if value and (field := reference.fields.get(name)) and field.literal and field.value != value:
            changes.append(edits.replace_value(field, value))
    wanted = {
        "volume": record.volume,
        "number": record.number,
        "pages": record.pages.replace("-", "--"),
        "doi": doi or "",
        "eprint": arxiv or "",
    }
    added = {name: f"{{{value}}}" for name, value in wanted.items() if value and name not in reference.fields}
    if added:
        changes.append(edits.add_fields(facts.bibliography.source.text, reference, added))
    return facts.fix(title, Applicability.UNSAFE, *changes)
