"""How an archived copy is written into an entry; the original address stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability
from refcheck.model.reference import Dialect

if TYPE_CHECKING:
    from refcheck.model.evidence import Memento
    from refcheck.model.finding import Fix
    from refcheck.model.reference import Reference
    from refcheck.model.source import Edit
    from refcheck.rules.base import Facts


def copy_fix(reference: Reference, facts: Facts, memento: Memento, *, sure: bool) -> Fix:
    """Return the fix that adds a copy to a reference; in a source that takes no edits it says what to write after it."""
    if not facts.editable:
        day = f"{memento.captured_at:%Y-%m-%d}"
        markdown = facts.bibliography.source.format == "markdown"
        line = f"([archived {day}]({memento.uri}))" if markdown else f"Archived at {memento.uri} ({day})"
        return facts.fix(f"add: {line}", Applicability.DISPLAY)
    changes = _fields(reference, facts, memento) if facts.write_copies_as == "archiveurl" else _changes(reference, facts, memento)
    return facts.fix(f"add {memento.uri}", Applicability.SAFE if sure else Applicability.UNSAFE, *changes)


def _fields(reference: Reference, facts: Facts, memento: Memento) -> tuple[Edit, ...]:
    """Return the edits that add `archiveurl` and `archivedate`, which styles with a data model for them print, and others ignore."""
    text = facts.bibliography.source.text
    values = {"archiveurl": memento.uri, "archivedate": f"{memento.captured_at:%Y-%m-%d}"}
    missing = {name: f"{{{value}}}" for name, value in values.items() if name not in reference.fields}
    return (edits.add_fields(text, reference, missing),) if "archiveurl" in missing else ()


def _changes(reference: Reference, facts: Facts, memento: Memento) -> tuple[Edit, ...]:
    name = "addendum" if facts.bibliography.dialect is Dialect.BIBLATEX else "note"
    text = rf"Archived at \url{{{memento.uri}}} ({memento.captured_at:%Y-%m-%d})"
    field = reference.fields.get(name)
    if field is None:
        return (edits.add_field(facts.bibliography.source.text, reference, name, f"{{{text}}}"),)
    before = field.raw.rstrip()
    separator = "" if not before else " " if before.endswith((".", ";")) else ". "
    return (edits.append_to_value(field, separator + text),)
