"""Checks for pages that are not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.links.content import ECHO, Cited, names_of, says_missing, speaks_of
from refcheck.links.instead.opinion import ESSAY, NOTICE_WORDS, TELLING_WORDS, Opinion
from refcheck.links.words import missing
from refcheck.model.verdict import Reason, Verdict
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from refcheck.model.evidence import Chain, Page


def error_address(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    """An address that says what its page is: /404, /not-found."""
    path = urls.split(url).path
    if (
        url != asked
        and missing.ERROR_ADDRESS.search(path)
        and not missing.ERROR_ADDRESS.search(urls.split(asked).path)
        and page.words < 250
    ):
        return Opinion(Verdict.SOFT_DEAD, Reason.ERROR_ADDRESS, 0.95, f"it redirects to an error page ({path})")
    return None


def says_not_found(page: Page, _url: str, asked: str, cited: Cited) -> Opinion | None:
    """A not-found phrase in the title or heading of a short page; in its text alone, of a very short one."""
    if "error-document" in page.signals:
        return Opinion(Verdict.SOFT_DEAD, Reason.NOT_FOUND_PAGE, 0.9, f"it answers 200, but the document is an error ({page.sample[:60]})")
    front = urls.is_home(asked) and any(titles.same(t, name) for t in cited.titles for name in names_of(page))  # a site of such a name
    where, said = says_missing_in(page, asked)
    if front or not where:
        return None
    most = NOTICE_WORDS if where == "text" else 400 if missing.not_found(page.sample[:300]) else 250
    if page.words >= most and (where != "heading" or page.prose >= ESSAY):
        return None
    confidence = 0.85 if where == "text" else 0.9
    return Opinion(Verdict.SOFT_DEAD, Reason.NOT_FOUND_PAGE, confidence, f"it answers 200, but says {said[:80]!r}")


def says_missing_in(page: Page, asked: str) -> tuple[str, str]:
    """Return where a page says that it is missing, and how: in its `heading`, its `title` above another heading, its `text`, or nowhere."""
    if page.content_type == "text/plain" and page.words < TELLING_WORDS and says_missing(page.sample.strip(" .!")):
        return "heading", page.sample
    if not page.is_html:
        return "", ""
    number = urls.split(asked).path.rstrip("/").rpartition("/")[2]  # a page about the year 404 is none
    number = number if number.isdigit() else ""
    if says_missing(page.heading.replace(number, "", 1)) or "no-article" in page.signals:
        return "heading", page.heading
    if title := next((t for t in page.titles if says_missing(t.replace(number, "", 1))), None):
        return "title" if page.heading else "heading", title
    told = missing.not_found(page.sample[:300]) if page.words < NOTICE_WORDS else None
    return ("text", sentence(page.sample, told)) if told else ("", "")


def sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence that a phrase stands in, at most 80 characters from where the phrase begins."""
    end = re.search(r"[.!?。]", text[match.end() :])
    return text[match.start() : match.end() + (end.end() if end else 80)][:80].strip()


def sent_home(page: Page, url: str, asked: str, cited: Cited) -> Opinion | None:
    """The site's front page in place of one deep within it."""
    if not is_sent_home(asked, url) or not page.is_html or _is_of_the_author(page, cited):
        return None
    return Opinion(Verdict.SOFT_DEAD, Reason.SENT_HOME, 0.8, f"it redirects to the front page ({url}); the page itself is gone")


def became_the_site(page: Page, cited: Cited, sibling: Chain | None) -> bool:
    """Whether a front page is called like the cited work, and the site says honestly what it does not have."""
    if sibling is None or sibling.last.status not in {404, 410}:
        return False
    names = [name for name in (*page.titles, page.site) if name]
    return any(titles.same(re.sub(r"\s*\([^()]*\)$", "", cited_title), name) for cited_title in cited.titles for name in names)


def is_sent_home(asked: str, url: str) -> bool:
    """Whether an address that led deep into a site now ends on a front page of that site (not of a subdomain made for it)."""
    deep = not urls.is_home(urls.split(asked)._replace(query="").geturl())
    if url == asked or not deep or not urls.is_home(url) or urls.is_kept_redirect(asked):
        return False
    if urls.site_of(asked) != urls.site_of(url) or re.fullmatch(r"/\w+/(?:index|default|home)\.\w{2,5}", urls.split(asked).path):
        return False
    first = urls.split(asked).path.strip("/").split("/")[0].lower()
    return not urls.host_of(url).startswith(f"{first}.")


def sent_elsewhere(page: Page, url: str, asked: str, cited: Cited) -> Opinion | None:
    """A page of search results in place of the cited one, or a list at least two folders above it, without a word of it."""
    if url == asked or not page.is_html or not cited.titles or (speaks_of(page, cited, None) and not ECHO.search(page.sample)):
        return None
    there, here = (f"{urls.split(address).path}?{urls.split(address).query}" for address in (url, asked))
    if urls.site_of(url) == urls.site_of(asked) and missing.SEARCH_ADDRESS.search(there) and not missing.SEARCH_ADDRESS.search(here):
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
