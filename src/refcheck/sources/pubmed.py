"""PubMed: medicine and biology, by PMID.

`esummary.fcgi?db=pubmed&id=1,2&retmode=json` gives many at once; an unknown one carries an `error`. Three requests a second, ten with a
key; `tool` says who asks. Source: NCBI's E-utilities (NBK25497).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence, Update
from refcheck.model.reference import Contributor
from refcheck.sources import contributors
from refcheck.sources.source import Asking, Source, ask, first, needs, read_json
from refcheck.text import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from refcheck.sources.query import Query

NAME, HOST = "pubmed", "eutils.ncbi.nlm.nih.gov"


def _identifiers(query: Query) -> Iterator[str]:
    if query.pmid:
        yield f"pmid:{query.pmid}"


def _batch(asked: Sequence[str], asking: Asking) -> Flow[Mapping[str, SourceEvidence]]:
    names = [item.partition(":")[2] for item in asked]
    values = {"db": "pubmed", "id": ",".join(names), "retmode": "json", "tool": "refcheck"} | (
        {"email": asking.mail} if asking.mail else {}
    )
    evidence = yield from ask(
        NAME, "", Request(f"https://{HOST}/entrez/eutils/esummary.fcgi?{urlencode(values, safe=',')}"), asking, _summaries
    )
    by_name = {record.id: record for record in evidence.records}
    return {
        f"pmid:{name}": SourceEvidence(NAME, f"pmid:{name}", (by_name[name],) if name in by_name else (), evidence.trouble, at=evidence.at)
        for name in names
    }


def _by_pmid(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    found = yield from _batch([asked], asking)
    return found[asked]


def _summaries(reply: Response) -> Iterator[Record]:
    result = needs(read_json(reply), "result", dict)
    for name in needs(result, "uids", list):
        item = result[name]
        if not item.get("error") and item.get("title"):
            yield record_of(item)


def record_of(item: Mapping[str, Any]) -> Record:
    """Return the record of an article as PubMed gives it; it names people by family name and initials."""
    pmid = needs(item, "uid", str)
    doi = next((identifiers.normalise("doi", first(i.get("value"))) for i in item.get("articleids") or [] if i.get("idtype") == "doi"), "")
    kinds = " ".join(item.get("pubtype") or [])
    return Record(
        source=NAME,
        id=pmid,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        kind="article",
        title=first(item.get("title")).rstrip("."),
        contributors=tuple(_person(first(a.get("name"))) for a in item.get("authors") or []),
        issued=contributors.year(first(item.get("pubdate"))),
        years=tuple({date.year} if (date := contributors.year(first(item.get("epubdate")))) else ()),
        container_title=first(item.get("fulljournalname")) or first(item.get("source")),
        other_containers=tuple(filter(None, (first(item.get("source")),))),
        volume=first(item.get("volume")),
        number=first(item.get("issue")),
        pages=first(item.get("pages")),
        identifiers=(("pmid", pmid), *((("doi", doi),) if doi else ())),
        updates=(Update("retraction"),) if "Retracted Publication" in kinds else (),
    )


def _person(name: str) -> Contributor:
    match = re.fullmatch(r"(.+?)\s+([A-Z]{1,4})(?:\s+(Jr|Sr|\dnd|\drd))?", name)
    return Contributor(family=match[1], given=" ".join(match[2])) if match else Contributor(literal=name)


SOURCE = Source(
    NAME,
    "PubMed",
    "medicine and biology, by PMID",
    (HOST,),
    identifiers=_identifiers,
    by_identifier=_by_pmid,
    batch=_batch,
    batch_size=100,
    key="NCBI_API_KEY",
    decides=True,
)
