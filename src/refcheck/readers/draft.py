"""A reference in the making, for formats whose fields the author named: values with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refcheck.bibtex import keys
from refcheck.model.reference import Contributor, Field, Link, PartialDate, Reference, Role
from refcheck.model.source import Source, Span
from refcheck.readers import addresses
from refcheck.text import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_KEY = re.compile(r"[^\s,{}()=\"#%\\~'@]{1,80}")
_JOINED = {"keywords": ", ", "abstract": " "}  # between several values of one field; else a semicolon


@dataclass(slots=True)
class Draft:
    """What is known of a reference while its record is read. `span` is the record's place."""

    source: Source
    span: Span
    written: Callable[[str], Iterable[str]] = lambda value: (value,)
    fields: dict[str, Field] = field(default_factory=dict)
    people: list[Contributor] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    issued: PartialDate | None = None

    def put(self, name: str, value: str, span: Span | None = None, label: str = "") -> None:
        """Fill a field; a second value is put behind the first. `label` is what the document calls it, to find its place by."""
        value = re.sub(r"\s+", " ", value).strip()
        if not name or not value:
            return
        place = span or self.place(value, label or name)
        known = self.fields.get(name)
        if known is None:
            self.fields[name] = Field(name, value, *place, value)
        elif value not in known.value:
            joined = known.value + _JOINED.get(name, "; ") + value
            self.fields[name] = Field(name, joined, *known.span, joined)

    def address(self, value: str, span: Span | None = None) -> None:
        """Add an address: the first is the url, an archived copy has a field of its own, others stand in the addendum."""
        value = value.strip()
        place = span or self.place(value)
        if not value or any(link.url == value for link in self.links):
            return
        link = addresses.make(value, place)
        name = "archiveurl" if link.role is Role.ARCHIVED_COPY else "url"
        self.links.append(replace(link, field=name))
        if name in self.fields:
            self.put("addendum", rf"See also \url{{{value}}}", place)
        else:
            self.fields[name] = Field(name, value, *place, value)

    def place(self, value: str, label: str = "") -> Span:
        """Return where a value stands in the record: the first place behind its label, else the first, else the record's beginning."""
        text = self.source.text
        behind = text.find(label, self.span.start, self.span.end) if label else -1
        for begin in (behind + len(label), self.span.start) if behind >= 0 else (self.span.start,):
            for written in self.written(value):
                at = text.find(written, begin, self.span.end)
                if at >= 0:
                    return Span(at, at + len(written))
        return Span(self.span.start, self.span.start)

    def date(self, issued: PartialDate | None, span: Span | None = None) -> None:
        """Set the date of issue, where there is none yet."""
        if issued is None or self.issued is not None:
            return
        self.issued = issued
        for name, value in (("year", issued.year), ("month", issued.month), ("day", issued.day)):
            if value:
                self.put(name, f"{value:04d}" if name == "year" else str(value), span or Span(self.span.start, self.span.start))

    def person(self, contributor: Contributor, span: Span | None = None) -> None:
        """Add a contributor."""
        if contributor.name:
            self.people.append(contributor)
            if contributor.role not in self.fields:
                place = span or self.place(contributor.family or contributor.literal)
                self.fields[contributor.role] = Field(contributor.role, "", *place, "")

    def reference(self, key: str, entry_type: str, used: keys.Used) -> Reference:
        """Return the reference; its key is the document's own where BibTeX can have it, else made, and new among those `used`."""
        title = self.fields["title"].value if "title" in self.fields else ""
        for role in dict.fromkeys(person.role for person in self.people):
            value = " and ".join(person.name for person in self.people if person.role == role)
            self.fields[role] = Field(role, value, *self.fields[role].span, value)
        own = key if _KEY.fullmatch(key) and "://" not in key else ""
        chosen = own or used.new(keys.make(tuple(self.people), self.issued, title))
        used.add(chosen)
        return Reference(
            key=chosen,
            entry_type=entry_type,
            fields=self.fields,
            title=title,
            contributors=tuple(sorted(self.people, key=lambda person: (person.role != "author", person.role != "editor"))),
            issued=self.issued,
            container_title=next((self.fields[n].value for n in ("journal", "booktitle") if n in self.fields), ""),
            identifiers=addresses.of_fields(self.fields),
            links=self._links(),
            span=self.span,
            key_span=Span(self.span.start, self.span.start),
            source=self.source,
        )

    def _links(self) -> tuple[Link, ...]:
        """Return the addresses that the record names, then those within its other fields and of its identifiers."""
        others = addresses.links({name: item for name, item in self.fields.items() if name not in {"url", "archiveurl", "addendum"}})
        known = {link.target or link.url for link in self.links}
        new = {link.target or link.url: link for link in reversed(others) if (link.target or link.url) not in known}
        inside = Span(self.span.start, self.span.start)
        return (*self.links, *(link if link.span.end <= self.span.end else replace(link, span=inside) for link in reversed(new.values())))


def named(text: str, role: str = "author") -> Contributor:
    """Read a name as reference managers write it: `Family, Given, Suffix`, `Family, Given`, `Group,` or `Given Family`."""
    text = re.sub(r"\s+", " ", text).strip()
    if text.endswith(","):
        return Contributor(literal=text.rstrip(", "), role=role)
    family, comma, given = text.partition(",")
    if not comma:
        return names.natural(text, role)
    given, _, suffix = given.partition(",")
    return Contributor(family=family.strip(), given=given.strip(), suffix=suffix.strip(), role=role)
