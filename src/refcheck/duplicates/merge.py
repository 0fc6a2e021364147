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
    return (*_joined(additions), *removals, *_redirections(bibliography, cluster))


def is_referred_to(bibliography: Bibliography, cluster: Cluster) -> bool:
    """Whether an entry that would go is named by another one in a way that cannot be redirected for sure."""
    gone = {bibliography.references[index].key for index in cluster.members if index != cluster.survivor}
    return any(field.name in {"xdata", "related", "entryset"} for key in gone for _, field in bibliography.referring.get(key, ()))


def is_behind_broken(bibliography: Bibliography, cluster: Cluster) -> bool:
    """Whether an entry that would go stands directly behind a broken one, which may have been meant to hold it."""
    faults = [problem.span.start for problem in bibliography.problems if problem.kind == "broken-block"]
    for index in cluster.members if faults else ():
        start = bibliography.references[index].span.start
        before = bibliography.references[index - 1].span.end if index else 0
        if index != cluster.survivor and any(before <= fault < start for fault in faults):
            return True
    return False


def _redirections(bibliography: Bibliography, cluster: Cluster) -> list[Edit]:
    """Return the edits that point children of entries that go to the survivor."""
    going = [index for index in cluster.members if index != cluster.survivor]
    named = [item for index in going for item in bibliography.referring.get(bibliography.references[index].key, ())]
    key = bibliography.references[cluster.survivor].key
    children = [field for index, field in named if index not in going and field.name in {"crossref", "xref"} and field.literal]
    return [edits.replace_value(field, key) for field in children]


def _additions(text: str, survivor: Reference, others: list[Reference]) -> list[Edit]:
    missing: dict[str, str] = {}
    for other in others:
        for name, field in other.fields.items():
            if name not in survivor.fields and name not in missing and field.value:
                missing[name] = edits.written(text, field)
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
