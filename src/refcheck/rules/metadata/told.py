"""What the rules about records share: which differences to tell, where they stand, and how a record's value is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Fix
from refcheck.model.verdict import Agreement, Grounds, Standing
from refcheck.sources.registry import BY_NAME
from refcheck.text import latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.record import Record
    from refcheck.model.reference import Reference
    from refcheck.model.source import Span
    from refcheck.model.verdict import FieldVerdict, RecordVerdict
    from refcheck.rules.base import Facts

FIELDS = {
    "title": ("title",), "author": ("author", "editor"), "year": ("year", "date"), "container": ("journal", "journaltitle", "booktitle"),
    "pages": ("pages",), "volume": ("volume",), "number": ("number", "issue"),
}  # fmt: skip


def where(record: Record) -> str:
    """Return where a record can be seen: `Crossref, https://doi.org/10.1000/1`."""
    return f"{BY_NAME[record.source].title}, {record.url}"


def place(reference: Reference, name: str) -> Span:
    """Return the place of a compared field in the source, or that of the key where the reference has no such field."""
    field = next((reference.fields[n] for n in FIELDS.get(name, (name,)) if n in reference.fields), None)
    return field.span if field else reference.key_span


def verified(reference: Reference, facts: Facts) -> RecordVerdict | None:
    """Return the verdict on a reference that agrees with a record, or None."""
    found = facts.record(reference)
    return found if found and found.record and found.standing is Standing.VERIFIED else None


def records(reference: Reference, facts: Facts) -> tuple[Record, ...]:
    """Return the records of the cited work; none where it is not known which work that is."""
    found = facts.record(reference)
    if found is None or found.record is None or found.standing in {Standing.CONFLICT, Standing.UNDETERMINED}:
        return ()
    return (found.record, *found.others)


def differences(reference: Reference, facts: Facts, *names: str, page: bool = False) -> Iterator[tuple[str, FieldVerdict, RecordVerdict]]:
    """Yield those of the fields that differ from the record; those of pages apart."""
    found = facts.record(reference)
    if found is None or found.record is None or found.standing is not Standing.MISMATCH or (found.record.source == "webpage") != page:
        return
    for name in names:
        if (field := found.fields.get(name)) and field.agreement is Agreement.DIFFERENT:
            yield name, field, found


def mismatch(reference: Reference, facts: Facts, name: str, noun: str, *, page: bool = False) -> Iterator[Finding]:
    """Yield the finding that a field is another one in the record, with the record beside it."""
    for _, field, found in differences(reference, facts, name, page=page):
        why = f" ({field.reason})" if field.reason else ""
        message = f"{noun} is {field.here!r}, in the record {field.there!r}{why}; see {where(found.record)}" if found.record else ""
        sure = found.confidence if found.reason is not Grounds.UNREGISTERED else 0.85
        yield Finding(message, place(reference, name), confidence=sure, fixes=(as_recorded(reference, facts, name, field.there),))


def as_recorded(reference: Reference, facts: Facts, name: str, value: str) -> Fix:
    """Return the fix that writes what the record says: to be looked at where it can be written in one field, else only shown."""
    field = next((reference.fields[n] for n in FIELDS[name] if n in reference.fields), None)
    value = value.replace("-", "--") if name == "pages" and "--" not in value else value
    title = f"write {field.name if field else name} = {{{value}}}, as the record has it"
    if field is None or not field.literal or name in {"author", "container"} or field.name == "date":
        return Fix(title, Applicability.DISPLAY)
    return facts.fix(title, Applicability.UNSAFE, edits.replace_value(field, latex.encode(value)))
