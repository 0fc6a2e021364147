"""Where a work stands: journal or book, volume, issue, pages; and whether two references name one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.text import titles

if TYPE_CHECKING:
    from refcheck.model.reference import Reference

_ROMAN, _ORDINALS = "i ii iii iv v vi vii viii ix x".split(), "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_IN_DIGITS = {word: str(number) for words in (_ROMAN, _ORDINALS) for number, word in enumerate(words, 1)}
_MAIN_NAME = re.compile(r"\s*(?::|=|\(|\[|/|\. )")  # `BMJ (Clinical research ed.)`, `Heart : official journal of …`


def volume(reference: Reference) -> str:
    """Return the number of the volume, without what may follow it (`24 Suppl 3`)."""
    match = re.match(r"\s*(\w*\d+)", reference.value("volume"))
    return match[1].lower() if match else ""


def first_page(reference: Reference) -> str:
    """Return the first page, with the letters before its number, or ''."""
    match = re.match(r"\s*([A-Za-z]{0,2}\d+)", reference.value("pages"))
    return match[1].lower() if match else ""


def pages(reference: Reference) -> tuple[int, int] | None:
    """Return the first and the last page where they are numbers; `1383-92` ends at 1392."""
    match = re.match(r"\s*(\d+)\s*[-–—]+\s*(\d+)\s*\Z", reference.value("pages"))
    if not match:
        return None
    first, last = match[1], match[2]
    return int(first), int(first[: max(len(first) - len(last), 0)] + last)


def of(reference: Reference) -> tuple[str, str] | None:
    """Return the volume and the first page: what tells one article from another."""
    number, page = titles.folded(reference.value("volume")), first_page(reference)
    return (number, page) if number and page else None


def numbered_apart(one: Reference, other: Reference) -> bool:
    """Whether parts, volumes, issues, editions or numbered reports differ in a number."""
    articles = one.entry_type == other.entry_type == "article"
    for name in ("volume", "number", "edition", "part", "chapter"):
        a, b = one.value(name), other.value(name)
        if a and b and titles.folded(a) != titles.folded(b) and not _is_same_number(a, b, shortened=articles):
            return True
    return False


def _is_same_number(one: str, other: str, *, shortened: bool) -> bool:
    """Whether two numbers are one in other words (`2nd`, `Second`), or one is the other `shortened` (issue 2, `2 Pt 1`)."""
    a, b = numbers(one), numbers(other)
    if not a or not b or ("suppl" in one.lower()) != ("suppl" in other.lower()):
        return False
    least = min(len(a), len(b)) if shortened else max(len(a), len(b))
    return a[:least] == b[:least]


def numbers(text: str) -> list[str]:
    """Return the numbers in a text as digits, Roman ones and ordinal words too."""
    words = titles.folded(text).split()
    return [number for word in words for number in ([_IN_DIGITS[word]] if word in _IN_DIGITS else re.findall(r"\d+", word))]


def pages_apart(one: Reference, other: Reference) -> bool:
    """Whether the pages have nothing in common; the number of an electronic article (`e24083`) can be compared with its like only."""
    a, b = first_page(one), first_page(other)
    if not a or not b or a == b or a.startswith("s") != b.startswith("s"):
        return bool(a and b and a != b)
    if a.isdigit() and b.isdigit():
        (first, last), (start, end) = pages(one) or (int(a), int(a)), pages(other) or (int(b), int(b))
        return last < start or end < first
    return a.isdigit() == b.isdigit()


def same_container(one: Reference, other: Reference) -> bool:
    """Whether both name one journal or book: alike, or one the other's abbreviation or initials."""
    if titles.similarity(one.container_title, other.container_title) >= 0.6:
        return bool(one.container_title)
    a, b = (titles.words(_MAIN_NAME.split(r.container_title, 1)[0]) for r in (one, other))
    if not a or not b or len(a) == len(b):
        return bool(a and b) and all(_is_short_for(x, y) or _is_short_for(y, x) for x, y in zip(a, b, strict=True))
    short, long = sorted((a, b), key=len)
    return len(short) == 1 and len(short[0]) >= 3 and "".join(word[0] for word in long).startswith(short[0])


def _is_short_for(short: str, word: str) -> bool:
    """Whether the letters of an abbreviation stand in a word in their order, the first one first: natl, national."""
    letters = iter(word)
    return short[:1] == word[:1] and all(letter in letters for letter in short)
