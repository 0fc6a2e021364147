r"""The .bbl files of biblatex: entries as data (`\entry`, `\field`, `\name`, `\list`, `\verb`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import keys
from refcheck.model.reference import Bibliography, Contributor
from refcheck.model.source import Source, Span
from refcheck.readers.draft import Draft
from refcheck.text import dates, latex

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from refcheck.model.reference import Reference

_ENTRY = re.compile(r"\\entry\{([^{}]+)\}\{([A-Za-z]+)\}")
_DATA = re.compile(r"\\(field|name|list|range)\{([A-Za-z]+)\}(?:\{[^{}]*\}){0,2}\{|\\verb\{([A-Za-z]+)\}\s*\\verb ([^\n]*)")
_PART = re.compile(r"(family|given|prefix|suffix)=\{")
_NAMES = {"journaltitle": "journal", "location": "address", "labelnumber": "", "eventtitle": "eventtitle"}
_PRIVATE = re.compile(
    r"(?:sort\w*|label\w*|extra\w*|\w*hash\w*|\w*source|\w*initials?|unique\w*|singletitle|(?:url|event|orig)?(?:year|month|day)|(?:\w*)dateera\w*|refsection|pages)"
)


def looks_like(text: str) -> bool:
    """Whether a text has biblatex's data."""
    return bool(_ENTRY.search(text)) and "\\endentry" in text


def read(source: Source, taken: Container[str] = ()) -> Bibliography:
    """Read the entries; one that a second sorting list repeats is read once."""
    used = keys.Used(taken)
    seen: set[str] = set()
    references = []
    for match in _ENTRY.finditer(source.text):
        end = source.text.find("\\endentry", match.end())
        if end >= 0 and match[1] not in seen:
            seen.add(match[1])
            references.append(_reference(source, match, end, used))
    return Bibliography(source, tuple(references))


def _reference(source: Source, head: re.Match[str], end: int, used: keys.Used) -> Reference:
    draft = Draft(source, Span(head.start(), end + len("\\endentry")))
    values = {name: (value, place) for name, value, place in _data(draft, head.end(), end)}
    for prefix, target in (("", ""), ("url", "urldate"), ("orig", "origdate"), ("event", "eventdate")):
        date = dates.parse(
            "-".join(values[f"{prefix}{part}"][0].zfill(2) for part in ("year", "month", "day") if f"{prefix}{part}" in values)
        )
        if date and target:
            draft.put(target, str(date), values[f"{prefix}year"][1])
        elif date:
            draft.date(date, values["year"][1])
    for name, (value, place) in values.items():
        if name == "url":
            draft.address(value, place)
        elif name == "pages":
            draft.put("pages", value.replace("\\bibrangedash", "--").replace("\\bibrangessep", ", ").replace(" ", ""), place)
        elif name in {"doi", "eprint", "file"} or not _PRIVATE.fullmatch(name):
            text = value if name in {"doi", "eprint", "file"} else latex.decode(value)
            draft.put(_NAMES.get(name, name), text, place)
    return draft.reference(head[1], head[2].lower(), used)


def _data(draft: Draft, position: int, end: int) -> Iterator[tuple[str, str, Span]]:
    """Yield (field, value as written, place); names become contributors."""
    text = draft.source.text
    while data := _DATA.search(text, position, end):
        position = data.end()
        if data[3]:
            if data[3] != "urlraw":
                yield data[3], data[4].strip(), Span(data.start(4), data.end(4))
            continue
        closing = latex.closing_brace(text[data.end() - 1 : end], 0)
        if closing < 0:
            continue
        span = Span(data.end(), data.end() - 1 + closing)
        position = span.end
        if data[1] == "name":
            _people(draft, data[2], span)
        elif data[1] == "list":
            parts = re.findall(r"\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", text[span.start : span.end])
            yield data[2], " and ".join(parts), span
        elif data[1] == "field":
            yield data[2], text[span.start : span.end], span


def _people(draft: Draft, role: str, span: Span) -> None:
    if role in {"labelname", "sortname", "shortauthor", "shorteditor"}:
        return
    text = draft.source.slice(span)
    for person in re.split(r"\{\{[^{}]*hash=[^{}]*\}\{", text)[1:]:
        parts: dict[str, str] = {}
        for part in _PART.finditer(person):
            closing = latex.closing_brace(person, part.end() - 1)
            if closing > 0:
                parts.setdefault(part[1], latex.decode(person[part.end() : closing]))
        family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
        given = parts.get("given", "")
        contributor = (
            Contributor(family, given, role=role, suffix=parts.get("suffix", ""))
            if family and given
            else Contributor(literal=family or given, role=role)
        )
        draft.person(contributor, span)
