"""Plain text and Markdown with a list of references in it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from refcheck.bibtex import keys
from refcheck.model.reference import Bibliography, Contributor, Field, Ignore, Link, Problem, Reference
from refcheck.model.source import Source, Span
from refcheck.prose import fields, segment
from refcheck.readers import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Container

_REPEAT = re.compile(r"\s*(?:[-–—_]{2,}|[―⸺⸻]+)\s*[.,]")
_IGNORE = re.compile(r"<!--\s*refcheck:\s*ignore\b\s*(?P<rules>.*?)(?:\s+--\s*(?P<reason>.*?))?\s*-->")


def read(source: Source, taken: Container[str] = ()) -> Bibliography:
    """Read the lists of references of a document; text of a list that is no reference is a problem at its line."""
    text = _IGNORE.sub(lambda m: " " * len(m[0]), source.text)
    return read_split(source, segment.split(text), taken)


def read_split(source: Source, split: segment.Split, taken: Container[str] = ()) -> Bibliography:
    """Read the references of a document that is split already, be it by its markup."""
    references = _references(source, split.segments, taken)
    problems = [_leftover(left) for left in split.leftovers]
    return Bibliography(source, references, tuple(problems))


def read_lines(source: Source) -> Bibliography:
    """Read every line as one reference, in order."""
    return Bibliography(source, _references(source, segment.each_line(source.text), ()))


def _references(
    source: Source, segments: tuple[segment.Segment, ...] | list[segment.Segment], taken: Container[str]
) -> tuple[Reference, ...]:
    references: list[Reference] = []
    used = keys.Used(taken)
    previous: tuple[Contributor, ...] = ()
    for part in segments:
        reference = _reference(source, part, previous)
        previous = reference.authors
        references.append(replace(reference, key=used.new(reference.key)))
    return tuple(references)


def _reference(source: Source, part: segment.Segment, previous: tuple[Contributor, ...]) -> Reference:
    skipped = segment.without_marker(part.text)
    repeat = _REPEAT.match(part.text, skipped)
    if repeat and previous:
        skipped = repeat.end()
    parsed = fields.parse(part.text[skipped:])
    place = cache(part.place)  # many places are the same, and they are kept
    contributors = previous if repeat and previous else parsed.contributors
    found = {
        p.name: Field(
            p.name,
            p.value,
            *place(skipped + p.start, skipped + p.end),
            part.text[skipped + p.start : skipped + p.end],
            p.confidence,
        )
        for p in parsed.parts.values()
    }
    if repeat and previous:
        found["author"] = Field("author", " and ".join(p.name for p in previous), *part.place(0, skipped), part.text[:skipped], 0.95)
    title = found["title"].value if "title" in found else ""
    return Reference(
        key=keys.make(contributors, parsed.issued, title),
        entry_type=parsed.entry_type,
        fields=found,
        title=title,
        contributors=contributors,
        issued=parsed.issued,
        container_title=next((found[n].value for n in ("journal", "booktitle") if n in found), ""),
        identifiers=addresses.of_fields(found),
        links=_links(parsed, part, skipped, found, place),
        span=place(0, len(part.text)),
        key_span=place(skipped, min(skipped + 1, len(part.text))),
        source=source,
        doubts=_shared(tuple(d for d in parsed.doubts if not (repeat and d.startswith("no author")))),
        type_confidence=parsed.type_confidence,
        ignored=_ignores(source, part.span),
    )


@lru_cache(maxsize=1000)
def _shared(doubts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same doubts: one tuple for the thousands of references of a list that lack the same."""
    return doubts


def _links(
    parsed: fields.Parsed, part: segment.Segment, skipped: int, found: dict[str, Field], place: Callable[[int, int], Span]
) -> tuple[Link, ...]:
    """Return every address and identifier of a reference, each target once, at its place."""
    links = [addresses.make(p.value, place(skipped + p.start, skipped + p.end)) for p in parsed.pieces if p.name == "url"]
    taken = {link.target for link in links}
    for item in addresses.of_fields(found):
        if item.scheme in addresses.RESOLVERS:
            link = addresses.of_identifier(item, part_of(part, item.span), item.scheme)
            links += [link] if link.target not in taken else []
    return tuple(links)


def part_of(part: segment.Segment, span: Span) -> str:
    """Return the text of a reference at a place of the document."""
    return "".join(character for character, offset in zip(part.text, part.offsets, strict=True) if span.start <= offset < span.end)


def _leftover(left: segment.Leftover) -> Problem:
    if left.kind == "page-furniture":
        return Problem(left.kind, f"{left.text!r} was left out: it looks like a page number or a running head", left.span)
    text = re.sub(r"\s+", " ", left.text)
    shown = text if len(text) <= 60 else text[:59] + "…"
    return Problem(left.kind, f"{shown!r} stands in the list, but does not look like a reference", left.span)


def _ignores(source: Source, span: Span) -> tuple[Ignore, ...]:
    """Return the ignore comments on the lines directly above a reference."""
    found = []
    end = source.text.rfind("\n", 0, span.start) + 1
    while end > 0:
        start = source.text.rfind("\n", 0, end - 1) + 1
        match = _IGNORE.fullmatch(source.text[start:end].strip())
        if not match:
            break
        found.append(Ignore(tuple(re.findall(r"[\w-]+", match["rules"])), match["reason"] or "", Span(start, end - 1)))
        end = start
    return tuple(reversed(found))
