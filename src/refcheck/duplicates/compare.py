"""Whether two references are one work, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.model.reference import Role
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two references are one work: a reason code, a sentence, and how sure that is."""

    reason: str
    sentence: str
    confidence: float


def blocks(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the keys under which a duplicate of this reference would stand too."""
    if reference.key:
        yield "key", reference.key.lower()
    if doi := reference.identifier("doi"):
        yield "doi", doi
    for address in addresses(reference):
        yield "url", address
    if words := titles.words(reference.title):
        yield "title", " ".join(words)


def addresses(reference: Reference) -> set[str]:
    """Return the identities of the pages a reference links to; a site's front page tells nothing."""
    return {
        urls.identity(link.target)
        for link in reference.links
        if link.target and link.role is not Role.ARCHIVED_COPY and not urls.is_home(link.target)
    }


def compare(one: Reference, other: Reference) -> Likeness | None:
    """Return why two references are one work, or None; when in doubt, they are two."""
    dois = {r.identifier("doi") for r in (one, other)} - {None}
    if len(dois) > 1 or _numbered_apart(one, other):
        return None
    alike = titles.similarity(one.title, other.title) if one.title and other.title else None
    if one.identifier("doi") and one.identifier("doi") == other.identifier("doi") and (alike is None or alike >= 0.5):
        return Likeness("same-doi", f"both have the DOI {one.identifier('doi')}", 1.0 if alike and alike >= 0.85 else 0.9)
    shared_pages = addresses(one) & addresses(other)
    if shared_pages and (alike is None or alike >= 0.6) and _years_agree(one, other):
        return Likeness("same-url", "both have the same address", 1.0 if alike and alike >= 0.85 else 0.9)
    if alike is None or titles.words(one.title) != titles.words(other.title) or not _years_agree(one, other):
        return None
    if not _authors_agree(one, other) or _apart_elsewhere(one, other):
        return None
    if one.key and one.key.lower() == other.key.lower():
        return Likeness("same-key", "both have the same key and title", 0.98)
    if not (one.contributors and other.contributors and one.issued and other.issued) or len(titles.words(one.title)) < 2:
        return None
    return Likeness("same-title", "both have the same title, author and year", 0.95)


def _numbered_apart(one: Reference, other: Reference) -> bool:
    """Parts, volumes, issues, editions and numbered reports differ in a number, in a field or in the title."""
    for name in ("volume", "number", "edition", "part", "chapter"):
        a, b = titles.folded(one.value(name)), titles.folded(other.value(name))
        if a and b and a != b:
            return True
    return _numbers(one.title) != _numbers(other.title) and bool(one.title and other.title)


def _numbers(title: str) -> list[str]:
    return re.findall(r"\d+|\b(?:i{1,3}|iv|vi{0,3}|ix|x)\b", titles.folded(title))


def _years_agree(one: Reference, other: Reference) -> bool:
    return one.issued is None or other.issued is None or one.issued.year == other.issued.year


def _authors_agree(one: Reference, other: Reference) -> bool:
    if not one.contributors or not other.contributors:
        return True
    first, second = one.contributors[0], other.contributors[0]
    return titles.folded(first.sort_name) == titles.folded(second.sort_name) or set(titles.words(first.name)) == set(
        titles.words(second.name)
    )


def _apart_elsewhere(one: Reference, other: Reference) -> bool:
    """The same title stands in two places: other pages of the web, other journals, other pages of a journal."""
    pages = [addresses(r) for r in (one, other)]
    if all(pages) and not pages[0] & pages[1]:
        return True
    first, second = one.container_title, other.container_title
    if first and second and titles.similarity(first, second) < 0.6:
        return True
    a, b = (re.findall(r"\d+", r.value("pages"))[:1] for r in (one, other))
    return bool(a and b and a != b)
