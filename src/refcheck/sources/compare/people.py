"""Whether two lists of contributors name the same people, however their names are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from refcheck.model.verdict import Agreement, FieldVerdict
from refcheck.text import names, titles
from refcheck.text.mojibake import mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.model.record import Record
    from refcheck.model.reference import Contributor, Reference

OTHERS = re.compile(r"\bothers\b|\bet\s+al\b|\bu\.\s*a\.|…|\.\.\.\s*$", re.IGNORECASE)
_LOOSE = frozenset({"book", "page", "software", "dataset", "report", "standard"})  # kinds whose lists of people are often shortened
# Short forms whose first letters do not give the name away (common English usage).
_NICKNAMES = (
    "alexander sasha alex sandy", "andrew drew andy", "anthony tony", "barbara barb babs", "charles chuck charlie", "christopher kit chris",
    "edward ted ned ed eddie", "elizabeth liz beth betty eliza lisa", "francis frank", "henry harry hank", "isabella bella",
    "james jim jimmy jamie", "john jack", "joseph joe", "katherine kate kathy katie kathryn catherine", "lawrence larry", "leonard len lenny",
    "margaret peggy maggie meg", "michael mike mick", "nicholas nick klaus", "patricia pat patty trish", "peter pete", "richard dick rick",
    "robert bob bobby rob", "ronald ron", "stephen steve steven", "susan sue", "theodore ted theo", "thomas tom", "timothy tim",
    "vladimir volodya", "walter walt", "william bill will billy liam", "yevgeny eugene evgeny", "yury yuri iurii",
)  # fmt: skip
_MANY, _NEARLY_ALL = 10, 0.75
_SHORT = {name: index for index, row in enumerate(_NICKNAMES) for name in row.split()}


@dataclass(frozen=True, slots=True)
class Matched:
    """How two lists fit: how many of each have their like in the other, and whether in the same order."""

    here: int
    there: int
    both: int
    in_order: bool

    @property
    def share(self) -> float:
        """The share of the people named here that stand there, too."""
        return self.both / self.here if self.here else 0.0


@dataclass(frozen=True, slots=True)
class _Person:
    family: str
    given: tuple[str, ...]
    every: frozenset[str]
    group: str


def of_reference(reference: Reference) -> tuple[Contributor, ...]:
    """Return the people to compare: the authors, else the editors."""
    return reference.authors or reference.contributors


def of_record(record: Record) -> tuple[Contributor, ...]:
    """Return the authors of a record, else whoever made the work."""
    return tuple(person for person in record.contributors if person.role == "author") or record.contributors


def is_shortened(reference: Reference) -> bool:
    """Whether a reference says that there are more authors than it names."""
    field = reference.fields.get("author") or reference.fields.get("editor")
    if field and OTHERS.search(f"{field.value} {field.raw}"):
        return True
    head = reference.raw[: reference.raw.find(reference.title)] if not reference.raw.startswith("@") and reference.title else ""
    return bool(re.search(r"\bet\s+al\b|\band\s+others\b", head))


def match(here: Sequence[Contributor], there: Sequence[Contributor]) -> Matched:
    """Pair the people of two lists, each once, those in the same place first."""
    left, right = [_person(p) for p in here], [_person(p) for p in there]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for place, one in enumerate(left):
        order = sorted(range(len(right)), key=lambda other, place=place: abs(other - place))  # type: ignore[misc]
        found = next((other for other in order if other not in taken and _same(one, right[other])), None)
        if found is not None:
            pairs[place] = found
            taken.add(found)
    places = [pairs[place] for place in sorted(pairs)]
    return Matched(len(left), len(right), len(pairs), places == sorted(places))


def compare(reference: Reference, record: Record) -> FieldVerdict:
    """Compare the contributors of a reference and a record."""
    here, there = of_reference(reference), of_record(record)
    if not here or not there:
        return FieldVerdict(Agreement.ABSENT, _shown(here), _shown(there))
    found = match(here, there)
    excuse = _excuse(found, here, there, record, shortened=is_shortened(reference))
    if excuse is not None:
        return FieldVerdict(Agreement.COMPATIBLE if excuse else Agreement.EQUAL, _shown(here), _shown(there), excuse)
    missing = [person.name for person in here if match((person,), there).both == 0]
    told = f"{found.here} of {found.there} are named, without a word that there are others"
    if missing:
        more = " …" if len(missing) > 3 else ""
        told = f"{', '.join(missing[:3])}{more} {'is' if len(missing) == 1 else 'are'} not among the authors there"
    return FieldVerdict(Agreement.DIFFERENT, _shown(here), _shown(there), told)


def _excuse(found: Matched, here: Sequence[Contributor], there: Sequence[Contributor], record: Record, *, shortened: bool) -> str | None:
    """Return why two lists may be of one work: '' where they are the same, None where they are not."""
    loose = record.kind in _LOOSE
    if found.both == found.here == found.there:
        return "" if found.in_order else "in another order"
    groups = all(person.literal for person in here) and not any(_is_placeholder(person) for person in here)
    if groups and not (loose and all(person.literal for person in there)):
        return "a group stands for its members"
    if found.both == found.here:
        return "the record names more" if shortened or loose else None
    if found.both == found.there and (loose or not record.whole or found.there == 1):
        return "the record names fewer"
    if found.here >= _MANY and found.share >= _NEARLY_ALL:  # long lists change from version to version
        return "nearly all of them"
    if record.kind == "page" and not any(person.family for person in there):
        return "the page names a group"
    return None


def _is_placeholder(person: Contributor) -> bool:
    return bool(re.fullmatch(r"(?:author|anonymous|unknown|n\.?\s?n\.?|tba|xxx)\W*", person.literal, re.IGNORECASE))


def _shown(people: Sequence[Contributor]) -> str:
    return "; ".join(person.name for person in people[:8]) + ("; …" if len(people) > 8 else "")


@lru_cache(maxsize=16384)
def _person(person: Contributor) -> _Person:
    literal = mended(unescape(person.literal))
    if literal and not person.family:
        if len(literal.split()) == 1:  # a group, or a family name alone
            return _Person("".join(titles.folded(literal).split()), (), frozenset(titles.folded(literal).split()), "")
        if len(literal.split()) == 2 and literal.istitle():  # a person that a source did not take apart
            return _person(names.natural(literal))
        return _Person("", (), frozenset(titles.folded(literal).split()), "".join(titles.folded(literal).split()))
    family_name, given_name = (mended(unescape(text)) for text in (person.family, person.given))
    family = [w for w in titles.folded(family_name).split() if w not in names.PARTICLES] or titles.folded(family_name).split()
    given = tuple(titles.folded(re.sub(r"\b\d{4}\b", "", given_name)).split())
    return _Person("".join(family), given, frozenset((*family, *given)), "")


def _same(one: _Person, other: _Person) -> bool:
    if one.group or other.group:
        return _same_group(one, other)
    if _same_family(one, other):
        return _same_given(one.given, other.given)
    swapped = "".join(one.given) == other.family or "".join(other.given) == one.family
    return swapped or (len(one.every) >= 2 and one.every == other.every)


def _same_group(one: _Person, other: _Person) -> bool:
    if one.group and other.group:
        return one.group == other.group or one.every <= other.every or other.every <= one.every
    return len(one.every) > 1 and one.every == other.every


def _same_family(one: _Person, other: _Person) -> bool:
    a, b = one.family, other.family
    if not a or not b:
        return False
    if a == b or _plain(a) == _plain(b):
        return True
    shorter = min(len(a), len(b))
    if shorter >= 4 and (a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)):
        return True
    return shorter >= 5 and DamerauLevenshtein.distance(a, b) <= 1


def _plain(name: str) -> str:
    """Return a name without what transliterations differ in."""
    return re.sub(r"(.)\1", r"\1", re.sub(r"([aou])e", r"\1", name)).replace("y", "i").replace("j", "i")


def _same_given(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two given names may be one person's: a name or an initial in common, a short form."""
    if not one or not other:
        return True
    a, b = "".join(one), "".join(other)
    if a == b or any(len(word) > 1 and word in other for word in one):
        return True
    if _SHORT.get(one[0], -1) == _SHORT.get(other[0], -2):
        return True
    return _initials_fit(one, other)


def _initials_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first initial of one stands among those of the other: `R. A.` and `Alice Rose`."""
    return one[0][0] in _initials(other) or other[0][0] in _initials(one)


def _initials(given: tuple[str, ...]) -> set[str]:
    """Return the first letters of given names; of initials written together (`JRR`), each letter."""
    return {letter for word in given for letter in (word if _are_initials(word) else word[0])}


def _are_initials(word: str) -> bool:
    return len(word) <= 3 and not re.search(r"[aeiouy]", word)
