"""What an answer shows instead of the cited page: for live pages and archived copies alike.

The checks stand in the order in which they are asked; the first that has an opinion wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from refcheck.links import phrases
from refcheck.links.content import ECHO, Cited, holds, names_of, says_missing, speaks_of
from refcheck.links.page import is_name_of_host, resemblance
from refcheck.model.evidence import Chain, Page
from refcheck.model.verdict import Reason, Verdict
from refcheck.text import titles, urls

_TELLING_WORDS = 25  # fewer words than this tell one page of a site from another no better than a logo does, if a program may add to them
_ESSAY = 100  # words in paragraphs: no notice has so many
_NOTICE_WORDS = 120  # a page that only its text calls missing has fewer words than this
_OFFERS = 2  # how many words of a shop or a casino a page has at least that sells what it is called by
_MOSTLY = 0.5  # share of a title
_GATE_WORDS = 250  # what asks before it shows a page has fewer words than this
_STATED_WORDS = 8
_SAYING_WORDS = 3  # fewer words than this say nothing at all


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a check makes of a page."""

    verdict: Verdict
    reason: Reason
    confidence: float
    sentence: str


def wall(chain: Chain, page: Page) -> Opinion | None:
    """A challenge: marks of a wall in the source of a page with little else, whatever the status."""
    final = chain.final_url
    if {urls.host_of(final), urls.site_of(final)} & phrases.WALL_HOSTS or phrases.WALL_ADDRESS.search(final.partition("://")[2]):
        return Opinion(Verdict.BLOCKED, Reason.BOT_WALL, 0.95, f"it sends programs to a check for robots ({urls.host_of(final)})")
    if page.words >= 120:
        return None
    marks = phrases.WALL_SIGNALS & set(page.signals)
    said = next((t for t in (page.heading, *page.titles) if phrases.CHALLENGE.search(t)), "")
    early = phrases.CHALLENGE.search(page.sample[:200])
    captcha = "captcha" in page.signals and page.words < 60
    plain = "described" not in page.signals  # who shows a check does not describe it to search engines
    if marks or (captcha and (said or early)) or (plain and said and (early or page.words < _TELLING_WORDS)):
        whose = chain.last.detail or next(iter(sorted(marks)), "").split("-")[0].capitalize() or "the site"
        status = f"{chain.last.status} with " if chain.last.status != 200 else ""
        return Opinion(
            Verdict.BLOCKED, Reason.BOT_WALL, 0.95, f"{status}a check for robots by {whose}: programs do not get to see the page"
        )
    return None


def of_page(page: Page, url: str, asked: str, cited: Cited, sibling: Chain | None = None) -> Opinion | None:
    """Return why a page that answered 200 is not the cited one, or None; for live pages and archived copies alike."""
    for check in _PAGE_CHECKS:
        if check is _sent_home and _became_the_site(page, cited, sibling):
            continue
        if (opinion := check(page, url, asked, cited)) and (sure := _confirmed(opinion, url, page, asked, sibling)):
            return sure
    return _by_sibling(page, url, asked, cited, sibling)


def _became_the_site(page: Page, cited: Cited, sibling: Chain | None) -> bool:
    """Whether a front page is called like the cited work, and the site says honestly what it does not have."""
    if sibling is None or sibling.last.status not in {404, 410}:
        return False
    names = [name for name in (*page.titles, page.site) if name]
    return any(titles.same(re.sub(r"\s*\([^()]*\)$", "", cited_title), name) for cited_title in cited.titles for name in names)


def asks_to_log_in(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    """Whether a page is a form to log in, instead of what was asked for."""
    there = phrases.LOGIN_ADDRESS.search(f"{urls.split(url).path}?{urls.split(url).query}")
    sent = url != asked and there and not phrases.LOGIN_ADDRESS.search(urls.split(asked).path)
    form = "password-field" in page.signals and page.words < 80
    names = f"{page.heading} {' '.join(page.titles)}"
    asks = form and (phrases.LOGIN.search(names) or phrases.LOGIN_ADDRESS.search(f"{urls.split(asked).path}?{urls.split(asked).query}"))
    asks = asks or (page.words < _NOTICE_WORDS and page.is_html and phrases.MEMBERS.search(names))
    if (sent and page.words < 400) or asks:
        return Opinion(Verdict.BLOCKED, Reason.LOGIN_WALL, 0.9, "it asks to log in before it shows the page")
    return None


def _consent(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    there, here = (f"{urls.host_of(address)}{urls.split(address).path}" for address in (url, asked))
    sent = phrases.CONSENT_ADDRESS.search(there) and not phrases.CONSENT_ADDRESS.search(here)
    sent = sent or (phrases.TERMS_ADDRESS.search(urls.split(url).path) and not phrases.TERMS_ADDRESS.search(urls.split(asked).path))
    can_answer = {"scripted", "form"} & set(page.signals)
    asks = can_answer and page.words < 150 and any(phrases.CONSENT.search(t) for t in (page.heading, *page.titles))
    if sent or asks:
        return Opinion(Verdict.BLOCKED, Reason.CONSENT_WALL, 0.9, "it asks for consent before it shows the page")
    return None


def _region(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    if page.is_html and page.words < 120 and phrases.REGION.search(" ".join((page.heading, *page.titles, page.sample[:300]))):
        return Opinion(Verdict.BLOCKED, Reason.REGION_WALL, 0.9, "it is not shown to readers in this region")
    return None


def _parked(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    if urls.site_of(url) in phrases.RESELLERS and urls.site_of(url) != urls.site_of(asked):
        return Opinion(Verdict.SOFT_DEAD, Reason.PARKED, 0.95, f"it redirects to {urls.host_of(url)}, where domains are sold")
    if page.words >= 200:
        return None
    names = (page.heading,) if page.heading else page.titles
    bare = bool(names) and all(is_name_of_host(name, urls.host_of(url)) for name in names)
    named = bare or any(phrases.PARKED.search(t) for t in (page.heading, *page.titles))
    told = phrases.PARKED.search(page.sample)
    if ("parking" in page.signals and (named or told or page.words < 30)) or (named and told):
        return Opinion(Verdict.SOFT_DEAD, Reason.PARKED, 0.95, "the domain is parked or for sale; the page is gone")
    return None


def _hijacked(page: Page, url: str, asked: str, cited: Cited) -> Opinion | None:
    """Gambling and the like where something else is cited: the domain lapsed, and somebody else has it.

    Words that only such pages have tell it alone; others, where the page sells what it names, too.
    """
    named = next((t for t in (page.heading, *page.titles) if phrases.HIJACKED.search(t)), None)
    if not named or not cited.titles or _is_signed_by(page, cited):
        return None
    shown = " ".join((page.heading, *page.titles, page.sample))
    if not phrases.SPAM.search(shown) and len({match[0].lower() for match in phrases.SALES.finditer(shown)}) < _OFFERS:
        return None
    said = " ".join((*cited.titles, re.sub(r"\W+", " ", f"{asked} {url if urls.site_of(url) == urls.site_of(asked) else ''}")))
    if phrases.HIJACKED.search(said) or speaks_of(page, cited, asked):
        return None
    return Opinion(Verdict.SOFT_DEAD, Reason.HIJACKED, 0.85, f"somebody else has the domain now: the page is {named[:80]!r}")


def _is_signed_by(page: Page, cited: Cited) -> bool:
    """Whether the text of a page names a cited author."""
    text = titles.folded(f"{' '.join(page.authors)} {page.sample}")
    return any(len(author) > 4 and titles.folded(author) in text for author in cited.authors)


def _default(page: Page, _url: str, asked: str, cited: Cited) -> Opinion | None:
    names = (page.heading, *page.titles)
    servers = page.words < 250 and (cited.titles or not urls.is_home(asked)) and any(_is_only(phrases.SERVER_PAGE, t) for t in names)
    if servers or (page.words < 120 and not urls.is_home(asked) and any(_is_only(phrases.DEFAULT_PAGE, t) for t in names)):
        return Opinion(
            Verdict.SOFT_DEAD, Reason.DEFAULT_PAGE, 0.9, f"it shows the default page of a server or a suspended account ({_shown(page)})"
        )
    return None


def _is_only(phrase: re.Pattern[str], name: str) -> bool:
    """Whether a title is a phrase with next to nothing behind it: not "Welcome to nginx! What the default page means"."""
    match = phrase.search(name)
    return match is not None and not re.match(r"\W*[!?.:–—-]\W+(?:\w+\W+){3,}\w", name[match.end() :])


def _is_mostly(phrase: re.Pattern[str], name: str) -> bool:
    """Whether a part of a title between bars or dashes is for a good part a phrase: not "Site maintenance handbook: Mow in May"."""
    parts = re.split(r"\s+[|–—·•»-]+\s+", name)
    return any((match := phrase.search(part)) and len(match[0]) >= _MOSTLY * len(part) for part in parts)


def _error_address(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    path = urls.split(url).path
    if (
        url != asked
        and phrases.ERROR_ADDRESS.search(path)
        and not phrases.ERROR_ADDRESS.search(urls.split(asked).path)
        and page.words < 250
    ):
        return Opinion(Verdict.SOFT_DEAD, Reason.ERROR_ADDRESS, 0.95, f"it redirects to an error page ({path})")
    return None


def _not_found(page: Page, _url: str, asked: str, cited: Cited) -> Opinion | None:
    """A not-found phrase in the title or heading of a short page; in its text alone, of a very short one."""
    if "error-document" in page.signals:
        return Opinion(Verdict.SOFT_DEAD, Reason.NOT_FOUND_PAGE, 0.9, f"it answers 200, but the document is an error ({page.sample[:60]})")
    front = urls.is_home(asked) and any(titles.same(t, name) for t in cited.titles for name in names_of(page))  # a site of such a name
    where, said = _says_missing_in(page, asked)
    if front or not where:
        return None
    most = _NOTICE_WORDS if where == "text" else 400 if phrases.not_found(page.sample[:300]) else 250
    if page.words >= most and (where != "heading" or page.prose >= _ESSAY):
        return None
    confidence = 0.85 if where == "text" else 0.9
    return Opinion(Verdict.SOFT_DEAD, Reason.NOT_FOUND_PAGE, confidence, f"it answers 200, but says {said[:80]!r}")


def _says_missing_in(page: Page, asked: str) -> tuple[str, str]:
    """Return where a page says that it is missing, and how: in its `heading`, its `title` above another heading, its `text`, or nowhere."""
    if page.content_type == "text/plain" and page.words < _TELLING_WORDS and says_missing(page.sample.strip(" .!")):
        return "heading", page.sample
    if not page.is_html:
        return "", ""
    number = urls.split(asked).path.rstrip("/").rpartition("/")[2]  # a page about the year 404 is none
    number = number if number.isdigit() else ""
    if says_missing(page.heading.replace(number, "", 1)) or "no-article" in page.signals:
        return "heading", page.heading
    if title := next((t for t in page.titles if says_missing(t.replace(number, "", 1))), None):
        return "title" if page.heading else "heading", title
    told = phrases.not_found(page.sample[:300]) if page.words < _NOTICE_WORDS else None
    return ("text", _sentence(page.sample, told)) if told else ("", "")


def _sent_home(page: Page, url: str, asked: str, cited: Cited) -> Opinion | None:
    if not is_sent_home(asked, url) or not page.is_html or _is_of_the_author(page, cited):
        return None
    return Opinion(Verdict.SOFT_DEAD, Reason.SENT_HOME, 0.8, f"it redirects to the front page ({url}); the page itself is gone")


def _sent_to_search(page: Page, url: str, asked: str, cited: Cited) -> Opinion | None:
    """A page of search results in place of the cited one, or a list at least two folders above it, without a word of it."""
    if url == asked or not page.is_html or not cited.titles or (speaks_of(page, cited, None) and not ECHO.search(page.sample)):
        return None
    there, here = (f"{urls.split(address).path}?{urls.split(address).query}" for address in (url, asked))
    if urls.site_of(url) == urls.site_of(asked) and phrases.SEARCH_ADDRESS.search(there) and not phrases.SEARCH_ADDRESS.search(here):
        return Opinion(Verdict.SOFT_DEAD, Reason.SENT_ELSEWHERE, 0.8, f"it redirects to the site's search ({url}); the page itself is gone")
    if is_sent_up(asked, url):
        return Opinion(Verdict.SOFT_DEAD, Reason.SENT_ELSEWHERE, 0.75, f"it redirects to a list above it ({url}), which does not name it")
    return None


def is_sent_up(asked: str, url: str) -> bool:
    """Whether an address is led to a folder of the same host at least two levels above it."""
    there, here = urls.split(url), urls.split(asked)
    same = urls.host_of(url).removeprefix("www.") == urls.host_of(asked).removeprefix("www.")
    above = there.path.endswith("/") and here.path.startswith(there.path) and not there.query and not urls.is_home(url)
    return same and above and len(here.path.removeprefix(there.path).strip("/").split("/")) > 1


def _is_of_the_author(page: Page, cited: Cited) -> bool:
    """Whether a site is called like a cited author, and shows the cited title: the page became the site."""
    names = [set(titles.folded(name).split()) for name in page.titles]
    own = any(len(author) >= 2 and set(author.split()) <= name for a in cited.authors if (author := titles.folded(a)) for name in names)
    text = f" {titles.folded(page.sample)} "
    return own and any(
        f" {titles.folded(t)} " in text or titles.folded(t.split(",")[0]) in map(titles.folded, page.titles) for t in cited.titles
    )


def is_sent_home(asked: str, url: str) -> bool:
    """Whether an address that led deep into a site now ends on a front page of that site (not of a subdomain made for it)."""
    deep = not urls.is_home(urls.split(asked)._replace(query="").geturl())
    if url == asked or not deep or not urls.is_home(url) or urls.is_kept_redirect(asked):
        return False
    if urls.site_of(asked) != urls.site_of(url) or re.fullmatch(r"/\w+/(?:index|default|home)\.\w{2,5}", urls.split(asked).path):
        return False
    first = urls.split(asked).path.strip("/").split("/")[0].lower()
    return not urls.host_of(url).startswith(f"{first}.")


def _needs_javascript(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    if any(phrases.UNSUPPORTED.search(t) for t in (page.heading, *page.titles)) and page.words < 120:
        return Opinion(Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.8, f"it wants another browser ({_shown(page)})")
    if (
        "frames" not in page.signals
        and page.is_html
        and not page.truncated
        and page.words < 15
        and "pictures" not in page.signals
        and (page.size == 0 or "application" in page.signals or page.words == 0)
    ):
        return Opinion(Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.7, "the page is empty without JavaScript: it cannot be read from here")
    return None


def _maintenance(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    if page.words < _NOTICE_WORDS and page.is_html and phrases.BROKEN.search(page.sample):
        return Opinion(Verdict.DOWN, Reason.ANSWERED, 0.8, f"the server is in trouble of its own ({page.sample[:60]!r})")
    if page.words < 150 and any(_is_mostly(phrases.MAINTENANCE, t) for t in (page.heading, *page.titles)):
        return Opinion(Verdict.DOWN, Reason.MAINTENANCE, 0.8, f"the site is being worked on ({_shown(page)})")
    return None


_PageCheck = Callable[[Page, str, str, Cited], Opinion | None]
_PAGE_CHECKS: tuple[_PageCheck, ...] = (
    _parked,
    _hijacked,
    _default,
    _maintenance,
    _error_address,
    asks_to_log_in,
    _consent,
    _region,
    _not_found,
    _sent_home,
    _sent_to_search,
    _needs_javascript,
)


def _confirmed(opinion: Opinion, url: str, page: Page, asked: str, sibling: Chain | None) -> Opinion | None:
    """An address that cannot exist, answered alike, makes a soft 404 nearly certain; answered honestly, it clears a page that only mentions such words."""
    if sibling is None or opinion.verdict is not Verdict.SOFT_DEAD:
        return opinion
    if _alike(url, page, sibling):
        return replace(
            opinion, confidence=max(opinion.confidence, 0.97), sentence=f"{opinion.sentence}; so does an address that cannot exist"
        )
    if sibling.last.status == 200 and sibling.page and _says_missing_in(sibling.page, asked)[0]:
        return opinion
    if opinion.reason is Reason.NOT_FOUND_PAGE and page.is_html and sibling.last.status in {200, 404, 410}:
        where, _ = _says_missing_in(page, asked)
        honest = sibling.last.status != 200
        if (where == "text" and phrases.share_not_found(page.sample) < _MOSTLY) or (honest and (where == "title" or page.prose >= _ESSAY)):
            return None
    return opinion


def _by_sibling(page: Page, url: str, asked: str, cited: Cited, sibling: Chain | None) -> Opinion | None:
    """What it means that an address which cannot exist shows the same page; a gate there proves nothing about the page behind it."""
    if sibling is None or not page.is_html or urls.is_home(asked) or not _alike(url, page, sibling) or speaks_of(page, cited, asked):
        return None
    if sibling.page and (
        _is_another(page, sibling, asked) or (_says_missing_in(sibling.page, asked)[0] and not _says_missing_in(page, asked)[0])
    ):
        return None  # little text below a long menu
    told = bool(page.heading) and page.words >= _STATED_WORDS  # a heading with a sentence was written by somebody, not by a script
    empty = page.words < _TELLING_WORDS and (page.words < _SAYING_WORDS or ("scripted" in page.signals and not told))
    if empty or ("viewer" in page.signals and page.words < _NOTICE_WORDS):
        sentence = f"every address of this site shows {_shown(page)} to programs: it cannot be read from here"
        return Opinion(Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.6, sentence)
    if gate := _gate(page):
        return gate
    same = "leads to the same page" if sibling.final_url == url else "shows the same page"
    return Opinion(
        Verdict.SOFT_DEAD, Reason.LIKE_A_MISSING_PAGE, 0.95, f"an address of this site that cannot exist {same} ({_shown(page)})"
    )


def _is_another(page: Page, sibling: Chain, asked: str) -> bool:
    """Whether what a page does not share with that of an address which cannot exist says more than the address does."""
    mine, theirs = (
        _words_of(text, address) for text, address in ((page.own, asked), (sibling.page.own if sibling.page else "", sibling.hops[0].url))
    )
    return bool(mine - theirs)


def _words_of(text: str, address: str) -> set[str]:
    """Return the words of a text without numbers and those of an address."""
    return {word for word in titles.folded(text).split() if word.isalpha()} - set(re.findall(r"[^\W\d_]+", titles.folded(unquote(address))))


_GATES = {
    "trouble": (Verdict.DOWN, Reason.ANSWERED, "every address of this site shows trouble of its own"),
    "robots": (Verdict.BLOCKED, Reason.BOT_WALL, "every address of this site shows programs a check or a refusal"),
    "login": (Verdict.BLOCKED, Reason.LOGIN_WALL, "every address of this site asks to log in or to register"),
    "consent": (Verdict.BLOCKED, Reason.CONSENT_WALL, "every address of this site asks for consent or a choice first"),
}


def _gate(page: Page) -> Opinion | None:
    """Return what a short page that every address shows is, by its words, where it does not say that something is missing."""
    said = " ".join((page.heading, *page.titles, page.sample[:300]))
    if "password-field" in page.signals and page.words < _GATE_WORDS:
        verdict, reason, sentence = _GATES["login"]
        return Opinion(verdict, reason, 0.7, f"{sentence} ({_shown(page)})")
    if page.words >= _GATE_WORDS or phrases.not_found(said):
        return None
    kind = next((kind for kind, words in phrases.GATES.items() if words.search(said)), None)
    if kind is None:
        return None
    verdict, reason, sentence = _GATES[kind]
    return Opinion(verdict, reason, 0.7, f"{sentence} ({_shown(page)})")


def _alike(url: str, page: Page, sibling: Chain) -> bool:
    if sibling.last.status != 200 or sibling.page is None:
        return False
    return sibling.final_url == url or (page.words > 0 and resemblance(page.shingles, sibling.page.shingles) >= 0.9)


def _sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence that a phrase stands in, at most 80 characters from where the phrase begins."""
    end = re.search(r"[.!?。]", text[match.end() :])
    return text[match.start() : match.end() + (end.end() if end else 80)][:80].strip()


def _shown(page: Page) -> str:
    return repr((page.heading or (page.titles[0] if page.titles else page.sample))[:60])


def is_suspect(chain: Chain, cited: Cited) -> bool:
    """Whether an answer of 200 leaves a doubt that an address which cannot exist may settle."""
    page, asked = chain.page, chain.hops[0].url
    if (
        page is None
        or chain.last.status != 200
        or not page.is_html
        or holds(page, cited)
        or urls.is_home(asked)
        or wall(chain, page)
        or urls.is_kept_redirect(asked)
    ):
        return False
    opinion = next(filter(None, (check(page, chain.final_url, asked, cited) for check in _PAGE_CHECKS)), None)
    if opinion:
        return opinion.reason in {Reason.NOT_FOUND_PAGE, Reason.SENT_HOME}
    return bool(cited.titles) and not speaks_of(page, cited, asked)
