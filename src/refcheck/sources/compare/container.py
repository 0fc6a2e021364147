"""Whether two names are of one journal, conference, book or site: abbreviations, acronyms, long forms of proceedings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from refcheck.model.verdict import Agreement, FieldVerdict
from refcheck.sources.compare.venues import PREPRINT_SERVERS, SERIES, VENUES
from refcheck.text import titles
from refcheck.text.mojibake import mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.model.record import Record
    from refcheck.model.reference import Reference

_EMPTY = frozenset(
    "a an the of on in for and und et de des la le los del der die das to at with by from proceedings proc conference conf international int intl "
    "annual ann meeting symposium symp workshop workshops th st nd rd ieee acm cvf usenix siam aaai ifip volume vol part main long short papers "
    "paper advances adv society soc association assoc journal j "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth thirtieth fortieth fiftieth twenty thirty forty fifty sixty seventy virtual event usa".split()
)
_ARTICLES = frozenset("a an the of on in for and fur und et de des la le los del der die das dei delle zur zum to at with by".split())
_BESIDES = re.compile(
    r"\b(?:findings|workshops?|companion|extended abstracts?|demonstrations?|tutorials?|student research|shared task)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\b(?:\d+(?:st|nd|rd|th)?|'\d\d|[ivxl]{2,})\b", re.IGNORECASE)


def compare(reference: Reference, record: Record) -> FieldVerdict:
    """Compare the journal, book or conference of a reference with a record's."""
    here = reference.container_title or (reference.value("howpublished") if is_preprint_server(reference.value("howpublished")) else "")
    names = [name for name in (record.container_title, *record.other_containers) if name]
    if not here:
        return FieldVerdict(Agreement.ABSENT, here, record.container_title)
    if is_preprint_server(here):
        if record.kind == "preprint" or not names or any(map(is_preprint_server, names)):
            return FieldVerdict(Agreement.EQUAL, here, record.container_title or "a preprint")
        return FieldVerdict(Agreement.COMPATIBLE, here, record.container_title, "the preprint of a published work")
    if record.kind == "preprint" and (not names or all(map(is_preprint_server, names))):
        return FieldVerdict(Agreement.DIFFERENT, here, record.container_title or "a preprint", "the record is of a preprint")
    if not names:
        return FieldVerdict(Agreement.ABSENT, here, "")
    found = [same(here, name) for name in names]
    if True in found:
        exact = titles.folded(here) in {titles.folded(name) for name in names}
        return FieldVerdict(
            Agreement.EQUAL if exact else Agreement.COMPATIBLE, here, record.container_title, "" if exact else "another form of the name"
        )
    if record.kind == "page":
        return FieldVerdict(Agreement.ABSENT, here, record.container_title)
    if None in found or _says_little(here) or all(map(_says_little, names)) or record.kind == "book":
        return FieldVerdict(Agreement.COMPATIBLE, here, record.container_title, "the names do not tell")
    return FieldVerdict(Agreement.DIFFERENT, here, record.container_title)


def is_preprint_server(name: str) -> bool:
    """Whether a container is where preprints are."""
    folded = titles.folded(name)
    return any(re.search(rf"\b{server}\b", folded) for server in PREPRINT_SERVERS)


@lru_cache(maxsize=8192)
def same(here: str, there: str) -> bool | None:
    """Whether two names are of one container; None where that cannot be told."""
    here, there = mended(here), mended(there)
    if titles.folded(here) == titles.folded(there):
        return True
    if bool(_BESIDES.search(here)) != bool(_BESIDES.search(there)):
        return None if _alike(here, there) or venues_of(here) & venues_of(there) or _is_acronym(here, there) else False
    one, other = venues_of(here), venues_of(there)
    if one and other:
        return bool(one & other) or _alike(here, there)
    if _alike(here, there) or _is_acronym(here, there) or _is_acronym(there, here):
        return True
    unknown = (_is_short(here) and not one) or (_is_short(there) and not other)  # an acronym that is in no table
    return None if unknown or _begins(here, there) else False


@lru_cache(maxsize=8192)
def venues_of(name: str) -> frozenset[str]:
    """Return the acronyms of the known venues that a name may mean."""
    every = set(titles.folded(name.replace("/", " ")).split())
    telling, written = _telling(name.replace("/", " ")), _capitals(name)
    squeezed = re.sub(r"\d+$", "", re.sub(r"[^a-z]", "", re.sub(r"(?:19|20)\d\d|'\d\d", "", name.casefold())))
    found: set[str] = set()
    for acronyms, words, never in VENUES:
        named = all(any(_short_for(word, full) for word in every) for full in words) and not never & every
        named = named and all(word in written or any(_short_for(word, full) for full in words) for word in telling)
        if squeezed in acronyms or named or acronyms & {w for w in written if len(w) >= 3}:
            found |= acronyms
    return frozenset(found)


def _capitals(name: str) -> set[str]:
    """Return the acronyms that stand in a name: `(CVPR)`, `AAAI-20`, `ICML 2021`."""
    inside = re.findall(r"\(([A-Z][A-Za-z&-]+)[\s'’]*(?:\d{2,4})?\)|\b([A-Z][A-Za-z]*[A-Z]{2,}[a-z]?)\b", name)
    return {re.sub(r"[^a-z]", "", (a or b).lower()) for a, b in inside} - {"ieee", "acm", "cvf", "usenix", "siam", "ifip", "usa"}


def _short_for(word: str, full: str) -> bool:
    return word == full or (len(word) >= 3 and len(word) < len(full) and full.startswith(word)) or (len(full) >= 5 and word == full + "s")


def _telling(name: str) -> list[str]:
    """Return the words of a name that tell it from others."""
    plain = _NUMBER.sub(" ", re.sub(r"\([^()]*\)|,.*$", " ", name)) or name
    return [word for word in titles.folded(plain).split() if word not in _EMPTY]


def _words(name: str) -> list[str]:
    """Return the words of a name without articles and the like, without what stands in brackets or after a comma."""
    plain = _NUMBER.sub(" ", re.sub(r"\([^()]*\)|,.*$", " ", name)) or name
    return [word for word in titles.folded(re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]\.)", "", plain)).split() if word not in _ARTICLES]


def _alike(here: str, there: str) -> bool:
    """Whether two names have the same words in their order, each perhaps abbreviated (ISO 4): the telling ones, or all."""
    return any(a and len(a) == len(b) and all(map(_fits, a, b)) for a, b in _both(here, there))


def _begins(here: str, there: str) -> bool:
    """Whether one name is the beginning of the other, or they are abbreviations of which most fits: a part, a family, a series."""
    for one, other in _both(here, there):
        a, b = sorted((one, other), key=len)
        if len(a) >= 2 and all(map(_fits, a, b)):
            return True
        fitting = _in_order(a, b)
        abbreviated = any(x != y for x, y in fitting)
        if abbreviated and len(fitting) >= max(2, 0.6 * len(a)):
            return True
    return False


def _both(here: str, there: str) -> tuple[tuple[list[str], list[str]], ...]:
    return (_telling(here), _telling(there)), (_words(here), _words(there))


def _fits(one: str, other: str) -> bool:
    """Whether two words are one, perhaps abbreviated or contracted, in another spelling, or with an ending."""
    short, full = sorted((one, other), key=len)
    return full.startswith(short) or _contracts(short, full) or fuzz.ratio(short, full) >= 85


def _in_order(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words of one name that have their like in the other, with those, in their order."""
    pairs, start = [], 0
    for word in a:
        at = next((place for place in range(start, len(b)) if _fits(word, b[place])), None)
        if at is not None:
            pairs.append((word, b[at]))
            start = at + 1
    return pairs


def _contracts(word: str, full: str) -> bool:
    """Whether a word is a contraction of another one: `natl` of `national`."""
    if len(word) < 3 or len(word) >= len(full) or word[0] != full[0] or word[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(letter in rest for letter in word)


def _is_acronym(short: str, long: str) -> bool:
    """Whether a name is made of the first letters of another, or stands in it in brackets."""
    letters = re.sub(r"[^a-z]", "", re.sub(r"(?:19|20)\d\d|'\d\d", "", short.casefold()))
    if not _is_short(short) or not 2 <= len(letters) <= 10:
        return False
    if letters in _capitals(long):
        return True
    every = [
        w
        for w in titles.folded(_NUMBER.sub(" ", re.sub(r"\([^()]*\)", " ", long))).split()
        if w not in {"the", "of", "on", "in", "for", "and", "to", "proceedings"}
    ]
    initials = "".join(word[0] for word in every)
    return letters in initials or letters == "".join(
        w[0] for w in every if w not in {"ieee", "acm", "cvf", "annual", "conference", "international"}
    )


def _is_short(name: str) -> bool:
    words = re.sub(r"(?:19|20)\d\d|'\d\d", "", name).split()
    return len(words) == 1 and bool(re.search(r"[A-Z].*[A-Z]|^[A-Z]{2,}", name)) and len(words[0]) <= 12


def _says_little(name: str) -> bool:
    folded = titles.folded(name)
    return any(folded.startswith(series) or series in folded for series in SERIES) or (not _telling(name) and not venues_of(name))
