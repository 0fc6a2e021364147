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
    """Return the fix that adds a copy to a reference; in a source that takes no edits it says what to write."""
    changes = _changes(reference, facts, memento) if facts.editable else ()
    return facts.fix(f"add {memento.uri}", Applicability.SAFE if sure else Applicability.UNSAFE, *changes)


def _changes(reference: Reference, facts: Facts, memento: Memento) -> tuple[Edit, ...]:
    name = "addendum" if facts.bibliography.dialect is Dialect.BIBLATEX else "note"
    text = rf"Archived at \url{{{memento.uri}}} ({memento.captured_at:%Y-%m-%d})"
    field = reference.fields.get(name)
    if field is None:
        return (edits.add_field(facts.bibliography.source.text, reference, name, f"{{{text}}}"),)
    before = field.raw.rstrip()
    separator = "" if not before else " " if before.endswith((".", ";")) else ". "
    return (edits.append_to_value(field, separator + text),)
