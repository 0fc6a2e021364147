"""Choose the copy to propose: one that was fetched, answered 200, and holds the cited page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.links import content
from refcheck.model.verdict import ArchiveVerdict, Outcome, Refusal
from refcheck.text import dates, urls

if TYPE_CHECKING:
    from datetime import datetime

    from refcheck.links.content import Cited
    from refcheck.model.evidence import ArchiveEvidence, Candidate

WORTH_SAYING = 90


def refusal(candidate: Candidate, original: str, cited: Cited) -> str | None:
    """Return the reason code why a copy does not hold the page, or None where it does."""
    chain, page = candidate.chain, candidate.chain.page
    if chain.looping:
        return "redirect-loop"
    if chain.last.status == 200 and page is not None and content.holds(page, cited):
        return None
    if any(hop.location and content.is_sent_home(original, hop.location) for hop in chain.hops):
        return "sent-home"
    if chain.last.status != 200:
        return f"http-{chain.last.status}"
    if page is None:
        return "unreadable"
    if page.refresh:
        return "redirect"
    opinion = content.wall(chain, page) or content.of_page(page, chain.final_url, original, cited)
    if opinion:
        return opinion.reason
    if page.is_html and cited.titles and not content.speaks_of(page, cited, original):
        return "other-title"
    return None


def choose(evidence: ArchiveEvidence, cited: Cited, window: int) -> ArchiveVerdict:
    """Return the copy to propose, or that there is none, or that the archive could not be asked.

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
        return ArchiveVerdict(evidence.original, Outcome.FOUND, good.memento, confidence, sentence, refused, holds_title=matches)
    if evidence.trouble:
        return ArchiveVerdict(evidence.original, Outcome.COULD_NOT_ASK, sentence=evidence.trouble, refused=refused)
    if evidence.excluded:
        sentence = "the Wayback Machine does not show this site, by its owner's wish"
    elif refused:
        looked = "the one copy looked at does not hold" if len(refused) == 1 else f"none of the {len(refused)} copies looked at holds"
        sentence = f"{looked} the page ({', '.join(dict.fromkeys(r.reason for r in refused))})"
    else:
        sentence = "the Wayback Machine has no copy"
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
    seen = "it has the cited title" if matches else f"it was fetched and read ({urls.host_of(candidate.memento.original)})"
    return f"{sentence}; {seen}"
