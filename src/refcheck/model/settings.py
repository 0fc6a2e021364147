"""What the user decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refcheck.model.finding import Severity
    from refcheck.model.reference import Dialect


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How links are asked. Times are in seconds; `pace` is between two requests to one host."""

    timeout: float = 20.0
    deadline: float = 60.0
    concurrency: int = 64
    per_host: int = 2
    pace: float = 0.25
    exclude: tuple[str, ...] = ()
    user_agent: str | None = None
    control_hosts: tuple[str, ...] = ("https://example.com/", "https://www.iana.org/")


@dataclass(frozen=True, slots=True)
class HostSettings:
    """What holds for one host: headers to send with requests to it, and its pace."""

    headers: Mapping[str, str] = field(default_factory=dict)
    pace: float | None = None


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Whether archives are asked, how far from the wanted date a copy may be (days), and for how long.

    `timegates` are Memento TimeGates to ask after the Wayback Machine; `write` says how a copy is written
    into an entry: as a `note` (BibLaTeX: `addendum`), or as the fields `archiveurl` and `archivedate`.
    """

    enabled: bool = True
    window: int = 730
    deadline: float = 120.0
    timegates: tuple[str, ...] = ()
    write: str = "note"


@dataclass(frozen=True, slots=True)
class DuplicateSettings:
    """Which references are different works, whatever they look like: groups of citation keys."""

    distinct: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Whether metadata sources are asked, which of them not, and for how long (seconds for a hundred references; more have more)."""

    enabled: bool = True
    deadline: float = 180.0
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole of the configuration, files and command line together.

    `keyed` names the sources for which the environment has a key; an offline run that `recalls` may use what the store has.
    """

    files: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    contact: str | None = None
    severity: Mapping[str, Severity] = field(default_factory=dict)
    links: LinkSettings = field(default_factory=LinkSettings)
    archives: ArchiveSettings = field(default_factory=ArchiveSettings)
    duplicates: DuplicateSettings = field(default_factory=DuplicateSettings)
    sources: SourceSettings = field(default_factory=SourceSettings)
    hosts: Mapping[str, HostSettings] = field(default_factory=dict)
    keyed: frozenset[str] = frozenset()
    offline: bool = False
    recalls: bool = False
    dialect: Dialect | None = None
    allow_private: tuple[str, ...] = ()
