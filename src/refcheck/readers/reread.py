"""A BibTeX file read again after edits: the entries that they touch are read, the others only moved.

The result is that of reading the new text as a whole, which a law in the tests holds. Where the stretches around the edits do not
tell it for sure (something is broken, or an @string may have changed), the whole is read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from refcheck.bibtex import document, edits
from refcheck.model.reference import Bibliography, Field, Reference
from refcheck.model.source import Span
from refcheck.readers import bibtex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refcheck.model.source import Edit, Source


@dataclass(frozen=True, slots=True)
class Reread:
    """The bibliography of an edited text; `origins` are the places that its references had before, None for those that were read anew."""

    bibliography: Bibliography
    origins: tuple[int | None, ...]


def after(bibliography: Bibliography, changes: Iterable[Edit]) -> Reread:
    """Return the bibliography of the edited text; the edits must not overlap."""
    made = sorted(changes, key=lambda edit: edit.span)
    source = replace(bibliography.source, text=edits.apply(bibliography.source.text, made))
    found = (
        None
        if bibliography.problems or not bibliography.references or document.has_strings(source.text)
        else _references(bibliography, source, made)
    )
    if found is None:
        whole = bibtex.read(source)
        return Reread(whole, (None,) * len(whole.references))
    references = tuple(reference for reference, _ in found)
    return Reread(Bibliography(source, references, (), bibtex.dialect_of(references)), tuple(origin for _, origin in found))


def _references(bibliography: Bibliography, source: Source, made: Sequence[Edit]) -> list[tuple[Reference, int | None]] | None:
    """Return the references of the new text with their origins; None where the stretches that were edited do not tell them."""
    ends = [0, *(reference.span.end for reference in bibliography.references)]
    last = len(bibliography.references) - 1
    touched = _touched(ends, made)
    edited = [edit.span.end for edit in made]
    growth = [0, *accumulate(len(edit.text) - (edit.span.end - edit.span.start) for edit in made)]
    found: list[tuple[Reference, int | None]] = []
    for is_touched, run in groupby(range(len(bibliography.references)), touched.__contains__):
        indexes = list(run)
        begin = ends[indexes[0]]
        start, end = (offset + growth[bisect_left(edited, offset)] for offset in (begin, ends[indexes[-1] + 1]))
        if not is_touched:
            found += [(moved(bibliography.references[index], start - begin, source), index) for index in indexes]
            continue
        is_end = indexes[-1] == last
        stretch = bibtex.read(replace(source, text=source.text[start : None if is_end else end]))
        if stretch.problems or not (is_end or (stretch.references and stretch.references[-1].span.end == end - start)):
            return None
        found += [(moved(reference, start, source), None) for reference in stretch.references]
    return found


def _touched(ends: Sequence[int], made: Sequence[Edit]) -> set[int]:
    """Return the places of the references that edits touch, be it at the edge; what stands before one, or behind the last, is part of it."""
    last = len(ends) - 1
    return {
        i
        for edit in made
        for i in range(min(bisect_left(ends, edit.span.start, 1), last) - 1, min(bisect_right(ends, edit.span.end), last))
    }


def moved(reference: Reference, by: int, source: Source) -> Reference:
    """Return a reference as it is when it stands so many characters later, in another source."""
    if not by:
        return reference

    def at(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return replace(
        reference,
        fields=_Moved.by(by, reference.fields),
        identifiers=tuple(replace(item, span=at(item.span)) for item in reference.identifiers),
        links=tuple(replace(link, span=at(link.span)) for link in reference.links),
        span=at(reference.span),
        key_span=at(reference.key_span),
        source=source,
        ignored=tuple(replace(ignore, span=at(ignore.span)) for ignore in reference.ignored),
    )


class _Moved(Mapping[str, Field]):
    """Fields that stand so many characters later: each is made when it is asked for, because there are many and few are."""

    __slots__ = ("offset", "unmoved")

    def __init__(self, by: int, fields: Mapping[str, Field]) -> None:
        self.offset = by
        self.unmoved = fields

    @classmethod
    def by(cls, by: int, fields: Mapping[str, Field]) -> _Moved:
        """Return fields moved once more."""
        return cls(by + fields.offset, fields.unmoved) if isinstance(fields, cls) else cls(by, fields)

    def __getitem__(self, name: str) -> Field:
        was = self.unmoved[name]
        return Field(
            name, was.value, was.start + self.offset, was.end + self.offset, was.raw, was.confidence, was.before, was.after, was.literal
        )

    def __contains__(self, name: object) -> bool:
        return name in self.unmoved

    def __iter__(self) -> Iterator[str]:
        return iter(self.unmoved)

    def __len__(self) -> int:
        return len(self.unmoved)
