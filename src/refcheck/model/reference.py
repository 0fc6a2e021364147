"""What a reader makes of a document: references, their fields, their links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from refcheck.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refcheck.model.source import Source


TELLING = frozenset("author editor title year journal booktitle".split())
"""The fields that tell works apart."""


class Dialect(StrEnum):
    """Which BibTeX a bibliography is written for: the entry types and the date fields differ."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person (family and given name) or a group (literal)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    role: str = "author"
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name as one speaks it."""
        return self.literal or " ".join(filter(None, (self.given, self.family, self.suffix)))

    @property
    def sort_name(self) -> str:
        """The part that a bibliography is sorted by."""
        return self.family or self.literal


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as exact as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ISO 8601, as long as it is known."""
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a reference: `value` decoded for reading, `raw` as written at `span`.

    `span` covers the value without its braces or quotes; the field's name, delimiters and comma are `before` and
    `after` it, so many characters, where the format has such. A value that is put together from several pieces is not
    `literal`; then `raw` is what it comes to, and `span` covers the expression. `confidence` is 1.0 where the author named the field.
    """

    name: str
    value: str
    start: int  # and `end`: a span of its own would be a third of what a field takes
    end: int
    raw: str
    confidence: float = 1.0
    before: int = 0
    after: int = 0
    literal: bool = True

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return Span(self.start, self.end)

    @property
    def whole(self) -> Span | None:
        """The field from its name to the comma that ends it, where the format has such."""
        return Span(self.start - self.before, self.end + self.after) if self.before else None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A scheme (doi, isbn, arxiv, pmid, handle) and its normalised value."""

    scheme: str
    value: str
    span: Span


class Role(StrEnum):
    """What a link of a reference leads to."""

    LANDING_PAGE = "landing page"
    FULL_TEXT = "full text"
    ARCHIVED_COPY = "archived copy"


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a reference.

    `url` is as written; `target` is what is asked, the same for every spelling of one address, and
    None where it is not a URL (`fault` says why, `repair` what may be meant). `span` covers `url`, or
    the expression that it comes from where it is not `literal`.
    """

    url: str
    target: str | None
    role: Role
    span: Span
    field: str = "url"
    fault: str | None = None
    repair: str | None = None
    literal: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader met that is no reference: kept, so that nothing is lost in silence.

    `kind` is `broken-block` (a BibTeX entry that does not parse), `repeated-field`, `unsplit-text`
    (text of a list that belongs to no reference), `page-furniture` (a page number or running head).
    """

    kind: str
    message: str
    span: Span
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One item of a bibliography, whatever its format.

    `fields` uses BibTeX's names in lower case. `doubts` are the reasons why a reading is uncertain;
    they are empty for formats whose fields the author named. `touched` is False where the user asked for
    changed references only and this one did not change. `unmarked` is its text where the source has markup in it.
    """

    key: str
    entry_type: str
    fields: Mapping[str, Field]
    title: str
    contributors: tuple[Contributor, ...]
    issued: PartialDate | None
    container_title: str
    identifiers: tuple[Identifier, ...]
    links: tuple[Link, ...]
    span: Span
    key_span: Span
    source: Source = field(repr=False, compare=False)
    unmarked: str = ""
    doubts: tuple[str, ...] = ()
    type_confidence: float = 1.0
    ignored: tuple[Ignore, ...] = ()
    touched: bool = True

    @property
    def raw(self) -> str:
        """Its text: as it stands in the source, but without markup."""
        return self.unmarked or self.source.slice(self.span)

    def value(self, *names: str) -> str:
        """Return the value of the first of these fields that is there and not empty, or ''."""
        for name in names:
            if (found := self.fields.get(name)) and found.value:
                return found.value
        return ""

    def identifier(self, scheme: str) -> str | None:
        """Return the value of the identifier of a scheme."""
        return next((item.value for item in self.identifiers if item.scheme == scheme), None)

    @property
    def authors(self) -> tuple[Contributor, ...]:
        """The contributors whose role is author."""
        return tuple(person for person in self.contributors if person.role == "author")


@dataclass(frozen=True, slots=True)
class Ignore:
    """An ignore comment above an entry: the rules it names (all of them where empty) and its reason."""

    rules: tuple[str, ...]
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that cannot be read, and why."""

    path: str
    reason: str


class Form(StrEnum):
    """How the text names a reference."""

    KEY = "key"
    NUMBER = "number"
    AUTHOR_YEAR = "author-year"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Citation:
    """A mark in the text of a document: `written` at `span` names the reference of a key.

    A mark that names a key cites it whether there is such a reference or not (`*`: all of them). The key of any
    other mark is that of a reference of the same document, or '' where none fits.
    """

    key: str
    written: str
    span: Span
    form: Form = Form.KEY


_REFERRING = ("crossref", "xref", "xdata", "related", "entryset")


@dataclass(frozen=True)
class Bibliography:
    """The references of one source, in its order, and what else was met there.

    `includes` are the bibliographies that the document names, as it names them; `citations` the marks in its text.
    """

    source: Source
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...] = ()
    dialect: Dialect = Dialect.BIBTEX
    notes: tuple[str, ...] = field(default=())
    includes: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

    @cached_property
    def referring(self) -> Mapping[str, tuple[tuple[int, Field], ...]]:
        """The fields that name another entry, with the places of their references in the list, by the key that they name."""
        found: dict[str, list[tuple[int, Field]]] = {}
        for index, reference in enumerate(self.references):
            for name in _REFERRING:
                if field := reference.fields.get(name):
                    for key in re.split(r"\s*,\s*", field.value):
                        found.setdefault(key, []).append((index, field))
        return {key: tuple(fields) for key, fields in found.items()}
