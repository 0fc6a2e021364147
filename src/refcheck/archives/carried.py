"""The archived copies that a reference carries itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.reference import Role
from refcheck.model.verdict import BAD_COPY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refcheck.model.reference import Reference
    from refcheck.model.verdict import LinkVerdict


def has_sound_copy(reference: Reference, links: Mapping[str, LinkVerdict]) -> bool:
    """Whether an archived copy stands in a reference that is not known to be bad."""
    copies = [links.get(link.target or "") for link in reference.links if link.role is Role.ARCHIVED_COPY]
    return any(copy is None or copy.verdict not in BAD_COPY for copy in copies)
