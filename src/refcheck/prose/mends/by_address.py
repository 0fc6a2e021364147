"""Mends of what the address tells: the site's name, its owner, and what stands alone with an address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refcheck.prose import authors, lexicon, site
from refcheck.prose.runs import Run
from refcheck.text import urls

if TYPE_CHECKING:
    from refcheck.prose.masked import Masked
    from refcheck.prose.site import Page

_SURE = 0.7  # of what only marks and an address tell
_MADE_OF = 0.5  # share of words
_STOP = re.compile(r"(?<=\w{4})\. (?=[A-Z])")
_OWNER = re.compile(r"//(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|huggingface\.co)/([^/?#]+)/", re.IGNORECASE)
_TAIL = re.compile(r"\s+[—–|·-]\s+([A-Z][^—–|·]{2,40})$")


def mended(found: list[Run], masked: Masked) -> list[Run]:
    """Return the runs of a reference as its addresses show that they are."""
    for mend in (_alone, _of_a_site, _run_by, _owned, _named_by_its_page):
        found = mend(found, masked)
    return found


def _alone(found: list[Run], masked: Masked) -> list[Run]:
    """Make a title of what is taken for an author where nothing else is said beside an address, and it names no person."""
    run = next((run for run in found if run.label == "author"), None)
    words = masked.text[run.start : run.end] if run else ""
    only = {other.label for other in found} <= {"author", "date"} and masked.addresses
    if run is None or not only or "," in words or _is_person(words, site.page(masked)):
        return found
    slash = re.search(r"\s+/\s+", words)
    if slash and authors.end(f"{words[slash.end() :]}.") is not None:
        parts = [replace(run, label="title", end=run.start + slash.start()), replace(run, start=run.start + slash.end())]
        return sorted([*(other for other in found if other is not run), *parts], key=lambda part: part.start)
    return [replace(other, label="title") if other is run else other for other in found]


def _is_person(words: str, page: Page) -> bool:
    """Whether words look like a name, and not like what the address is made of."""
    letters = re.findall(r"[^\W\d_]+", words.lower())
    known = bool(letters) and (letters[0] in lexicon.GIVEN_NAMES or len(letters[0]) == 1)
    return authors.end(f"{words}.") is not None and (known or (page.share(letters) or 0.0) < _MADE_OF)


def _of_a_site(found: list[Run], masked: Masked) -> list[Run]:
    """Part a title from the site's name that a dash or a bar sets off at its end: Swap — Arch Wiki, at wiki.archlinux.org."""
    if any(run.label == "container" for run in found):
        return found
    page, parted = site.page(masked), []
    for run in found:
        parted.append(run)
        tail = _TAIL.search(masked.text, run.start, run.end) if run.label == "title" and page.sites else None
        words = re.findall(r"[^\W_]+", tail[1].lower()) if tail else []
        if tail and words and (page.is_named(words) or page.shares_a_word(words)) and page.share(words) != 1:
            parted[-1:] = [replace(run, end=tail.start()), Run("container", *tail.span(1), (_SURE,))]
    return parted


def _owned(found: list[Run], masked: Masked) -> list[Run]:
    """Part a title from the name before its colon that is the site's, or whose repository it is: Anthropic: Building agents."""
    if not found or found[0].label != "title" or {"author", "editor"} & {run.label for run in found}:
        return found
    title = found[0]
    name = re.match(r"([A-Z][^:\x00-\x02]{2,30}):\s+(?=\S)", masked.text[title.start : title.end])
    letters = re.sub(r"[\W_]", "", name[1].casefold()) if name else ""
    owners = {re.sub(r"[\W_]", "", owner[1].casefold()) for address in masked.addresses if (owner := _OWNER.search(address))}
    if not name or letters not in owners | site.page(masked).sites:
        return found
    author = replace(title, label="author", end=title.start + name.end(1))
    return [author, replace(title, start=title.start + name.end()), *found[1:]]


def _run_by(found: list[Run], masked: Masked) -> list[Run]:
    """Part a site's name from who runs it, as MLA has them one behind the other: Futurism, Futurism, 19 Nov. 2016."""
    labels = {run.label for run in found}
    page = site.page(masked)
    if labels & {"publisher", "volume", "issue", "pages", "editor"}:
        return found
    parted: list[Run] = []
    for before, run in zip([None, *found], found, strict=False):
        stop = _STOP.search(masked.text, run.start, run.end) if run.label == "container" else None
        comma = masked.text.rfind(", ", run.start, run.end) if run.label == "container" and page.sites else stop.start() if stop else -1
        quoted = before and before.label == "title" and re.search(r"[\"”’]", masked.text[before.end : run.start])
        named = comma > 0 and page.is_named(re.findall(r"[^\W_]+", masked.text[run.start : comma].lower()))
        if comma > 0 and (quoted or named) and masked.text[comma + 2].isupper() and re.match(r"\s*,", masked.text[run.end :]):
            parted += [replace(run, end=comma), replace(run, label="publisher", start=comma + 2)]
        else:
            parted.append(run)
    return parted


def _named_by_its_page(found: list[Run], masked: Masked) -> list[Run]:
    """Leave a title the name before its colon that is the repository's: gatspy: General tools, at github.com/astroml/gatspy."""
    if [run.label for run in found[:2]] not in (["author", "title"], ["container", "title"]):
        return found
    name, title = found[:2]
    alone = not re.search(r"\w", masked.text[: name.start]) and re.fullmatch(r"\s*:\s*", masked.text[name.end : title.start])
    letters = masked.text[name.start : name.end].casefold()
    repositories = map(urls.repository, masked.addresses)
    if alone and any(match and match["name"].casefold() == letters for match in repositories):
        return [replace(title, start=name.start), *found[2:]]
    return found
