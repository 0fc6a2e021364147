"""References as CSL-JSON (schema 1.0.2), with the confidence of each field under `custom`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from refcheck.model.reference import Role
from refcheck.text import csl, dates, names, urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refcheck.model.reference import Contributor, PartialDate, Reference

_DATES = {
    "urldate": "accessed",
    "origdate": "original-date",
    "eventdate": "event-date",
    "submitted": "submitted",
    "availabledate": "available-date",
}
_TAKEN_ELSEWHERE = frozenset("year month day date archiveurl archive-url entrysubtype season archivelocation".split())


def render(references: Iterable[Reference]) -> str:
    """Return the references as one JSON list, ending with a newline."""
    return json.dumps([item(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def render_lines(references: Iterable[Reference]) -> str:
    """Return one item a line, in order."""
    return "".join(json.dumps(item(reference), ensure_ascii=False) + "\n" for reference in references)


def item(reference: Reference) -> dict[str, Any]:
    """Return one reference as a CSL item; what CSL has no name for stands under `custom`."""
    subtype = reference.value("entrysubtype")
    kind = csl.csl_type(reference.entry_type, subtype, has_url="url" in reference.fields, is_preprint=bool(reference.value("eprint")))
    found: dict[str, Any] = {"id": reference.key, "type": kind}
    confidence: dict[str, float] = {}
    own: dict[str, str] = {"entrysubtype": subtype} if subtype and subtype not in {kind, kind.removeprefix("article-")} else {}
    for name, field in reference.fields.items():
        target = _variable(name, reference)
        if target and target not in found and field.value:
            found[target] = _value(target, field.value)
            confidence[target] = field.confidence
        elif field.value and name not in _TAKEN_ELSEWHERE and name not in _DATES and name not in _ROLE_FIELDS:
            own[name] = field.value
    for role, name in csl.ROLES.items():
        if people := _people(reference, name):
            found[role] = people
            confidence[role] = reference.fields[name].confidence if name in reference.fields else 1.0
    if issued := _issued(reference):
        found["issued"] = issued
        confidence["issued"] = next((reference.fields[n].confidence for n in ("year", "date") if n in reference.fields), 1.0)
    dated = {target: dates.parse(reference.value(name)) for name, target in _DATES.items()}
    found |= {target: {"date-parts": [_parts(date)]} for target, date in dated.items() if date}
    _archive(found, reference)
    found["custom"] = {"confidence": confidence | {"type": reference.type_confidence}} | ({"fields": own} if own else {})
    if reference.doubts:
        found["custom"] |= {"raw": reference.raw, "doubts": list(reference.doubts)}
    return found


def _archive(found: dict[str, Any], reference: Reference) -> None:
    """Say where a copy is: an archived one, or the shelf of a library."""
    copy = next((link.target for link in reference.links if link.target and link.role is Role.ARCHIVED_COPY), None)
    if copy and "archive" not in found and "archive_location" not in found:
        found |= {"archive": urls.host_of(copy), "archive_location": copy}
    elif place := reference.value("archivelocation"):
        found["archive_location"] = place


_ROLE_FIELDS = frozenset(csl.ROLES.values())


def _variable(name: str, reference: Reference) -> str | None:
    """Return the CSL name of a field in a reference of this type."""
    if name == "number" and reference.entry_type in csl.NUMBERED:
        return "number"
    if name == "organization" and reference.entry_type in {"online", "misc", "software", "video", "dataset"}:
        return "container-title"
    return csl.FIELDS.get(name) or (name if name in csl.SAME_NAME else None)


def _people(reference: Reference, role: str) -> list[dict[str, str]]:
    """Return the contributors of a role: as they were read, or as the field of that name lists them."""
    people = [contributor for contributor in reference.contributors if contributor.role == role]
    if not people and role in reference.fields and role not in {"author", "editor"}:
        people = list(names.parse_list(reference.fields[role].raw, role))
    return [person(contributor) for contributor in people]


def _issued(reference: Reference) -> dict[str, Any] | None:
    if not reference.issued:
        return {"literal": text} if (text := reference.value("date", "year")) else None
    parts = [_parts(reference.issued)]
    end = dates.parse(reference.value("date").partition("/")[2])
    season = reference.value("season")
    return {"date-parts": [*parts, *([_parts(end)] if end else [])]} | ({"season": season} if season else {})


def _parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part]


def _value(name: str, value: str) -> str:
    return re.sub(r"-{2,3}", "–", value) if name == "page" else value


def person(contributor: Contributor) -> dict[str, str]:
    """Return a contributor as a CSL name."""
    if contributor.literal:
        return {"literal": contributor.literal}
    named = {"family": contributor.family, "given": contributor.given, "suffix": contributor.suffix}
    return {part: text for part, text in named.items() if text}
