"""RC201."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


_ADDRESS = re.compile(
    r"(?:https?://)?(?:dx\.|www\.)?doi\.org/(?=10\.)|doi:\s*(?=10\.)|(?:https?://)?(?:www\.)?arxiv\.org/abs/|arxiv:\s*(?=[\w.-]+/?\d)",
    re.IGNORECASE,
)


@rule("RC201", "identifier-as-url")
def identifier_as_url(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A DOI or arXiv identifier is written as an address in its own field.

    What it does: reports `doi = {https://doi.org/10.…}` and `eprint = {https://arxiv.org/abs/…}`. `clean` writes the bare identifier.

    Why it matters: styles put the resolver before it, and the printed link leads to https://doi.org/https://doi.org/….

    Example: `doi = {https://doi.org/10.1000/182}` should be `doi = {10.1000/182}`.

    When it can be wrong: a style of your own prints the field as it is.
    """
    for field in written(reference, facts, frozenset({"doi", "eprint"})):
        match = _ADDRESS.match(field.raw.strip())
        if match:
            bare = field.raw.strip()[match.end() :]
            fix = facts.fix(f"write {bare}", Applicability.SAFE, edits.replace_value(field, bare))
            yield Finding(f"{field.name} is an address; the bare identifier is {bare}", field.span, fixes=(fix,))
