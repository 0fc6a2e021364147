"""doi.org: whether a DOI is registered at all; it has no records. The Handle System answers that itself, without the publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.links import registry
from refcheck.model.record import SourceEvidence
from refcheck.sources.source import Asking, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.flow import Flow
    from refcheck.sources.query import Query

NAME = "doi.org"


def _identifiers(query: Query) -> Iterator[str]:
    if query.doi:
        yield f"doi:{query.doi}"


def _by_doi(asked: str, _asking: Asking) -> Flow[SourceEvidence]:
    """Ask whether a DOI is registered; what the link of the same DOI asked is not asked again."""
    found = yield from registry.is_registered(f"https://doi.org/{asked.partition(':')[2]}")
    if found is None:
        return SourceEvidence(NAME, asked, trouble="it could not be asked")
    return SourceEvidence(NAME, asked, registered=found.known, at=found.hop.at)


SOURCE = Source(NAME, "doi.org", "which DOIs are registered", ("doi.org",), identifiers=_identifiers, by_identifier=_by_doi)
