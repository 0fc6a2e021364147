"""What type of work a reference is about.

`types.crfsuite` is a log-linear model, made by `training/train.py`. It sees which parts a reference has, in which order, how
title and container are set off, the words of the parts, and where the address leads.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from refcheck.prose import lexicon, models
from refcheck.prose.features import QUOTES, emphasised
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.prose.features import Token
    from refcheck.prose.masked import Masked

MODEL = "types.crfsuite"
_ON_PAGES, _SURE = frozenset({"software", "dataset", "video"}), 0.8
_ON_THE_WEB = frozenset({"online", "misc", "news", *_ON_PAGES})
_BOOKS = frozenset({"misc", "standard"})  # what bare names and titles of books are taken for
_OF_ADDRESSES = {
    "book": re.compile(
        r"//(?:www\.)?(?:amazon\.[a-z.]{2,6}/(?:[^/?#]+/)?(?:dp|gp/product)/|goodreads\.com/book/show/|bookshop\.org/(?:p/)?books/)"
    ),
    "article": re.compile(
        r"//(?:www\.)?(?:jstor\.org/stable/|(?:science\.sciencemag|science)\.org/(?:content|doi)/|nature\.com/articles/|sciencedirect\.com/science/article/|"
        r"(?:\w+\.)?onlinelibrary\.wiley\.com/doi/|tandfonline\.com/doi/|journals\.sagepub\.com/doi/|academic\.oup\.com/\w+/article|cambridge\.org/core/journals/|"
        r"journals\.plos\.org/\w+/article|(?:ncbi\.nlm\.nih\.gov/(?:pmc|pubmed)|pubmed\.ncbi\.nlm\.nih\.gov|pmc\.ncbi\.nlm\.nih\.gov)/|link\.springer\.com/article/|"
        r"mdpi\.com/\d{4}-|frontiersin\.org/articles/|nejm\.org/doi/|thelancet\.com/journals/|jamanetwork\.com/journals/|pnas\.org/(?:content|doi)/|bmj\.com/content/)"
    ),
    "dataset": re.compile(r"//(?:www\.)?(?:huggingface\.co/datasets|kaggle\.com/datasets)/[^/?#]+/[^/?#]+"),
    "video": re.compile(
        r"//(?:(?:www|m)\.)?(?:youtube\.com/watch\?|youtu\.be/\w|vimeo\.com/\d|ted\.com/talks/\w|netflix\.com/title/\d|imdb\.com/title/\w|infoq\.com/presentations/\w)",
        re.IGNORECASE,
    ),
}
_REPORTED = frozenset({"publisher", "number", "note", "series"})
_NAMED = frozenset({"container", "publisher", "author"})
_PEOPLE = frozenset({"author", "editor", "translator"})
_EXPECTED = ("author", "title", "container", "publisher", "pages", "volume", "date")
_TOGETHER = frozenset({"container", "publisher", "volume", "pages", "note", "editor", "location"})
_SHORT = {"title": "t", "container": "c", "publisher": "p", "note": "n", "number": "n", "series": "s"}
_PHRASES = frozenset({"container", "publisher", "note", "series", "number", "O"})


def kind(masked: Masked, found: Sequence[Token], labels: Sequence[str]) -> tuple[str, float]:
    """Return (type, the model's probability of it) of a reference whose tokens have labels."""
    model = models.load(MODEL)
    model.set([hints(masked, found, labels)])
    chances = {name: model.marginal(name, 0) for name in model.labels()}
    if shown := shown_by(masked.addresses):
        best = max(chances, key=chances.__getitem__)
        if best in _ON_THE_WEB or (shown == "book" and best in _BOOKS):
            return shown, sum(chances[name] for name in (_ON_THE_WEB if shown != "book" else _ON_THE_WEB | _BOOKS))
    for name in _impossible(masked):
        chances.pop(name, None)
    best = max(chances, key=chances.__getitem__)
    probability = chances[best]
    if best == "report" and _is_published(found, labels):
        best, probability = "book", chances["book"] + probability
    paged = best in _ON_PAGES or (best == "report" and not _REPORTED & set(labels))
    if paged and probability < _SURE and any(not _is_pdf(address) for address in masked.addresses):
        others = {name: chance for name, chance in chances.items() if name not in _ON_PAGES}
        best = "online" if "online" in others else max(others, key=others.__getitem__)  # whatever else it is, a page is cited
        probability += others[best]
    return sys.intern(best), probability  # the model makes a text of its own for each reference


def shown_by(addresses: Sequence[str]) -> str | None:
    """Return what addresses alone tell: the first page of a repository, a film, a data set, a book in a shop."""
    if any((repository := urls.repository(url)) and not repository["inside"] for url in addresses):
        return "software"
    return next((name for url in addresses for name, pattern in _OF_ADDRESSES.items() if pattern.search(url)), None)


def _impossible(masked: Masked) -> Iterator[str]:
    """Yield the types that identifiers and files rule out: a page has no DOI and is no preprint, what has an ISBN is a book or in one, a PDF is no film."""
    names = {piece.name for piece in masked.pieces}
    if "doi" in names or "eprint" in names:
        yield from ("online", "misc", "news")
    if "isbn" in names:
        yield from ("online", "misc", "news", "article", "standard", "video", "software", "dataset")
    if masked.addresses and all(map(_is_pdf, masked.addresses)):
        yield from _ON_PAGES


def _is_pdf(address: str) -> bool:
    return re.search(r"\.pdf(?:[?#]|$)", address, re.IGNORECASE) is not None


def _is_published(found: Sequence[Token], labels: Sequence[str]) -> bool:
    """Whether a house that makes books published it, without a number or a word such as "working paper"."""
    if {"number", "note", "series"} & set(labels):
        return False
    house = [token.text.lower() for token, label in zip(found, labels, strict=True) if label == "publisher"]
    return any("publisher" in lexicon.classes(word) for word in house)


def hints(masked: Masked, found: Sequence[Token], labels: Sequence[str]) -> list[str]:
    """Return what tells the type of a work."""
    return [
        *_parts(masked, labels),
        *_words(found, labels),
        *_press(found, labels),
        *_authors([token.text for token, label in zip(found, labels, strict=True) if label == "author"]),
        *_dress(masked, found, labels),
        *_addresses(masked),
        *_date([token.text for token, label in zip(found, labels, strict=True) if label == "date"]),
        *(["in"] if any(t.text.lower() in lexicon.IN_WORDS and label == "O" for t, label in zip(found, labels, strict=True)) else []),
    ]


def _parts(masked: Masked, labels: Sequence[str]) -> Iterator[str]:
    """Which parts there are, and in which order."""
    present, names = set(labels) - {"O"}, {piece.name for piece in masked.pieces}
    yield from (f"has:{label}" for label in sorted(present))
    yield from (f"no:{label}" for label in _EXPECTED if label not in present)
    yield from (f"piece:{name}" for name in sorted(names))
    if not names & {"url", "doi"}:
        yield "offline"
    yield "has:" + "+".join(sorted(present & _TOGETHER)) + ("+url" if "url" in names else "")
    order = [label for label, _ in groupby(label for label in labels if label != "O")]
    yield "order:" + ">".join(order[:8])
    yield from (f"next:{one}>{other}" for one, other in pairwise(order))


def _words(found: Sequence[Token], labels: Sequence[str]) -> Iterator[str]:
    """The words of the parts, but for names; pairs of them where phrases tell."""
    for token, label in zip(found, labels, strict=True):
        if token.text[0].isalpha() and label not in _PEOPLE:
            low, where = token.text.lower(), _SHORT.get(label, "o")
            yield f"{where}:{low}"
            if where != "t":
                yield from (f"{where}:c:{name}" for name in lexicon.classes(low))
    for (one, label), (other, behind) in pairwise(zip(found, labels, strict=True)):
        if label == behind and label in _PHRASES and one.text[0].isalpha() and other.text[0].isalpha():
            yield f"pair:{label}:{one.text.lower()} {other.text.lower()}"


def _press(found: Sequence[Token], labels: Sequence[str]) -> Iterator[str]:
    """Whether a known newspaper or magazine is named, and as what."""
    for label, name in groupby(zip(found, labels, strict=True), key=lambda pair: pair[1]):
        if label in _NAMED and lexicon.is_press("".join(token.text for token, _ in name)):
            yield f"press:{label}"


def _authors(names: Sequence[str]) -> Iterator[str]:
    """Whether the authors look like persons or like a group."""
    words = [name for name in names if name[0].isalpha()]
    for kind_of_word in sorted({name for word in words for name in lexicon.classes(word.lower())}):
        yield f"author:c:{kind_of_word}"
    if names:
        yield "author:inverted" if "," in names or any(len(word) == 1 for word in words) else f"author:plain{min(3, len(words))}"


def _dress(masked: Masked, found: Sequence[Token], labels: Sequence[str]) -> Iterator[str]:
    """Whether title and container stand in quotation marks or in emphasis; how long the title is, and between what it stands."""
    emphasis = emphasised(masked, found)
    title = [place for place, label in enumerate(labels) if label == "title"]
    container = next((place for place, label in enumerate(labels) if label == "container"), None)
    if title:
        first, last = title[0], title[-1]
        before = found[first - 1].text if first else "^"
        yield "title:quoted" if before in QUOTES else f"title:behind:{before if not before[0].isalnum() else 'word'}"
        yield f"title:emphasis:{bool(emphasis[first])}"
        yield f"title:long:{min(len(title) // 4, 5)}"
        yield from (f"title:first:{found[first].text.lower()}", f"title:last:{found[last].text.lower()}")
        behind = found[last + 1].text if last + 1 < len(found) else "$"
        yield f"title:before:{behind if not behind[0].isalnum() else labels[last + 1]}"
    if container is not None:
        yield f"container:emphasis:{bool(emphasis[container])}{bool(title and emphasis[title[0]])}"


def _addresses(masked: Masked) -> Iterator[str]:
    """Where the addresses lead."""
    for address in masked.addresses:
        yield f"host:{'.'.join(urls.host_of(address).split('.')[-2:])}"
        if urls.site_of(address).partition(".")[0] in lexicon.PRESS_SITES:
            yield "host:press"
        yield f"path:{'.pdf' if _is_pdf(address) else 'other'}"
        yield from (f"hw:{word}" for word in re.findall(r"[a-z]{3,}", address.lower())[:12])


def _date(words: Sequence[str]) -> Iterator[str]:
    yield f"date:{'day' if any(w.lower() in lexicon.MONTHS for w in words) and sum(w.isdigit() for w in words) > 1 else 'year'}"
