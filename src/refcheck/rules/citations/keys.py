"""Which documents cite the entries of a bibliography by their keys, and which keys a document can cite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.reference import Bibliography, Citation, Form, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refcheck.rules.base import Facts

_KEYED = frozenset({"bibtex", "latex", "rst", "csl-json", "csl-yaml"})
_DATA = frozenset({"xdata", "set"})
_ALIASES = ("ids",)
_PULLED_IN = ("crossref", "xref", "xdata", "related", "entryset")


def keyed(bibliography: Bibliography) -> tuple[Reference, ...]:
    """Return the references whose keys the author knows; those of a typed list are made by refcheck."""
    everything = bibliography.source.format in _KEYED
    return tuple(reference for reference in bibliography.references if everything or reference.type_confidence == 1.0)


def citing(bibliography: Bibliography, facts: Facts) -> list[Bibliography]:
    """Return the documents whose citations mean the entries of a bibliography: those that name it, and those that name none."""
    return [document for document in facts.documents if _by_key(document) and bibliography in _meant(document, facts.documents)]


def _meant(document: Bibliography, documents: Sequence[Bibliography]) -> Iterator[Bibliography]:
    for other in documents:
        named = other.source.path in document.includes
        free = not document.includes and not keyed(document) and bool(keyed(other))
        if other is document or named or free:
            yield other


def _by_key(document: Bibliography) -> list[Citation]:
    return [citation for citation in document.citations if citation.form is Form.KEY]


def available(document: Bibliography, facts: Facts) -> tuple[set[str], bool]:
    """Return the keys that a document can cite, in lower case, and whether these are surely all; no keys where they are not known."""
    meant = list(_meant(document, facts.documents or (document,)))
    loaded = {other.source.path for other in meant}
    if any(name not in loaded for name in document.includes):
        return set(), False
    return _names(reference for other in meant for reference in keyed(other)), bool(document.includes or keyed(document))


def _names(references: Iterable[Reference]) -> set[str]:
    aliases = ((reference.value(*_ALIASES), reference.key) for reference in references)
    return {name.lower() for others, key in aliases for name in (key, *re.split(r"\s*,\s*", others)) if name}


def uncited(bibliography: Bibliography, documents: Iterable[Bibliography]) -> list[Reference]:
    """Return the entries that no document cites, and that no cited entry draws on."""
    cited = {citation.key.lower() for document in documents for citation in document.citations}
    references = keyed(bibliography)
    if "*" in cited:
        return []
    for _ in range(3):  # a parent may have a parent
        cited |= {
            key.lower()
            for reference in references
            if _names((reference,)) & cited
            for name in _PULLED_IN
            for key in re.split(r"\s*,\s*", reference.value(name))
        }
    return [reference for reference in references if not _names((reference,)) & cited and reference.entry_type not in _DATA]
