"""RFCs: the editor's own record of each, `https://www.rfc-editor.org/rfc/rfc9110.json`; one that does not exist is 404."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence
from refcheck.sources import contributors
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from refcheck.sources.query import Query

NAME, HOST = "rfc", "www.rfc-editor.org"
_RFC = re.compile(r"\brfc[\s-]?0*(\d{1,5})\b", re.IGNORECASE)


def _identifiers(query: Query) -> Iterator[str]:
    texts = (
        query.doi.replace("10.17487/", " ") if query.doi.startswith("10.17487/") else "",
        query.container,
        query.title,
        *query.addresses,
    )
    numbers = dict.fromkeys(match[1] for text in texts if (match := _RFC.search(text)))
    yield from (f"rfc:{number}" for number in list(numbers)[:1])


def _by_number(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    number = asked.partition(":")[2]

    def read(reply: Response) -> Iterator[Record]:
        if reply.status != 200:
            raise NoAnswerError("no record of an RFC")
        yield record_of(read_json(reply), number)

    return (yield from ask(NAME, asked, Request(f"https://{HOST}/rfc/rfc{number}.json"), asking, read))


def record_of(item: Mapping[str, Any], number: str) -> Record:
    """Return the record of an RFC as its editor gives it."""
    title = first(needs(item, "title", str))
    return Record(
        source=NAME,
        id=f"RFC {number}",
        url=f"https://{HOST}/info/rfc{number}",
        kind="standard",
        title=title,
        other_titles=(f"RFC {number}: {title}", f"{title} (RFC {number})", f"RFC {number}"),
        contributors=contributors.everyone(name for name in item.get("authors") or [] if isinstance(name, str)),
        whole=False,
        issued=contributors.year(item.get("pub_date")),
        publisher="RFC Editor",
        identifiers=(("doi", f"10.17487/rfc{int(number):04d}"),),
    )


SOURCE = Source(NAME, "RFC Editor", "RFCs", (HOST,), identifiers=_identifiers, by_identifier=_by_number, decides=True)
