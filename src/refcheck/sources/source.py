"""What a metadata source is to us: sources are plug-ins of one form, one file each.

A source says which identifiers of a reference it can be asked for, and whether it could know the work by its words; it
is asked by flows, and gives `SourceEvidence`. Whatever is no answer of its own says nothing: an error page, a challenge
for robots, an answer about another work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TYPE_CHECKING, Any

from refcheck.model.flow import Failure, Flow, Reply, Request, Response, send
from refcheck.model.record import Record, SourceEvidence
from refcheck.sources.compare import title as compare_titles
from refcheck.text import titles

if TYPE_CHECKING:
    from refcheck.sources.query import Query

LIMIT = 4_000_000  # bytes of an answer that are read
_AGAIN_AFTER = 1.0
_ALSO_READ = frozenset({400, 404})  # statuses by which sources say that they have no such work


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: the user agent, the mail address if one is configured, the sources for which there is a key, and those not to ask."""

    user_agent: str = "refcheck"
    mail: str = ""
    keyed: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


class NoAnswerError(ValueError):
    """What came is not an answer of the source."""


Read = Callable[[Response], Iterable[Record]]
ByIdentifier = Callable[[str, Asking], Flow[SourceEvidence]]
Search = Callable[["Query", Asking], Flow[SourceEvidence]]
Batch = Callable[[Sequence[str], Asking], Flow[Mapping[str, SourceEvidence]]]


@dataclass(frozen=True, slots=True)
class Source:
    """One source.

    `knows` is what it has, in words. `identifiers` yields those of a reference that it can be asked for, as
    `doi:10.1000/1`; `could_know` says whether it may have a work by its words. `batch` asks for up to `batch_size` identifiers
    at once; what it does not give is asked for singly. `key` is the environment's variable of its key; one that `needs_key` is
    not asked without. `decides` says that what it has under an identifier is the register's own word; `covers` that
    nearly every work that it could know is there, so that its having none counts.
    """

    name: str
    title: str
    knows: str
    hosts: tuple[str, ...]
    identifiers: Callable[[Query], Iterator[str]] = field(default=lambda _query: iter(()))
    could_know: Callable[[Query], bool] = field(default=lambda _query: False)
    by_identifier: ByIdentifier | None = None
    search: Search | None = None
    batch: Batch | None = None
    batch_size: int = 50
    key: str = ""
    needs_key: bool = False
    decides: bool = False
    covers: bool = False

    def is_open(self, asking: Asking) -> bool:
        """Whether it can be asked: the user did not turn it off, and it needs no key, or has one."""
        return self.name not in asking.ignored and (not self.needs_key or self.name in asking.keyed)


def ask(source: str, asked: str, request: Request, asking: Asking, read: Read) -> Flow[SourceEvidence]:
    """Ask a source, a second time where what came is no answer of its own; return the records that `read` finds in it.

    `read` raises `NoAnswerError` (or stumbles) where an answer has not the shape of the source's.
    """
    headers = (("User-Agent", asking.user_agent), ("Accept", "application/json, */*;q=0.5"), *request.headers)
    request = replace(request, headers=headers, body_limit=LIMIT)
    reply = yield from send(request)
    evidence = _evidence(source, asked, reply, read)
    if isinstance(reply, Response) and evidence.trouble and reply.status < 500 and reply.status not in {401, 403, 429}:
        reply = yield from send(replace(request, after=_AGAIN_AFTER))
        evidence = _evidence(source, asked, reply, read)
    return evidence


def _evidence(source: str, asked: str, reply: Reply, read: Read) -> SourceEvidence:
    if isinstance(reply, Failure):
        return SourceEvidence(source, asked, trouble=reply.detail or str(reply.kind), at=reply.at)
    if not (200 <= reply.status < 300 or reply.status in _ALSO_READ):
        return SourceEvidence(source, asked, trouble=f"it answered {reply.status}", at=reply.at)
    if reply.truncated:
        return SourceEvidence(source, asked, trouble="its answer was cut off", at=reply.at)
    try:
        return SourceEvidence(source, asked, tuple(read(reply)), at=reply.at)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        status = "" if reply.status == 200 else f" ({reply.status})"
        return SourceEvidence(source, asked, trouble=f"what it answered is not in its format{status}", at=reply.at)


def read_json(reply: Response) -> Any:  # noqa: ANN401 - JSON
    """Return what an answer says as JSON: a table or a list.

    Raises:
        NoAnswerError: it is neither.
    """
    data = json.loads(reply.body)
    if not isinstance(data, dict | list) or not data:
        raise NoAnswerError("neither a table nor a list")
    return data


def needs(data: Mapping[str, Any], name: str, kind: type) -> Any:  # noqa: ANN401 - JSON
    """Return a value that an answer of the source always has.

    Raises:
        NoAnswerError: it is not there, or of another kind.
    """
    value = data.get(name)
    if not isinstance(value, kind):
        raise NoAnswerError(f"no {name}")
    return value


def first(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return a text, or the first text of a list; '' for anything else."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str) and item.strip()), "")
    return plain(value) if isinstance(value, str) else ""


def plain(text: str) -> str:
    """Return a text of a record without mark-up and with single spaces."""
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", unescape(unescape(text))).split())


def telling(records: Iterable[Record], title: str) -> tuple[Record, ...]:
    """Return those of the records found by a search whose titles have to do with the one looked for: the best five."""

    def likeness(record: Record) -> float:
        return max(compare_titles.likeness(title, name) for name in (record.title, *record.other_titles) if name)

    alike = sorted(((likeness(r), i, r) for i, r in enumerate(records) if r.title), key=lambda item: (-item[0], item[1]))
    wanted = set(titles.words(title))
    return tuple(r for score, _, r in alike if score >= 0.5 or (wanted and wanted <= set(titles.words(r.title))))[:5]
