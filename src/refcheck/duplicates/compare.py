"""Whether two references are one work, and why.

The evidence, from the strongest: an identifier, a page of the web, the place in a journal (volume and first page)
with the title, the title with authors and year. Guards come first: what only looks alike stays apart. The shape of the
evidence is that of Fellegi and Sunter (1969); the thresholds were set on labelled records (see docs/benchmarks.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from refcheck.duplicates import place
from refcheck.model.reference import Role
from refcheck.text import titles, urls
from refcheck.text.names import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from refcheck.model.reference import Reference

# What databases append to titles: "[Review] [43 refs]", "(Provisional abstract)", "[Erratum appears in …]", "[see comment]".
_APPENDED = re.compile(
    r"""\s*(?:\.\s*)?(?:\[[^\[\]]*(?:\]|$)
    |\((?:provisional|structured|review|abstract|letter|editorial|erratum|corrigendum|see\ comment)[^()]*(?:\)|$))\s*\.?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_ANOTHER = re.compile(
    r"""\b(?:erratum|errata|corrigendum|correction\ to|retraction|retracted|reply\ to|response\ to|comments?\ on|commentary\ on
    |discussion\ of|review\ of|book\ review|rejoinder)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PREPRINT = re.compile(r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|ssrn|preprint|osf|research square|hal)\b", re.IGNORECASE)
_NOBODY = frozenset("anonymous anon no authors author listed unknown".split())
_KINDS = {
    kind: name
    for name, kinds in {
        "article": "article periodical",
        "part": "inproceedings conference incollection inbook",
        "whole": "book mvbook collection proceedings manual booklet",
        "thesis": "thesis phdthesis mastersthesis",
        "report": "report techreport",
    }.items()
    for kind in kinds.split()
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two references are one work: a reason code, a sentence, and how sure that is."""

    reason: str
    sentence: str
    confidence: float


def _by_key(reference: Reference) -> Iterator[str]:
    if reference.key:
        yield reference.key.lower()


def _by_identifier(reference: Reference) -> Iterator[str]:
    return (f"{item.scheme}:{item.value}" for item in reference.identifiers if item.scheme in {"doi", "isbn", "pmid"})


def _by_title(reference: Reference) -> Iterator[str]:
    if title := folded_title(reference.title):
        yield f"{title[:24]}…"
        yield f"…{title[-24:]}"
        if len(words := title.split()) >= 5:
            yield "".join(word[0] for word in words)  # the same where a word is misspelt


def _by_place(reference: Reference) -> Iterator[str]:
    if found := place.of(reference):
        yield " ".join(found)


def addresses(reference: Reference) -> set[str]:
    """Return the identities of the pages a reference links to; a site's front page tells nothing, and a DOI is compared as such."""
    links = (link for link in reference.links if link.role is not Role.ARCHIVED_COPY and link.field != "doi")
    return {urls.target_identity(link.target) for link in links if link.target and not urls.is_home(link.target)}


# Ways to group references: a duplicate stands in one group with its like by one of them at least.
BLOCKS_OF_A_WORK: tuple[Callable[[Reference], Iterable[str]], ...] = (_by_identifier, addresses, _by_title, _by_place)
BLOCKS = (_by_key, *BLOCKS_OF_A_WORK)


def compare(one: Reference, other: Reference) -> Likeness | None:
    """Return why two references are one work, or None; when in doubt, they are two."""
    if _different_identifiers(one, other) or _is_about(one, other):
        return None
    if place.numbered_apart(one, other) or _numbers_differ(one.title, other.title):
        return None
    alike = _titles_alike(one.title, other.title) if one.title and other.title else None
    for scheme, name in (("doi", "DOI"), ("pmid", "PMID")):
        if (value := one.identifier(scheme)) and value == other.identifier(scheme) and (alike is None or alike >= 0.5):
            return Likeness(f"same-{scheme}", f"both have the {name} {value}", 1.0 if alike and alike >= 0.85 else 0.9)
    if _is_preprint(one) != _is_preprint(other):
        return None
    if addresses(one) & addresses(other) and (alike is None or alike >= 0.6) and _years_agree(one, other):
        return Likeness("same-url", "both have the same address", 1.0 if alike and alike >= 0.85 else 0.9)
    if alike is None or _of_different_kinds(one, other):
        return None
    if found := _same_place(one, other, alike):
        return found
    return _same_title(one, other) if alike >= 0.9 else None


def _same_place(one: Reference, other: Reference, alike: float) -> Likeness | None:
    """The same title, authors, volume and first page; or the beginning of the title, where all pages and the journal are the same."""
    own = place.of(one)
    if not own or own != place.of(other) or not _years_near(one, other) or not _share_authors(one, other):
        return None
    sentence = f"both are in volume {own[0]} at page {own[1]}, with the same title"
    if alike >= 0.9:
        return Likeness("same-place", sentence, 0.97)
    short, long = sorted((folded_title(r.title) for r in (one, other)), key=len)
    whole = place.pages(one) and place.pages(one) == place.pages(other) and place.same_container(one, other)
    return Likeness("same-place", sentence, 0.95) if whole and len(short.split()) >= 4 and long.startswith(f"{short} ") else None


def _same_title(one: Reference, other: Reference) -> Likeness | None:
    """The same title, authors and year, and nothing that tells them apart."""
    exact = folded_title(one.title) == folded_title(other.title)
    if not _share_authors(one, other) or _apart_elsewhere(one, other):
        return None
    if not _years_agree(one, other) and not (exact and _is_dated_twice(one, other)):
        return None
    if one.key and one.key.lower() == other.key.lower() and exact:
        return Likeness("same-key", "both have the same key and title", 0.98)
    if not (_names(one) and _names(other) and one.issued and other.issued) or not _tells_apart(one.title):
        return None
    if exact:
        return Likeness("same-title", "both have the same title, author and year", 0.95)
    if one.container_title and other.container_title and _differ_by_slips(one.title, other.title):
        return Likeness("same-title", "both have nearly the same title, the same authors, year and journal", 0.92)
    return None


def _is_dated_twice(one: Reference, other: Reference) -> bool:
    """Whether the year of one is that of the issue, of the other that online: they are in one volume, or one is in none yet."""
    if not _years_near(one, other) or not place.same_container(one, other) or len(titles.words(one.title)) < 6:
        return False
    placed = [place.of(reference) for reference in (one, other)]
    unplaced = [not reference.value("volume") and not reference.value("pages") for reference in (one, other)]
    return "" != place.volume(one) == place.volume(other) or (any(placed) and any(unplaced))


def _differ_by_slips(one: str, other: str) -> bool:
    """Whether titles of five words or more are the same but for spaces, or for letters that are wrong in some words.

    `anaemia` and `anemia` are one word, `men` and `women` or `symptomatic` and `asymptomatic` are two.
    """
    a, b = (titles.words(_without_appended(title)) for title in (one, other))
    if min(len(a), len(b)) < 5:
        return False
    if "".join(a) == "".join(b):
        return True
    return len(a) == len(b) and all(x == y or _is_slip(x, y) for x, y in zip(a, b, strict=True))


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 4 and one[0] == other[0] and OSA.distance(one, other) <= 1


def _tells_apart(title: str) -> bool:
    """Whether a title is more than a word; scripts without spaces count by letters."""
    folded = folded_title(title)
    return len(titles.words(title)) >= 2 or (not folded.isascii() and len(folded) >= 5)


# Guards


def _different_identifiers(one: Reference, other: Reference) -> bool:
    return any((a := one.identifier(s)) and (b := other.identifier(s)) and a != b for s in ("doi", "pmid", "isbn"))


def _numbers_differ(one: str, other: str) -> bool:
    """Whether two titles have other numbers: parts, volumes, years. `1,000` and `1000` are one."""
    return bool(one and other) and "".join(place.numbers(_without_appended(one))) != "".join(place.numbers(_without_appended(other)))


def _is_about(one: Reference, other: Reference) -> bool:
    """Errata, replies and reviews carry the title of the work that they are about."""
    first, second = (bool(_ABOUT_ANOTHER.search(_without_appended(r.title))) for r in (one, other))
    return first != second


def _of_different_kinds(one: Reference, other: Reference) -> bool:
    """A preprint and its article, a talk and its journal version, a book and its chapter are related, not one."""
    kinds = {kind for r in (one, other) if (kind := _KINDS.get(r.entry_type))}
    return len(kinds) > 1 or _is_preprint(one) != _is_preprint(other)


def _is_preprint(reference: Reference) -> bool:
    container = reference.container_title or reference.value("howpublished", "publisher")
    return bool(_PREPRINT.search(container)) or (not container and reference.identifier("arxiv") is not None)


def _apart_elsewhere(one: Reference, other: Reference) -> bool:
    """The same title stands in two places: other pages of the web, other journals, other pages of a journal."""
    pages = [addresses(r) for r in (one, other)]
    if all(pages) and not pages[0] & pages[1]:
        return True
    if one.container_title and other.container_title and not place.same_container(one, other):
        return True
    return place.pages_apart(one, other)


# Evidence


@lru_cache(maxsize=4096)
def folded_title(title: str) -> str:
    """Return a title folded for comparison, without what databases append to it."""
    return titles.folded(_without_appended(title))


def _without_appended(title: str) -> str:
    while (shorter := _APPENDED.sub("", title)) != title and len(shorter) >= 8:
        title = shorter
    return title


def _titles_alike(one: str, other: str) -> float:
    """Return how alike two titles are, from 0 to 1, letter for letter or as a title and its beginning."""
    a, b = folded_title(one), folded_title(other)
    if a == b:
        return 1.0
    letters = fuzz.ratio(a, b) / 100
    if not a.isascii() or not b.isascii():
        return letters if letters >= 0.97 else min(letters, 0.85)
    return max(letters, min(titles.similarity(one, other), 0.89))


def _years_agree(one: Reference, other: Reference) -> bool:
    return one.issued is None or other.issued is None or one.issued.year == other.issued.year


def _years_near(one: Reference, other: Reference) -> bool:
    return one.issued is None or other.issued is None or abs(one.issued.year - other.issued.year) <= 1


def _share_authors(one: Reference, other: Reference) -> bool:
    """Whether at least half of the shorter list's names stand in the other, however they were split, shortened and ordered."""
    a, b = _names(one), _names(other)
    return not a or not b or len(a & b) >= 0.5 * min(len(a), len(b))


def _names(reference: Reference) -> frozenset[str]:
    """Return the words of the names, without initials and particles; none where the authors are not known."""
    words = {word for person in reference.contributors for word in titles.folded(person.name).split()}
    return frozenset(word for word in words if len(word) > 1 or not word.isascii()) - PARTICLES - _NOBODY
