"""Mends of titles and journals that stand in quotation marks."""

from __future__ import annotations

import re
from dataclasses import replace

from refcheck.prose.runs import BY_MARKS, Run
from refcheck.text import dates

_JOURNAL = re.compile(r"(?:,|\bin)\s+«\s*([^«»]{3,120}?)[\s,]*»(?=,?\s*(?:[(\d]|[IVXLCDM]+\b|(?:s|a|n|vol|fasc|ser|nr|t)\.))")
_NUMERAL = re.compile(r"[\dIVXLCDM\s.,-]+")
_QUOTATION = re.compile(r"“([^“”]{3,400})”|„([^„“”]{3,400})[“”]|«([^«»]{3,400})»|(?<!\w)\"([^\"]{3,400})\"(?!\w)")
_WHO = re.compile(r"([A-Z][^,.:\"“„«]{2,50})[,.:]\s+")
_DATED = re.compile(rf"{dates.YEAR}[a-z]?$")
_DATED_END = re.compile(rf",\s*{dates.YEAR}[a-z]?\s*[.,]?\s*$")


def journal(found: list[Run], text: str) -> list[Run]:
    """Part a title from the journal that stands in guillemets behind it, before its number: Rivers and Stones, «Studi veneziani», XII."""
    if any(run.label == "container" and not _NUMERAL.fullmatch(text, run.start, run.end) for run in found):
        return found
    parted: list[Run] = []
    for run in found:
        journal = _JOURNAL.search(text, run.start + 3) if run.label == "title" else None
        if journal and journal.start() < run.end:
            parted.append(replace(run, end=run.start + len(text[run.start : journal.start()].rstrip(" ,."))))
            parted.append(Run("container", *journal.span(1), run.probabilities))
        elif run.label == "container" and parted and parted[-1].label == "container":
            parted.append(replace(run, label="volume"))
        else:
            parted.append(run)
    return parted


def title(found: list[Run], text: str) -> list[Run]:
    """Let the title be all that stands in the quotation marks which it begins or ends within, or that no part has."""
    quoted = _quotation(text)
    if not quoted:
        return found
    start, end = quoted
    found = [run for run in (_behind(run, quoted, text) for run in found) if run.end > run.start]
    titles = [run for run in found if run.label == "title"]
    inside = [run for run in found if run.start < end and run.end > start]
    if any(run.label not in {"title", "author"} and (run.start < start - 1 or run.end > end + 1) for run in inside):
        return found
    own = next((run for run in titles if run in inside), None)
    if own is None and any(run.end <= start for run in titles):
        return found
    if own is None and any(run.label not in {"author", "title"} for run in inside):
        return found
    title = replace(own, start=start, end=max(own.end, end)) if own else Run("title", start, end, (BY_MARKS,))
    if own and (who := _WHO.fullmatch(text, own.start, start - 1)) and not any(run.label in {"author", "editor"} for run in found):
        found = [Run("author", own.start, own.start + len(who[1]), own.probabilities), *found]
    kept = [replace(run, end=_before(text, run.start, start)) if run.label == "author" and run in inside else run for run in found]
    kept = [run for run in kept if run.end > run.start and run.label != "title" and not (run.start >= title.start and run.end <= title.end)]
    return sorted([*kept, title], key=lambda run: run.start)


def _behind(run: Run, quoted: tuple[int, int], text: str) -> Run:
    """Let what begins within a quotation and ends behind it begin behind it, but for the title."""
    start, end = quoted
    closing = re.compile(r"[\s.,]*[\"”“»]\W*").match(text, end) if start < run.start < end < run.end and run.label != "title" else None
    return replace(run, start=min(closing.end(), run.end)) if closing else run


def _quotation(text: str) -> tuple[int, int] | None:
    """Return where the first quotation stands that can be a title: set off from what stands before and behind it."""
    for match in _QUOTATION.finditer(text):
        group = next(number for number in range(1, 5) if match[number] is not None)
        start = match.start(group)
        before, behind = text[: match.start()].rstrip(), text[match.end() :].lstrip("*_ \x00")
        apart = not before or not before[-1].isalnum() or bool(_DATED.search(before))
        goes_on = re.match(r"[a-z]", behind) and not re.match(
            r"(?:in|by|from|at|on|available|retrieved|accessed|trans|ed|eds|hg|hrsg)\b", behind
        )
        if apart and not goes_on and re.search(r"[^\W\d_]{2}", match[group]):
            return start, start + len(_DATED_END.sub("", match[group]).rstrip(" ,."))
        if not apart or goes_on:
            return None
    return None


def _before(text: str, start: int, quoted: int) -> int:
    """Return where names end that stand before a quotation."""
    return start + len(text[start : quoted - 1].rstrip(" ,.:;(\x00"))
