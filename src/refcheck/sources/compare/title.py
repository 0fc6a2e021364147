"""Whether two titles are one: letter for letter, but for a subtitle, a spelling, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from html import unescape
from itertools import product
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from refcheck.model.verdict import Agreement, FieldVerdict
from refcheck.text import titles
from refcheck.text.mojibake import mended

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.model.reference import Reference

_SUBTITLE = re.compile(r"\s*(?::\s|\s[-–—]+\s|[?!]\s|\.\s|—|\s\(|\s/\s|;\s|,\s+or,?\s)")
_SMALL = frozenset("a an the of and le la les l der die das el los las il".split())
_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            "zero",
            "one i first",
            "two ii second",
            "three iii third",
            "four iv fourth",
            "five v",
            "six vi",
            "seven vii",
            "eight viii",
            "nine ix",
            "ten x",
        )
    )
    for word in words.split()
}
_MARKS = re.compile(r"<[^<>]{1,80}>|\\[a-zA-Z]+|[${}]")
_PREFIX = re.compile(r"^\s*(?:RETRACTED|WITHDRAWN|REMOVED|Retracted(?: article)?|Withdrawn)\s*[:\-–]\s*", re.IGNORECASE)


_LANGUAGES = {
    name: frozenset(small.split())
    for name, small in {
        "en": "the of and for in on with to an from by is are what how why",
        "fr": "le la les des du et une dans sur pour au aux un est",
        "de": "der die das und des ein eine zur zum im fur von uber aus bei",
        "es": "el los las del y una para por con sobre lo",
        "it": "il della dei di gli nel per una sul delle e",
        "pt": "o os do da dos uma para em sobre no na",
        "nl": "het een van voor op bij naar te",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two titles stand to each other: agreement, why, and a likeness from 0 to 1 where they differ."""

    agreement: Agreement
    reason: str = ""
    likeness: float = 1.0


@lru_cache(maxsize=8192)
def words(title: str) -> tuple[str, ...]:
    """Return a title's words, folded, without mark-up, a year at its end, or a word that it was retracted."""
    plain = _PREFIX.sub("", mended(_MARKS.sub(" ", unescape(title))))
    return tuple(titles.folded(plain.replace("&", " and ")).split())


def cited(reference: Reference) -> str:
    """Return the title of a reference with its subtitle, which BibLaTeX has in a field of its own."""
    under = reference.value("subtitle")
    return f"{reference.title}: {under}" if under and reference.title else reference.title


def compare(here: str, there: str, others: Sequence[str] = ()) -> FieldVerdict:
    """Compare a reference's title with a record's, and with the other titles that the record has."""
    if not here or not there:
        return FieldVerdict(Agreement.ABSENT, here, there)
    best = _best(here, there)
    if best.agreement is Agreement.DIFFERENT:
        for other in others:
            found = _best(here, other)
            if found.agreement is not Agreement.DIFFERENT:
                return FieldVerdict(Agreement.COMPATIBLE, here, other, found.reason or "another title of the work")
    return FieldVerdict(best.agreement, here, there, best.reason)


def of_other_languages(here: str, there: str) -> bool:
    """Whether two titles are in different scripts, or by their small words in different languages: one may translate the other."""
    if here.isascii() != there.isascii() and any(ord(letter) > 0x24F and letter.isalpha() for letter in here + there):
        return True
    one, other = (_languages(title) for title in (here, there))
    return bool(one and other and not one & other)


def _languages(title: str) -> set[str]:
    """Return the languages of which a title has the most small words; none where it has none of any."""
    said = titles.folded(title).split()
    counts = {name: sum(word in small for word in said) for name, small in _LANGUAGES.items()}
    most = max(counts.values())
    return {name for name, count in counts.items() if count == most} if most else set()


def likeness(here: str, there: str) -> float:
    """Return how alike two titles are, from 0 to 1, letter for letter in their order."""
    return max(_best(a, b).likeness for a, b in product(_forms(here), _forms(there)))


def _best(here: str, there: str) -> Likeness:
    order = (Agreement.EQUAL, Agreement.COMPATIBLE, Agreement.DIFFERENT)
    found = [_one(a, b) for a, b in product(_forms(here), _forms(there))]
    return min(found, key=lambda item: (order.index(item.agreement), -item.likeness))


def _forms(title: str) -> tuple[str, ...]:
    shorter = titles.without_year(title)
    return (title, shorter[0]) if shorter else (title,)


@lru_cache(maxsize=8192)
def _one(here: str, there: str) -> Likeness:
    a, b = words(here), words(there)
    if not a or not b:
        same = here.strip().casefold() == there.strip().casefold()
        return Likeness(Agreement.EQUAL if same else Agreement.DIFFERENT, likeness=float(same))
    if a == b or "".join(a) == "".join(b):
        return Likeness(Agreement.EQUAL)
    if reason := _spelt_apart(a, b):
        return Likeness(Agreement.COMPATIBLE, reason)
    if reason := _part_of(here, there) or _part_of(there, here, whole="here"):
        return Likeness(Agreement.COMPATIBLE, reason)
    alike = SequenceMatcher(None, a, b, autojunk=False).ratio()
    letters = DamerauLevenshtein.normalized_similarity(" ".join(a), " ".join(b))
    return Likeness(Agreement.DIFFERENT, difference(a, b), max(alike, letters))


def _part_of(short: str, long: str, whole: str = "there") -> str:
    """Return why one title is the other without its subtitle, or ''."""
    a, parts = words(short), parts_of(long)
    if len(parts) < 2 or not (len(a) >= 2 or sum(map(len, a)) >= 7):
        return ""
    main = parts[0]
    if a == main or _spelt_apart(a, main):
        return "without the subtitle" if whole == "there" else "with a subtitle that the record lacks"
    longest = max(parts[1:], key=len)
    if len(longest) >= 4 and (a == longest or _spelt_apart(a, longest)):
        return "the subtitle alone"
    return ""


def parts_of(title: str) -> list[tuple[str, ...]]:
    """Return the words of the beginning of a title up to each break in it, the shortest first, and of what follows the first."""
    cuts = list(_SUBTITLE.finditer(title))
    beginnings = [words(title[: cut.start()]) for cut in cuts[:1]]
    return [part for part in (*beginnings, *(words(title[cut.end() :]) for cut in cuts[:1])) if part]


def _spelt_apart(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """Return why two titles are one in another spelling, or '' where a word is another one."""
    typos = 0
    for here, there in _changes(a, b):
        if "".join(here) == "".join(there):
            continue
        if set(here) <= _SMALL and set(there) <= _SMALL:
            continue
        if not (here and there) and set(here or there) <= set(a) & set(b):  # a word said twice
            continue
        if len(here) != len(there):
            return ""
        for one, other in zip(here, there, strict=True):
            if not _same_word(one, other):
                return ""
            typos += _NUMBERS.get(one, one) != _NUMBERS.get(other, other)
    return "" if typos > 1 + len(a) // 6 else "in another spelling"


def _changes(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a[i:j], b[k:m]


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one in another spelling: a number, a slip of one letter in a long word, two in a very long one."""
    if _NUMBERS.get(one, one) == _NUMBERS.get(other, other):
        return True
    shorter = min(len(one), len(other))
    if shorter < 4 or one.isdigit() or other.isdigit():
        return False
    away = DamerauLevenshtein.distance(one, other)
    return away <= 1 or (away == 2 and shorter >= 9)


def difference(a: Sequence[str], b: Sequence[str]) -> str:
    """Return what differs in words: `'training' here, 'learning' there`; '' where nearly everything does."""
    changes = list(_changes(a, b))
    if len(changes) > 2 or sum(len(x) + len(y) for x, y in changes) > 8:
        return ""
    told = []
    for here, there in changes:
        if here and there:
            told.append(f"{' '.join(here)!r} here, {' '.join(there)!r} there")
        else:
            told.append(f"{' '.join(here or there)!r} {'here' if here else 'there'} only")
    return "; ".join(told)
