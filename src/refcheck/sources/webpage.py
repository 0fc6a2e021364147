"""The page itself, else its archived copy: what it says of its title, its authors, its date and its site.

It is not asked here: the links were, and what their probes read is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.record import Record, SourceEvidence
from refcheck.sources import contributors
from refcheck.sources.source import Source
from refcheck.text import dates, titles, urls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from refcheck.model.evidence import Page
    from refcheck.model.reference import Contributor
    from refcheck.sources.query import Query

NAME = "webpage"
_BREAK = re.compile(r"\s+[|·•»–—-]\s+|\s*[|»]\s*|\s+::\s+|:\s+(?=\S+$)")
_NOBODY = re.compile(
    r"^(?:https?:|www\.|@)|\b(?:admin|administrator|editor|staff|webmaster|guest|anonymous|unknown|user|root|redaktion|redacción)\b|^\W*$|^.{80}",
    re.IGNORECASE,
)
_BY = re.compile(r"^\s*(?:by|von|par|por|di|written by)\s+", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:;|\band\b|\bund\b|&|\|)\s*|,\s+(?=\S+\s+\S)")


def evidence(page: Page, url: str, seen_at: datetime | None = None, *, archived: str = "") -> SourceEvidence:
    """Return what a page says of itself as evidence; `archived` is the address of the copy where it is one, taken at `seen_at`."""
    return SourceEvidence(NAME, f"url:{url}", (record_of(page, url, archived=archived),), at=seen_at)


def record_of(page: Page, url: str, *, archived: str = "") -> Record:
    """Return the record of a page."""
    names = tuple(dict.fromkeys(_titles(page, url)))
    published, modified = dates.parse(page.published), dates.parse(page.modified)
    return Record(
        source=NAME,
        id=url,
        url=archived or url,
        kind="page",
        title=names[0] if names else "",
        other_titles=names[1:],
        contributors=_authors(page),
        whole=False,
        issued=published,
        years=tuple({d.year for d in (published, modified) if d}) if published else (),
        container_title=page.site,
        titled_after=url,
    )


def _titles(page: Page, url: str) -> Iterator[str]:
    """Yield the titles of a page, without the name of its site first, then as they are, then their parts."""
    site, host = titles.folded(page.site), re.sub(r"[^a-z0-9]", "", urls.host_of(url))
    for title in page.titles:
        parts = [part.strip() for part in _BREAK.split(title) if part.strip()]
        own = [p for p in parts if not _names_site(p, site, host)]
        if len(own) == 1:
            yield own[0]
        elif own and len(own) < len(parts) and title.startswith(own[0]):
            yield title[: title.rfind(own[-1]) + len(own[-1])]
    for title in page.titles:
        if not _names_site(title, site, host) or len(page.titles) == 1:
            yield title
    for title in page.titles:
        yield from (part.strip() for part in _BREAK.split(title) if len(part.split()) >= 2)
    if match := re.search(r"/([^/]+)\.(?:pdf|md|ipynb|txt|rst)$", urls.split(url).path, re.IGNORECASE):
        name = re.sub(r"[_+%-]+", " ", match[1])
        folder = re.sub(r"[_+%-]+", " ", urls.split(url).path.rsplit("/", 2)[-2])
        yield from (name, f"{folder} {name}")


def _names_site(part: str, site: str, host: str) -> bool:
    squeezed = re.sub(r"[\W_]", "", titles.folded(part))
    return titles.folded(part) == site or (len(squeezed) >= 3 and squeezed in host)


def _authors(page: Page) -> tuple[Contributor, ...]:
    names = [part.strip() for author in page.authors for part in _split(_BY.sub("", author))]
    own = titles.folded(page.site)
    return contributors.everyone(name for name in names if name and not _NOBODY.search(name) and titles.folded(name) != own)


def _split(names: str) -> list[str]:
    inverted = re.fullmatch(r"\s*[^,;]+,\s*[^,;\s]+(?:\s+\w\.?)?\s*", names)
    return [names] if inverted and len(names.split(",", maxsplit=1)[0].split()) == 1 else _LISTED.split(names)


def _identifiers(query: Query) -> Iterator[str]:
    yield from (f"url:{address}" for address in query.addresses)


SOURCE = Source(NAME, "the page itself", "what a page, or its archived copy, says of itself", (), identifiers=_identifiers)
