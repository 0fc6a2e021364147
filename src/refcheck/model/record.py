"""What metadata sources say of works: records, and the evidence that one source gave about one reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from refcheck.model.reference import Contributor, PartialDate


@dataclass(frozen=True, slots=True)
class Update:
    """What happened to a work after its publication.

    `kind` is `retraction`, `withdrawal`, `expression_of_concern`, `correction` …; `notice` is the DOI of the notice, or ''
    where the source names none.
    """

    kind: str
    notice: str = ""
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What a source says of a work.

    `id` is its name there, and `url` where a person can see it. `kind` is `article`, `paper`, `book`, `chapter`,
    `preprint`, `page`, `software`, `dataset`, `report`, `standard` or ''. `years` are those of its other dates (online,
    print, editions); `other_titles` and `other_containers` its short, original and translated names. `whole` says
    that all contributors are listed. `archived_in` is the year in which an archive first kept a page, where that was asked.
    `identifiers` are (scheme, normalised value); `versions` other versions of the work, as
    (`preprint-of` or `has-preprint` …, DOI). `titled_after` is the work's address where that repeats its headline.
    """

    source: str
    id: str
    url: str
    kind: str = ""
    title: str = ""
    other_titles: tuple[str, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    whole: bool = True
    issued: PartialDate | None = None
    years: tuple[int, ...] = ()
    container_title: str = ""
    other_containers: tuple[str, ...] = ()
    publisher: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    updates: tuple[Update, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    titled_after: str = ""
    archived_in: int | None = None

    def identifier(self, scheme: str) -> str | None:
        """Return the value of the identifier of a scheme."""
        return next((value for name, value in self.identifiers if name == scheme), None)


@dataclass(frozen=True, slots=True)
class SourceEvidence:
    """What one source answered about one reference.

    `asked` is the identifier that was asked for, as `doi:10.1000/1`, or '' where it was searched by the reference's words.
    `trouble` says why it could not be asked; without records and trouble, it has none. `registered` is what a registry of
    identifiers says of the one asked for, and None for all others.
    """

    source: str
    asked: str
    records: tuple[Record, ...] = ()
    trouble: str = ""
    registered: bool | None = None
    at: datetime | None = None

    @property
    def is_absent(self) -> bool:
        """Whether the source answered, and has no such work."""
        return not self.trouble and not self.records and self.registered is None
