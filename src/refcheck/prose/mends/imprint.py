"""Mends of journals, houses, places, numbers and dates."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from refcheck.prose import lexicon
from refcheck.prose.mends.names import EDITORS
from refcheck.prose.runs import BY_MARKS, Run
from refcheck.text import dates

_VOLUME = re.compile(r"\s*,?\s*(?:v|vol|Vol|t|Bd)?\.?\s*")
_IN = re.compile(r"\b[Ii]n:?\s+$")
_PAIR = re.compile(r"(\d{1,4})(?:\s*,\s*|\s+)([A-Z]?\d{1,7})")
_ARTICLE = re.compile(
    r"(?P<volume>\d{1,4})\s?\((?P<issue>\d{1,4})\),?\s+(?:Article|Art\.|Artikel)\s+(?:ID\s+|[Nn]o\.?\s+)?(?P<pages>[A-Za-z]?\d+)"
)
_VOLUME_ALONE = re.compile(r",\s+(\d{1,3})(?=\s*(?:[.;(\x01]|$))")
_COUNTS = frozenset({"volume", "issue", "pages", "number"})
_RANGE, _FEWEST = re.compile(r"(\d{1,3})\s*[-–—]{1,2}\s*(\d{1,3})"), 2  # double issues are next to each other
_YEAR_BEHIND = re.compile(r"\s*,?\s*\(\d{4}\)|\s*\.?\s*$")
_HOUSE_BEHIND = re.compile(r"\s+\(([A-Z][^():,]{2,40}(?:, [A-Z]{2})?):\s+([A-Z][^():]{2,60})$")
_LAST_WORDS = re.compile(r"\s*,\s*([A-Z][\w .]{1,30}?)\.?\s*$")
_TOWN = re.compile(r"[.,:;(]\s*([A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}),\s*$")
_MONTH_BEHIND = re.compile(r",?\s+([^\W\d_]{3,10})\.?(?:\s+\d{1,2}(?!\d))?(?=\s*[).,;])")
_YEAR_ALONE = re.compile(rf"{dates.YEAR}[a-z]?")


def journal(found: list[Run], text: str) -> list[Run]:
    """Make a container of a publisher or a note whose volume with its issue or pages follows at once: houses count none, journals do."""
    labels = {run.label for run in found}
    if "container" in labels or not labels & {"issue", "pages"}:
        return found
    for number, (run, following) in enumerate(pairwise(found)):
        counted = following.label in {"volume", "issue"} and _VOLUME.fullmatch(text, run.end, following.start)
        if run.label in {"publisher", "note"} and counted and not _is_house(text[run.start : run.end]):
            following = following if "volume" in labels else replace(following, label="volume")  # noqa: PLW2901 - the same number
            return [*found[:number], replace(run, label="container"), following, *found[number + 2 :]]
    return found


def _is_house(text: str) -> bool:
    return any("publisher" in lexicon.classes(word) for word in re.findall(r"\w+", text.lower()))


def contained(found: list[Run], text: str) -> list[Run]:
    """Make a container of what stands behind editors that an "in" opens, where it is taken for a first of two publishers or titles."""
    if any(run.label == "container" for run in found):
        return found
    for number, (editors, run) in enumerate(pairwise(found), 1):
        again = any(other.label == run.label for other in found if other is not run)
        opened = _IN.search(text, 0, editors.start) and EDITORS.match(text, editors.end)
        if editors.label == "editor" and run.label in {"publisher", "title"} and again and opened:
            return [*found[:number], replace(run, label="container"), *found[number + 1 :]]
    return found


def parted(found: list[Run], text: str) -> list[Run]:
    """Part a house from the book before it, behind a title in quotation marks: “Rivers”, Stones and Winds, Fenwick University Press."""
    if any(run.label == "container" for run in found):
        return found
    for number, (title, run) in enumerate(pairwise(found), 1):
        quoted = title.label == "title" and re.search(r"[\"”’»]", text[title.end : run.start])
        comma = text.rfind(", ", run.start, run.end) if run.label == "publisher" and quoted else -1
        if comma > 0 and _is_house(text[comma : run.end]) and not _is_house(text[run.start : comma]):
            return [*found[:number], replace(run, label="container", end=comma), replace(run, start=comma + 2), *found[number + 1 :]]
    return found


def behind_a_place(found: list[Run], text: str) -> list[Run]:
    """Make the house of what stands behind a place and a colon, where it is taken for a journal that counts nothing: Geneva: World Economic Forum."""
    if {"publisher", "editor", "volume", "issue", "pages"} & {run.label for run in found}:
        return found
    return [
        replace(run, label="publisher")
        if (before.label, run.label) == ("location", "container") and text[before.end : run.start].strip() == ":"
        else run
        for before, run in pairwise([Run("", 0, 0, ()), *found])
    ]


def articles(found: list[Run], text: str) -> list[Run]:
    """Tell volume, issue and the number of an article from their form, 375(1794), Article 20190461, and a volume behind its journal: Nature, 519."""
    journal = next((run for run in found if run.label == "container"), None)
    counts = _ARTICLE.search(text, journal.end) if journal else None
    if counts:
        kept = [run for run in found if run.end <= counts.start() or run.start >= counts.end()]
        parts = [Run(label, *counts.span(label), (BY_MARKS,)) for label in ("volume", "issue", "pages")]
        return sorted([*kept, *parts], key=lambda run: run.start)
    alone = _VOLUME_ALONE.match(text, journal.end) if journal and not _COUNTS & {run.label for run in found} else None
    if alone and not any(run.start < alone.end() and run.end > alone.start(1) for run in found):
        return sorted([*found, Run("volume", *alone.span(1), (BY_MARKS,))], key=lambda run: run.start)
    return found


def numbered(found: list[Run], text: str) -> list[Run]:
    """Part the pages from the volume that they stand behind (JHEP 0407, 018), or tell them from an issue, where no other pages are told."""
    if any(run.label == "pages" for run in found):
        return found
    parted: list[Run] = []
    for run in found:
        pair = _PAIR.fullmatch(text, run.start, run.end) if run.label == "volume" else None
        after = parted[-1] if parted else None
        if pair:
            parted += [replace(run, end=pair.end(1)), replace(run, label="pages", start=pair.start(2))]
        elif _is_range(run, after, text):
            parted.append(replace(run, label="pages"))
        elif run.label == "issue" and after and after.label == "volume" and re.fullmatch(r"\s*,\s*|\s+", text[after.end : run.start]):
            follows = _YEAR_BEHIND.match(text, run.end)
            parted.append(replace(run, label="pages") if follows else run)
        else:
            parted.append(run)
    return parted


def _is_range(run: Run, after: Run | None, text: str) -> bool:
    """Whether an issue, or a number right behind a container, is a range that only pages have."""
    issue = run.label == "issue" or (run.label == "number" and after is not None and after.label == "container")
    span = _RANGE.fullmatch(text, run.start, run.end) if issue else None
    return span is not None and int(span[2]) - int(span[1]) > _FEWEST


def placed(found: list[Run], text: str) -> list[Run]:
    """Part a title from the place and the house in brackets behind it, and give a state its town: College Station, TX."""
    labels = {run.label for run in found}
    whole: list[Run] = []
    for run in found:
        house = _HOUSE_BEHIND.search(text, run.start, run.end) if run.label == "title" and not {"publisher", "location"} & labels else None
        town = _TOWN.search(text, whole[-1].end if whole else 0, run.start) if run.label == "location" and _is_state(text, run) else None
        if house and re.match(r"\s*,\s*\d{4}", text[run.end :]):
            whole.append(replace(run, end=house.start()))
            whole += [Run("location", *house.span(1), (BY_MARKS,)), Run("publisher", *house.span(2), (BY_MARKS,))]
        elif town:
            whole.append(replace(run, start=town.start(1)))
        else:
            whole.append(run)
    last = _LAST_WORDS.match(text, whole[-1].end) if whole and not {"location", "title"} & {whole[-1].label} else None
    if last and "location" not in labels and _is_place(last[1]):
        whole.append(Run("location", *last.span(1), (BY_MARKS,)))
    return whole


def _is_state(text: str, run: Run) -> bool:
    return re.fullmatch(r"[A-Z]{2}", text[run.start : run.end]) is not None


def housed(found: list[Run], text: str) -> list[Run]:
    """Make a place of a publisher that is nothing but a known place, or of what is one behind its full stop, where no other place is told."""
    if any(run.label == "location" for run in found):
        return found
    house = any(run.label == "publisher" for run in found)
    placed: list[Run] = []
    for run in found:
        stop = text.rfind(". ", run.start, run.end) if run.label == "publisher" else -1
        if (run.label == "publisher" or (house and run.label == "container" and run is found[-1])) and _is_place(text[run.start : run.end]):
            placed.append(replace(run, label="location"))
        elif stop > 0 and _is_place(text[stop + 2 : run.end]):
            placed += [replace(run, end=stop), replace(run, label="location", start=stop + 2)]
        else:
            placed.append(run)
    return placed


def _is_place(text: str) -> bool:
    kinds = [lexicon.classes(word) for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in lexicon.AND_WORDS]
    return bool(kinds) and all("place" in kind for kind in kinds) and not any("publisher" in kind for kind in kinds)


def shortened(found: list[Run], text: str) -> list[Run]:
    """Give a name the letters in brackets behind it that are short for it: National Public Radio (NPR)."""
    whole: list[Run] = []
    for run in found:
        letters, before = text[run.start : run.end], whole[-1] if whole else None
        initials = "".join(word[0] for word in re.findall(r"[A-Z][^\W_]+", text[before.start : before.end])) if before else ""
        inside = before and text[before.end : run.start].strip() == "(" and text[run.end : run.end + 1] == ")"
        if before and inside and before.label in {"container", "publisher"} and letters.isupper() and letters == initials:
            whole[-1] = replace(before, end=run.end + 1)
        else:
            whole.append(run)
    return whole


def dated(found: list[Run], text: str) -> list[Run]:
    """Give a year the month and day behind it: 2019, March 12."""
    dated = []
    for run in found:
        behind = _MONTH_BEHIND.match(text, run.end) if run.label == "date" and _YEAR_ALONE.fullmatch(text, run.start, run.end) else None
        known = behind and behind[1].lower() in lexicon.MONTHS
        dated.append(replace(run, end=behind.end()) if behind and known else run)
    return dated
