"""What the model sees of a reference: its tokens, and for each the hints that tell which part it belongs to.

A reference is cut into chunks at what separates parts (full stops that end something, commas, colons, quotation marks,
brackets, addresses); hints are about the token, its neighbours, its chunk and the chunks around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from refcheck.prose import lexicon, site
from refcheck.prose.masked import ACCESSED, ADDRESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.prose.masked import Masked
    from refcheck.prose.site import Page

_TOKEN = re.compile(rf"{ADDRESS}+|{ACCESSED}+|[^\W\d_]+(?:['’‐-][^\W\d_]+)*|\d+|[^\w\s\x00-\x02]|_")
_OPENING, _CLOSING = "“„«‹‘", "”»›’"
QUOTES = frozenset(_OPENING + _CLOSING + "\"'")
_DASHES = frozenset("-–—|·•")
_BREAKS = frozenset(".,;:?!()[]/–—-|·•") | QUOTES | {ADDRESS, ACCESSED}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark, with its offsets."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Cut a masked text into tokens; an address or an access date is one token."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints for each token: of itself and its neighbours (`near`), and of its chunk and what stands around that (`far`)."""

    near: list[list[str]]
    far: list[list[str]]

    @property
    def whole(self) -> list[list[str]]:
        """All hints for each token."""
        return [near + far for near, far in zip(self.near, self.far, strict=True)]


def features(masked: Masked, found: Sequence[Token]) -> Hints:
    """Return the hints for each token."""
    if not found:
        return Hints([], [])
    texts = [token.text if token.text[0] not in "\x01\x02" else token.text[0] for token in found]
    tight = [one.end == two.start for one, two in pairwise(found)]
    page = site.page(masked)
    chunks = _chunks(texts, tight, page)
    stretches = _stretches(texts, tight)
    own = [_word(text) for text in texts]
    before = [("-1:^",), *(_at("-1", text) for text in texts[:-1])]
    after = [*(_at("+1", text) for text in texts[1:]), ("+1:$",)]
    emphasis = emphasised(masked, found)
    hints = Hints([], [])
    last = len(texts) - 1
    number = _Count()
    for index, text in enumerate(texts):
        chunk = chunks[index]
        near = [*own[index], *before[index], *after[index], *number.near()]
        row = [*chunk, number.far()]
        if stretches:
            row += stretches[index]
        row.append(f"-2:{_brief(texts[index - 2]) if index > 1 else '^'}")
        row.append(f"+2:{_brief(texts[index + 2]) if index < last - 1 else '$'}")
        if index > 1 and texts[index - 1] == "." and len(texts[index - 2]) == 1:
            row.append(f"ai:{_brief(text)}|{_brief(texts[index + 1]) if index < last else '$'}|{'k^' in chunk}")
        if index:
            row.append(f"bi:{_brief(texts[index - 1])}|{_brief(text)}")
        if index < last and tight[index]:
            near.append("tight")
        if emphasis[index]:
            near.append(emphasis[index])
        if text.lower() in page.words:
            near.append("slug")
        row.append(f"at:{index * 8 // (last + 1)}")
        row.append("left:" + str(min(last - index, 4)))
        hints.near.append(near)
        hints.far.append(row)
        number.see(text, texts[index + 1] if index < last else "")
    return hints


_TELLING = (
    lexicon.IN_WORDS
    | lexicon.AND_WORDS
    | lexicon.ROLE_WORDS
    | lexicon.MEETING_WORDS
    | lexicon.GENRE_WORDS
    | lexicon.NUMBER_WORDS
    | frozenset(
        "the a an der die das le la les el los il journal annals transactions advances lecture university universität institute department dept available retrieved accessed special review trans ieee acm".split()
    )
)


# A token


@lru_cache(maxsize=50_000)
def _word(text: str) -> tuple[str, ...]:
    low = text.lower()
    shape = _brief(text)
    if not text[0].isalpha():
        return (f"s:{shape}", f"w:{low}" if len(low) < 3 else f"d:{_number(text)}")
    kinds = tuple(f"c:{name}" for name in lexicon.classes(low))
    return (f"w:{low}", f"s:{shape}", f"x:{low[-3:]}", f"n:{min(len(low), 8)}", *kinds)


@lru_cache(maxsize=100_000)
def _at(offset: str, text: str) -> tuple[str, ...]:
    low = text.lower()
    shape = _brief(text)
    if not text[0].isalpha():
        return (f"{offset}:{shape}",)
    kinds = tuple(f"{offset}:c:{name}" for name in lexicon.classes(low))
    return (f"{offset}:{shape}", f"{offset}:w:{low}", *kinds)


@lru_cache(maxsize=50_000)
def _brief(text: str) -> str:
    """The shape of a token, or the token itself where it is a mark."""
    first = text[0]
    if first == ADDRESS:
        return "URL"
    if first == ACCESSED:
        return "READ"
    if first.isdigit():
        return f"#{_number(text)}"
    if not first.isalpha():
        return first
    if not text[0].isupper() and not text[0].islower():
        return "CJK"
    if len(text) == 1:
        return "X" if first.isupper() else "x"
    if text.islower():
        return "in" if text in lexicon.IN_WORDS else "and" if text in lexicon.AND_WORDS else "xx"
    if text.isupper():
        return "XX" if len(text) < 4 else "XXX"
    return "Xx" if first.isupper() and text[1:].islower() else "XxX" if first.isupper() else "xX"


def _number(text: str) -> str:
    if len(text) == 4 and (text.startswith("20") or ("14" <= text[:2] <= "19")):
        return "year"
    return str(min(len(text), 6))


# What came before


class _Count:
    """What was seen up to a token: sentences, a year, quotation marks, brackets, an "in"."""

    def __init__(self) -> None:
        self.stops = self.quoted = self.depth = 0
        self.year = self.within = self.open = False
        self.previous = ""

    def near(self) -> tuple[str, ...]:
        found = (f"q:{'in' if self.open else min(self.quoted, 2)}", f"y:{self.year:d}{self.within:d}")
        return (*found, "paren") if self.depth else found

    def far(self) -> str:
        return f"st:{min(self.stops, 4)}|{self.year:d}"

    def see(self, text: str, following: str) -> None:
        if text in _OPENING or (text in {'"', "'"} and not self.open and not (text == "'" and self.previous.isalpha())):
            self.open = True
        elif self.open and (text in _CLOSING or text in {'"', "'"}):
            self.open = False
            self.quoted += 1
        elif text in "([":
            self.depth += 1
        elif text in ")]":
            self.depth = max(0, self.depth - 1)
        elif text == "." and not self.depth and _ends(self.previous, following):
            self.stops += 1
        elif text[0].isdigit():
            self.year = self.year or _number(text) == "year"
        elif text.lower() in lexicon.IN_WORDS:
            self.within = True
        self.previous = text


def _ends(previous: str, following: str) -> bool:
    """Whether a full stop ends something: not behind an initial or an abbreviation, not before a small letter."""
    if not previous[:1].isalpha():
        return True
    if len(previous) == 1 or previous.lower() in lexicon.ABBREVIATIONS:
        return False
    return not following[:1].islower()


# Chunks


def _chunks(texts: Sequence[str], tight: Sequence[bool], page: Page) -> list[tuple[str, ...]]:
    """Return for each token the hints about its chunk and the ones around it."""
    bounds = _bounds(texts, tight)
    summaries = [_summary(texts[start:end]) for start, end in bounds]
    told = [_told(page, texts[start:end]) for start, end in bounds]
    firsts = [_first(texts[start]) for start, _ in bounds]
    named = 9
    rows: list[tuple[str, ...]] = [()] * len(texts)
    for number, (start, end) in enumerate(bounds):
        opener = _brief(texts[start - 1]) if start else "^"
        closer = _brief(texts[end]) if end < len(texts) else "$"
        mine, shape = summaries[number]
        prior = summaries[number - 1][1] if number else "^"
        following = summaries[number + 1][1] if number + 1 < len(bounds) else "$"
        named = 0 if _names_somebody(mine, shape) else named + (opener not in ",&")
        hints = (
            *mine, *told[number], f"kf:{firsts[number]}", f"kf+:{firsts[number + 1] if number + 1 < len(bounds) else '$'}", f"kn:{min(named, 4)}|{opener}", f"kn:{min(named, 4)}|{shape}", f"k:{shape}", f"ko:{opener}{closer}|{shape}", f"k-:{prior}|{shape}", f"k+:{shape}|{following}",
            f"k#:{min(number, 5)}|{shape}",
        )  # fmt: skip
        rows[start:end] = [(*hints, "k^"), *[hints] * (end - start - 1)]
        until = bounds[number + 1][0] if number + 1 < len(bounds) else len(texts)
        rows[end:until] = [(f"sep:{shape}", f"sep+:{following}")] * (until - end)
    return rows


def _told(page: Page, words: Sequence[str]) -> tuple[str, ...]:
    """Return hints about a chunk: whether it names the site of the page, and how many of its words stand in the path."""
    letters = [word.lower() for word in words if word[0].isalnum()]
    if not page.sites or not letters:
        return ()
    found = ["kh:site"] if page.is_named(letters) else ["kh:word"] if page.shares_a_word(letters) else []
    long = [word for word in letters if len(word) > 2]
    if (share := page.share(long)) is not None:
        found.append(f"kp:{min(len(long), 3)}{int(share * 3.99) if share else '-'}")
    return tuple(found)


def _first(word: str) -> str:
    """The first word of a chunk where it tells something, else its shape."""
    low = word.lower()
    return low if low in _TELLING else _brief(word)


def _names_somebody(hints: Sequence[str], shape: str) -> bool:
    """Whether a chunk looks like a name: short and with initials or a first name, and nothing written small."""
    return shape[0] in "1234" and shape[1:2] != "s" and shape[1:2] != "m" and ("i" in shape or "kc:given" in hints)


def _bounds(texts: Sequence[str], tight: Sequence[bool]) -> list[tuple[int, int]]:
    """Return (start, end) of the runs of tokens between what separates parts."""
    bounds: list[tuple[int, int]] = []
    start = None
    for index, text in enumerate(texts):
        breaks = text in _BREAKS and not (text in ".," and _in_number(texts, tight, index))
        if breaks and text == "." and start is not None:
            following = texts[index + 1] if index + 1 < len(texts) else ""
            breaks = _ends(texts[index - 1], following) or _ends_inverted(texts, bounds, start, index)
        elif breaks and text in "'’" and start is not None:
            breaks = not texts[index - 1].isalpha()
        elif breaks and text in _DASHES:
            breaks = text != "-" or _is_apart(texts, tight, index)
        if not breaks and start is None:
            start = index
        elif breaks and start is not None:
            bounds.append((start, index))
            start = None
    if start is not None:
        bounds.append((start, len(texts)))
    return bounds


def _is_apart(texts: Sequence[str], tight: Sequence[bool], index: int) -> bool:
    """Whether a hyphen stands between spaces, or beside another: as a dash."""
    alone = index > 0 and not tight[index - 1] and index < len(tight) and not tight[index]
    return alone or "-" in {*texts[max(index - 1, 0) : index], *texts[index + 1 : index + 2]}


def _in_number(texts: Sequence[str], tight: Sequence[bool], index: int) -> bool:
    """Whether a mark stands inside a number: 3.1, or 2,500."""
    if not (
        0 < index < len(texts) - 1 and tight[index - 1] and tight[index] and texts[index - 1][0].isdigit() and texts[index + 1][0].isdigit()
    ):
        return False
    return len(texts[index - 1]) < 3 and len(texts[index + 1]) == 3 if texts[index] == "," else len(texts[index + 1]) < 3


def _ends_inverted(texts: Sequence[str], bounds: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    """Whether a full stop ends the initials of a name whose family name came first, and something else begins behind it."""
    if not bounds or bounds[-1][1] != start - 1 or texts[start - 1] != "," or not _is_initials(texts[start:stop]):
        return False
    family = texts[slice(*bounds[-1])]
    following = texts[stop + 1] if stop + 1 < len(texts) else ""
    return len(following) > 1 and following[0].isalnum() and len(family) <= 3 and all(len(word) > 1 for word in family if word[0].isalpha())


# Stretches between dashes


def _stretches(texts: Sequence[str], tight: Sequence[bool]) -> list[tuple[str, ...]]:
    """Return for each token where it stands among the stretches that dashes or bars set off, if any do."""
    marks = [
        text in _DASHES and (text not in "-–" or _is_apart(texts, tight, index) or _is_spaced(tight, index))
        for index, text in enumerate(texts)
    ]
    if not any(marks):
        return []
    kinds = [text for text, mark in zip(texts, marks, strict=True) if mark]
    kind = "|" if "|" in kinds else "-"
    many, number = min(kinds.count(kinds[0]), 4), 0
    rows: list[tuple[str, ...]] = []
    for text, mark in zip(texts, marks, strict=True):
        number += mark and text == kinds[0]
        rows.append((f"sg:{kind}{min(number, 4)}/{many}",))
    return rows


def _is_spaced(tight: Sequence[bool], index: int) -> bool:
    return 0 < index < len(tight) and not tight[index - 1] and not tight[index]


def _is_initials(words: Sequence[str]) -> bool:
    return all(word in ".-" or (word.isupper() and len(word) < 3) for word in words)


def _summary(words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return hints about a chunk, and the shortest description of it."""
    letters = [word for word in words if word[0].isalpha()]
    capital = sum(word[0].isupper() for word in letters)
    small = sum(word.islower() and word not in lexicon.PARTICLES and word not in lexicon.AND_WORDS for word in letters)
    initials = sum(len(word) == 1 and word.isupper() for word in letters) + sum(word.isupper() and len(word) in {2, 3} for word in letters)
    digits = sum(word[0].isdigit() for word in words)
    size = len(letters) if len(letters) < 4 else 4 if len(letters) < 7 else 7
    shape = f"{size}{'c' if capital and not small else 's' if small and small > capital else 'm' if small else '-'}{'i' if initials else ''}{'d' if digits else ''}"
    kinds: set[str] = set()
    for word in letters:
        kinds.update(lexicon.classes(word.lower()))
    told = "".join(
        sorted(
            name[0] + name[1]
            for name in kinds
            if name
            in {"given", "place", "publisher", "journal", "media", "group", "genre", "month", "meeting", "edition", "number", "role"}
        )
    )
    return (*(f"kc:{name}" for name in sorted(kinds)), f"kk:{told}"), shape


def emphasised(masked: Masked, found: Sequence[Token]) -> list[str]:
    """Return for each token whether it stands in emphasis (`em`) or in the text of a link (`lk`); `em^` and `lk^` where that begins."""
    places = [*((*place, "em") for place in masked.emphasis), *((*place, "lk") for place in masked.linked)]
    if not places:
        return [""] * len(found)
    rows = []
    for token in found:
        start, _, name = next((place for place in places if place[0] <= token.start < place[1]), (0, 0, ""))
        rows.append(f"{name}^" if name and token.start - start < 2 else name)
    return rows
