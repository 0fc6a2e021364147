"""Choose the copy to propose: one that was fetched, answered 200, and holds the cited page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from refcheck.links import content, instead
from refcheck.links.instead import gates, missing
from refcheck.model.verdict import ArchiveVerdict, Outcome, Refusal
from refcheck.text import dates, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from refcheck.links.content import Cited
    from refcheck.model.evidence import ArchiveEvidence, Candidate, Memento

WORTH_SAYING = 90
EXCLUDED = "excluded"  # the detail of a hop where an archive refuses to show a site
_WINDOW = timedelta(days=730)


def ordered(rows: Iterable[Memento], wanted: datetime) -> list[Memento]:
    """Return copies in the order in which to try them: those within two years before those beyond, then those before the date."""

    def rank(row: Memento) -> tuple[bool, bool, timedelta]:
        distance = abs(row.captured_at - wanted)
        return distance > _WINDOW, row.captured_at > wanted, distance

    return sorted(rows, key=rank)


def refusal(candidate: Candidate, original: str, cited: Cited) -> str | None:
    """Return the reason code why a copy does not hold the page, or None where it does."""
    chain, page = candidate.chain, candidate.chain.page
    if chain.looping:
        return "redirect-loop"
    if chain.last.status == 200 and page is not None and content.holds(page, cited):
        return None
    if any(hop.location and missing.is_sent_home(original, hop.location) for hop in chain.hops):
        return "sent-home"
    if chain.last.status != 200:
        return f"http-{chain.last.status}"
    if page is None:
        return "unreadable"
    if page.refresh:
        return "redirect"
    opinion = gates.wall(chain, page) or instead.of_page(page, chain.final_url, original, cited)
    if opinion:
        return opinion.reason
    if page.is_html and cited.titles and not content.speaks_of(page, cited, original):
        return "other-title"
    return None


def _spoken(archives: Sequence[str]) -> str:
    names = [f"the {name}" if name == "Wayback Machine" else name for name in archives]
    return f"{names[0]} has" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} have"


def choose(evidence: ArchiveEvidence, cited: Cited, window: int, asked: Sequence[str] = ("Wayback Machine",)) -> ArchiveVerdict:
    """Return the copy to propose, or that there is none, or that an archive (of those asked) could not be.

    `window` is the distance in days from the wanted date beyond which a copy is proposed with less confidence.
    """
    refused = tuple(
        Refusal(c.memento.uri, reason) for c in evidence.candidates if (reason := refusal(c, evidence.original, cited)) is not None
    )
    good = next((c for c in evidence.candidates if refusal(c, evidence.original, cited) is None), None)
    if good and good.chain.page:
        matches = content.holds(good.chain.page, cited)
        days = distance(evidence.wanted, good.memento.captured_at)
        confidence = (0.97 if matches else 0.85 if cited.titles else 0.8) * (0.8 if days is not None and days > window else 1.0)
        sentence = _sentence(good, days, matches=matches)
        near = days is None or days <= window
        return ArchiveVerdict(evidence.original, Outcome.FOUND, good.memento, confidence, sentence, refused, matches, near)
    if evidence.trouble:
        return ArchiveVerdict(evidence.original, Outcome.COULD_NOT_ASK, sentence=evidence.trouble, refused=refused)
    if evidence.excluded:
        sentence = "the archive does not show this site, by its owner's wish"
    elif refused:
        looked = "the one copy looked at does not hold" if len(refused) == 1 else f"none of the {len(refused)} copies looked at holds"
        sentence = f"{looked} the page ({', '.join(dict.fromkeys(r.reason for r in refused))})"
    else:
        sentence = f"{_spoken(asked)} no copy"
    return ArchiveVerdict(evidence.original, Outcome.NONE, sentence=sentence, refused=refused)


def distance(wanted: datetime | None, captured: datetime) -> int | None:
    """Return how many days lie between the wanted date and the copy's, or None where no date is wanted."""
    return abs((captured - wanted).days) if wanted else None


def _sentence(candidate: Candidate, days: int | None, *, matches: bool) -> str:
    sentence = f"copy of {dates.spoken(candidate.memento.captured_at)}"
    if days is not None and days > WORTH_SAYING:
        months = round(days / 30.4)
        sentence += (
            f", {months} months from the reference's date" if months < 24 else f", {round(days / 365)} years from the reference's date"
        )
    if candidate.memento.archive != "Wayback Machine":
        sentence += f" at {candidate.memento.archive}"
    seen = "it has the cited title" if matches else f"it was fetched and read ({urls.host_of(candidate.memento.original)})"
    return f"{sentence}; {seen}"
