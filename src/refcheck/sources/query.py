"""What a reference can be asked for: its words, identifiers and addresses, and the kind of work it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.model.reference import Role
from refcheck.sources.compare import container, people
from refcheck.sources.compare import title as titles_compared
from refcheck.text import identifiers, titles, urls

if TYPE_CHECKING:
    from refcheck.model.reference import Reference

_BOOKS = frozenset("book mvbook collection proceedings manual inbook incollection bookinbook reference inreference".split())
_PAPERS = frozenset("article inproceedings conference incollection inbook unpublished periodical suppperiodical".split())
_PAGES = frozenset("online electronic www webpage video".split())
_LOOSE = frozenset("misc report techreport booklet thesis phdthesis mastersthesis software dataset".split())
_NOT_SCHOLARLY = re.compile(
    r"\b(?:interview|personal communication|e-?mail|lecture|podcast|episode|radio|television|film|song|tweet|post)\b", re.IGNORECASE
)
_NEWS = re.compile(
    r"\b(?:times|post|herald|guardian|telegraph|news|journal online|magazine|daily|bbc|cnn|npr|reuters|blog)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Query:
    """What sources are asked about one reference. `kind` is `paper`, `book`, `page` or `other` (it may be anything)."""

    title: str
    authors: tuple[str, ...]
    year: int | None
    container: str
    kind: str
    doi: str = ""
    arxiv: str = ""
    isbn: str = ""
    pmid: str = ""
    addresses: tuple[str, ...] = ()
    is_article: bool = False

    @property
    def words(self) -> str:
        """The title without a year at its end."""
        shorter = titles.without_year(self.title)
        return shorter[0] if shorter else self.title

    @property
    def is_searchable(self) -> bool:
        """Whether the words tell one work from others: a title, and more than one word or an author."""
        return bool(titles.words(self.title)) and (len(titles.words(self.title)) >= 2 or bool(self.authors))


def of(reference: Reference) -> Query:
    """Return what can be asked about a reference."""
    doi = reference.identifier("doi") or ""
    arxiv = (
        reference.identifier("arxiv") or _arxiv_of(doi) or next((a for link in reference.links if (a := _arxiv_in(link.target or ""))), "")
    )
    addresses = tuple(dict.fromkeys(link.target for link in reference.links if link.target and link.role is not Role.ARCHIVED_COPY))
    families = tuple(dict.fromkeys(person.sort_name for person in people.of_reference(reference) if person.sort_name))
    doi = _without_version(doi or next((d for address in addresses if (d := _doi_in(address))), ""))
    return Query(
        title=titles_compared.cited(reference),
        authors=families,
        year=reference.issued.year if reference.issued else None,
        container=reference.container_title,
        kind=_kind(reference, addresses, has_identifier=bool(doi or arxiv)),
        doi=doi,
        arxiv=arxiv,
        isbn=reference.identifier("isbn") or "",
        pmid=reference.identifier("pmid") or "",
        addresses=addresses,
        is_article=reference.entry_type == "article",
    )


def _kind(reference: Reference, addresses: tuple[str, ...], *, has_identifier: bool) -> str:
    if has_identifier:
        return "book" if reference.entry_type in {"book", "collection"} else "paper"
    if reference.entry_type in _PAGES or (addresses and reference.entry_type in _LOOSE and not reference.container_title):
        return "page"
    if reference.identifier("isbn") or reference.entry_type in _BOOKS - _PAPERS:
        return "book"
    if addresses and _NEWS.search(reference.container_title) and not reference.value("volume", "pages"):
        return "page"
    if reference.entry_type in _PAPERS or container.is_preprint_server(reference.value("howpublished", "eprinttype", "archiveprefix")):
        return "paper" if not _NOT_SCHOLARLY.search(f"{reference.title} {reference.container_title}") else "other"
    return "other"


def _without_version(doi: str) -> str:
    """Return a DOI as it is registered: those of arXiv have no version."""
    return re.sub(r"v\d+$", "", doi) if doi.startswith("10.48550/") else doi


def _arxiv_of(doi: str) -> str:
    match = re.fullmatch(r"10\.48550/arxiv\.(.+)", doi)
    return identifiers.normalise("arxiv", match[1]) if match else ""


def _arxiv_in(address: str) -> str:
    return identifiers.normalise("arxiv", address) if urls.site_of(address) == "arxiv.org" else ""


def _doi_in(address: str) -> str:
    """Return the DOI that the address of a publisher's page carries."""
    if not re.search(r"/10\.\d{4,9}/", address):
        return ""
    found = identifiers.normalise("doi", re.sub(r"[?#].*", "", address))
    return re.sub(r"/(?:full|abstract|pdf|epdf|meta|html)$|\.pdf$", "", found)
