"""The ACL Anthology: papers of computational linguistics, by their place in it.

`https://aclanthology.org/{id}.bib` is the entry as the Anthology writes it; an unknown one is 404.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence
from refcheck.model.source import Source as Text
from refcheck.sources.source import Asking, NoAnswerError, Source, ask
from refcheck.text import identifiers, urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.sources.query import Query

NAME, HOST = "acl", "aclanthology.org"
_ID = r"(?:\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+|[A-Z]\d{2}-\d{4})"


def _identifiers(query: Query) -> Iterator[str]:
    if match := re.fullmatch(rf"10\.(?:18653/v1|3115/v1)/({_ID})", query.doi, re.IGNORECASE):
        yield f"acl:{match[1]}"
    for address in query.addresses:
        if urls.host_of(address).removeprefix("www.") == HOST and (match := re.search(rf"/({_ID})(?:\.pdf|\.bib|/|$)", address)):
            yield f"acl:{match[1]}"


def _by_id(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    name = asked.partition(":")[2]
    name = name.upper() if re.fullmatch(r"[A-Za-z]\d{2}-\d{4}", name) else name

    def read(reply: Response) -> Iterator[Record]:
        if reply.status == 404:
            if b"anthology" not in reply.body.lower():
                raise NoAnswerError("a 404 that is not the Anthology's")
            return
        yield _record(name, reply.body.decode("utf-8", "replace"))

    return (yield from ask(NAME, asked, Request(f"https://{HOST}/{name}.bib"), asking, read))


def _record(name: str, text: str) -> Record:
    from refcheck.readers import bibtex  # noqa: PLC0415 - only where the Anthology is asked

    entries = bibtex.read(Text(name, text, "bibtex")).references
    if len(entries) != 1 or not entries[0].title:
        raise NoAnswerError("not one entry")
    entry = entries[0]
    doi, pages = entry.identifier("doi") or "", entry.value("pages")
    return Record(
        source=NAME,
        id=name,
        url=f"https://{HOST}/{name}/",
        kind="article" if entry.entry_type == "article" else "paper",
        title=entry.title,
        contributors=entry.contributors,
        issued=entry.issued,
        container_title=entry.container_title,
        publisher=entry.value("publisher"),
        volume=entry.value("volume"),
        pages=pages,
        identifiers=((("doi", identifiers.normalise("doi", doi)),) if doi else ()),
    )


SOURCE = Source(
    NAME,
    "ACL Anthology",
    "papers of computational linguistics, by their place in it",
    (HOST,),
    identifiers=_identifiers,
    by_identifier=_by_id,
    decides=True,
)
