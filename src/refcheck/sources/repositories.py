"""Where software, models and data sets are: GitHub, GitLab, Hugging Face and Zenodo, by the address of the thing.

Each answers with JSON about the repository: its name, owner, description and dates. 60 requests an hour at GitHub without a key.
Sources: the services' API documentations.
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
from refcheck.text import identifiers, urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from refcheck.sources.query import Query

_NO_OWNERS = frozenset(
    "topics orgs features about settings search marketplace collections sponsors login join explore docs papers spaces blog".split()
)


def _of_host(scheme: str, host: str, pattern: str) -> Callable[[Query], Iterator[str]]:
    """Return what yields the names that the addresses of a host have, as `github:owner/name`."""

    def identifiers_of(query: Query) -> Iterator[str]:
        for address in query.addresses:
            match = re.match(pattern, urls.split(address).path)
            if urls.host_of(address).removeprefix("www.") == host and match and match[1].split("/")[0].lower() not in _NO_OWNERS:
                yield f"{scheme}:{match[1].removesuffix('.git')}"

    return identifiers_of


def _by_name(
    source: str, address: Callable[[str], str], read: Callable[[Mapping[str, Any], str], Record]
) -> Callable[[str, Asking], Flow[SourceEvidence]]:
    def by_name(asked: str, asking: Asking) -> Flow[SourceEvidence]:
        name = asked.partition(":")[2]

        def reading(reply: Response) -> Iterator[Record]:
            data = read_json(reply)
            if reply.status == 404 and isinstance(data, dict):
                return
            if reply.status != 200:
                raise NoAnswerError("it refused the query")
            yield read(data, name)

        return (yield from ask(source, asked, Request(address(name)), asking, reading))

    return by_name


def _github(item: Mapping[str, Any], name: str) -> Record:
    full = needs(item, "full_name", str)
    return _repository(
        "github",
        name,
        f"https://github.com/{full}",
        full,
        item,
        owner=first((item.get("owner") or {}).get("login")),
        created="created_at",
        changed="pushed_at",
    )


def _gitlab(item: Mapping[str, Any], name: str) -> Record:
    full = needs(item, "path_with_namespace", str)
    return _repository(
        "gitlab", name, f"https://gitlab.com/{full}", full, item, owner=full.split("/")[0], created="created_at", changed="last_activity_at"
    )


def _huggingface(item: Mapping[str, Any], name: str) -> Record:
    full = needs(item, "id", str)
    return _repository(
        "huggingface",
        name,
        f"https://huggingface.co/{name}",
        full,
        item,
        owner=first(item.get("author")) or full.split("/")[0],
        created="createdAt",
        changed="lastModified",
    )


def _repository(  # noqa: PLR0913 - what the three have in common
    source: str, name: str, url: str, full: str, item: Mapping[str, Any], *, owner: str, created: str, changed: str
) -> Record:
    short, description = full.rpartition("/")[2], first(item.get("description"))
    begun, last = (contributors.year(item.get(which)) for which in (created, changed))
    return Record(
        source=source,
        id=name,
        url=url,
        kind="software",
        title=short,
        other_titles=tuple(filter(None, (description, f"{short}: {description}" if description else "", full, first(item.get("name"))))),
        contributors=(Contributor(literal=owner),) if owner else (),
        whole=False,
        issued=begun,
        years=tuple(range(begun.year, last.year + 1)) if begun and last else (),
        publisher=owner,
    )


def _zenodo(item: Mapping[str, Any], name: str) -> Record:
    data = needs(item, "metadata", dict)
    doi = identifiers.normalise("doi", first(item.get("doi")) or first(data.get("doi")))
    return Record(
        source="zenodo",
        id=name,
        url=f"https://zenodo.org/records/{name}",
        kind="software" if (data.get("resource_type") or {}).get("type") == "software" else "dataset",
        title=first(data.get("title")),
        contributors=contributors.everyone(first(c.get("name")) for c in data.get("creators") or []),
        whole=False,
        issued=contributors.year(data.get("publication_date")),
        publisher="Zenodo",
        identifiers=(("doi", doi),) if doi else (),
    )


def _archived(item: Mapping[str, Any], name: str) -> Record:
    url = needs(item, "url", str)
    return Record(
        "softwareheritage",
        name,
        f"https://archive.softwareheritage.org/browse/origin/?origin_url={quote(url, safe='')}",
        "software",
        url.rstrip("/").rpartition("/")[2],
        whole=False,
    )


def _forges(query: Query) -> Iterator[str]:
    for address in query.addresses:
        if match := re.match(r"https?://(?:github\.com|gitlab\.com|bitbucket\.org)/[^/]+/[^/]+", address):
            yield f"origin:{match[0].removesuffix('.git')}"


_MODEL = r"/((?:datasets/)?[\w.-]+/[\w.-]+)"
SOURCES = (
    Source(
        "github",
        "GitHub",
        "repositories of software",
        ("api.github.com",),
        identifiers=_of_host("github", "github.com", r"/([\w.-]+/[\w.-]+)"),
        by_identifier=_by_name("github", lambda name: f"https://api.github.com/repos/{name}", _github),
        key="GITHUB_TOKEN",
    ),
    Source(
        "gitlab",
        "GitLab",
        "repositories of software",
        ("gitlab.com",),
        identifiers=_of_host("gitlab", "gitlab.com", r"/([\w.-]+(?:/(?!-/)[\w.-]+)+?)(?=/-/|/?$)"),
        by_identifier=_by_name("gitlab", lambda name: f"https://gitlab.com/api/v4/projects/{quote(name, safe='')}", _gitlab),
    ),
    Source(
        "huggingface",
        "Hugging Face",
        "models and data sets",
        ("huggingface.co",),
        identifiers=_of_host("huggingface", "huggingface.co", _MODEL),
        by_identifier=_by_name(
            "huggingface",
            lambda name: f"https://huggingface.co/api/{name if name.startswith('datasets/') else f'models/{name}'}",
            _huggingface,
        ),
    ),
    Source(
        "zenodo",
        "Zenodo",
        "data sets and software, by their address",
        ("zenodo.org",),
        identifiers=_of_host("zenodo", "zenodo.org", r"/records?/(\d+)"),
        by_identifier=_by_name("zenodo", lambda name: f"https://zenodo.org/api/records/{name}", _zenodo),
    ),
    Source(
        "softwareheritage",
        "Software Heritage",
        "whether it keeps the source code of a repository",
        ("archive.softwareheritage.org",),
        identifiers=_forges,
        by_identifier=_by_name(
            "softwareheritage", lambda origin: f"https://archive.softwareheritage.org/api/1/origin/{origin}/get/", _archived
        ),
    ),
)
