"""Mends of what was taken for names, or was not."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from refcheck.prose import authors, lexicon
from refcheck.prose.runs import Run
from refcheck.text import dates

_SPOKEN = re.compile(r"[^\W\d_a-z]\.(?:.*[\s,&]|\s*)[^\W\d_a-z]\.|[^\W\d_a-z]\.", re.DOTALL)  # initials first, initials last
EDITORS = re.compile(
    r"[\s,.]*[(\[]?\s*(?:[Ee]ds?|[Ee]ditors?|EDS?|Hrsg|Hgg?|Herausgeber|[Cc]oords?|a cura di)\b(?!\.?\s*(?:by|von|v\.))(?=[\s.,:;)\]])"
)
_EDITED_BY = re.compile(
    r"\b(?:(?:[Ee]dited|[Ee]ds?\.|[Hh]rsg\.|[Hh]erausgegeben)\s+(?:by|von)|a\s+cura\s+di|sous\s+la\s+dir(?:ection)?\.?\s+de)\s+$"
)
_POINTER = re.compile(
    r"(?:(?:See(?:\s+also)?|Cf\.|Vgl\.|Siehe|Voir|Ver)\s+|(?:Credits?|Sources?|Quellen?|Fuentes?|Fontes?|Bron)(?:\s+(?:du|de|of|des|der)\b[^:]{1,20})?\s*:\s+)(?=[^\W\d_a-z])"
)
_CAPITAL_BY = re.compile(r"\s+By\s+[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]*){1,2}")
_BY = re.compile(r"(?:,?\s+by|\s+By)\s+([A-Z][^\d()\[\]:]{3,60})$")
_BEHIND = re.compile(r",\s+([A-Z][^\W\d_]+(?:\s+[A-Z]\.)?(?:\s+[A-Z][^\W\d_]*(?:[-'’][A-Z]?[^\W\d_]+)?){1,2})$")
_IN_THE_PRESS = re.compile(
    r"(?:\s+(?P<who>(?:\S+\s+)?\S+\s+\S+)\s+in|(?<=[a-z]{2})(?<! of)(?<! in)(?<! at)(?<! by)(?<! to)(?<! for)(?<!with)(?<!from))\s+(?P<press>The(?:\s+[A-Z]\w+){1,3})$"
)
_NAMES_YEAR = re.compile(
    rf"(?P<who>[A-Z][^()\d:]{{1,80}}?)(?P<others>\s+et\s+al\.?)?\s*\((?P<year>{dates.YEAR}[a-z]?)\)[\s\x00]*[-–—:.,]\s*(?=\w)"
)


def cut(found: list[Run], text: str) -> list[Run]:
    """Begin names behind a "see", and end them at the full stop behind a whole word, where numbers follow: no name has such."""
    cut = []
    for run in found:
        if run.label == "author" and (pointer := _POINTER.match(text, run.start, run.end)):
            run = replace(run, start=pointer.end())  # noqa: PLW2901 - the same names
        inside = text[run.start : run.end]
        stop = re.search(r"(?<=[^\W\d_]{3})\.\s+(?=.*\d)", inside) if run.label == "author" else None
        cut.append(replace(run, end=run.start + stop.start()) if stop else run)
    return cut


def completed(found: list[Run], text: str) -> list[Run]:
    """Give names in spoken order that end with an initial the word behind it: the family name."""
    whole = list(found)
    for number, (run, following) in enumerate(pairwise(whole)):
        if run.label not in {"author", "editor"} or not _SPOKEN.fullmatch(text[run.start : run.end].rstrip(". ") + "."):
            continue
        word = re.match(r"[.\s]*[^\W\d_]+(?:[-'’][^\W\d_]+)*(?=[\s,.])", text[run.end :])
        if word and run.end + word.end() <= following.end and following.label in {"container", "title"}:
            whole[number] = replace(run, end=run.end + word.end())
            begin = re.compile(r"[\s,.]*").match(text, run.end + word.end())
            whole[number + 1] = replace(following, start=max(following.start, begin.end() if begin else following.start))
    return [run for run in whole if run.end > run.start]


def edited(found: list[Run], text: str) -> list[Run]:
    """Make editors of the names that are called so behind them, authors of those at the beginning that are not."""
    if any(run.label == "editor" for run in found):
        first = found[0]
        said = EDITORS.match(text, first.end) or re.search(r"\b[Ee]d", text[first.start : first.end])
        plain = first.label == "editor" and not said and not re.search(r"\w", text[: first.start])
        others = {"author", "container"} & {run.label for run in found}
        return [replace(first, label="author"), *found[1:]] if plain and not others else found
    return [
        replace(run, label="editor")
        if run.label == "author" and (EDITORS.match(text, run.end) or _EDITED_BY.search(text, 0, run.start))
        else run
        for run in found
    ]


def opened(found: list[Run], text: str) -> list[Run]:
    """Part names and year from the title behind them, where no other names are: Stone et al. (1986) - Rivers and winds."""
    opening = next((run for run in found if run.label == "title"), None)
    match = _NAMES_YEAR.match(text, opening.start, opening.end) if opening and not any(run.label == "author" for run in found) else None
    if opening is None or match is None or not (match["others"] or authors.end(f"{match['who']}.")):
        return found
    kept = [run for run in found if run is not opening and not (run.label == "date" and opening.start <= run.start < opening.end)]
    sure = opening.probabilities
    parts = [Run("author", *match.span("who"), sure), Run("date", *match.span("year"), sure), replace(opening, start=match.end())]
    return sorted([*kept, *parts], key=lambda run: run.start)


def by(found: list[Run], text: str) -> list[Run]:
    """Part a title from the person at its end, behind a "by" or a comma, where no others are named: The Bitter Lesson by Rich Sutton."""
    if {"author", "editor"} & {run.label for run in found}:
        return found
    parted: list[Run] = []
    for run in found:
        by = (_BY.search(text, run.start, run.end) or _BEHIND.search(text, run.start, run.end)) if run.label == "title" else None
        if by and (_is_signed(text[run.start : by.start()], by[0]) or authors.are_persons(by[1])) and (by[1][1] != "." or "by" in by[0]):
            parted += [replace(run, end=by.start()), replace(run, label="author", start=by.start(1))]
        else:
            parted.append(run)
    return parted


def _is_signed(title: str, by: str) -> bool:
    """Whether a capital By behind a title that does not write its words so is no part of it: how bread is baked By Ada Stone."""
    last = title.rsplit(maxsplit=1)[-1]
    return bool(_CAPITAL_BY.fullmatch(by)) and (last.islower() or last.endswith(("?", "!", ".", "…")))


def signed(found: list[Run], text: str) -> list[Run]:
    """Make the author of a person who stands behind a dash behind the title, where nobody else is named: “Silent Spring” – Rachel Carson."""
    if {"author", "editor"} & {run.label for run in found}:
        return found
    signed = list(found)
    for number, (title, run) in enumerate(pairwise(found), 1):
        words = text[run.start : run.end]
        dash = re.fullmatch(r"[\s\"”’»*\x00-\x02]*[–—-]+\s+", text[title.end : run.start])
        place = title.label == "title" and run.label in {"container", "publisher"}
        if dash and place and not lexicon.is_press(words) and authors.are_persons(words):
            signed[number] = replace(run, label="author")
    return signed


def reported(found: list[Run], text: str) -> list[Run]:
    """Part a title from who wrote it in which newspaper: How Bread Was Baked Ada Stone in The Economist."""
    if {"author", "editor", "container"} & {run.label for run in found}:
        return found
    parted: list[Run] = []
    for run in found:
        told = _IN_THE_PRESS.search(text, run.start, run.end) if run.label == "title" else None
        who = _last_person(told["who"]) if told and told["who"] else ""
        if told and lexicon.is_press(told["press"]) and (who or not told["who"]):
            begin = told.end("who") - len(who) if who else told.start("press")
            parted.append(replace(run, end=run.start + len(text[run.start : begin].rstrip())))
            parted += [Run("author", begin, told.end("who"), run.probabilities)] if who else []
            parted.append(Run("container", *told.span("press"), run.probabilities))
        else:
            parted.append(run)
    return parted


def _last_person(words: str) -> str:
    """Return the person whose name the words end with, or ''."""
    tails = [words, words.split(maxsplit=1)[-1]]
    return next((tail for tail in tails if authors.are_persons(tail)), "")


def led(found: list[Run], text: str) -> list[Run]:
    """Make the author of what stands where the author stands, before the title or a date and the title, where nobody else is named."""
    labels = [run.label for run in found]
    alone = labels[:2] == ["container", "title"] or labels[:3] == ["title", "date", "title"]
    alone = alone and not {"author", "editor"} & set(labels)
    if not alone or re.search(r"\w", text[: found[0].start]) or not re.match(r"\s*[.:|–—(-]", text[found[0].end :]):
        return found
    return [replace(found[0], label="author"), *found[1:]]
