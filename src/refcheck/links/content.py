"""Whether a page that answered is the cited one: the best evidence against all that `instead` may find."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.links.words import missing
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from refcheck.model.evidence import Page

ECHO = re.compile(r"\bno\s+results\b|\bsearch\s+results\b|\bresults\s+for\b|\bsearched\s+for\b", re.IGNORECASE)
_FEW = 40  # words; a page that only repeats the address has fewer


@dataclass(frozen=True, slots=True)
class Cited:
    """What the references say of an address: the best evidence about its page. `anchors` are the places on it that they name."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()


def holds(page: Page, cited: Cited) -> bool:
    """Whether a page says that it is the cited work: its title is the cited one.

    The site's name is no title of a page, and a page that says in its heading that it is missing, or what
    was searched for, is not the work that it names.
    """
    names = _own_names(page)
    for cited_title in cited.titles:
        if any(titles.same(cited_title, found) for found in names):
            denied = page.words < 400 and any(says_missing(t) or ECHO.search(t) for t in (page.heading, *page.titles))
            denied = denied or "no-article" in page.signals or (page.words < _FEW and missing.not_found(page.sample[:300]) is not None)
            if not denied or missing.not_found(cited_title) or says_missing(cited_title):
                return True
    return _is_signed(page, cited)


def _own_names(page: Page) -> list[str]:
    """Return what a page is called, without the site's name."""
    return [name for name in (_without_site(found, page.site) for found in names_of(page)) if name]


def _without_site(name: str, site: str) -> str:
    """Return a page's title without the parts of it that are the site's name."""
    own = titles.folded(site)
    if not own or own not in titles.folded(name):
        return name
    return " | ".join(part for part in re.split(r"\s+[|–—·•»-]+\s+", name) if titles.folded(part) != own)


def _is_signed(page: Page, cited: Cited) -> bool:
    """Whether a page names the cited author and year, and its title, if one is cited, is not far from the cited one."""
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", page.published)
    if not year or int(year[0]) not in cited.years or not _names_author(page, cited):
        return False
    return not cited.titles or any(titles.similarity(t, found) >= 0.6 for t in cited.titles for found in names_of(page))


def _names_author(page: Page, cited: Cited) -> bool:
    """Whether a page says that one of the cited authors wrote it."""
    there = {word for name in page.authors for word in titles.folded(name).split()}
    return any(len(name) >= 2 and set(name.split()) <= there for author in cited.authors if (name := titles.folded(author)))


def says_missing(name: str) -> bool:
    """Whether a title or heading, or a part of it, is for the most part a not-found phrase."""
    if re.match(r"\s*no\s+results\b", name, re.IGNORECASE):
        return True
    for part in re.split(r"\s+[|–—·•»-]+\s+|\s*:\s+", name):
        match = missing.not_found(part)
        whole = missing.APOLOGY.sub("", part.strip())
        share = 0.5 if whole.isascii() or " " in whole else 0.3  # scripts without spaces say more in fewer letters
        if match and len(match[0].strip()) >= share * len(whole):
            return True
    return False


def names_of(page: Page) -> tuple[str, ...]:
    """Return what a page may be called."""
    return (*page.titles, page.sample[:200]) if page.content_type == "application/pdf" else page.titles


def speaks_of(page: Page, cited: Cited, asked: str | None) -> bool:
    """Whether a page has to do with the cited work: its title is alike, its text has the title, or its title the address's words."""
    names = [name for name in _own_names(page) if not ECHO.search(name)]  # a search that was in vain repeats the words of the address
    if any(titles.similarity(t, found) >= 0.6 for t in cited.titles for found in names):
        return True
    if _names_author(page, cited) or (asked and urls.is_home(asked) and any(titles.same(t, page.site) for t in cited.titles)):
        return True
    text = titles.folded(page.sample)
    if any(_is_telling(t) and titles.folded(t) in text for t in cited.titles):
        return True
    if any(len(titles.folded(t)) >= 5 and titles.folded(t) in titles.folded(found) for t in cited.titles for found in names):
        return True
    slug = urls.slug_words(asked) if asked else ""
    if slug and any(titles.similarity(slug, found) >= 0.8 for found in names):
        return True
    name = _file_name(asked) if asked else ""
    return name != "" and any(name in found.lower() for found in page.titles)


def shows_other_work(page: Page, cited: Cited, asked: str) -> str | None:
    """Return the title of a page that is about something else than what is cited, or None where that is not plain.

    Plain is: a whole page with a title, whose title, text, author and address have nothing to do with a cited
    title that tells works apart, in the same script. What the page showed earlier, an archived copy tells.
    """
    own = next((t for t in page.titles if t != page.site), "")
    if not page.is_html or page.words < 60 or not own or not cited.titles or urls.is_home(asked) or speaks_of(page, cited, asked):
        return None
    if not all(_is_telling(t) and t.isascii() == own.isascii() for t in cited.titles):
        return None
    slug = urls.slug_words(asked)
    near = max(titles.similarity(t, found) for t in (*cited.titles, *([slug] if slug else [])) for found in names_of(page))
    author = any(titles.folded(a) in titles.folded(page.sample) for a in cited.authors if len(a) > 3)
    return own if near < 0.5 and not author else None


def _is_telling(title: str) -> bool:
    """Whether a title is long enough to be looked for in running text; scripts without spaces count by character."""
    folded = titles.folded(title)
    return len(folded.split()) >= 3 or (len(folded) >= 5 and not folded.isascii())


def _file_name(url: str) -> str:
    name = urls.split(url).path.rsplit("/", 1)[-1].lower()
    return name if re.search(r"\w{3}\.\w{2,4}$", name) else ""
