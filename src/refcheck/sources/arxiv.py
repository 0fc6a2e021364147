"""arXiv: preprints, when they came, whether they were withdrawn, and where they were published.

`GET https://export.arxiv.org/api/query?id_list=a,b` gives an Atom feed; what it does not know is missing from it; an entry
titled `Error` is about the question. One request in three seconds, one at a time. Source: arXiv's API manual and terms of use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence, Update
from refcheck.sources import contributors
from refcheck.sources.compare.container import is_preprint_server
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, plain, telling
from refcheck.text import dates, identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from refcheck.sources.query import Query

NAME, HOST = "arxiv", "export.arxiv.org"
_ATOM, _ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"
_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)


def _identifiers(query: Query) -> Iterator[str]:
    if query.arxiv:
        yield f"arxiv:{query.arxiv}"


def _batch(asked: Sequence[str], asking: Asking) -> Flow[Mapping[str, SourceEvidence]]:
    names = [item.partition(":")[2] for item in asked]
    values = {"id_list": ",".join(names), "max_results": str(len(names))}
    evidence = yield from ask(NAME, "", Request(f"https://{HOST}/api/query?{urlencode(values, safe=',')}"), asking, _entries)
    by_name = {record.id: record for record in evidence.records}
    return {
        f"arxiv:{name}": SourceEvidence(
            NAME, f"arxiv:{name}", (by_name[name],) if name in by_name else (), evidence.trouble, at=evidence.at
        )
        for name in names
    }


def _by_name(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    found = yield from _batch([asked], asking)
    return found[asked]


def _search(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    title = re.sub(r"[\"():]+", " ", query.words)[:300]
    values = {"search_query": f'ti:"{" ".join(title.split())}"', "max_results": "5"}

    def read(reply: Response) -> tuple[Record, ...]:
        return telling(_entries(reply), query.words)

    return (yield from ask(NAME, "", Request(f"https://{HOST}/api/query?{urlencode(values)}"), asking, read))


def _entries(reply: Response) -> Iterator[Record]:
    text = reply.body.decode("utf-8", "replace")
    if reply.status != 200 or "<!DOCTYPE" in text[:500] or "<!ENTITY" in text:
        raise NoAnswerError("no feed")
    try:
        feed = ET.fromstring(text.encode())  # noqa: S314 - no document types, so no entities
    except ET.ParseError as error:
        raise NoAnswerError("no feed") from error
    if feed.tag != f"{_ATOM}feed":
        raise NoAnswerError("no feed")
    for entry in feed.iter(f"{_ATOM}entry"):
        if "/api/errors" in _text(entry, f"{_ATOM}id"):
            raise NoAnswerError("it did not understand the question")
        if _text(entry, f"{_ATOM}title"):
            yield _record(entry)


def _text(entry: ET.Element, name: str) -> str:
    return plain(entry.findtext(name) or "")


def _record(entry: ET.Element) -> Record:
    name = re.sub(r"v\d+$", "", _text(entry, f"{_ATOM}id").rpartition("/abs/")[2])
    doi = identifiers.normalise("doi", _text(entry, f"{_ARXIV}doi"))
    published, updated = (dates.parse(_text(entry, f"{_ATOM}{which}")) for which in ("published", "updated"))
    said = f"{_text(entry, f'{_ARXIV}comment')} {_text(entry, f'{_ATOM}summary')[:300]}"
    elsewhere = doi and not doi.startswith("10.48550/")
    journal = _text(entry, f"{_ARXIV}journal_ref")
    return Record(
        source=NAME,
        id=name,
        url=f"https://arxiv.org/abs/{name}",
        kind="preprint",
        title=_text(entry, f"{_ATOM}title"),
        contributors=contributors.everyone(_text(author, f"{_ATOM}name") for author in entry.iter(f"{_ATOM}author")),
        issued=published,
        years=(updated.year,) if updated else (),
        container_title="arXiv",
        other_containers=(journal,) if journal and not is_preprint_server(journal) else (),
        identifiers=(("arxiv", name), ("doi", f"10.48550/arxiv.{name.lower()}")),
        updates=(Update("withdrawal"),) if _WITHDRAWN.search(said) and "withdrawn" in said.lower()[:200] else (),
        versions=(("is-preprint-of", doi),) if elsewhere else (),
    )


SOURCE = Source(
    NAME,
    "arXiv",
    "preprints of physics, mathematics, computer science and near to them",
    (HOST,),
    identifiers=_identifiers,
    could_know=lambda query: query.kind == "paper" and is_preprint_server(query.container),
    by_identifier=_by_name,
    search=_search,
    batch=_batch,
    decides=True,
)
