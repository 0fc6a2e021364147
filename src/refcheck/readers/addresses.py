"""The links and identifiers of a reference, wherever it has them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refcheck.model.reference import Field, Identifier, Link, Role
from refcheck.model.source import Span
from refcheck.text import identifiers, latex, urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

URL_FIELDS = frozenset("url urls link ee pdf archiveurl archive-url oa-url bdsk-url-1 bdsk-url-2 eprinturl".split())
TEXT_FIELDS = frozenset("howpublished note addendum annote titleaddon pubstate eprint doi".split())
RESOLVERS = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}
_URL_COMMAND = re.compile(r"\\(?:url|path|nolinkurl|href)\s*\{")


def links(fields: Mapping[str, Field], named: tuple[Identifier, ...] | None = None) -> tuple[Link, ...]:
    """Return every address of the fields, each place once, in their order; `named` are their identifiers, where those are known."""
    found: dict[Span, Link] = {}
    for field in fields.values():
        if field.name in URL_FIELDS:
            for link in _of_url_field(field):
                found.setdefault(link.span, link)
        elif field.name in TEXT_FIELDS:
            for link in _of_text(field):
                found.setdefault(link.span, link)
    for link in _of_identifiers(fields, of_fields(fields) if named is None else named):
        found.setdefault(link.span, link)
    return tuple(found.values())


def make(url: str, span: Span, field: str = "url") -> Link:
    """Return the link for an address as written at a place."""
    address = urls.read(url)
    archived = field in {"archiveurl", "archive-url"} or urls.ARCHIVES.match(url)
    full_text = field == "pdf" or urls.split(url).path.lower().endswith(".pdf")
    role = Role.ARCHIVED_COPY if archived else Role.FULL_TEXT if full_text else Role.LANDING_PAGE
    target = url if address.target == url else address.target  # one text, kept once
    return Link(url, target, role, span, field, address.fault, address.repair)


def _of_url_field(field: Field) -> Iterator[Link]:
    raw = field.raw.strip()
    if not raw:
        return
    if not field.literal:
        yield replace(make(latex.decode_url(raw), field.span, field.name), literal=False)
        return
    places = list(urls.find(raw))
    if len(places) > 1 and re.search(r"\s", raw):
        offset = field.span.start + (len(field.raw) - len(field.raw.lstrip()))
        for start, end in places:
            yield make(latex.decode_url(raw[start:end]), Span(offset + start, offset + end), field.name)
        return
    yield make(latex.decode_url(raw), field.span, field.name)


def _of_text(field: Field) -> Iterator[Link]:
    for link in _within(field):
        yield link if field.literal else replace(link, span=field.span, literal=False)


def _within(field: Field) -> Iterator[Link]:
    covered: list[Span] = []
    for match in _URL_COMMAND.finditer(field.raw):
        end = latex.closing_brace(field.raw, match.end() - 1)
        if end > 0:
            span = Span(field.span.start + match.end(), field.span.start + end)
            covered.append(span)
            yield make(latex.decode_url(field.raw[match.end() : end]), span, field.name)
    for start, end in urls.find(field.raw):
        span = Span(field.span.start + start, field.span.start + end)
        if not any(c.start <= span.start < c.end for c in covered):
            yield make(latex.decode_url(field.raw[start:end]), span, field.name)


def _of_identifiers(fields: Mapping[str, Field], named: tuple[Identifier, ...]) -> Iterator[Link]:
    """Yield the links that identifiers stand for: resolvers' addresses, never to be rewritten."""
    for item in named:
        if item.scheme in RESOLVERS and not _inside_address(fields, item):
            field = next(f for f in fields.values() if f.span.start <= item.span.start <= f.span.end)
            yield of_identifier(item, field.value, field.name)


def of_identifier(item: Identifier, written: str, field: str) -> Link:
    """Return the link that an identifier stands for."""
    target = urls.read(RESOLVERS[item.scheme] + item.value).target
    return Link(written, target, Role.LANDING_PAGE, item.span, field, literal=False)


def _inside_address(fields: Mapping[str, Field], item: Identifier) -> bool:
    return any(f.name in URL_FIELDS and f.span.start <= item.span.start <= f.span.end for f in fields.values())


def of_fields(fields: Mapping[str, Field]) -> tuple[Identifier, ...]:
    """Return the identifiers that the fields name: doi, eprint (arXiv), isbn, pmid, and those in their addresses."""
    found: dict[tuple[str, str], Identifier] = {}

    def add(scheme: str, field: Field | None) -> None:
        if field and (value := identifiers.normalise(scheme, field.value)):
            found.setdefault((scheme, value), Identifier(scheme, value, field.span))

    for scheme in ("doi", "isbn", "issn", "pmid"):
        add(scheme, fields.get(scheme))
    eprint = fields.get("eprint")
    kind = " ".join(fields[n].value.lower() for n in ("eprinttype", "archiveprefix", "archive") if n in fields)
    if eprint and ("arxiv" in kind or (not kind and identifiers.ARXIV.fullmatch(f"arXiv:{eprint.value}"))):
        add("arxiv", eprint)
    for field in fields.values():
        if field.name in URL_FIELDS or field.name in {"note", "howpublished"}:
            for scheme, value, *_ in identifiers.find(latex.decode_url(field.raw)):
                found.setdefault((scheme, value), Identifier(scheme, value, field.span))
    return tuple(found.values())
