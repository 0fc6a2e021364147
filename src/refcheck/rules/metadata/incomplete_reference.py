"""RC510."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.model.reference import Dialect
from refcheck.model.verdict import Agreement
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import as_recorded, verified, where
from refcheck.text import latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.record import Record
    from refcheck.model.reference import Reference

_WANTED = {
    "article": ("volume", "number", "pages"),
    "book": ("publisher",),
    "inproceedings": ("booktitle",),
    "incollection": ("booktitle",),
}
_OPTIONAL = frozenset({"number"})  # told of only beside others


@rule("RC510", "incomplete-reference", severity=Severity.INFO, needs=Need.RECORDS)
def incomplete_reference(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The record has what the reference lacks: volume and pages, publisher, year, the subtitle.

    What it does: where a record agrees with the reference, names what readers need to find the work and what is missing. `clean` adds
    what a register of identifiers says; other values, and subtitles, with `--unsafe`.

    Why it matters: without volume and pages an article is hard to find on paper, and a title without its subtitle may be another book's.

    Example: `@article{nagel, title = {What Is It Like to Be a Bat?}, journal = {Philosophical Review}}` lacks its volume.

    When it can be wrong: the record may be of another edition than the one cited.
    """
    found = verified(reference, facts)
    if not found or not found.record or found.record.kind == "page" or {"crossref", "xref", "xdata"} & reference.fields.keys():
        return
    record = found.record
    lacking = {name: value for name, value in _lacking(reference, record, facts) if value}
    if lacking.keys() - _OPTIONAL:
        edit = edits.add_fields(facts.bibliography.source.text, reference, lacking) if facts.editable else None
        certain = record.source == "crossref" and bool(reference.identifiers)
        told = ", ".join(f"{name} = {value}" for name, value in lacking.items())
        fix = facts.fix(f"add {told}", Applicability.SAFE if certain else Applicability.UNSAFE, *([edit] if edit else []))
        names = " and ".join(filter(None, (", ".join([*lacking][:-1]), [*lacking][-1])))
        yield Finding(f"it lacks {names}, which the record has; see {where(record)}", reference.key_span, confidence=0.9, fixes=(fix,))
    title = found.fields["title"]
    if title.agreement is Agreement.COMPATIBLE and title.reason == "without the subtitle":
        yield Finding(
            f"the title lacks its subtitle: {record.title!r}; see {where(record)}",
            reference.fields["title"].span,
            confidence=0.9,
            fixes=(as_recorded(reference, facts, "title", record.title),),
        )


def _lacking(reference: Reference, record: Record, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the fields that an entry lacks with their values, in braces."""
    values = {
        "volume": record.volume,
        "number": record.number,
        "pages": record.pages,
        "publisher": record.publisher,
        "booktitle": record.container_title,
    }
    if not reference.issued and record.issued:
        yield ("date" if facts.bibliography.dialect is Dialect.BIBLATEX else "year"), f"{{{record.issued.year}}}"
    for name in _WANTED.get(reference.entry_type, ()):
        if name not in reference.fields and values[name] and not (name == "number" and "issue" in reference.fields):
            yield name, f"{{{latex.encode(values[name].replace('-', '--') if name == 'pages' else values[name])}}}"
