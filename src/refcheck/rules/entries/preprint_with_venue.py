"""RC624."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


_SERVER = re.compile(r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|ssrn|osf preprints|preprint)\b", re.IGNORECASE)


@rule("RC624", "preprint-with-venue", severity=Severity.INFO)
def preprint_with_venue(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""An entry names a preprint server and a venue.

    What it does: reports entries whose `journal` is a preprint server (arXiv, CoRR, bioRxiv and their like) and that have a
    `booktitle` of a conference, or the other way round.

    Why it matters: two versions of the work are mixed: readers cannot tell which one was read.

    Example: `@inproceedings` with `booktitle = {NeurIPS}` and `journal = {arXiv preprint arXiv:1706.03762}`.

    When it can be wrong: hardly; the preprint's number belongs in `eprint`, which is not reported.
    """
    venues = [field for name in ("journal", "journaltitle", "booktitle") if (field := reference.fields.get(name)) and field.value]
    servers = [field for field in venues if _SERVER.search(field.value)]
    if facts.editable and servers and len(servers) < len(venues):
        other = next(field for field in venues if field not in servers)
        message = (
            f"the entry names a preprint server ({servers[0].value[:50]}) and a venue ({other.value[:50]}); keep one, the number in eprint"
        )
        yield Finding(message, servers[0].span, confidence=0.9)
