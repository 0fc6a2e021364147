"""The metadata sources in a few lines: works that are written down once, and answered for in the form of each source.

A work is a table: `title`, `authors` (spoken names), `year`, `container`, `kind` (article, paper, book, preprint), `doi`, `arxiv`,
`isbn`, `volume`, `number`, `pages`, `publisher`, `years` (of editions), `updates`; `in` names the sources that have it where that is
not all that could. `fault` may answer in place of a source.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote
from xml.sax.saxutils import escape
from zlib import crc32

from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response
from refcheck.text import titles, urls
from support.web import WHEN

Work = Mapping[str, Any]
_SMALL = frozenset("a an the of on in for and to with".split())


@dataclass(slots=True)
class Library:
    """Answers for all sources; `asked` counts the requests to each host."""

    works: Sequence[Work]
    registered: set[str] = field(default_factory=set)
    fault: Callable[[str, Request], Reply | None] = lambda _source, _request: None
    asked: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, text: str) -> Library:
        """Read works, one JSON table on a line."""
        return cls([json.loads(line) for line in text.splitlines() if line.strip()])

    def knows(self, url: str) -> bool:
        """Whether a request is one to a metadata source."""
        return urls.host_of(url) in _HOSTS

    def answer(self, _path: str, request: Request) -> Reply:
        """Reply as the source that is asked would."""
        host = urls.host_of(request.url)
        self.asked[host] += 1
        source, reply = _HOSTS[host]
        return self.fault(source, request) or reply(self, request)

    def held(self, source: str) -> list[Work]:
        """Return the works that a source has."""
        return [work for work in self.works if source in work.get("in", (source,)) and _could_have(source, work)]

    def find(self, source: str, query: str, *, every: bool = False) -> list[Work]:
        """Return the works of a source that share words with a query, the most alike first; with all its words on demand."""
        wanted = {w for w in titles.folded(query).split() if w not in _SMALL}
        found = []
        for work in self.held(source):
            words = set(titles.folded(work["title"]).split()) | {w for a in work.get("authors", ()) for w in titles.folded(a).split()}
            own = {w for w in titles.folded(work["title"]).split() if w not in _SMALL}
            if wanted and (wanted <= words if every else len(wanted & own) * 2 >= len(own)):
                found.append((len(wanted & own) / len(own), work))
        return [work for _, work in sorted(found, key=lambda item: -item[0])][:8]

    def by(self, source: str, scheme: str, value: str) -> list[Work]:
        """Return the works of a source with an identifier."""
        return [work for work in self.held(source) if value.lower() in _values(work, scheme)]


def _values(work: Work, scheme: str) -> list[str]:
    value = work.get(scheme, [])
    values = [str(v).lower() for v in (value if isinstance(value, list) else [value])]
    return [*values, f"10.48550/arxiv.{work['arxiv']}"] if scheme == "doi" and "arxiv" in work else values


def _could_have(source: str, work: Work) -> bool:
    doi, book = work.get("doi"), work.get("kind") == "book"
    return {
        "crossref": bool(doi) and not str(doi).startswith("10.48550/"),
        "datacite": "arxiv" in work or str(doi).startswith("10.5281/"),
        "arxiv": "arxiv" in work,
        "dblp": not book,
        "semanticscholar": not book,
        "openlibrary": book,
    }.get(source, True)


def _query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urls.split(request.url).query, keep_blank_values=True).items()}


def _json(request: Request, data: object, status: int = 200) -> Response:
    return Response(request.url, status, {"content-type": "application/json"}, json.dumps(data).encode(), truncated=False, at=WHEN)


def _text(request: Request, text: str, status: int = 200, kind: str = "text/plain") -> Response:
    return Response(request.url, status, {"content-type": kind}, text.encode(), truncated=False, at=WHEN)


def _names(work: Work) -> list[tuple[str, str]]:
    return [(name.rpartition(" ")[0], name.rpartition(" ")[2]) for name in work.get("authors", ())]


def _crossref_item(work: Work) -> dict[str, Any]:
    kinds = {
        "article": "journal-article",
        "paper": "proceedings-article",
        "book": "book",
        "preprint": "posted-content",
        "chapter": "book-chapter",
    }
    item = {
        "DOI": work["doi"], "title": [work["title"]], "type": kinds.get(work.get("kind", "article")), "issued": {"date-parts": [[work.get("year")]]},
        "author": [{"given": g, "family": f} if g else {"name": f} for g, f in _names(work)],
        "container-title": [work["container"]] if work.get("container") else [], "publisher": work.get("publisher", ""),
        "volume": work.get("volume"), "issue": work.get("number"), "page": work.get("pages"), "updated-by": work.get("updates", []),
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def _crossref(library: Library, request: Request) -> Reply:
    path, query = unquote(urls.split(request.url).path), _query(request)
    if path.startswith("/works/"):
        found = library.by("crossref", "doi", path.removeprefix("/works/"))
        return (
            _json(request, {"status": "ok", "message": _crossref_item(found[0])}) if found else _text(request, "Resource not found.", 404)
        )
    dois = re.findall(r"doi:([^,]+)", query.get("filter", ""))
    found = (
        [w for doi in dois for w in library.by("crossref", "doi", doi)] if dois else library.find("crossref", query["query.bibliographic"])
    )
    return _json(request, {"status": "ok", "message": {"items": [_crossref_item(work) for work in found]}})


def _openalex(library: Library, request: Request) -> Reply:
    chosen = _query(request)["filter"]
    words = chosen.partition(":")[2]
    dois = words.split("|") if chosen.startswith("doi:") else []
    found = [w for doi in dois for w in library.by("openalex", "doi", doi)] if dois else library.find("openalex", words, every=True)
    return _json(request, {"meta": {"count": len(found)}, "results": [_openalex_item(work) for work in found]})


def _openalex_item(work: Work) -> dict[str, Any]:
    doi = work.get("doi") or (f"10.48550/arxiv.{work['arxiv']}" if "arxiv" in work else None)
    first, _, last = str(work.get("pages", "")).partition("-")
    return {
        "id": f"https://openalex.org/W{crc32(work['title'].encode())}", "doi": f"https://doi.org/{doi}" if doi else None, "title": work["title"],
        "publication_year": work.get("year"), "type": work.get("kind", "article"), "is_retracted": bool(work.get("retracted")),
        "authorships": [{"raw_author_name": name} for name in work.get("authors", ())],
        "primary_location": {"source": {"display_name": work["container"]}} if work.get("container") else {},
        "biblio": {"volume": work.get("volume"), "issue": work.get("number"), "first_page": first, "last_page": last},
    }  # fmt: skip


def _arxiv(library: Library, request: Request) -> Reply:
    query = _query(request)
    names = query.get("id_list", "").split(",")
    found = (
        [w for name in names for w in library.by("arxiv", "arxiv", name)] if names != [""] else library.find("arxiv", query["search_query"])
    )
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{w['arxiv']}v1</id><published>{w['year']}-01-20T00:00:00Z</published><title>{escape(w['title'])}</title>"
        f"<summary>{escape(w.get('abstract', 'An abstract.'))}</summary>{''.join(f'<author><name>{escape(a)}</name></author>' for a in w['authors'])}"
        + (f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{w["published_as"]}</arxiv:doi>' if "published_as" in w else "")
        + "</entry>"
        for w in found
    )
    return _text(request, f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>', kind="application/atom+xml")


def _datacite(library: Library, request: Request) -> Reply:
    doi = unquote(urls.split(request.url).path).removeprefix("/dois/")
    found = library.by("datacite", "doi", doi)
    if not found:
        return _json(request, {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}, 404)
    people = [{"name": f"{f}, {g}", "nameType": "Personal", "givenName": g, "familyName": f} for g, f in _names(found[0])]
    kind = "Preprint" if "arxiv" in found[0] else "Dataset"
    attributes = {
        "doi": doi,
        "titles": [{"title": found[0]["title"]}],
        "creators": people,
        "publicationYear": found[0]["year"],
        "types": {"resourceTypeGeneral": kind},
    }
    return _json(request, {"data": {"id": doi, "type": "dois", "attributes": attributes}})


def _sparql(_library: Library, _request: Request) -> Reply:
    return Failure(FailureKind.NO_SUCH_NAME, "no such name", transient=False, at=WHEN)


def _dblp(library: Library, request: Request) -> Reply:
    found = library.find("dblp", _query(request)["q"], every=True)
    hits = [
        {"info": {
            "authors": {"author": [{"text": name} for name in w.get("authors", ())]}, "title": f"{w['title']}.", "venue": w.get("container"),
            "year": str(w.get("year")), "type": "Conference and Workshop Papers", "key": f"conf/x/{n}", **({"doi": w["doi"]} if "doi" in w else {}),
        }}
        for n, w in enumerate(found)
    ]  # fmt: skip
    return _json(request, {"result": {"hits": {"@total": str(len(hits)), **({"hit": hits} if hits else {})}}})


def _semanticscholar(library: Library, request: Request) -> Reply:
    found = library.find("semanticscholar", _query(request)["query"])
    if not found:
        return _json(request, {"error": "Title match not found"}, 404)
    work = found[0]
    names = {"DOI": work.get("doi"), "ArXiv": work.get("arxiv")}
    return _json(request, {"data": [{
        "paperId": f"{crc32(work['title'].encode()):040x}", "title": work["title"], "year": work.get("year"), "venue": work.get("container") or "",
        "authors": [{"name": name} for name in work.get("authors", ())], "externalIds": {k: v for k, v in names.items() if v},
    }]})  # fmt: skip


def _openlibrary(library: Library, request: Request) -> Reply:
    query = _query(request)
    found = (
        library.by("openlibrary", "isbn", query["isbn"])
        if "isbn" in query
        else library.find("openlibrary", f"{query.get('title', '')} {query.get('author', '')}", every=True)
    )
    docs = [{
        "key": f"/works/OL{n}W", "title": w["title"], "author_name": list(w.get("authors", ())), "first_publish_year": w["year"],
        "publish_year": w.get("years", [w["year"]]), "publisher": [w.get("publisher", "")], "isbn": [w["isbn"]] if "isbn" in w else [],
    } for n, w in enumerate(found)]  # fmt: skip
    return _json(request, {"numFound": len(docs), "docs": docs})


def _handles(library: Library, request: Request) -> Reply:
    name = unquote(urls.split(request.url).path).removeprefix("/api/handles/").lower()
    known = name in library.registered or any(name in _values(work, "doi") for work in library.works)
    return _json(request, {"responseCode": 1 if known else 100, "handle": name}, 200 if known else 404)


def _acl(_library: Library, request: Request) -> Reply:
    return _text(request, "<h1>404</h1> ACL Anthology", 404)


_HOSTS: dict[str, tuple[str, Callable[[Library, Request], Reply]]] = {
    "api.crossref.org": ("crossref", _crossref),
    "api.openalex.org": ("openalex", _openalex),
    "export.arxiv.org": ("arxiv", _arxiv),
    "api.datacite.org": ("datacite", _datacite),
    "sparql.dblp.org": ("dblp", _sparql),
    "dblp.org": ("dblp", _dblp),
    "api.semanticscholar.org": ("semanticscholar", _semanticscholar),
    "openlibrary.org": ("openlibrary", _openlibrary),
    "doi.org": ("doi.org", _handles),
    "aclanthology.org": ("acl", _acl),
}
HOSTS: Iterable[str] = tuple(_HOSTS)
