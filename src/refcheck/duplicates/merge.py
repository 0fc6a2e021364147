"""What merging a cluster changes in a BibTeX file: nothing is lost but a key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.reference import Dialect
from refcheck.model.source import Edit

if TYPE_CHECKING:
    from refcheck.model.reference import Bibliography, Reference
    from refcheck.model.report import Cluster


def changes(bibliography: Bibliography, cluster: Cluster) -> tuple[Edit, ...]:
    """Return the edits that leave the survivor, with the fields only the others had; in BibLaTeX with their keys as `ids`.

    Entries that inherit from one that goes are pointed to the survivor.
    """
    text = bibliography.source.text
    survivor = bibliography.references[cluster.survivor]
    others = [bibliography.references[index] for index in cluster.members if index != cluster.survivor]
    additions = _additions(text, survivor, others)
    if bibliography.dialect is Dialect.BIBLATEX:
        additions += _ids(text, survivor, others)
    removals = [edits.remove_entry(text, other) for other in others]
    return (*_joined(additions), *removals, *_redirections(bibliography, survivor, others))


def is_referred_to(bibliography: Bibliography, cluster: Cluster) -> bool:
    """Whether an entry that would go is named by another one in a way that cannot be redirected for sure."""
    gone = {bibliography.references[index].key for index in cluster.members if index != cluster.survivor}
    named = [
        field for reference in bibliography.references for name in ("xdata", "related", "entryset") if (field := reference.fields.get(name))
    ]
    return any(gone & set(re.split(r"\s*,\s*", field.value)) for field in named)


def _redirections(bibliography: Bibliography, survivor: Reference, others: list[Reference]) -> list[Edit]:
    gone = {other.key for other in others}
    children = [r for r in bibliography.references if r not in others]
    fields = [field for child in children for name in ("crossref", "xref") if (field := child.fields.get(name))]
    return [edits.replace_value(field, survivor.key) for field in fields if field.literal and field.value in gone]


def _additions(text: str, survivor: Reference, others: list[Reference]) -> list[Edit]:
    missing: dict[str, str] = {}
    for other in others:
        for name, field in other.fields.items():
            if name not in survivor.fields and name not in missing and field.value:
                missing[name] = field.written
    return [edits.add_field(text, survivor, name, written) for name, written in missing.items()]


def _ids(text: str, survivor: Reference, others: list[Reference]) -> list[Edit]:
    keys = [other.key for other in others if other.key and other.key != survivor.key]
    if not keys:
        return []
    if field := survivor.fields.get("ids"):
        known = [key for key in re.split(r"\s*,\s*", field.value) if key]
        return [edits.replace_value(field, ", ".join(dict.fromkeys([*known, *keys])))] if field.literal else []
    return [edits.add_field(text, survivor, "ids", "{" + ", ".join(dict.fromkeys(keys)) + "}")]


def _joined(additions: list[Edit]) -> list[Edit]:
    """Several fields inserted at one place are one edit."""
    joined: dict[tuple[int, int], str] = {}
    for edit in additions:
        joined[edit.span] = joined.get(edit.span, "") + edit.text
    return [Edit(type(additions[0].span)(*span), text) for span, text in joined.items()]
