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
    from refcheck.prose.tag import Tagged

MODEL = "types.crfsuite"
_ON_PAGES, _SURE = frozenset({"software", "dataset", "video"}), 0.8
_ON_THE_WEB = frozenset({"online", "misc", "news", *_ON_PAGES})
_OF_ADDRESSES = {
    "dataset": re.compile(r"//(?:www\.)?(?:huggingface\.co/datasets|kaggle\.com/datasets)/[^/?#]+/[^/?#]+"),
    "video": re.compile(r"//(?:(?:www|m)\.)?(?:youtube\.com/watch\?|youtu\.be/\w|vimeo\.com/\d)"),
}
_REPORTED = frozenset({"publisher", "number", "note", "series"})
_PEOPLE = frozenset({"author", "editor", "translator"})
_EXPECTED = ("author", "title", "container", "publisher", "pages", "volume", "date")
_TOGETHER = frozenset({"container", "publisher", "volume", "pages", "note", "editor", "location"})
_SHORT = {"title": "t", "container": "c", "publisher": "p", "note": "n", "number": "n", "series": "s"}
_PHRASES = frozenset({"container", "publisher", "note", "series", "number", "O"})


def kind(masked: Masked, tagged: Tagged) -> tuple[str, float]:
    """Return (type, the model's probability of it) of a tagged reference."""
    model = models.load(MODEL)
    model.set([hints(masked, tagged.tokens, tagged.labels)])
    (best,) = model.tag()
    probability = model.marginal(best, 0)
    if best == "report" and _is_published(tagged):
        best, probability = "book", model.marginal("book", 0) + probability
    paged = best in _ON_PAGES or (best == "report" and not _REPORTED & set(tagged.labels))
    if paged and probability < _SURE and any(not address.lower().endswith(".pdf") for address in masked.addresses):
        best, probability = "online", model.marginal("online", 0)  # whatever else it is, a page is cited
    shown = _shown(masked) if best in _ON_THE_WEB else None
    if shown and shown != best:
        best, probability = shown, sum(model.marginal(name, 0) for name in _ON_THE_WEB)
    return sys.intern(best), probability  # the model makes a text of its own for each reference


def _shown(masked: Masked) -> str | None:
    """Return what an address alone tells: the first page of a repository, the page of a film or of a data set."""
    if any((repository := urls.repository(url)) and not repository["inside"] for url in masked.addresses):
        return "software"
    return next((name for url in masked.addresses for name, pattern in _OF_ADDRESSES.items() if pattern.search(url)), None)


def _is_published(tagged: Tagged) -> bool:
    """Whether a house that makes books published it, without a number or a word such as "working paper"."""
    if {"number", "note", "series"} & set(tagged.labels):
        return False
    house = [token.text.lower() for token, label in zip(tagged.tokens, tagged.labels, strict=True) if label == "publisher"]
    return any("publisher" in lexicon.classes(word) for word in house)


def hints(masked: Masked, found: Sequence[Token], labels: Sequence[str]) -> list[str]:
    """Return what tells the type of a work."""
    return [
        *_parts(masked, labels),
        *_words(found, labels),
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
        yield f"path:{'.pdf' if address.lower().endswith('.pdf') else 'other'}"
        yield from (f"hw:{word}" for word in re.findall(r"[a-z]{3,}", address.lower())[:12])


def _date(words: Sequence[str]) -> Iterator[str]:
    yield f"date:{'day' if any(w.lower() in lexicon.MONTHS for w in words) and sum(w.isdigit() for w in words) > 1 else 'year'}"
