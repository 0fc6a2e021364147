"""What evidence means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from refcheck.model.evidence import Hop, Memento
    from refcheck.model.record import Record


class Verdict(StrEnum):
    """What became of a link."""

    ALIVE = "alive"
    REDIRECTED = "redirected"
    MOVED = "moved"
    DEAD = "dead"
    SOFT_DEAD = "soft-dead"
    BLOCKED = "blocked"
    DOWN = "down"
    UNKNOWN = "unknown"
    UNSAFE = "unsafe"
    INVALID = "invalid"


LIVING = frozenset({Verdict.ALIVE, Verdict.REDIRECTED, Verdict.MOVED})
BAD_COPY = frozenset({Verdict.DEAD, Verdict.SOFT_DEAD, Verdict.INVALID, Verdict.UNSAFE})
NEEDS_A_COPY = frozenset({Verdict.DEAD, Verdict.SOFT_DEAD, Verdict.BLOCKED, Verdict.DOWN})


class Reason(StrEnum):
    """Why a link has its verdict: the codes of the JSON report, without those that carry a status."""

    ANSWERED = "answered"
    TITLE_MATCHES = "title-matches"
    HEAD_ONLY = "head-only"
    CUT_SHORT = "cut-short"
    TOO_LARGE = "too-large"
    TEMPORARY_REDIRECT = "temporary-redirect"
    KEPT_REDIRECT = "kept-redirect"
    UNCERTAIN_TARGET = "uncertain-target"
    PERMANENT_REDIRECT = "permanent-redirect"
    VARIANT_ANSWERS = "variant-answers"
    NO_SUCH_NAME = "no-such-name"
    UNKNOWN_DOI = "unknown-doi"
    REGISTERED = "registered"
    NOT_FOUND_PAGE = "not-found-page"
    LIKE_A_MISSING_PAGE = "like-a-missing-page"
    SENT_HOME = "sent-home"
    SENT_ELSEWHERE = "sent-elsewhere"
    ERROR_ADDRESS = "error-address"
    PARKED = "parked"
    HIJACKED = "hijacked"
    DEFAULT_PAGE = "default-page"
    MAINTENANCE = "maintenance"
    BOT_WALL = "bot-wall"
    LOGIN_WALL = "login-wall"
    CONSENT_WALL = "consent-wall"
    REGION_WALL = "region-wall"
    NEEDS_JAVASCRIPT = "needs-javascript"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_HOPS = "too-many-hops"
    RATE_LIMITED = "rate-limited"
    BROKEN_CERTIFICATE = "broken-certificate"
    DNS_TROUBLE = "dns-trouble"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    LEFT_ALONE = "left-alone"
    RESET = "reset"
    PROTOCOL_ERROR = "protocol-error"
    UNREADABLE = "unreadable"
    PROXY = "proxy"
    PRIVATE_ADDRESS = "private-address"
    NOT_A_URL = "not-a-url"
    SCHEME = "scheme"
    OFFLINE = "offline"
    NOT_ASKED = "not-asked"
    INTERRUPTED = "interrupted"
    MAX_TIME = "max-time"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """A verdict on a target, with why. It does not name the target, so that links of which the same is to be said may share one.

    `reason` is a Reason or `http-` and a status; `sentence` says it to a person. `hops` are empty where the target itself
    gave the status. `checked_at` is in whole seconds. `suggestion` is an
    address that answered and may stand in the bibliography instead; `repair` says how that of a gone page
    was found. `secure` is set where an http address answers the same on https. `certificate` is what is wrong with
    the site's certificate. `original` is the page of which the target is an archived copy. `since` is when it was
    first seen to fail, of all runs. `missing_anchors` are cited places that the page, read to its end, does not
    have; `shows` is its title where that is not the cited one.
    """

    verdict: Verdict
    reason: str
    confidence: float
    sentence: str
    status: int | None = None
    final_url: str | None = None
    suggestion: str | None = None
    secure: str | None = None
    certificate: str | None = None
    hops: tuple[Hop, ...] = ()
    checked_at: datetime | None = None
    since: datetime | None = None
    repair: str = ""
    original: str | None = None
    missing_anchors: tuple[str, ...] = ()
    shows: str | None = None


class Outcome(StrEnum):
    """What came of asking an archive."""

    FOUND = "found"
    NONE = "none"
    NOT_ASKED = "not-asked"
    COULD_NOT_ASK = "could-not-ask"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A copy that is not proposed, and why."""

    uri: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArchiveVerdict:
    """The copy to propose for an original, if any, and those refused.

    `is_near` says that it is not far from the wanted date, `is_fresh` that we had it made.
    """

    original: str
    outcome: Outcome
    memento: Memento | None = None
    confidence: float = 0.0
    sentence: str = ""
    refused: tuple[Refusal, ...] = ()
    holds_title: bool = False
    is_near: bool = True
    is_fresh: bool = False


class Standing(StrEnum):
    """What became of a reference when it was compared with the records of metadata sources."""

    VERIFIED = "verified"
    MISMATCH = "mismatch"
    CONFLICT = "conflict"
    NOT_FOUND = "not-found"
    UNDETERMINED = "undetermined"


class Agreement(StrEnum):
    """How a field of a reference stands to the same field of a record."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"
    ABSENT = "absent"


class Grounds(StrEnum):
    """Why a reference has its standing: the codes of the JSON report."""

    IDENTIFIER_AGREES = "identifier-agrees"
    WORDS_AGREE = "words-agree"
    PAGE_AGREES = "page-agrees"
    FIELD_DIFFERS = "field-differs"
    UNREGISTERED = "unregistered"
    OTHER_WORK = "other-work"
    NO_SOURCE_HAS_IT = "no-source-has-it"
    NO_SOURCE_KNOWS = "no-source-knows"
    COULD_NOT_ASK = "could-not-ask"
    TOO_FEW_SOURCES = "too-few-sources"
    UNCERTAIN_RECORD = "uncertain-record"
    NO_TITLE = "no-title"


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """How one field compares, with the reason in words, and what stands here and there."""

    agreement: Agreement
    here: str = ""
    there: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """A verdict on one reference, with why.

    `record` is the one that decided; `fields` how each field compares with it; `sources` the names of those that answered,
    `troubles` what kept the others from it. `others` are records of the same work in other sources or versions.
    `unregistered` is an identifier of the reference that its registry does not know.
    """

    standing: Standing
    reason: Grounds
    confidence: float
    sentence: str
    record: Record | None = None
    fields: Mapping[str, FieldVerdict] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    others: tuple[Record, ...] = ()
    unregistered: str = ""

    def differing(self) -> tuple[str, ...]:
        """Return the names of the fields that differ from the record."""
        return tuple(name for name, found in self.fields.items() if found.agreement is Agreement.DIFFERENT)
