"""References as CSL-JSON (schema 1.0.2), with the confidence of each field under `custom`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from refcheck.model.reference import Role
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refcheck.model.reference import Contributor, Reference

_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "proceedings": "book", "collection": "book", "manual": "book", "mastersthesis": "thesis", "phdthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "standard": "standard", "online": "webpage", "dataset": "dataset", "software": "software",
    "video": "motion_picture", "unpublished": "manuscript",
}  # fmt: skip
_FIELDS = {
    "title": "title", "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title", "publisher": "publisher",
    "school": "publisher", "institution": "publisher", "howpublished": "publisher", "address": "publisher-place", "location": "publisher-place",
    "volume": "volume", "number": "issue", "issue": "issue", "pages": "page", "edition": "edition", "url": "URL", "doi": "DOI", "isbn": "ISBN",
    "issn": "ISSN", "pmid": "PMID", "note": "note", "series": "collection-title", "eprint": "archive_location", "eprinttype": "archive",
}  # fmt: skip


def render(references: Iterable[Reference]) -> str:
    """Return the references as one JSON list, ending with a newline."""
    return json.dumps([item(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def render_lines(references: Iterable[Reference]) -> str:
    """Return one item a line, in order."""
    return "".join(json.dumps(item(reference), ensure_ascii=False) + "\n" for reference in references)


def item(reference: Reference) -> dict[str, Any]:
    """Return one reference as a CSL item."""
    found: dict[str, Any] = {"id": reference.key, "type": _type(reference)}
    confidence = {}
    for name, field in reference.fields.items():
        target = "number" if name == "number" and reference.entry_type not in {"article", "periodical"} else _FIELDS.get(name)
        if target and target not in found and field.value:
            found[target] = _value(target, field.value)
            confidence[target] = field.confidence
    for role in ("author", "editor"):
        if people := [person(c) for c in reference.contributors if c.role == role]:
            found[role] = people
            confidence[role] = reference.fields[role].confidence if role in reference.fields else 1.0
    if reference.issued:
        date = reference.issued
        found["issued"] = {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
        confidence["issued"] = next((reference.fields[n].confidence for n in ("year", "date") if n in reference.fields), 1.0)
    if accessed := reference.value("urldate"):
        found["accessed"] = {"date-parts": [[int(part) for part in re.findall(r"\d+", accessed)[:3]]]}
    copy = next((link.target for link in reference.links if link.target and link.role is Role.ARCHIVED_COPY), None)
    if copy and "archive" not in found and "archive_location" not in found:
        found |= {"archive": urls.host_of(copy), "archive_location": copy}
    found["custom"] = {"confidence": confidence | {"type": reference.type_confidence}}
    if reference.doubts:
        found["custom"] |= {"raw": reference.raw, "doubts": list(reference.doubts)}
    return found


def _type(reference: Reference) -> str:
    if reference.entry_type == "misc":
        return "webpage" if "url" in reference.fields else "document"
    return _TYPES.get(reference.entry_type, "document")


def _value(name: str, value: str) -> str:
    return re.sub(r"-{2,3}", "–", value) if name == "page" else value


def person(contributor: Contributor) -> dict[str, str]:
    """Return a contributor as a CSL name."""
    if contributor.literal:
        return {"literal": contributor.literal}
    named = {"family": contributor.family, "given": contributor.given}
    return {part: text for part, text in named.items() if text}
