"""CITATION.cff (Citation File Format 1.2): the work itself, or what is to be cited in its place, and its references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from refcheck.bibtex import keys
from refcheck.model.reference import Bibliography, Contributor, Unreadable
from refcheck.model.source import Source, Span
from refcheck.readers import yaml
from refcheck.readers.draft import Draft
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Container

    from refcheck.model.reference import Reference

_TYPES = {
    "article": "article", "book": "book", "pamphlet": "booklet", "conference-paper": "inproceedings", "conference": "proceedings", "proceedings": "proceedings",
    "thesis": "thesis", "report": "report", "government-document": "report", "grant": "report", "standard": "standard", "website": "online", "blog": "online",
    "data": "dataset", "database": "dataset", "dictionary": "reference", "encyclopedia": "reference", "software": "software", "software-code": "software",
    "software-container": "software", "software-executable": "software", "software-virtual-machine": "software", "patent": "patent", "video": "video",
    "film-broadcast": "video", "audiovisual": "video", "sound-recording": "audio", "music": "music", "map": "image", "art": "artwork", "newspaper": "periodical",
    "newspaper-article": "article", "magazine-article": "article", "manual": "manual", "unpublished": "unpublished", "personal-communication": "letter",
    "serial": "periodical", "statute": "legislation", "bill": "legislation", "legal-case": "jurisdiction", "edited-work": "collection", "slides": "misc",
}  # fmt: skip
_SUBTYPES = {"newspaper-article": "newspaper", "magazine-article": "magazine"}
_FIELDS = {
    "journal": "journal", "collection-title": "booktitle", "volume": "volume", "issue": "number", "number": "number", "edition": "edition", "doi": "doi",
    "isbn": "isbn", "issn": "issn", "pmcid": "pmcid", "abstract": "abstract", "version": "version", "notes": "note", "thesis-type": "type",
    "volume-title": "volume-title", "pages": "pagetotal", "section": "section", "status": "pubstate", "number-volumes": "volumes", "medium": "medium",
}  # fmt: skip
_ROLES = {
    "authors": "author",
    "editors": "editor",
    "translators": "translator",
    "editors-series": "serieseditor",
    "recipients": "recipient",
}
_URLS = ("url", "repository-code", "repository", "repository-artifact")


def read(source: Source, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read the work, or its preferred citation where it has one, then its references."""
    root = yaml.load(source.text)
    if isinstance(root, yaml.Fault):
        return Unreadable(source.path, f"it is no YAML that can be read: {root}; mend that line")
    if root is None or root.get("title") is None:
        return Unreadable(source.path, "it is no CITATION.cff: it needs cff-version, title and authors")
    preferred, listed = root.get("preferred-citation"), root.get("references")
    nodes = [preferred or root, *(listed.items() if listed else [])]
    used = keys.Used(taken)
    return Bibliography(source, tuple(_reference(source, node, used) for node in nodes if node.get("title")))


def _reference(source: Source, node: yaml.Node, used: keys.Used) -> Reference:
    work = {name: value for name, value in node.plain().items() if value}
    inner = [child.span.start for name in ("preferred-citation", "references") if (child := node.get(name))]
    draft = Draft(source, Span(node.span.start, min([node.span.end, *inner])))
    kind = _text(work.get("type")) or "software"
    entry_type = "dataset" if kind == "dataset" else _TYPES.get(kind, "misc")
    draft.put("title", _text(work["title"]), None, "title:")
    for name, role in _ROLES.items():
        for person in work.get(name) or () if isinstance(work.get(name), list) else ():
            draft.person(_person(person, role))
    released = next((_text(work[n]) for n in ("date-published", "date-released", "issue-date") if n in work), "")
    day = dates.parse(released) or dates.parse(f"{_text(work.get('year'))}-{_text(work.get('month')).zfill(2)}")
    draft.date(day, draft.place(released or _text(work.get("year"))))
    for name in _URLS:
        draft.address(_text(work.get(name)))
    for name, value in work.items():
        _take(draft, name, value, entry_type)
    pages = [_text(work[name]) for name in ("start", "end") if name in work]
    draft.put("pages", "--".join(dict.fromkeys(pages)), draft.place(pages[0], "start:") if pages else None)
    draft.put("entrysubtype", _SUBTYPES.get(kind, kind if kind not in _TYPES and kind != "dataset" else ""))
    return draft.reference("", entry_type, used)


def _take(draft: Draft, name: str, value: Any, entry_type: str) -> None:  # noqa: ANN401 - YAML
    if name in {"publisher", "institution"}:
        own = "school" if entry_type == "thesis" else "institution" if entry_type == "report" else "publisher"
        draft.put(own, _text(value.get("name") if isinstance(value, dict) else value))
    elif name == "keywords" and isinstance(value, list):
        draft.put("keywords", ", ".join(map(_text, value)))
    elif name == "identifiers" and isinstance(value, list):
        for item in value:
            kind, text = (_text(item.get("type")), _text(item.get("value"))) if isinstance(item, dict) else ("", "")
            draft.address(text) if kind == "url" else draft.put({"doi": "doi"}.get(kind, "") if "doi" not in draft.fields else "", text)
    elif name == "date-accessed":
        draft.put("urldate", _text(value))
    elif name == "conference" and isinstance(value, dict):
        draft.put("eventtitle", _text(value.get("name")))
    elif name in _FIELDS:
        draft.put(_FIELDS[name], _text(value), None, f"{name}:")
    elif name in {"license", "commit", "filename", "copyright", "languages", "database", "department", "location"}:
        draft.put(name, _text(value), None, f"{name}:")


def _person(person: Any, role: str) -> Contributor:  # noqa: ANN401 - YAML
    if not isinstance(person, dict):
        return Contributor(literal=_text(person), role=role)
    family = " ".join(filter(None, (_text(person.get("name-particle")), _text(person.get("family-names")))))
    given = _text(person.get("given-names"))
    if family and given:
        return Contributor(family, given, role=role, suffix=_text(person.get("name-suffix")))
    return Contributor(literal=_text(person.get("name")) or family or given or _text(person.get("alias")), role=role)


def _text(value: Any) -> str:  # noqa: ANN401 - YAML
    if isinstance(value, dict):
        return _text(value.get("name"))
    return ", ".join(map(_text, value)) if isinstance(value, list) else re.sub(r"\s+", " ", str(value or "")).strip()
