"""CSL items: CSL-JSON (a list, one item, or one item a line) and CSL-YAML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from refcheck.bibtex import keys
from refcheck.model.reference import Bibliography, Contributor, PartialDate, Problem, Reference, Unreadable
from refcheck.model.source import Source, Span
from refcheck.readers import yaml
from refcheck.readers.draft import Draft
from refcheck.text import csl, dates

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_DATES = {
    "accessed": "urldate",
    "original-date": "origdate",
    "event-date": "eventdate",
    "submitted": "submitted",
    "available-date": "availabledate",
}
_ALIASES = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short", "event": "event-title"}
_EPRINTS = frozenset({"arxiv", "jstor", "pubmed", "hdl", "biorxiv", "medrxiv", "googlebooks"})
_SPACE = re.compile(r"[\s,]*")
_SEASONS = {"1": "spring", "2": "summer", "3": "autumn", "4": "winter"}


def read(source: Source, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read CSL-JSON; an item that does not parse is a problem at its line, and the rest is read."""
    text = source.text.lstrip("\ufeff \t\r\n")
    start = len(source.text) - len(text)
    wrapped = re.match(r"\{\s*\"(?:items|references)\"\s*:\s*", text)
    items: list[tuple[dict[str, Any], Span]] = []
    problems: list[Problem] = []
    position = start + (wrapped.end() if wrapped else 0)
    position += source.text.startswith("[", position)
    for found in _values(source.text, position):
        if isinstance(found, Problem):
            problems.append(found)
        elif isinstance(found[0], dict):
            items.append((found[0], found[1]))
    items = [item for item in items if _is_item(item[0])]
    if not items:
        why = f"it does not parse ({problems[0].message})" if problems else "it has no CSL items (objects with id, type and title)"
        return Unreadable(source.path, f"it is JSON, but {why}; export CSL-JSON or BibTeX from your reference manager")
    return Bibliography(source, read_items(source, items, taken), tuple(problems))


def read_yaml(source: Source, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read CSL-YAML: a list of items, or the list under `references`."""
    found = yaml.load(source.text)
    if isinstance(found, yaml.Fault):
        return Unreadable(source.path, f"it is no YAML that can be read: {found}; mend that line")
    return Bibliography(source, read_items(source, yaml_items(found), taken))


def yaml_items(found: yaml.Node | None) -> Iterator[tuple[dict[str, Any], Span]]:
    """Yield the CSL items of a YAML document with their places."""
    items = found.get("references") if found else None
    for node in (items or found).items() if found else ():
        value = node.plain()
        if isinstance(value, dict) and _is_item(value):
            yield value, node.span


def _values(text: str, position: int) -> Iterator[tuple[Any, Span] | Problem]:
    """Yield the values of a list, or of lines, with their places; after one that is broken, go on at the next line that begins one."""
    decoder = json.JSONDecoder()
    while True:
        position = _end(_SPACE.match(text, position), position)
        if position >= len(text) or text[position] in "]}":
            return
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            where = error.pos if isinstance(error, json.JSONDecodeError) else position
            yield Problem(
                "broken-block",
                f"{getattr(error, 'msg', 'it is nested too deeply')}",
                Span(position, max(position, min(where + 1, len(text)))),
            )
            next_item = re.compile(r"\n[ \t]*\{").search(text, max(where, position + 1))
            if not next_item:
                return
            end, value = next_item.start() + 1, None
        if value is not None:
            yield value, Span(position, end)
        position = end


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


def _is_item(item: dict[str, Any]) -> bool:
    return bool(item.keys() & {"title", "DOI", "URL", "author", "container-title"}) and ("type" in item or "id" in item)


def read_items(source: Source, items: Iterable[tuple[dict[str, Any], Span]], taken: Container[str] = ()) -> tuple[Reference, ...]:
    """Return the references of CSL items, each at its place."""
    used = keys.Used(taken)
    return tuple(_reference(source, item, span, used) for item, span in items)


def written(value: str) -> tuple[str, ...]:
    """Return how JSON may write a text: as it is, with its escapes, and those of PHP."""
    plain = json.dumps(value, ensure_ascii=False)[1:-1]
    return plain, json.dumps(value)[1:-1], plain.replace("/", "\\/")


def _reference(source: Source, item: dict[str, Any], span: Span, used: keys.Used) -> Reference:
    draft = Draft(source, span, written)
    entry_type, subtype = csl.entry_type(_text(item.get("type")))
    draft.date(_partial(item.get("issued")))
    if isinstance(item.get("issued"), dict):
        _rest_of_date(draft, item["issued"])
    for name, value in item.items():
        _take(draft, _ALIASES.get(name, name), value, entry_type, item)
    draft.put("entrysubtype", subtype, draft.place(subtype, '"type"'))
    if "number" in item and "issue" not in item:
        draft.put("number", _text(item["number"]), None, '"number"')
    elif entry_type not in csl.NUMBERED:
        draft.put("seriesnumber" if "number" in item else "", _text(item.get("number")))
    return draft.reference(_text(item.get("id") or item.get("citation-key")), entry_type, used)


def _take(draft: Draft, name: str, value: Any, entry_type: str, item: dict[str, Any]) -> None:  # noqa: ANN401 - JSON
    if name in {"id", "type", "issued", "number", "citation-key"} or value in (None, "", [], {}):
        return
    if name == "custom" and isinstance(value, dict):
        for own, text in (value.get("fields") or {}).items() if isinstance(value.get("fields"), dict) else ():
            draft.put(str(own), _text(text))
    elif name in csl.ROLES and isinstance(value, list):
        for person in value:
            draft.person(contributor(person, csl.ROLES[name]))
    elif name in _DATES:
        _take_date(draft, _DATES[name], value)
    elif name == "URL":
        draft.address(_text(value))
    elif name in {"archive", "archive_location"}:
        _take_archive(draft, name, _text(value), _text(item.get("archive")))
    else:
        draft.put(csl.field_name(name, entry_type), _text(value), None, f'"{name}"')


def _take_archive(draft: Draft, name: str, value: str, archive: str) -> None:
    """Take an archive for what it is: an archived copy's address, a preprint server, or a place that keeps papers."""
    if value.startswith(("http://", "https://")):
        draft.address(value)
    elif archive.lower() in _EPRINTS:
        draft.put("eprint" if name == "archive_location" else "eprinttype", value if name == "archive_location" else value.lower())
    elif not re.fullmatch(r"[\w.-]+\.[a-z]{2,}", value):
        draft.put("archive" if name == "archive" else "archivelocation", value)


def _text(value: Any, depth: int = 0) -> str:  # noqa: ANN401 - JSON
    """Return a value as text; what is nested deeper than any bibliography is left out."""
    if isinstance(value, list | dict):
        parts = (
            value if isinstance(value, list) else [f"{name}: {_text(part, depth + 1)}" for name, part in value.items()] if depth < 4 else []
        )
        return ", ".join(_text(part, depth + 1) for part in parts) if depth < 4 else ""
    return "" if value is None else str(value)


def contributor(person: Any, role: str) -> Contributor:  # noqa: ANN401 - JSON
    """Return the contributor of a CSL name; particles stand before the family name."""
    if not isinstance(person, dict):
        return Contributor(literal=_text(person), role=role)
    part = {name: _text(value).strip() for name, value in person.items()}
    family = " ".join(filter(None, (part.get("dropping-particle"), part.get("non-dropping-particle"), part.get("family"))))
    given = part.get("given", "")
    if not family or not given:
        return Contributor(literal=part.get("literal") or part.get("name") or family or given, role=role)
    return Contributor(family, given, role=role, suffix=part.get("suffix", ""))


def _parts(value: Any) -> list[list[int]]:  # noqa: ANN401 - JSON
    """Return the date-parts of a CSL date as numbers; what is none ends a date."""
    found = []
    for date in value.get("date-parts") or [] if isinstance(value, dict) else []:
        texts = [_text(part).strip() for part in date] if isinstance(date, list) else []
        numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,4}", text)]
        found.append(numbers if len(numbers) == len(texts) else numbers[:1])
    return [numbers for numbers in found if numbers and 0 < numbers[0] <= 9999]


def _partial(value: Any) -> PartialDate | None:  # noqa: ANN401 - JSON
    parts = _parts(value)
    if parts:
        year, month, day = (*parts[0], 0, 0)[:3]
        return dates.valid(year, month, day)
    text = " ".join(_text(value.get(n)) for n in ("raw", "literal", "edtf", "year")) if isinstance(value, dict) else _text(value)
    return dates.parse(text)


def _rest_of_date(draft: Draft, value: dict[str, Any]) -> None:
    """Keep what a date of issue has beyond one day: a range, a season, a text."""
    parts = _parts(value)
    if len(parts) > 1 and draft.issued:
        end = dates.valid(*(*parts[1], 0, 0)[:3])
        draft.put("date", f"{draft.issued}/{end}", draft.place(str(draft.issued.year)))
    season = _text(value.get("season"))
    draft.put("season", _SEASONS.get(season, season))
    if not draft.issued:
        draft.put("date", _text(value.get("literal") or value.get("raw")))


def _take_date(draft: Draft, name: str, value: Any) -> None:  # noqa: ANN401 - JSON
    if date := _partial(value):
        draft.put(name, str(date), draft.place(str(date.year), name))
