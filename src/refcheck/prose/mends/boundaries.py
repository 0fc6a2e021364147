"""Mends of parts that run over the end of what is emphasised or linked."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from refcheck.prose import authors, lexicon, site
from refcheck.prose.runs import BY_MARKS, Run
from refcheck.text import dates

if TYPE_CHECKING:
    from refcheck.prose.masked import Masked

_STOPPED = re.compile(r"[.,;)]$")
_STOPS = re.compile(r"[\s\x00]*(?:[.,;(]|[–—-]+\s+\x00)|\s*\x00\s*\x00+\S")
_DASHED = re.compile(r"\x00\s+[–—-]+\s+\x00+$")  # between two that are emphasised
_EDGE = " .,;:–—-\x00\n"
_WHO_WHEN = re.compile(rf"(?P<who>[^\W\d_].*?)\s*[(\[](?P<when>{dates.YEAR}[a-z]?)[)\]]")
_OTHERS = re.compile(r"[\s,]*(?:et al|u\. ?a|and others)\.?$|\s*\((?:dirs?|eds?|hrsg|hg|coords?)\.?\)$", re.IGNORECASE)


def mended(found: list[Run], masked: Masked) -> list[Run]:
    """Return the runs of a reference, parted where emphasis or a link parts them."""
    return _linked_site(_emphasised(found, masked), masked)


def _emphasised(found: list[Run], masked: Masked) -> list[Run]:
    """Part what is emphasised from what stands before or behind it, where both can be named: _The Net Delusion_, Evgeny Morozov."""
    parted: list[Run] = []
    for run in found:
        pieces = _pieces(run, masked)
        others = {other.label for other in found if other is not run}
        parted += (_named(pieces, masked.text, others) if len(pieces) > 1 else None) or [run]
    return parted


def _pieces(run: Run, masked: Masked) -> list[tuple[Run, bool]]:
    """Return a run as the pieces that emphasis makes of it, and whether each is emphasised."""
    text, cuts = masked.text, {run.start, run.end}
    for start, end in masked.emphasis:
        if run.start < end < run.end and (_STOPPED.search(text[start:end]) or _STOPS.match(text, end)):
            cuts.add(end)
        if run.start < start < run.end and (
            _DASHED.search(text[run.start : start]) or _STOPPED.search(text[run.start : start].rstrip(" \x00")) or start - 1 in cuts
        ):
            cuts.add(start)
    places = sorted(cuts)
    pieces = []
    for start, end in pairwise(places):
        inside = text[start:end]
        begin, length = start + len(inside) - len(inside.lstrip(_EDGE)), len(inside.strip(_EDGE))
        if length:
            within = any(left <= begin and begin + length <= right for left, right in masked.emphasis)
            pieces.append((replace(run, start=begin, end=begin + length), within))
    return pieces


def _named(pieces: list[tuple[Run, bool]], text: str, others: set[str]) -> list[Run] | None:
    """Return pieces with labels of their own, or None where they may belong together."""
    (first, marked), (second, marked_too) = pieces[:2]
    label, names_too = first.label, _are_names(text, second)
    person = authors.are_persons(text[second.start : second.end])
    names = _are_names(text, first) and not (names_too and marked and person)
    if label in {"title", "author"} and not {"author", "editor"} & (others - {label}):
        if marked and (dated := _WHO_WHEN.fullmatch(text, first.start, first.end)):
            who, when = dated.span("who"), dated.span("when")
            return [Run("author", *who, (BY_MARKS,)), Run("date", *when, (BY_MARKS,)), replace(second, label="title")]
        if names and marked != marked_too and "title" not in others - {label}:
            return [replace(first, label="author"), replace(second, label="title"), *_container(pieces[2:], others)]
        if marked and (person if marked_too else names_too) and "title" not in others - {label}:
            return [replace(first, label="title"), replace(second, label="author")]
        if marked and marked_too and re.search(r"[–—-]", text[first.end : second.start]) and "title" not in others - {label}:
            return [replace(first, label="author"), replace(second, label="title")]
    if label in {"container", "publisher"} and marked and not marked_too:
        if authors.are_persons(text[first.start : first.end]) and not {"author", "editor"} & others:
            return [replace(first, label="author"), second]
        if "title" not in others:
            return [replace(first, label="title"), replace(second, label="publisher")]
        if not others & ({"container", "publisher"} - {label}):
            return [replace(first, label="container"), replace(second, label="publisher")]
    return None


def _container(pieces: list[tuple[Run, bool]], others: set[str]) -> list[Run]:
    return [replace(run, label="container") for run, marked in pieces[:1] if marked and "container" not in others]


def _are_names(text: str, run: Run) -> bool:
    words = _OTHERS.sub("", text[run.start : run.end])
    return (authors.end(f"{words}.") or 0) >= len(words)


def _linked_site(found: list[Run], masked: Masked) -> list[Run]:
    """Part a title from the site behind it whose name is the link: A title [The Economist](https://www.economist.com/…)."""
    page, text, parted = site.page(masked), masked.text, list(found)
    for start, end in masked.linked if page.sites else ():
        words = re.findall(r"[^\W_]+", text[start:end].lower())
        over = next((at for at, run in enumerate(parted) if run.label == "title" and run.start < start < run.end <= end), None)
        if over is None or not (page.is_named(words) or lexicon.is_press(text[start:end])):
            continue
        kept = replace(parted[over], end=parted[over].start + len(text[parted[over].start : start].rstrip(_EDGE)))
        behind = [_person(run, text) if run.label == "container" else run for run in parted[over + 1 :]]
        parted = [*parted[:over], kept, Run("container", start, end, (BY_MARKS,)), *behind]
    return parted


def _person(run: Run, text: str) -> Run:
    return replace(run, label="author") if authors.are_persons(text[run.start : run.end]) else run
