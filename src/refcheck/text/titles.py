"""Titles: folding them for comparison, and how alike two are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_WORD, _APOSTROPHE = re.compile(r"[^\W_]+"), re.compile(r"(?<=\w)['’](?=\w)")
_LONG_ENOUGH = 12  # letters and spaces: less is found in many a title by chance
_STOP = frozenset("a an and at by de der des die el for from in is la le of on or the to und with".split())


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """Return a text's words without case, marks, accents and punctuation, with single spaces."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_LETTERS)
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", plain)))


def words(text: str) -> list[str]:
    """Return the folded words that carry meaning."""
    return [word for word in folded(text).split() if word not in _STOP]


@lru_cache(maxsize=512)
def similarity(one: str, other: str) -> float:
    """Return how alike two titles are, from 0 to 1; a title and the same title with more around it are alike.

    Page titles carry the site's name, and references shorten or drop the subtitle: the shorter is
    looked for among the words of the longer, if it is long enough to tell works apart.
    """
    a, b = " ".join(words(one)), " ".join(words(other))
    if not a or not b:
        return 0.0
    if a == b or (" " in a and a in _parts(other)) or (" " in b and b in _parts(one)):
        return 1.0
    best = fuzz.token_sort_ratio(a, b) / 100
    shorter = min(len(a.split()), len(b.split()))
    if shorter >= 3 and min(len(a), len(b)) >= _LONG_ENOUGH:
        best = max(best, (fuzz.token_set_ratio(a, b) / 100 if shorter >= 4 else 0.0) * 0.97, fuzz.partial_ratio(a, b) / 100 * 0.95)
    return best


def _parts(title: str) -> set[str]:
    """Return the folded parts of a page title: `A Study | The Site` is two."""
    return {" ".join(words(part)) for part in re.split(r"\s+[|–—·•»:-]+\s+", title)}


def same(one: str, other: str) -> bool:
    """Whether two titles name one work, by their words alone."""
    return similarity(one, other) >= 0.85


def is_shortened(short: str, long: str) -> bool:
    """Whether a text is another one with words left out or abbreviated: every word of it begins one there, in the same order.

    Numbers are not abbreviated, and the other text has more letters.
    """
    words = iter(folded(long).split())
    shorter = folded(short).split()
    found = all(any(word == w or (w.startswith(word) and not word.isdigit()) for w in words) for word in shorter)
    return found and bool(shorter) and len("".join(shorter)) < len("".join(folded(long).split()))


def without_year(title: str) -> tuple[str, str] | None:
    """Split a year off the end of a title (`Attention, 2017`): (title, year), or None where it carries none.

    A year that belongs to the title (`Blade Runner 2049`, `Vision 2030`) has no comma or parenthesis before it.
    """
    match = re.fullmatch(r"(.*\S)\s*(?:,\s*|\(\s*)((?:1[5-9]|20)\d\d)[a-z]?\s*\)?\s*[.;]?", title, re.DOTALL)
    return (match[1].rstrip(" ,"), match[2]) if match and len(match[1]) >= 3 else None
