"""What evidence about a link means: pure functions from what was seen to a verdict.

Dead needs positive evidence that the page is gone, and no contrary evidence. The best contrary
evidence is the cited title or author on the page. Whatever refuses, is slow or is broken is `blocked`
or `down`: not verified, never dead. Checks stand in the order in which they are asked; the first that
has an opinion wins.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from refcheck.links import quirks
from refcheck.links.content import Cited, holds, shows_other_work, speaks_of
from refcheck.links.instead import of_page
from refcheck.links.instead.gates import asks_to_log_in, wall
from refcheck.links.instead.missing import is_sent_home
from refcheck.links.instead.opinion import Opinion
from refcheck.links.memory import sighting
from refcheck.links.page import resemblance
from refcheck.links.words import gates
from refcheck.model.evidence import Chain, Hop, LinkEvidence, Page
from refcheck.model.flow import FailureKind
from refcheck.model.history import UNKNOWN, History
from refcheck.model.verdict import LIVING, LinkVerdict, Reason, Verdict
from refcheck.text import dates, urls

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERMANENT = frozenset({301, 308})
_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
_TOO_MANY = 429
_EMPTY = frozenset({204, 205})  # RFC 9110, sections 15.3.5 and 15.3.6
_SESSION = re.compile(r"[;?&/](?:jsessionid|phpsessid|sid|sessionid|aspsessionid|token|ticket)\b", re.IGNORECASE)


def judge(evidence: LinkEvidence, cited: Cited, history: History = UNKNOWN) -> LinkVerdict:
    """Return the verdict on an address; every evidence has one. What earlier runs saw makes lasting trouble a death."""
    chain = _telling(evidence)
    verdict = _of_chain(evidence, chain, cited)
    if evidence.confirmation:
        verdict = _confirmed(verdict, evidence.confirmation)
    living = chain.page if verdict.verdict in LIVING else None
    seen = replace(
        verdict,
        status=chain.last.status,
        final_url=chain.final_url if chain.final_url != evidence.url and chain.last.status else None,
        hops=() if _is_direct(chain, evidence.url) else chain.hops,
        checked_at=chain.last.at.replace(microsecond=0),
        original=evidence.original,
        secure=_secure(evidence, chain, cited, verdict),
        missing_anchors=_missing_anchors(chain, living, cited),
        shows=shows_other_work(living, cited, evidence.url) if living else None,
    )
    return _over_time(evidence.url, seen, history)


def _over_time(target: str, verdict: LinkVerdict, history: History) -> LinkVerdict:
    """Judge a failure by the earlier ones: trouble that lasted a week, seen three times, is a death; a name that stays away is surer."""
    news = sighting(target, verdict)
    if news is None or news.alive:
        return verdict
    since = min(news.at, history.failing_since or news.at)
    failures = history.failures + (1 if history.last_failure is None or history.last_failure + timedelta(seconds=1) < news.at else 0)
    lasted = news.at - since
    if verdict.verdict is Verdict.DOWN and failures >= 3 and lasted >= timedelta(days=7):
        sentence = f"{verdict.sentence}; it has failed {failures} times since {dates.spoken(since)}"
        verdict = replace(verdict, verdict=Verdict.DEAD, confidence=0.8, sentence=sentence)
    elif verdict.reason == Reason.NO_SUCH_NAME and lasted >= timedelta(days=1):
        sentence = f"the name {urls.host_of(target)} does not exist, nor did it on {dates.spoken(since)}"
        verdict = replace(verdict, confidence=0.97, sentence=sentence)
    return replace(verdict, since=since)


def landed_together(verdicts: Mapping[str, LinkVerdict]) -> dict[str, LinkVerdict]:
    """Return other verdicts on the links that one site led to one page, which shows none of the cited titles: nobody moved them there."""
    landed: dict[str, list[str]] = {}
    for target, verdict in verdicts.items():
        strayed = verdict.reason in {Reason.TEMPORARY_REDIRECT, Reason.UNCERTAIN_TARGET} and verdict.shows
        if strayed and verdict.final_url and urls.site_of(target) == urls.site_of(verdict.final_url):
            landed.setdefault(verdict.final_url, []).append(target)
    gone = [(target, where) for where, targets in landed.items() if len({*map(urls.target_identity, targets)}) > 1 for target in targets]
    sentence = "it redirects to {}, and so does another cited page of this site"
    return {
        target: replace(
            verdicts[target], verdict=Verdict.SOFT_DEAD, reason=Reason.SENT_ELSEWHERE, confidence=0.85, sentence=sentence.format(where)
        )
        for target, where in gone
    }


def _telling(evidence: LinkEvidence) -> Chain:
    """A second look that does not confirm the first counts instead of it, if it was answered at all."""
    again = evidence.again
    return again if again and again.last.status not in {None, 404} and again.last.status < 500 else evidence.first


def _is_direct(chain: Chain, target: str) -> bool:
    """Whether the target itself answered."""
    return len(chain.hops) == 1 and chain.last.url == target and chain.last.status is not None


def _confirmed(verdict: LinkVerdict, confirmation: Chain) -> LinkVerdict:
    """Believe a site's own answer about a page that does not show itself to programs: that it is there, or that it is not."""
    status = confirmation.last.status
    host = urls.host_of(confirmation.final_url)
    if status == 200 and verdict.verdict is not Verdict.DEAD:
        sentence = f"{host} says that it is there"
        return replace(verdict, verdict=Verdict.ALIVE, reason=Reason.ANSWERED, confidence=0.9, sentence=sentence)
    if status in {400, 404} and verdict.verdict in LIVING and verdict.reason != Reason.TITLE_MATCHES:
        sentence = f"it answers 200, but {host} says that there is no such page"
        return replace(verdict, verdict=Verdict.SOFT_DEAD, reason=Reason.NOT_FOUND_PAGE, confidence=0.8, sentence=sentence, suggestion=None)
    return verdict


def _missing_anchors(chain: Chain, page: Page | None, cited: Cited) -> tuple[str, ...]:
    """Return the cited places that a page does not have, where it was read to its end and has its anchors in its source."""
    if page is None or not page.is_html or page.truncated or page.words < 60 or not quirks.has_anchors(chain.final_url):
        return ()
    return tuple(
        anchor for anchor in cited.anchors if anchor not in page.anchors and not re.fullmatch(r"top|page\d*|[A-Za-z]*L?\d+", anchor)
    )


def _of_chain(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    if evidence.registered is False:
        sentence = "the Handle System does not know it: no such DOI or Handle is registered"
        return _verdict(Opinion(Verdict.DEAD, Reason.UNKNOWN_DOI, 0.97, sentence))
    verdict = _of_answers(evidence, chain, cited)
    if evidence.registered and verdict.verdict is Verdict.BLOCKED:
        sentence = f"it is registered; where it leads cannot be seen from here ({verdict.sentence})"
        return replace(verdict, verdict=Verdict.REDIRECTED, reason=Reason.REGISTERED, confidence=0.9, sentence=sentence)
    return verdict


def _of_answers(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    last = chain.last
    if last.failure is not None:
        return _of_failure(evidence, chain, cited)
    if chain.looping:
        return _verdict(_of_loop(evidence.url, chain))
    status = last.status or 0
    page = chain.page
    if page and status != _TOO_MANY and not (status == 200 and holds(page, cited)) and (opinion := wall(chain, page)):
        return _verdict(opinion)
    if status in _EMPTY:
        sentence = f"{urls.host_of(chain.final_url)} answers {status}: without a page"
        return replace(_verdict(Opinion(Verdict.BLOCKED, Reason.ANSWERED, 0.6, sentence)), reason=f"http-{status}")
    if 200 <= status < 300:
        return _of_answer(evidence, chain, cited)
    if status in {404, 410}:
        return _of_missing(evidence, chain, cited)
    return _of_status(chain, status)


def _of_loop(asked: str, chain: Chain) -> Opinion:
    """A circle is the site's doing; a chain that never came to its end is not known to be one."""
    if is_sent_home(asked, chain.final_url) and chain.last.location == chain.final_url:
        return Opinion(
            Verdict.SOFT_DEAD, Reason.SENT_HOME, 0.8, f"it redirects to the front page ({chain.final_url}), which redirects to itself"
        )
    if len({hop.url for hop in chain.hops}) == len(chain.hops):
        return Opinion(Verdict.UNKNOWN, Reason.TOO_MANY_HOPS, 0.6, f"it redirects on and on: {len(chain.hops)} hops without an end")
    return Opinion(Verdict.BLOCKED, Reason.REDIRECT_LOOP, 0.6, f"it redirects in a circle ({len(chain.hops)} hops)")


def _verdict(opinion: Opinion, suggestion: str | None = None, certificate: str | None = None) -> LinkVerdict:
    return LinkVerdict(
        opinion.verdict, opinion.reason, opinion.confidence, opinion.sentence, suggestion=suggestion, certificate=certificate
    )


# No answer

_FAILURES: Mapping[FailureKind, tuple[Verdict, Reason, float, str]] = {
    FailureKind.NO_SUCH_NAME: (Verdict.DEAD, Reason.NO_SUCH_NAME, 0.9, "the name {host} does not exist (asked once; an internal name would look the same)"),
    FailureKind.DNS: (Verdict.DOWN, Reason.DNS_TROUBLE, 0.5, "the name {host} could not be looked up: {detail}"),
    FailureKind.REFUSED: (Verdict.DOWN, Reason.REFUSED, 0.6, "{host} refuses the connection"),
    FailureKind.TIMEOUT: (Verdict.DOWN, Reason.TIMEOUT, 0.6, "{host} did not answer in time"),
    FailureKind.RESET: (Verdict.DOWN, Reason.RESET, 0.6, "{host} broke the connection off"),
    FailureKind.PROTOCOL: (Verdict.DOWN, Reason.PROTOCOL_ERROR, 0.6, "{host} answers with something that is not HTTP: {detail}"),
    FailureKind.DECODING: (Verdict.DOWN, Reason.UNREADABLE, 0.5, "the answer of {host} cannot be decoded: {detail}"),
    FailureKind.TOO_LARGE: (Verdict.DOWN, Reason.TOO_LARGE, 0.5, "the answer of {host} is out of all bounds: {detail}"),
    FailureKind.TLS: (Verdict.DOWN, Reason.BROKEN_CERTIFICATE, 0.6, "no secure connection to {host}: {detail}"),
    FailureKind.UNSAFE: (Verdict.UNSAFE, Reason.PRIVATE_ADDRESS, 0.95, "{host} is a private address and was not asked"),
    FailureKind.PROXY: (Verdict.DOWN, Reason.PROXY, 0.5, "the proxy could not reach {host}: {detail}"),
    FailureKind.CIRCUIT_OPEN: (Verdict.DOWN, Reason.LEFT_ALONE, 0.5, "{host} was not asked: {detail}"),
    FailureKind.DEADLINE: (Verdict.DOWN, Reason.DEADLINE, 0.5, "{host} did not come to an end in time"),
    FailureKind.INTERRUPTED: (Verdict.UNKNOWN, Reason.INTERRUPTED, 1.0, "the run was interrupted before the answer came"),
    FailureKind.MAX_TIME: (Verdict.UNKNOWN, Reason.MAX_TIME, 1.0, "the time given to the run was over before the answer came"),
    FailureKind.OFFLINE: (Verdict.UNKNOWN, Reason.OFFLINE, 1.0, "there was no network"),
}  # fmt: skip


def _of_failure(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    last = chain.last
    kind = last.failure or FailureKind.OFFLINE
    if evidence.variant and evidence.variant.page:
        return _of_variant(evidence, cited)
    if kind is FailureKind.TLS and evidence.unverified and evidence.unverified.page and evidence.unverified.last.status == 200:
        return _behind_broken_certificate(evidence, last, evidence.unverified, cited)
    verdict, reason, confidence, form = _FAILURES[kind]
    sentence = form.format(host=urls.host_of(last.url), detail=last.detail or "no more is known")
    if len(chain.hops) > 1:
        sentence = f"it redirects to {last.url}, and {sentence}"
    certificate = last.detail if kind is FailureKind.TLS else None
    return _verdict(Opinion(verdict, reason, confidence, sentence), certificate=certificate)


def _behind_broken_certificate(evidence: LinkEvidence, last: Hop, unverified: Chain, cited: Cited) -> LinkVerdict:
    """A page behind a broken certificate is read, and judged like another, but never called dead for the certificate."""
    below = _of_answer(LinkEvidence(evidence.url, unverified), unverified, cited)
    if below.verdict in {Verdict.SOFT_DEAD, Verdict.BLOCKED}:
        return replace(below, certificate=last.detail)
    page = unverified.page
    if page and cited.titles and not speaks_of(page, cited, evidence.url):
        sentence = f"its certificate is broken ({last.detail}), and the page behind it does not show the cited title"
        return _verdict(Opinion(Verdict.DOWN, Reason.BROKEN_CERTIFICATE, 0.6, sentence), certificate=last.detail)
    sentence = f"the page is there, but its certificate is broken: {last.detail}"
    return _verdict(Opinion(Verdict.ALIVE, Reason.BROKEN_CERTIFICATE, 0.6, sentence), certificate=last.detail)


def _of_variant(evidence: LinkEvidence, cited: Cited) -> LinkVerdict:
    variant = evidence.variant
    if variant is None:
        raise ValueError("there is no variant to judge")
    matches = variant.page is not None and holds(variant.page, cited)
    what = {"www": "its host name without or with www.", "scheme": "the other scheme"}.get(
        evidence.variant_kind, "another spelling of the address"
    )
    sentence = f"the address itself does not answer, but {what} does" + (", with the cited title" if matches else "")
    opinion = Opinion(Verdict.MOVED, Reason.VARIANT_ANSWERS, 0.95 if matches else 0.8, sentence)
    return _verdict(opinion, suggestion=variant.final_url)


# An answer that is not the page


def wall_of(headers: Mapping[str, str]) -> str:
    """Return whose wall an answer's headers are of, or ''; a name alone proves nothing below status 400."""
    for name, value, whose in gates.WALL_HEADERS:
        if name in headers and value in headers[name].lower():
            return whose
    return ""


def _of_status(chain: Chain, status: int) -> LinkVerdict:
    """Refusals are blocked, trouble of the server is down; neither says that the page is gone."""
    host, whose = urls.host_of(chain.final_url), chain.last.detail
    wall = f", by {whose}," if whose else ""
    if status == _TOO_MANY:
        opinion = Opinion(Verdict.BLOCKED, Reason.RATE_LIMITED, 0.9, f"{host} answers 429 (too many requests) and did not relent")
    elif status in _REFUSALS:
        opinion = Opinion(
            Verdict.BLOCKED, Reason.BOT_WALL, 0.9, f"{host} answers {status}{wall} to programs: it cannot be verified from here"
        )
    elif status >= 500:
        again = f", {chain.last.attempts} times in a row" if chain.last.attempts > 1 else ""
        opinion = Opinion(Verdict.DOWN, Reason.ANSWERED, 0.7, f"{host} has trouble of its own: status {status}{again}")
    else:
        opinion = Opinion(Verdict.BLOCKED, Reason.ANSWERED, 0.6, f"{host} answers {status}, which says nothing about the page")
    verdict = _verdict(opinion)
    return verdict if opinion.reason is Reason.RATE_LIMITED else replace(verdict, reason=f"http-{status}")


def _of_missing(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    """404 and 410: gone, unless the cited page is in the answer, another spelling answers, or robots get 404 here."""
    status, page = chain.last.status, chain.page
    host = urls.host_of(chain.final_url)
    if page and status != 410 and holds(page, cited):
        return _verdict(Opinion(Verdict.ALIVE, Reason.TITLE_MATCHES, 0.8, f"the answer is {status}, but the page has the cited title"))
    if evidence.variant and evidence.variant.page:
        return _of_variant(evidence, cited)
    if page and (form := asks_to_log_in(page, chain.final_url, evidence.url, cited)):
        return _verdict(form)
    if quirks.is_walled(chain.final_url):
        return _verdict(
            Opinion(Verdict.BLOCKED, Reason.BOT_WALL, 0.8, f"{host} answers {status} to programs whether the page exists or not")
        )
    if page and "redirect-trick" in page.signals:
        return _verdict(
            Opinion(
                Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.6, f"the answer is {status} with a program that may show the page in a browser"
            ),
        )
    twice = evidence.again is not None and evidence.again.last.status == 404
    where = f"it redirects to {chain.final_url}, and " if len(chain.hops) > 1 else ""
    if status == 404 and not twice:
        return _unconfirmed(evidence, f"{where}{host} answered 404 Not Found")
    opinion = Opinion(Verdict.DEAD, Reason.NOT_FOUND_PAGE, 0.97, f"{where}{host} answers 404 Not Found, twice")
    if status == 410:
        opinion = Opinion(Verdict.DEAD, Reason.NOT_FOUND_PAGE, 0.99, f"{where}{host} answers 410 Gone")
    return replace(_verdict(opinion), reason=f"http-{status}")


def _unconfirmed(evidence: LinkEvidence, said: str) -> LinkVerdict:
    """One 404 is no death: what a second look did not confirm is down, or unknown where we gave up ourselves."""
    again = evidence.again.last if evidence.again else None
    if again is None or again.failure in {FailureKind.INTERRUPTED, FailureKind.MAX_TIME, FailureKind.OFFLINE}:
        reason = Reason.MAX_TIME if again and again.failure is FailureKind.MAX_TIME else Reason.INTERRUPTED
        return _verdict(Opinion(Verdict.UNKNOWN, reason, 0.9, f"{said} once, and was not asked again"))
    what = f"status {again.status}" if again.status else again.failure or "no answer"
    return replace(_verdict(Opinion(Verdict.DOWN, Reason.ANSWERED, 0.6, f"{said} once, but at a second look {what}")), reason="http-404")


# An answer


def _of_answer(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    page = chain.page
    if page is None:
        return _verdict(Opinion(Verdict.ALIVE, Reason.HEAD_ONLY, 0.8, "it answers; the body was not asked for"))
    if not holds(page, cited) and (opinion := of_page(page, chain.final_url, _meant(chain), cited, evidence.sibling)):
        return _verdict(opinion)
    return _of_living(evidence, chain, page, cited)


def _meant(chain: Chain) -> str:
    """Return the address that was asked for, or where a shortener led: what happened from there on is the site's doing."""
    return next((hop.url for hop in chain.hops if urls.host_of(hop.url) not in urls.SHORTENERS), chain.final_url)


def _of_living(evidence: LinkEvidence, chain: Chain, page: Page, cited: Cited) -> LinkVerdict:
    """The page is there: where it was, or somewhere else."""
    matches = holds(page, cited)
    asked, url = evidence.url, chain.final_url
    if url == asked or (urls.identity(url) == urls.identity(asked) and urls.split(url)[:3] == urls.split(asked)[:3]):
        return _verdict(_at_home(chain, page, asked, matches=matches))
    where = f"it redirects to {url}"
    if urls.is_kept_redirect(asked):
        return _verdict(Opinion(Verdict.REDIRECTED, Reason.KEPT_REDIRECT, 0.9, f"{where}, as it is meant to"))
    redirects = chain.hops[:-1]
    permanent = all(hop.status in _PERMANENT for hop in redirects) and all(hop.via == "http" for hop in chain.hops)
    if not permanent:
        return _verdict(Opinion(Verdict.REDIRECTED, Reason.TEMPORARY_REDIRECT, 0.9, f"{where}, for the time being"))
    elsewhere = urls.site_of(asked) != urls.site_of(url) and cited.titles and not speaks_of(page, cited, asked)
    if _SESSION.search(url) or elsewhere or not (matches or same_path(asked, url)):
        return _verdict(Opinion(Verdict.REDIRECTED, Reason.UNCERTAIN_TARGET, 0.7, f"{where}, which is not certain to be the cited page"))
    seen = "the page there has the cited title" if matches else "the address is the same but for host, scheme or slash"
    return _verdict(Opinion(Verdict.MOVED, Reason.PERMANENT_REDIRECT, 0.95, f"it redirects for good; {seen}"), suggestion=url)


def _at_home(chain: Chain, page: Page, asked: str, *, matches: bool) -> Opinion:
    if matches:
        return Opinion(Verdict.ALIVE, Reason.TITLE_MATCHES, 0.99, "the page has the cited title")
    if page.truncated and page.words < 50:
        return Opinion(Verdict.ALIVE, Reason.CUT_SHORT, 0.7, "it answers, but its text could not be read to the end")
    expected_pdf = urls.split(asked).path.lower().endswith(".pdf") and page.is_html
    if expected_pdf:
        return Opinion(Verdict.ALIVE, Reason.ANSWERED, 0.6, "it answers with a web page where a PDF is cited")
    return Opinion(Verdict.ALIVE, Reason.ANSWERED, 0.9, sys.intern(f"it answers {chain.last.status}"))


def same_path(one: str, other: str) -> bool:
    """Whether two addresses are the same but for scheme, host, slash and tracking parameters."""
    here, there = (re.sub(r"^[^/?]*", "", urls.identity(url)) for url in (one, other))
    return here == there and not urls.is_home(one)


def _secure(evidence: LinkEvidence, chain: Chain, cited: Cited, verdict: LinkVerdict) -> str | None:
    """Return the https address of an http page, where it gives the same page."""
    secure = evidence.variant
    if evidence.variant_kind != "https" or secure is None or secure.page is None or secure.last.status != 200 or chain.page is None:
        return None
    if verdict.verdict is not Verdict.ALIVE or urls.split(secure.final_url).scheme != "https":
        return None
    same = resemblance(chain.page.shingles, secure.page.shingles) >= 0.8 or (chain.page.titles and chain.page.titles == secure.page.titles)
    return urls.with_scheme(evidence.url, "https") if same or holds(secure.page, cited) else None
