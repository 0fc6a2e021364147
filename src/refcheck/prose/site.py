"""What the addresses of a reference tell about the rest of it: the name of the site, and the words of the title in the path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.prose.masked import Masked

_SMALL = frozenset("the of for and & in on de la".split())
_MOST_WORDS = 6  # of a site's name
_TELLING = 3  # words that a path has at least, where it is made of a title


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a reference cites: the labels of its hosts, and the words of its path, in lower case."""

    sites: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def is_named(self, words: Sequence[str]) -> bool:
        """Whether words in lower case are the site's name, in full or shortened: nytimes, the New York Times."""
        return any(_abbreviates(site, words) for site in self.sites)

    def shares_a_word(self, words: Sequence[str]) -> bool:
        """Whether one of the words, in lower case, stands in the site's name."""
        return any(len(word) > 3 and word in site for site in self.sites for word in words)

    def share(self, words: Sequence[str]) -> float | None:
        """Return how many of the words, in lower case, stand in the path, as a share; None where the path tells nothing."""
        return sum(word in self.words for word in words) / len(words) if self.words and words else None


_NO_PAGE = Page()


def page(masked: Masked) -> Page:
    """Return what the addresses of a reference tell."""
    if not masked.addresses:
        return _NO_PAGE
    sites: set[str] = set()
    words: set[str] = set()
    for address in masked.addresses:
        parts = urls.split(address)
        labels = [label for label in (parts.hostname or "").split(".") if label != "www"]
        sites.update(re.sub(r"[\W_]", "", label) for label in labels[:-1] if len(label) > 2)
        words.update(re.findall(r"[^\W\d_]{3,}|\d{2,}", parts.path.lower()))
    return Page(frozenset(sites), frozenset(words) if len(words) >= _TELLING else frozenset())


def _abbreviates(site: str, words: Sequence[str]) -> bool:
    """Whether a site's name is made of the beginnings of the words, one after the other."""
    told = [word for word in words if word not in _SMALL] or list(words)
    if not told or len(told) > _MOST_WORDS:
        return False
    ends = {0}
    for word in told:
        ends = {end + size for end in ends for size in range(1, len(word) + 1) if site.startswith(word[:size], end)}
    return len(site) in ends
