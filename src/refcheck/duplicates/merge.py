"""What merging a cluster changes in a BibTeX file: the best value of each field stays, and what goes is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.reference import Dialect
from refcheck.model.source import Edit
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from refcheck.model.reference import Bibliography, Field, Reference
    from refcheck.model.report import Cluster

_SHOWN = 60


def changes(bibliography: Bibliography, cluster: Cluster) -> tuple[Edit, ...]:
    """Return the edits that leave the survivor, with what the others had alone or said better; in BibLaTeX with their keys as `ids`.

    Entries that inherit from one that goes are pointed to the survivor.
    """
    text = bibliography.source.text
    survivor = bibliography.references[cluster.survivor]
    others = [bibliography.references[index] for index in cluster.members if index != cluster.survivor]
    best = _best(text, survivor, others)
    additions = [edits.add_field(text, survivor, n, edits.written(text, f)) for n, f in best.items() if n not in survivor.fields]
    better = [edits.replace_value(survivor.fields[n], f.raw) for n, f in best.items() if f != survivor.fields.get(n, f)]
    if bibliography.dialect is Dialect.BIBLATEX:
        additions += _ids(text, survivor, others)
    removals = [edits.remove_entry(text, other) for other in others]
    return (*better, *_joined(additions), *removals, *_redirections(bibliography, cluster))


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


def _best(text: str, survivor: Reference, others: list[Reference]) -> dict[str, Field]:
    """Return the fields of the merged entry: those of the survivor, but for those that another one has alone or says better."""
    best = dict(survivor.fields)
    for other in others:
        for name, field in other.fields.items():
            known = best.get(name)
            if field.value and (known is None or (_can_replace(text, known, field) and _is_better(known, field))):
                best[name] = field
    return best


def _can_replace(text: str, known: Field, field: Field) -> bool:
    """Whether a value can stand between the delimiters of another."""
    delimiter = edits.written(text, known)[:1]
    return known.literal and field.literal and (delimiter == "{" or (delimiter == '"' and '"' not in field.raw))


def _is_better(known: Field, field: Field) -> bool:
    """Whether a value says the same as another and more: words written out, a subtitle, an address without what tracks."""
    if known.name == "url":
        same = urls.identity(known.value) == urls.identity(field.value)
        return same and urls.is_tracking(known.value) and not urls.is_tracking(field.value)
    return titles.is_shortened(known.value, field.value)


def dropped(bibliography: Bibliography, cluster: Cluster, index: int) -> list[str]:
    """Return the fields of an entry whose values are lost when it is merged."""
    survivor = bibliography.references[cluster.survivor]
    best = _best(bibliography.source.text, survivor, [bibliography.references[i] for i in cluster.members if i != cluster.survivor])
    lost = (field for field in bibliography.references[index].fields.values() if field.value and not _is_kept(field, best[field.name]))
    return [f"{field.name} = {field.value[:_SHOWN]}{'…' * (len(field.value) > _SHOWN)}" for field in lost]


def _is_kept(field: Field, best: Field) -> bool:
    if field.name == "url" and urls.identity(field.value) == urls.identity(best.value):
        return True
    return titles.folded(field.value) == titles.folded(best.value) or titles.is_shortened(field.value, best.value)


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
