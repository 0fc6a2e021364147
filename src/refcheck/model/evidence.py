"""What was seen, with its date. Evidence is kept; what it means is computed anew at every run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from refcheck.model.flow import FailureKind


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way: a status or a failure. `via` is `http`, `meta-refresh` or `script`."""

    url: str
    status: int | None
    at: datetime
    location: str | None = None
    failure: FailureKind | None = None
    detail: str = ""
    via: str = "http"
    verified: bool = True
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """What a document at the end of the chain says of itself.

    `titles` in the order of their worth (citation_title, JSON-LD, og:title, h1, title); `sample` is the
    beginning of the visible text outside navigation, `words` the length of that text, `prose` how much of it is in paragraphs where that
    matters; `signals` name
    the marks of walls, challenges and parking pages found in the source of a short page. `text` is the
    whole visible text, which a probe lets go when it is done, `shingles` a sample of it where the page was
    compared with another, and `own` the beginning of what it does not share with that. `anchors` are those of the cited places that it has.
    """

    content_type: str
    size: int
    truncated: bool
    titles: tuple[str, ...] = ()
    heading: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    site: str = ""
    sample: str = ""
    words: int = 0
    prose: int = 0
    signals: tuple[str, ...] = ()
    refresh: str | None = None
    refresh_via: str = ""
    canonical: str | None = None
    shingles: frozenset[int] = frozenset()
    own: str = ""
    anchors: tuple[str, ...] = ()
    text: str = field(default="", repr=False)

    @property
    def is_html(self) -> bool:
        """Whether it was read as a web page."""
        return self.content_type in {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Chain:
    """The answers from an address on, and the page at the end of them, if there was one."""

    hops: tuple[Hop, ...]
    page: Page | None
    looping: bool = False

    @property
    def last(self) -> Hop:
        """The last answer."""
        return self.hops[-1]

    @property
    def final_url(self) -> str:
        """The address that gave the last answer."""
        return self.hops[-1].url


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """What one probe saw of one address.

    `first` is the chain from the cited address; `again` a second look where the first said 404;
    `variant` another spelling of the address that was tried (`variant_kind` says which) and `sibling`
    an address of the same folder that cannot exist, where the page was suspect; `unverified` the same
    address read without regard to its certificate. `registered` is what the Handle System says of a DOI
    or Handle; `confirmation` what an address answered that tells whether the page exists (`links.quirks`);
    `original` the page of which the address is an archived copy.
    """

    url: str
    first: Chain
    again: Chain | None = None
    variant: Chain | None = None
    variant_kind: str = ""
    sibling: Chain | None = None
    unverified: Chain | None = None
    registered: bool | None = None
    confirmation: Chain | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Memento:
    """An archived copy: the original's address, the copy's, and when it was taken."""

    original: str
    uri: str
    captured_at: datetime
    archive: str = "Wayback Machine"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A copy that was fetched, and what it gave."""

    memento: Memento
    chain: Chain


@dataclass(frozen=True, slots=True)
class Repair:
    """Where a page that is gone was found again: an address that answered and holds it (None: nowhere), and how it was known.

    `troubled` says that not all could be asked. `page` is what it says of itself.
    """

    original: str
    url: str | None = None
    how: str = ""
    troubled: bool = False
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class ArchiveEvidence:
    """What an archive said of an original.

    `trouble` tells why it could not be asked, in whole or in part; `excluded` that it refuses to
    show this site. No candidates and no trouble: it has none.
    """

    original: str
    wanted: datetime | None
    candidates: tuple[Candidate, ...] = ()
    trouble: str | None = None
    excluded: bool = False
