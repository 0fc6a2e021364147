"""DataCite: data sets, software, reports and preprints with a DOI (Zenodo, figshare, Dryad, arXiv …).

`GET https://api.datacite.org/dois/{doi}`; an unknown one is 404 with a JSON list of errors. 500 requests in five minutes, 1,000 with
a mail address. arXiv's DOIs have no version. Source: DataCite's documentation of its REST API.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence
from refcheck.model.reference import Contributor
from refcheck.sources import contributors
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, read_json
from refcheck.text import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from refcheck.sources.query import Query

NAME, HOST = "datacite", "api.datacite.org"
_KINDS = {
    "Preprint": "preprint", "Software": "software", "Dataset": "dataset", "Model": "software", "Book": "book", "BookChapter": "chapter",
    "Report": "report", "JournalArticle": "article", "ConferencePaper": "paper", "Standard": "standard",
}  # fmt: skip


def _identifiers(query: Query) -> Iterator[str]:
    if query.doi:
        yield f"doi:{query.doi}"


def _by_doi(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    doi = asked.partition(":")[2]

    def read(reply: Response) -> Iterator[Record]:
        data = read_json(reply)
        if reply.status == 404:
            needs(data, "errors", list)
            return
        found = record_of(needs(data, "data", dict))
        if found.identifier("doi") != doi:
            raise NoAnswerError("another work than the one asked for")
        yield found

    return (yield from ask(NAME, asked, Request(f"https://{HOST}/dois/{quote(doi, safe='')}"), asking, read))


def record_of(data: Mapping[str, Any]) -> Record:
    """Return the record of a work as DataCite gives it."""
    item = needs(data, "attributes", dict)
    doi = identifiers.normalise("doi", needs(item, "doi", str))
    names = [first(t.get("title")) for t in item.get("titles") or [] if not t.get("titleType")] + [
        first(t.get("title")) for t in item.get("titles") or []
    ]
    arxiv = re.fullmatch(r"10\.48550/arxiv\.(.+)", doi)
    publisher = item.get("publisher")
    kind = _KINDS.get(first((item.get("types") or {}).get("resourceTypeGeneral")), "preprint" if arxiv else "")
    years = [date.year for row in item.get("dates") or [] if (date := contributors.year(row.get("date")))]
    return Record(
        source=NAME,
        id=doi,
        url=f"https://doi.org/{doi}",
        kind=kind,
        title=names[0] if names else "",
        other_titles=tuple(dict.fromkeys(n for n in names[1:] if n and n != names[0])),
        contributors=tuple(_people(item.get("creators"))),
        issued=contributors.year(item.get("publicationYear")),
        years=tuple(dict.fromkeys(years)),
        container_title="arXiv" if arxiv else first((item.get("container") or {}).get("title")),
        publisher=first(publisher.get("name") if isinstance(publisher, dict) else publisher),
        identifiers=(("doi", doi), *((("arxiv", arxiv[1]),) if arxiv else ())),
        versions=tuple(_versions(item.get("relatedIdentifiers") or [])),
    )


def _people(creators: Any) -> Iterator[Contributor]:  # noqa: ANN401 - JSON
    for creator in creators if isinstance(creators, list) else []:
        family, given, name = (first(creator.get(key)) for key in ("familyName", "givenName", "name"))
        if family:
            yield Contributor(family=family, given=given)
        elif creator.get("nameType") == "Organizational":
            yield Contributor(literal=name)
        elif person := contributors.spoken(name):
            yield person


def _versions(related: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    names = {"IsPreprintOf": "is-preprint-of", "IsVersionOf": "is-version-of", "IsPreviousVersionOf": "is-version-of"}
    for row in related:
        if (name := names.get(first(row.get("relationType")))) and (
            doi := identifiers.normalise("doi", first(row.get("relatedIdentifier")))
        ):
            yield name, doi


SOURCE = Source(
    NAME,
    "DataCite",
    "data sets, software, reports and preprints with a DOI",
    (HOST,),
    identifiers=_identifiers,
    by_identifier=_by_doi,
    decides=True,
)
