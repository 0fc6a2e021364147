"""Markdown, Quarto and R Markdown: a typed list, footnotes, references and bibliographies named in the YAML header, and `[@key]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refcheck.model.reference import Bibliography, Citation, Reference
from refcheck.model.source import Source, Span
from refcheck.prose import segment
from refcheck.readers import citations, csl, extract, prose, yaml
from refcheck.readers.extract import Extract, Item

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_HEADER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FOOTNOTE = re.compile(
    r"^[ ]{0,3}\[\^([^\]\s]+)\]:[ \t]*(?P<body>[^\n]*(?:\n(?:[ \t]*\n)*(?: {2,}|\t)[^\n]*)*(?:\n(?![ \t]*(?:\n|\[\^|#|[-*+] |\d+\. ))[^\n]+)*)",
    re.MULTILINE,
)
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_NOTE_IS_REFERENCE = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)|://")
_IS_WHOLE = re.compile(r"://|(?:[*_]|[“\"«„])[^*_“”\"«»„]{8,}(?:[*_]|[”\"»“])")  # an address, or a title that is set off
_ANCHOR = re.compile(r"<a\s+(?:id|name)\s*=\s*(?:\"[^\"\n]*\"|'[^'\n]*')\s*/?>(?P<inside>[^<\n]{0,40})</a>(?P<colon>:?)", re.IGNORECASE)
_SHORT = re.compile(r"\s*(?:ibid|ebd|op\. ?cit|loc\. ?cit|idem|see (?:also )?note)\b", re.IGNORECASE)


def read(source: Source, taken: Container[str] = ()) -> Bibliography:
    """Read the header, the typed list, and the footnotes that are references."""
    header = _HEADER.match(source.text)
    found = yaml.load(header[1], header.start(1)) if header else None
    root = found if isinstance(found, yaml.Node) else None
    items = csl.yaml_items(root.get("references")) if root and root.get("references") else ()
    listed = csl.read_items(source, items, taken)
    blank = re.sub(r"[^\n]", " ", header[0]) if header else ""
    body = replace(source, text=blank + _ANCHOR.sub(_without_anchor, source.text[len(blank) :]))
    typed, marks = _typed(source, body, taken, known=bool(root and (root.get("references") or root.get("bibliography"))))
    references: tuple[Reference, ...] = (*listed, *typed.references)
    text = citations.in_prose(replace(typed, source=body)) if typed.references else ()
    return Bibliography(
        source,
        references,
        typed.problems,
        includes=tuple(_named(root)) if root else (),
        citations=(*citations.in_markdown(body.text), *marks, *text),
    )


def _without_anchor(anchor: re.Match[str]) -> str:
    """Return what an anchor holds, as long as the anchor, so that every place stays true."""
    return f"{anchor['inside']}{anchor['colon']}".ljust(len(anchor[0]))


def _typed(source: Source, body: Source, taken: Container[str], *, known: bool) -> tuple[Bibliography, tuple[Citation, ...]]:
    """Read the list below its heading, and the footnotes that are references; a text without either is a list only if nothing else is known."""
    has_list = extract.has_list(body.text)
    if not has_list:
        found, marks = footnotes(source, body.text, taken)
        if found.references or known:
            return found, marks
    listed = replace(prose.read(body, taken), source=source)
    if not has_list or not _FOOTNOTE.search(body.text):
        return listed, ()
    notes, marks = footnotes(source, body.text, _Taken(taken, frozenset(r.key for r in listed.references)), beside=listed.references)
    references = sorted((*listed.references, *notes.references), key=lambda reference: reference.span.start)
    return replace(listed, references=tuple(references)), marks


@dataclass(frozen=True, slots=True)
class _Taken:
    """The keys that others have, and those of the list."""

    others: Container[str]
    own: frozenset[str]

    def __contains__(self, key: object) -> bool:
        return key in self.own or key in self.others


def _named(root: yaml.Node) -> Iterator[str]:
    """Yield the bibliographies that a header names: a file, a list of them, or a table of lists."""
    named = root.get("bibliography")
    value = named.plain() if named else ""
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
        for name in part if isinstance(part, list) else [part]:
            if isinstance(name, str) and name.strip() and "://" not in name:
                yield name.strip()


def footnotes(
    source: Source, text: str, taken: Container[str], beside: Sequence[Reference] = ()
) -> tuple[Bibliography, tuple[Citation, ...]]:
    """Read the footnotes that are references; the others are remarks, and beside a list those that may only point at one of its references."""
    told = Extract()
    items = []
    for match in _FOOTNOTE.finditer(text):
        body = match["body"]
        if beside and (not _IS_WHOLE.search(body) or any(r.span.start < match.end() and match.start("body") < r.span.end for r in beside)):
            continue
        if (
            not _NOTE_IS_REFERENCE.search(body)
            or _SHORT.match(body)
            or not (segment.plausibility(" ".join(body.split())) >= 0.8 or "://" in body)
        ):
            continue
        start = len(told)
        told.copy(body, match.start("body"))
        items.append(Item(start, len(told), mark=match[1]))
        told.put("\n", match.end() - 1)
    if not items:
        return Bibliography(source, ()), ()
    found, marks = extract.read(source, told, items, taken)
    cited = (Citation(marks[m[1]], m[0], Span(*m.span())) for m in _FOOTNOTE_MARK.finditer(text) if m[1] in marks)
    return found, tuple(cited)
