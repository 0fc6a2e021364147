"""Google Books: books, with a key (without one, a quota that all share and that is mostly used up).

`GET https://www.googleapis.com/books/v1/volumes?q=isbn:…` or `intitle:… inauthor:…`. Source: Google's documentation of the Books API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence
from refcheck.sources import contributors
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, read_json, telling
from refcheck.text import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from refcheck.sources.query import Query

NAME, HOST = "googlebooks", "www.googleapis.com"


def _identifiers(query: Query) -> Iterator[str]:
    if query.isbn:
        yield f"isbn:{query.isbn}"


def _by_isbn(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    isbn = asked.partition(":")[2]

    def read(reply: Response) -> tuple[Record, ...]:
        return tuple(record for record in _items(reply) if ("isbn", isbn) in record.identifiers)

    return (yield from ask(NAME, asked, Request(_url(f"isbn:{isbn}")), asking, read))


def _search(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    terms = f'intitle:"{query.words.partition(":")[0][:120]}"' + (f' inauthor:"{query.authors[0]}"' if query.authors else "")

    def read(reply: Response) -> tuple[Record, ...]:
        return telling(_items(reply), query.words)

    return (yield from ask(NAME, "", Request(_url(terms)), asking, read))


def _url(terms: str) -> str:
    return f"https://{HOST}/books/v1/volumes?{urlencode({'q': terms, 'maxResults': '10'})}"


def _items(reply: Response) -> Iterator[Record]:
    data = read_json(reply)
    if reply.status != 200 or data.get("kind") != "books#volumes":
        raise NoAnswerError("it refused the query")
    return (record_of(item) for item in data.get("items") or [] if (item.get("volumeInfo") or {}).get("title"))


def record_of(item: Mapping[str, Any]) -> Record:
    """Return the record of an edition as Google Books gives it."""
    name, info = needs(item, "id", str), needs(item, "volumeInfo", dict)
    main, under = first(info.get("title")), first(info.get("subtitle"))
    isbns = [isbn for row in info.get("industryIdentifiers") or [] if (isbn := identifiers.normalise("isbn", first(row.get("identifier"))))]
    return Record(
        source=NAME,
        id=name,
        url=f"https://books.google.com/books?id={name}",
        kind="book",
        title=f"{main}: {under}" if under else main,
        other_titles=(main,) if under else (),
        contributors=contributors.everyone(info.get("authors") or []),
        whole=False,
        issued=contributors.year(info.get("publishedDate")),
        publisher=first(info.get("publisher")),
        identifiers=tuple(("isbn", isbn) for isbn in isbns),
    )


SOURCE = Source(
    NAME,
    "Google Books",
    "books",
    (HOST,),
    identifiers=_identifiers,
    could_know=lambda query: query.kind in {"book", "other"},
    by_identifier=_by_isbn,
    search=_search,
    key="GOOGLE_BOOKS_API_KEY",
    needs_key=True,
    covers=True,
)
