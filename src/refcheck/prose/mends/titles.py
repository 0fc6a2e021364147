"""Mends of where titles begin and end."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from refcheck.prose import authors, lexicon, when
from refcheck.prose.features import QUOTES
from refcheck.prose.runs import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(r"\s*(?:[,.;:]\s*|(?<=\w)\s+(?=[Vv]ol|VOL))(?:[Vv]ol(?:ume)?|VOL|Bd|Band|[Nn]o|[Nn]r|t|tome)\.?$")
_ROLE = re.compile(r"\(?(?:[Ee]ds?|[Hh]rsg|[Hh]gg?)\b(?:\.\)?|\))[\s,.:]*(?=\w)")
_ROLE_ALONE = re.compile(r"\(?(?:[Ee]ds?|[Hh]rsg|[Hh]gg?)\.?\)?")
_NO_TITLE = re.compile(r"(?:online|available|web|print|internet|pdf|retrieved|accessed|en ligne|en línea|\W)+", re.IGNORECASE)
_OF_NAMES = frozenset("of for the in on at to und für des pour".split())
_FIRST_WORD = re.compile(r"\b(No|In)\s+$")
_ON = re.compile(r"\s+(?:by|with|for|of|and|to|from|on|at|as)\s+[a-z][^.,;:()\[\]\"“”\x00-\x02]*[^\W_](?=\s*(?:[.,;:(\x00-\x02]|$))")
_ON_BEHIND_A_QUOTATION = re.compile(
    r"[\"”’»]\s+(?!(?:in|by|from|at|on|available|retrieved|accessed|trans|ed|eds|hg|hrsg)\b)[a-z][^.;()\[\]\"“”\x00-\x02]*[^\W_](?=\s*[.;(])"
)
_REST = re.compile(r"(?:\s+[—–-]\s+[^.;()\[\]\"“”/\x00-\x02]{2,120}(?<=\w))?(?:\s+\([^.;()\[\]\"“”/\x00-\x02]{2,80}\))?(?=\.(?:\s|$))")
_IN_BEFORE = re.compile(r"\b(?:[Ii]n|[Dd]ans|[Ee]n|[Nn]el)\b:?[\s\x00*_“\"«]*$")
_SUBTITLE = re.compile(r":\s+[^\s\"“„«‘'\[\x00]")
_SMALL = re.compile(r"\s(?:of|the|and|in|for|to|on|an?|der|die|und|de|la|le|et|di|del)\s")
_PERSON_TITLE = re.compile(
    r"(?P<who>[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){1,2}),\s+(?P<title>[A-Z][^,;]{3,120})(?:,\s+(?:[Vv]ol(?:ume)?|Bd|Band|[Tt]ome)\.?\s+(?P<volume>[IVXLC\d]+))?"
)
_TITLES_TOO = frozenset("note number series container publisher location".split())


def tailed(found: list[Run], text: str) -> list[Run]:
    """Give back to titles and journals what follows their colon, to titles what begins small behind a comma: no house does."""
    kept: list[Run] = []
    for run in found:
        before = text[kept[-1].end : run.start].strip() if kept and kept[-1].label == "title" else ""
        if kept and kept[-1].label == "container" and run.label == "publisher" and text[kept[-1].end : run.start].strip() == ":":
            before = ":"  # a journal with a subtitle
        if run.label == "title" and kept and kept[-1].label == "container" and _SUBTITLE.match(text, kept[-1].end):
            kept[-1] = replace(run, start=kept[-1].start)  # its own first half
            continue
        apart = run.label in {"publisher", "location", "container"}
        if apart and (before == ":" or (before == "," and text[run.start].islower())):
            kept[-1] = replace(kept[-1], end=run.end, probabilities=(*kept[-1].probabilities, *run.probabilities))
        else:
            kept.append(run)
    return kept


def ruled(found: list[Run], text: str) -> list[Run]:
    """Take from the beginning of a title the word that says what the persons before it did: (eds.) Rivers and Stones."""
    named = [run for run in found if run.label == "title"]
    if named and all(_ROLE_ALONE.fullmatch(text, run.start, run.end) for run in named):
        found = [run for run in found if run.label != "title"]  # nothing but the word: what follows is the title
        names = [run for run in found if run.label in {"author", "editor"}]
        found = [replace(run, label="title") if run in names[1:2] and run.label == "editor" else run for run in found]
    return [
        replace(run, start=run.start + word.end()) if run.label == "title" and (word := _ROLE.match(text[run.start : run.end])) else run
        for run in found
    ]


def found_again(found: list[Run], text: str) -> list[Run]:
    """Make the words behind the names the title where the model saw none, unless a journal with volume or pages does without."""
    labels = {run.label for run in found}
    if "title" in labels:
        return found
    first = next((run for run in found if run.label == "author"), None)
    container = next((run for run in found if run.label == "container"), None)
    if container and labels & {"publisher", "location"} and "issue" not in labels and not _IN_BEFORE.search(text, 0, container.start):
        return [replace(run, label="title") if run is container else run for run in found]  # a book
    if first and container:
        following = min((run.start for run in found if run.start >= first.end), default=len(text))
        rest = re.match(r"[^.(\x00-\x02]*", text[first.end : following])
        sentence = replace(first, label="title", end=first.end + len(rest[0].rstrip(" ,") if rest else ""))
        if _is_sentence(text[first.start : sentence.end]):
            return [sentence if run is first else run for run in found]
    if container and labels & {"volume", "pages"}:
        return found
    if first and (within := _within_names(first, text)):
        return sorted([*(run for run in found if run is not first), *within], key=lambda run: run.start)
    if container and not labels & {"issue", "editor", "publisher"}:
        return [replace(run, label="title") if run is container else run for run in found]
    names = next((run for run in found if run.label in {"author", "editor"}), None)
    start = names.end if names else 0
    for begin in (start, *(run.end for run in found if run.end > start and run.label == "date" and text[run.end : run.end + 1] == ")")):
        end = min((run.start for run in found if run.start > begin and run.label not in _TITLES_TOO), default=len(text))
        if title := _first_sentence(text, begin, end):
            return sorted([*_beside(found, title, text), title], key=lambda run: run.start)
    return found


def _within_names(names: Run, text: str) -> list[Run] | None:
    """Part one person from the title, and its volume, that are taken for more names: Karl Marx, Capital, Volume I."""
    match = _PERSON_TITLE.fullmatch(text, names.start, names.end)
    if not match or authors.are_persons(match["title"]) or not (authors.are_persons(match["who"]) or _SMALL.search(match["title"])):
        return None
    parts = [
        Run(label, *match.span(group), names.probabilities)
        for label, group in (("author", "who"), ("title", "title"), ("volume", "volume"))
    ]
    return [part for part in parts if part.start >= 0]


def _beside(found: list[Run], title: Run, text: str) -> Iterator[Run]:
    """Yield the runs without what is the title's."""
    for run in found:
        if run.end <= title.start or run.start >= title.end:
            yield run
        elif run.end > title.end and (rest := re.match(r"[\s.,:;]*", text[title.end : run.end])):
            yield replace(run, start=title.end + rest.end())


def _first_sentence(text: str, start: int, end: int) -> Run | None:
    """Return the first sentence between two places as a title, or None where nothing is that may be one."""
    undated = when.UNDATED.match(text, start + len(text[start:end]) - len(text[start:end].lstrip(" ,.;:")))
    start = undated.end() if undated and undated.end() < end else start
    words = re.search(r"[^\W_][^\x00-\x02]*[^\W_]", text[start:end])
    sentence = re.search(r"(?<=[^\W\d_]{3})[.?!]\s", words[0]) if words else None
    if not words or not re.search(r"[^\W\d_]{2}", words[0]) or _NO_TITLE.fullmatch(words[0]):
        return None
    return Run("title", start + words.start(), start + (words.start() + sentence.start() if sentence else words.end()), (0.5,))


def _is_sentence(words: str) -> bool:
    """Whether words taken for names have several written small that no name has: Team to train at home."""
    small = [word for word in re.findall(r"[^\W\d_]+", words) if word.islower()]
    return "," not in words and sum(word not in lexicon.PARTICLES | lexicon.AND_WORDS | _OF_NAMES for word in small) > 1


def begun(found: list[Run], text: str) -> list[Run]:
    """Give titles their first word where it looks like a mark: No Room for Man, In the Wake of Chaos."""
    ends = [0, *(run.end for run in found)]
    whole = []
    for before, run in zip(ends, found, strict=False):
        first = _FIRST_WORD.search(text[before : run.start]) if run.label == "title" else None
        goes_on = first and text[run.start].isalpha() and (first[1] == "No" or re.match(r"[Tt]he\b|[Aa]n?\b|[a-z]", text[run.start :]))
        whole.append(replace(run, start=before + first.start()) if first and goes_on else run)
    return whole


def gone_on(found: list[Run], text: str) -> list[Run]:
    """Give a title the words behind it that go on with it: "Never again" in ten years; Learning representations by back-propagating errors."""
    whole = list(found)
    for number, run in enumerate(found):
        room = min((other.start for other in found if other.start >= run.end), default=len(text))
        quoted = (
            _ON_BEHIND_A_QUOTATION.match(text, run.end, room)
            if run.label == "title" and text[run.start - 1 : run.start] in QUOTES
            else None
        )
        plain = _ON.match(text, run.end, room) if run.label == "title" else None
        if quoted and run.start:
            whole[number] = replace(run, start=run.start - 1, end=quoted.end())
        elif plain:
            whole[number] = replace(run, end=plain.end())
    return whole


def to_the_stop(found: list[Run], text: str) -> list[Run]:
    """Let a title behind the year go on to the full stop where a dash or a bracket cuts it short: Services Statistics — November 2016 (Final)."""
    for date, run in pairwise(found):
        rest = _REST.match(text, run.end) if run.label == "title" else None
        if not rest or not rest[0] or date.label != "date" or re.search(r"\w", text[date.end : run.start]):
            continue
        inside = [other for other in found if run.end <= other.start < rest.end()]
        if all(other.label in {"date", "location"} and other.end <= rest.end() for other in inside):
            return [replace(run, end=rest.end()) if other is run else other for other in found if other not in inside]
    return found


def unmarked(found: list[Run], text: str) -> list[Run]:
    """Take the word that announces a number from the end of what stands before that number: Rivers and Stones, Vol. 7."""
    whole = list(found)
    for number, (run, following) in enumerate(pairwise(found)):
        mark = _MARK.search(text, run.start, run.end) if run.label in {"title", "container"} else None
        if mark and following.label in {"volume", "issue", "number"} and not text[run.end : following.start].strip(" .:\n"):
            whole[number] = replace(run, end=mark.start())
    return whole
