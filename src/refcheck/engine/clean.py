"""Clean a bibliography: apply the fixes that are allowed until none is left.

A document that is not BibTeX is written as BibTeX first; then both are cleaned in the same way, by the
same rules and the same facts. Rules are pure, so they can run again on the new text; those about one reference run only on
references that changed, or had findings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refcheck.bibtex import edits, keys, write
from refcheck.duplicates import cluster
from refcheck.duplicates.compare import BLOCKS_OF_A_WORK, compare
from refcheck.engine.examine import findings
from refcheck.model.finding import Applicability, Finding, Fix
from refcheck.model.reference import TELLING
from refcheck.model.source import Source
from refcheck.readers import bibtex, reread
from refcheck.rules.base import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refcheck.model.reference import Bibliography, Dialect, Reference
    from refcheck.model.report import Report
    from refcheck.model.settings import Settings

_ROUNDS = 10
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was cleaned, its new text, the fixes made, and what is left to find in it."""

    source: Source
    text: str
    applied: tuple[tuple[Finding, Fix], ...]
    left: tuple[Finding, ...]


def clean(  # noqa: PLR0913 - what cleaning depends on
    source: Source,
    report: Report,
    rules: Sequence[Rule],
    settings: Settings,
    *,
    unsafe: bool,
    known: Sequence[Finding] | None = None,
) -> Cleaned:
    """Apply the safe fixes (the unsafe ones too, on demand) to a BibTeX text until none is left.

    `known` are the findings of the report, where these rules with these settings made it.
    """
    allowed = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    applied: list[tuple[Finding, Fix]] = []
    bibliography = next((b for b in report.bibliographies if b.source is source), None)
    found = [finding for finding in known or () if finding.path == source.path]
    if bibliography is None or known is None:
        bibliography = bibliography or bibtex.read(replace(source, format="bibtex"))
        found = _found(bibliography, report, rules, settings)
    for _ in range(_ROUNDS):
        offered = [(f, fix) for f in found for fix in f.fixes[:1] if fix.applicability in allowed and fix.edits]
        chosen = edits.compatible([fix for _, fix in offered])
        if not chosen:
            break
        made = {edit.span: edit for fix in chosen for edit in fix.edits}
        applied += [(f, fix) for f, fix in offered if all(made.get(edit.span) == edit for edit in fix.edits)]
        again = reread.after(bibliography, made.values())
        same_dialect = settings.dialect or again.bibliography.dialect is bibliography.dialect
        about = _worth_a_look(bibliography, found, again) if same_dialect else None
        bibliography = again.bibliography
        found = _found(bibliography, report, rules, settings, about)
    return Cleaned(source, bibliography.source.text, tuple(applied), tuple(found))


def _worth_a_look(before: Bibliography, found: Sequence[Finding], again: reread.Reread) -> Sequence[Reference]:
    """Return the references in which rules about one reference may find something: what changed, and what they found something in."""
    starts = [reference.span.start for reference in before.references]
    told = {bisect_right(starts, finding.span.start) - 1 for finding in found}
    return [
        reference
        for reference, origin in zip(again.bibliography.references, again.origins, strict=True)
        if origin is None or origin in told or reference.ignored
    ]


def _found(
    bibliography: Bibliography, report: Report, rules: Sequence[Rule], settings: Settings, about: Sequence[Reference] | None = None
) -> list[Finding]:
    """Run the rules over a bibliography with the facts of the report; return what no comment silences."""
    bibliography = replace(bibliography, dialect=settings.dialect or bibliography.dialect)
    facts = Facts(
        bibliography,
        report.links,
        report.archives,
        cluster.find(bibliography.references, settings.duplicates.distinct),
        report.started,
        write_copies_as=settings.archives.write,
        records=report.judge_again(bibliography),
        about=about,
    )
    return [finding for finding in findings(facts, rules, settings) if not finding.suppressed_by]


def written(references: Iterable[Reference], dialect: Dialect) -> str:
    """Return references as BibTeX text; above one that was read with doubt, or not surely, stands its original text."""
    text = write.bibliography(references := list(references), dialect)
    doubtful = {reference.key: reference for reference in references if reference.doubts or _is_unsure(reference)}

    def annotated(match: re.Match[str]) -> str:
        reference = doubtful.get(match[2])
        return f"{_original(reference)}\n{match[0]}" if reference else match[0]

    return re.sub(r"^@(\w+)\{([^,\s]+),", annotated, text, flags=re.MULTILINE)


def _is_unsure(reference: Reference) -> bool:
    """Whether a field that tells works apart is right less than nine times in ten."""
    return any(field.confidence < _SURE for name, field in reference.fields.items() if name in TELLING)


def _original(reference: Reference) -> str:
    """Return the original text as a comment; an @ would begin an entry even there."""
    return edits.READ_FROM + re.sub(r"\s+", " ", reference.raw).replace("@", "(at)").replace("{", "(").replace("}", ")")


def rekeyed(references: Sequence[Reference], existing: Sequence[Reference]) -> tuple[Reference, ...]:
    """Give references the keys that the same works have in an existing bibliography; the others get keys that it does not use."""
    by_block: dict[str, list[Reference]] = {}
    for other in existing:
        for block in _blocks(other):
            by_block.setdefault(block, []).append(other)
    used = keys.Used()
    kept: dict[int, str] = {}
    for index, reference in enumerate(references):
        for other in (o for block in _blocks(reference) for o in by_block.get(block, [])):
            if other.key not in used and compare(reference, other):
                kept[index] = other.key
                used.add(other.key)
                break
    used.update(other.key for other in existing)
    return tuple(replace(reference, key=kept.get(index) or used.new(reference.key)) for index, reference in enumerate(references))


def _blocks(reference: Reference) -> Iterator[str]:
    return (block for blocks in BLOCKS_OF_A_WORK for block in blocks(reference))


def as_bibtex(bibliography: Bibliography, dialect: Dialect, existing: Sequence[Reference] = ()) -> Source:
    """Return a bibliography as a BibTeX source: its own where it is BibTeX, else written anew."""
    if bibliography.source.format == "bibtex":
        return bibliography.source
    return Source(bibliography.source.path, written(rekeyed(bibliography.references, existing), dialect), "bibtex")
