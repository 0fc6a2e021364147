"""What evidence about a link means: pure functions from what was seen to a verdict.

Dead needs positive evidence that the page is gone, and no contrary evidence. The best contrary
evidence is the cited title or author on the page. Whatever refuses, is slow or is broken is `blocked`
or `down`: not verified, never dead. Checks stand in the order in which they are asked; the first that
has an opinion wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refcheck.links import phrases
from refcheck.links.page import resemblance
from refcheck.model.evidence import Chain, Hop, LinkEvidence, Page
from refcheck.model.flow import FailureKind
from refcheck.model.verdict import LinkVerdict, Reason, Verdict
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from datetime import datetime

_PERMANENT = frozenset({301, 308})
_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
_WALLED_404_HOSTS = frozenset(
    {"www.linkedin.com", "linkedin.com", "www.jstor.org", "www.facebook.com", "www.instagram.com", "x.com", "twitter.com"}
)
_SESSION = re.compile(r"[;?&/](?:jsessionid|phpsessid|sid|sessionid|aspsessionid|token|ticket)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """What the references say of an address: the best evidence about its page."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a check makes of a page."""

    verdict: Verdict
    reason: Reason
    confidence: float
    sentence: str


def judge(evidence: LinkEvidence, cited: Cited) -> LinkVerdict:
    """Return the verdict on an address; every evidence has one."""
    chain = _telling(evidence)
    verdict = _of_chain(evidence, chain, cited)
    return replace(
        verdict,
        status=chain.last.status,
        final_url=chain.final_url if chain.final_url != evidence.url and chain.last.status else None,
        hops=chain.hops,
        checked_at=_asked_at(chain),
        secure=_secure(evidence, chain, cited, verdict),
    )


def _telling(evidence: LinkEvidence) -> Chain:
    """A second look that does not confirm the first counts instead of it, if it was answered at all."""
    again = evidence.again
    return again if again and again.last.status not in {None, 404} and again.last.status < 500 else evidence.first


def _asked_at(chain: Chain) -> datetime:
    return chain.last.at


def _of_chain(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    last = chain.last
    if last.failure is not None:
        return _of_failure(evidence, chain, cited)
    if chain.looping:
        return _verdict(evidence, _of_loop(evidence.url, chain))
    status = last.status or 0
    page = chain.page
    if page and (opinion := wall(chain, page)):
        return _verdict(evidence, opinion)
    if 200 <= status < 300:
        return _of_answer(evidence, chain, cited)
    if status in {404, 410}:
        return _of_missing(evidence, chain, cited)
    return _of_status(evidence, chain, status)


def _of_loop(asked: str, chain: Chain) -> Opinion:
    """A circle is the site's doing; a chain that never came to its end is not known to be one."""
    if is_sent_home(asked, chain.final_url):
        return Opinion(
            Verdict.SOFT_DEAD, Reason.SENT_HOME, 0.8, f"it redirects to the front page ({chain.final_url}), which redirects to itself"
        )
    if len({hop.url for hop in chain.hops}) == len(chain.hops):
        return Opinion(Verdict.UNKNOWN, Reason.TOO_MANY_HOPS, 0.6, f"it redirects on and on: {len(chain.hops)} hops without an end")
    return Opinion(Verdict.BLOCKED, Reason.REDIRECT_LOOP, 0.6, f"it redirects in a circle ({len(chain.hops)} hops)")


def _verdict(evidence: LinkEvidence, opinion: Opinion, suggestion: str | None = None, certificate: str | None = None) -> LinkVerdict:
    return LinkVerdict(
        evidence.url, opinion.verdict, opinion.reason, opinion.confidence, opinion.sentence, suggestion=suggestion, certificate=certificate
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
    FailureKind.CIRCUIT_OPEN: (Verdict.DOWN, Reason.TIMEOUT, 0.5, "{host} did not answer others in time, so it was not asked again"),
    FailureKind.DEADLINE: (Verdict.DOWN, Reason.DEADLINE, 0.5, "{host} did not come to an end in time"),
    FailureKind.INTERRUPTED: (Verdict.UNKNOWN, Reason.INTERRUPTED, 1.0, "the run was interrupted before the answer came"),
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
    return _verdict(evidence, Opinion(verdict, reason, confidence, sentence), certificate=certificate)


def _behind_broken_certificate(evidence: LinkEvidence, last: Hop, unverified: Chain, cited: Cited) -> LinkVerdict:
    """A page behind a broken certificate is read, and judged like another, but never called dead for the certificate."""
    below = _of_answer(LinkEvidence(evidence.url, unverified), unverified, cited)
    if below.verdict in {Verdict.SOFT_DEAD, Verdict.BLOCKED}:
        return replace(below, certificate=last.detail)
    sentence = f"the page is there, but its certificate is broken: {last.detail}"
    return _verdict(evidence, Opinion(Verdict.ALIVE, Reason.BROKEN_CERTIFICATE, 0.6, sentence), certificate=last.detail)


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
    return _verdict(evidence, opinion, suggestion=variant.final_url)


# An answer that is not the page


def wall_of(headers: Mapping[str, str]) -> str:
    """Return whose wall an answer's headers are of, or ''; a name alone proves nothing below status 400."""
    for name, value, wall in phrases.WALL_HEADERS:
        if name in headers and value in headers[name].lower():
            return wall
    return ""


def wall(chain: Chain, page: Page) -> Opinion | None:
    """A challenge: marks of a wall in the source of a page with little else, whatever the status."""
    marks = phrases.WALL_SIGNALS & set(page.signals)
    said = next((t for t in (page.heading, *page.titles) if phrases.CHALLENGE.search(t)), "")
    early = phrases.CHALLENGE.search(page.sample[:200])
    captcha = "captcha" in page.signals and page.words < 60
    if page.words < 120 and (marks or (captcha and (said or early)) or (said and early)):
        whose = chain.last.detail or next(iter(sorted(marks)), "").split("-")[0].capitalize() or "the site"
        status = f"{chain.last.status} with " if chain.last.status != 200 else ""
        return Opinion(
            Verdict.BLOCKED, Reason.BOT_WALL, 0.95, f"{status}a check for robots by {whose}: programs do not get to see the page"
        )
    return None


def _of_status(evidence: LinkEvidence, chain: Chain, status: int) -> LinkVerdict:
    """Refusals are blocked, trouble of the server is down; neither says that the page is gone."""
    host, whose = urls.host_of(chain.final_url), chain.last.detail
    wall = f", by {whose}," if whose else ""
    if status == 429:
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
    verdict = _verdict(evidence, opinion)
    return verdict if opinion.reason is Reason.RATE_LIMITED else replace(verdict, reason=f"http-{status}")


def _of_missing(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    """404 and 410: gone, unless the cited page is in the answer, another spelling answers, or robots get 404 here."""
    status, page = chain.last.status, chain.page
    host = urls.host_of(chain.final_url)
    if page and holds(page, cited):
        return _verdict(
            evidence, Opinion(Verdict.ALIVE, Reason.TITLE_MATCHES, 0.8, f"the answer is {status}, but the page has the cited title")
        )
    if evidence.variant and evidence.variant.page:
        return _of_variant(evidence, cited)
    if host in _WALLED_404_HOSTS:
        return _verdict(
            evidence, Opinion(Verdict.BLOCKED, Reason.BOT_WALL, 0.8, f"{host} answers {status} to programs whether the page exists or not")
        )
    if page and "redirect-trick" in page.signals:
        return _verdict(
            evidence,
            Opinion(
                Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.6, f"the answer is {status} with a program that may show the page in a browser"
            ),
        )
    twice = evidence.again is not None and evidence.again.last.status == 404
    confidence = 0.99 if status == 410 else 0.97 if twice else 0.9
    name = "410 Gone" if status == 410 else "404 Not Found"
    sentence = f"{host} answers {name}" + (", twice" if twice else "")
    if len(chain.hops) > 1:
        sentence = f"it redirects to {chain.final_url}, and {sentence}"
    return replace(_verdict(evidence, Opinion(Verdict.DEAD, Reason.NOT_FOUND_PAGE, confidence, sentence)), reason=f"http-{status}")


# An answer


def _of_answer(evidence: LinkEvidence, chain: Chain, cited: Cited) -> LinkVerdict:
    page = chain.page
    if page is None:
        return _verdict(evidence, Opinion(Verdict.ALIVE, Reason.HEAD_ONLY, 0.8, "it answers; the body was not asked for"))
    if not holds(page, cited) and (opinion := of_page(page, chain.final_url, evidence.url, cited, evidence.sibling)):
        return _verdict(evidence, opinion)
    return _of_living(evidence, chain, page, cited)


def of_page(page: Page, url: str, asked: str, cited: Cited, sibling: Chain | None = None) -> Opinion | None:
    """Return why a page that answered 200 is not the cited one, or None; for live pages and archived copies alike."""
    for check in _PAGE_CHECKS:
        if opinion := check(page, url, asked, cited):
            return _confirmed(opinion, url, page, sibling)
    return _by_sibling(page, url, asked, cited, sibling)


def _login(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    there = phrases.LOGIN_ADDRESS.search(f"{urls.split(url).path}?{urls.split(url).query}")
    sent = url != asked and there and not phrases.LOGIN_ADDRESS.search(urls.split(asked).path)
    names = f"{page.heading} {' '.join(page.titles)}"
    form = "password-field" in page.signals and page.words < 80 and phrases.LOGIN.search(names)
    if (sent and page.words < 400) or form:
        return Opinion(Verdict.BLOCKED, Reason.LOGIN_WALL, 0.9, "it asks to log in before it shows the page")
    return None


def _consent(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    sent = url != asked and phrases.CONSENT_ADDRESS.search(f"{urls.host_of(url)}{urls.split(url).path}")
    asks = page.words < 150 and any(phrases.CONSENT.search(t) for t in (page.heading, *page.titles))
    if sent or asks:
        return Opinion(Verdict.BLOCKED, Reason.CONSENT_WALL, 0.9, "it asks for consent to cookies before it shows the page")
    return None


def _parked(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    named = any(phrases.PARKED.search(t) for t in (page.heading, *page.titles))
    told = phrases.PARKED.search(page.sample)
    if page.words < 200 and (("parking" in page.signals and (named or told or page.words < 30)) or (named and told)):
        return Opinion(Verdict.SOFT_DEAD, Reason.PARKED, 0.95, "the domain is parked or for sale; the page is gone")
    return None


def _default(page: Page, _url: str, asked: str, _cited: Cited) -> Opinion | None:
    if page.words < 250 and not urls.is_home(asked) and any(phrases.DEFAULT_PAGE.search(t) for t in (page.heading, *page.titles)):
        return Opinion(
            Verdict.SOFT_DEAD, Reason.DEFAULT_PAGE, 0.9, f"it shows the default page of a server or a suspended account ({_shown(page)})"
        )
    return None


def _error_address(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    path = urls.split(url).path
    if (
        url != asked
        and phrases.ERROR_ADDRESS.search(path)
        and not phrases.ERROR_ADDRESS.search(urls.split(asked).path)
        and page.words < 1500
    ):
        return Opinion(Verdict.SOFT_DEAD, Reason.ERROR_ADDRESS, 0.95, f"it redirects to an error page ({path})")
    return None


def _not_found(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    """A not-found phrase in the title or heading of a short page; in its text alone, of a very short one."""
    if not page.is_html:
        return None
    named = next((t for t in (page.heading, *page.titles) if phrases.NOT_FOUND.search(t)), None)
    told = phrases.NOT_FOUND.search(page.sample[:300])
    if named and (page.words < 250 or (told and page.words < 400)):
        return Opinion(Verdict.SOFT_DEAD, Reason.NOT_FOUND_PAGE, 0.9, f"it answers 200, but says {named[:80]!r}")
    if told and page.words < 120:
        return Opinion(Verdict.SOFT_DEAD, Reason.NOT_FOUND_PAGE, 0.85, f"it answers 200, but says {told[0][:80]!r}")
    return None


def _sent_home(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    if not is_sent_home(asked, url) or not page.is_html:
        return None
    return Opinion(Verdict.SOFT_DEAD, Reason.SENT_HOME, 0.8, f"it redirects to the front page ({url}); the page itself is gone")


def is_sent_home(asked: str, url: str) -> bool:
    """Whether an address that led deep into a site now ends on a front page of that site (not of a subdomain made for it)."""
    deep = not urls.is_home(asked) and urls.split(asked).path.strip("/") != ""
    if url == asked or not deep or not urls.is_home(url) or urls.is_kept_redirect(asked):
        return False
    first = urls.split(asked).path.strip("/").split("/")[0].lower()
    return not urls.host_of(url).startswith(f"{first}.")


def _needs_javascript(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    if page.is_html and not page.truncated and page.words < 15 and (page.size == 0 or "application" in page.signals or page.words == 0):
        return Opinion(Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.7, "the page is empty without JavaScript: it cannot be read from here")
    return None


_PageCheck = Callable[[Page, str, str, Cited], Opinion | None]
_PAGE_CHECKS: tuple[_PageCheck, ...] = (_parked, _default, _error_address, _login, _consent, _not_found, _sent_home, _needs_javascript)


def _confirmed(opinion: Opinion, url: str, page: Page, sibling: Chain | None) -> Opinion:
    """An address that cannot exist, answered alike, makes a soft 404 nearly certain."""
    if opinion.verdict is Verdict.SOFT_DEAD and sibling and _alike(url, page, sibling):
        return replace(
            opinion, confidence=max(opinion.confidence, 0.97), sentence=f"{opinion.sentence}; so does an address that cannot exist"
        )
    return opinion


def _by_sibling(page: Page, url: str, asked: str, cited: Cited, sibling: Chain | None) -> Opinion | None:
    if sibling is None or not page.is_html or urls.is_home(asked) or not _alike(url, page, sibling) or speaks_of(page, cited, asked):
        return None
    same = "leads to the same page" if sibling.final_url == url else "shows the same page"
    return Opinion(
        Verdict.SOFT_DEAD, Reason.LIKE_A_MISSING_PAGE, 0.95, f"an address of this site that cannot exist {same} ({_shown(page)})"
    )


def _alike(url: str, page: Page, sibling: Chain) -> bool:
    if sibling.last.status != 200 or sibling.page is None:
        return False
    return sibling.final_url == url or (page.words > 0 and resemblance(page.shingles, sibling.page.shingles) >= 0.9)


def _shown(page: Page) -> str:
    return repr((page.heading or (page.titles[0] if page.titles else page.sample))[:60])


def is_suspect(chain: Chain, cited: Cited) -> bool:
    """Whether an answer of 200 leaves a doubt that an address which cannot exist may settle."""
    page, asked = chain.page, chain.hops[0].url
    if page is None or chain.last.status != 200 or not page.is_html or holds(page, cited) or urls.is_home(asked) or wall(chain, page):
        return False
    opinion = next(filter(None, (check(page, chain.final_url, asked, cited) for check in _PAGE_CHECKS)), None)
    if opinion:
        return opinion.reason in {Reason.NOT_FOUND_PAGE, Reason.SENT_HOME}
    return bool(cited.titles) and not speaks_of(page, cited, asked)


# Is it the page?


def holds(page: Page, cited: Cited) -> bool:
    """Whether a page says that it is the cited work: its title is the cited one."""
    return any(titles.same(cited_title, found) for cited_title in cited.titles for found in _names(page))


def _names(page: Page) -> tuple[str, ...]:
    return (*page.titles, page.sample[:200]) if page.content_type == "application/pdf" else page.titles


def speaks_of(page: Page, cited: Cited, asked: str | None) -> bool:
    """Whether a page has to do with the cited work: its title is alike, its text has the title, or its title the address's words."""
    if any(titles.similarity(t, found) >= 0.6 for t in cited.titles for found in _names(page)):
        return True
    text = titles.folded(page.sample)
    if any(len(words := titles.folded(t).split()) >= 3 and " ".join(words) in text for t in cited.titles):
        return True
    slug = urls.slug_words(asked) if asked else ""
    if slug and any(titles.similarity(slug, found) >= 0.8 for found in _names(page)):
        return True
    name = _file_name(asked) if asked else ""
    return name != "" and any(name in found.lower() for found in page.titles)


def _file_name(url: str) -> str:
    name = urls.split(url).path.rsplit("/", 1)[-1].lower()
    return name if re.search(r"\w{3}\.\w{2,4}$", name) else ""


def _of_living(evidence: LinkEvidence, chain: Chain, page: Page, cited: Cited) -> LinkVerdict:
    """The page is there: where it was, or somewhere else."""
    matches = holds(page, cited)
    asked, url = evidence.url, chain.final_url
    if url == asked or (urls.identity(url) == urls.identity(asked) and urls.split(url)[:3] == urls.split(asked)[:3]):
        return _verdict(evidence, _at_home(chain, page, asked, matches=matches))
    where = f"it redirects to {url}"
    if urls.is_kept_redirect(asked):
        return _verdict(evidence, Opinion(Verdict.REDIRECTED, Reason.KEPT_REDIRECT, 0.9, f"{where}, as it is meant to"))
    redirects = chain.hops[:-1]
    permanent = all(hop.status in _PERMANENT for hop in redirects) and all(hop.via == "http" for hop in chain.hops)
    if not permanent:
        return _verdict(evidence, Opinion(Verdict.REDIRECTED, Reason.TEMPORARY_REDIRECT, 0.9, f"{where}, for the time being"))
    if _SESSION.search(url) or not (matches or same_path(asked, url)):
        return _verdict(
            evidence, Opinion(Verdict.REDIRECTED, Reason.UNCERTAIN_TARGET, 0.7, f"{where}, which is not certain to be the cited page")
        )
    seen = "the page there has the cited title" if matches else "the address is the same but for host, scheme or slash"
    return _verdict(evidence, Opinion(Verdict.MOVED, Reason.PERMANENT_REDIRECT, 0.95, f"it redirects for good; {seen}"), suggestion=url)


def _at_home(chain: Chain, page: Page, asked: str, *, matches: bool) -> Opinion:
    if matches:
        return Opinion(Verdict.ALIVE, Reason.TITLE_MATCHES, 0.99, "the page has the cited title")
    if page.truncated and page.words < 50:
        return Opinion(Verdict.ALIVE, Reason.CUT_SHORT, 0.7, "it answers, but its text could not be read to the end")
    expected_pdf = urls.split(asked).path.lower().endswith(".pdf") and page.is_html
    if expected_pdf:
        return Opinion(Verdict.ALIVE, Reason.ANSWERED, 0.6, "it answers with a web page where a PDF is cited")
    return Opinion(Verdict.ALIVE, Reason.ANSWERED, 0.9, f"it answers {chain.last.status}")


def same_path(one: str, other: str) -> bool:
    """Whether two addresses are the same but for scheme, host, slash and tracking parameters."""
    return urls.identity(one).partition("/")[2] == urls.identity(other).partition("/")[2] and not urls.is_home(one)


def _secure(evidence: LinkEvidence, chain: Chain, cited: Cited, verdict: LinkVerdict) -> str | None:
    """Return the https address of an http page, where it gives the same page."""
    secure = evidence.variant
    if evidence.variant_kind != "https" or secure is None or secure.page is None or secure.last.status != 200 or chain.page is None:
        return None
    if verdict.verdict is not Verdict.ALIVE or urls.split(secure.final_url).scheme != "https":
        return None
    same = resemblance(chain.page.shingles, secure.page.shingles) >= 0.8 or (chain.page.titles and chain.page.titles == secure.page.titles)
    return urls.with_scheme(evidence.url, "https") if same or holds(secure.page, cited) else None
