"""What merging a cluster changes in a BibTeX file: nothing is lost but a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.reference import Dialect
from refcheck.model.source import Edit

if TYPE_CHECKING:
    from refcheck.model.reference import Bibliography, Reference
    from refcheck.model.report import Cluster


def changes(bibliography: Bibliography, cluster: Cluster) -> tuple[Edit, ...]:
    """Return the edits that leave the survivor, with the fields only the others had; in BibLaTeX with their keys as `ids`."""
    text = bibliography.source.text
    survivor = bibliography.references[cluster.survivor]
    others = [bibliography.references[index] for index in cluster.members if index != cluster.survivor]
    additions = _additions(text, survivor, others)
    if bibliography.dialect is Dialect.BIBLATEX:
        additions += _ids(text, survivor, others)
    removals = [edits.remove_entry(text, other) for other in others]
    return (*_joined(additions), *removals)


def _additions(text: str, survivor: Reference, others: list[Reference]) -> list[Edit]:
    missing: dict[str, str] = {}
    for other in others:
        for name, field in other.fields.items():
            if name not in survivor.fields and name not in missing and field.value:
                missing[name] = field.raw
    return [edits.add_field(text, survivor, name, raw) for name, raw in missing.items()]


def _ids(text: str, survivor: Reference, others: list[Reference]) -> list[Edit]:
    keys = [other.key for other in others if other.key and other.key != survivor.key]
    if not keys:
        return []
    if field := survivor.fields.get("ids"):
        return [edits.replace_value(field, ", ".join(dict.fromkeys([*field.value.replace(" ", "").split(","), *keys])))]
    return [edits.add_field(text, survivor, "ids", ", ".join(dict.fromkeys(keys)))]


def _joined(additions: list[Edit]) -> list[Edit]:
    """Several fields inserted at one place are one edit."""
    joined: dict[tuple[int, int], str] = {}
    for edit in additions:
        joined[edit.span] = joined.get(edit.span, "") + edit.text
    return [Edit(type(additions[0].span)(*span), text) for span, text in joined.items()]
