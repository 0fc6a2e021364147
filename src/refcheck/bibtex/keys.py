"""Citation keys for references that have none: author, year, first word of the title."""

from __future__ import annotations

import string
from itertools import count, product
from typing import TYPE_CHECKING

from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from refcheck.model.reference import Contributor, PartialDate


def make(contributors: tuple[Contributor, ...], issued: PartialDate | None, title: str) -> str:
    """Return a key in ASCII, such as `vaswani2017attention`; it depends on this reference alone.

    Where nobody is named, it begins with the title's first word.
    """
    first = titles.folded(contributors[0].sort_name).split()[:3] if contributors else []
    words = titles.words(title) or titles.folded(title).split()
    named = "".join(first) or "".join(words[:1])
    key = named + (str(issued.year) if issued else "") + "".join(words[:1] if first else words[1:2])
    ascii_key = key.encode("ascii", "ignore").decode()
    return ascii_key or "reference"


class Used(set[str]):
    """The keys that references got, with those that they must not get."""

    def __init__(self, taken: Container[str] = ()) -> None:
        super().__init__()
        self._taken = taken
        self._tried: dict[str, Iterator[str]] = {}

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._taken

    def new(self, key: str) -> str:
        """Use the key, or the first like it that is free, with letters behind it. What was tried before is not tried again."""
        tried = self._tried.setdefault(key, _candidates(key))
        found = next(candidate for candidate in tried if candidate not in self)
        self.add(found)
        return found


def _candidates(key: str) -> Iterator[str]:
    """Yield the key, then the key with letters behind it, shorter ones first."""
    yield key
    for length in count(1):
        for letters in product(string.ascii_lowercase, repeat=length):
            candidate = "".join(letters)
            if candidate != "a":
                yield key + candidate
