"""The contributors at the head of a reference: where they end, and who they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refcheck.model.reference import Contributor
from refcheck.text import names, titles

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩА-Я"
_L = r"[^\W\d_]"
_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Dd]u|[Ll]a|[Ll]e|ten|ter|zu|zur|al|bin|ibn|el)\s+)*(?:d['’])?"
_WORD = rf"[{UPPER}]{_L}*(?:['’‐-]{_L}+)*"
_FAMILY = rf"{_PARTICLE}{_WORD}(?:\s+{_WORD})?"
_INITIALS = rf"[{UPPER}]{_L}?\.(?:\s*-?\s*[{UPPER}]{_L}?\.)*"
_GIVEN = rf"[{UPPER}]{_L}+(?:[-\s][{UPPER}]{_L}+){{0,2}}(?:\s+[{UPPER}]\.)*"
_SUFFIX = r"(?:,?\s+(?:Jr|Sr|II|III|IV)\.?)?"
_INVERTED_INITIALS = rf"{_FAMILY},\s*{_INITIALS}{_SUFFIX}"
_INVERTED_FULL = rf"{_FAMILY},\s*{_GIVEN}{_SUFFIX}"
_INVERTED = rf"(?:{_INVERTED_INITIALS}|{_INVERTED_FULL})"
_NATURAL = rf"(?:{_INITIALS}\s*|{_GIVEN}\s+(?:[{UPPER}]\.\s*)*){_PARTICLE}{_WORD}{_SUFFIX}"
_VANCOUVER = rf"{_PARTICLE}{_WORD}(?:[-\s]{_WORD})?\s+[{UPPER}]{{1,3}}(?![{UPPER}\w.])"
_AND = r"(?:,?\s*(?:&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bi\b|\ben\b|\boch\b|\bog\b)\s*)"
_OTHERS = r"(?:[,;]?\s*(?:\bet\s+al\b\.?|\band\s+others\b|\bu\.\s*a\.|\betc\.|…|\.\.\.))?"
_EDITORS = r"(?:\s*,?\s*\(?(?:[Ee]ds?|[Ee]ditors?|[Hh]rsg|[Hh]g|[Cc]oords?|[Oo]rgs?)\.?\)?)?"


def _list(item: str, separator: str, last: str | None = None) -> str:
    return rf"{item}(?:{separator}{item})*(?:{_AND}{last or item})?"


_LISTS = (
    ("inverted", re.compile(_list(_INVERTED, r"\s*;\s*(?:&\s*|and\s+)?") + _OTHERS + _EDITORS)),
    ("inverted", re.compile(_list(_INVERTED_INITIALS, r"\s*,\s*(?:&\s*|and\s+)?") + _OTHERS + _EDITORS)),
    ("mixed", re.compile(rf"{_INVERTED}(?:,\s*{_NATURAL})*{_AND}{_NATURAL}{_OTHERS}{_EDITORS}")),
    ("inverted", re.compile(_INVERTED + _OTHERS + _EDITORS)),
    ("vancouver", re.compile(_list(_VANCOUVER, r"\s*,\s*") + _OTHERS + _EDITORS)),
    ("natural", re.compile(_list(_NATURAL, r"\s*[,;]\s*") + _OTHERS + _EDITORS)),
)
_GROUP_WORDS = re.compile(
    r"\b(?:team|group|committee|consortium|collaboration|institute|institut|organi[sz]ation|association|agency|university|department|"
    r"ministry|office|foundation|society|council|commission|bureau|centre|center|laboratory|labs?|project|staff|news|times|post|herald|"
    r"magazine|review|daily|mail|online|inc|ltd|llc|corp|company|press|bank|union|nations|board|service|network|authority|initiative|"
    r"courier|chronicle|observer|monitor|mirror|express|globe|telegraph|reporter|dispatch|digest|archive|library|museum|"
    r"research|technology|journal|gazette|tribune|guardian|today|weekly|india|international)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The contributors of a reference and the offset where they end. `sure` is from 0 to 1."""

    contributors: tuple[Contributor, ...]
    end: int
    sure: float
    others: bool = False


def longest(text: str) -> Head | None:
    """Return the longest list of personal names at the beginning of a text, or None."""
    best: Head | None = None
    for style, pattern in _LISTS:
        match = pattern.match(text)
        if not match or not _ends_well(text, match.end(), match[0]):
            continue
        head = read(match[0], style)
        if best is None or match.end() > best.end:
            best = Head(head.contributors, match.end(), head.sure, head.others)
    return best


def _ends_well(text: str, end: int, matched: str) -> bool:
    """Names end before a full stop, a date, a title in quotes; after an initial's own full stop anything goes."""
    rest = text[end:]
    if matched.endswith("."):
        return bool(re.match(r"\s|,|:|\(|$|[\"“«]", rest))
    return bool(re.match(r"\s*(?:[.:(\"“«*_]|$)|,\s*(?:[\"“«‘']|\d{4}|\()", rest))


def read(text: str, style: str | None = None) -> Head:
    """Read a text that is known to be contributors."""
    body, others = re.subn(rf"{_OTHERS[:-1]}\s*$", "", text.strip())
    role = "editor" if re.search(r"\(?\b(?:[Ee]ds?|[Ee]ditors?|[Hh]rsg|[Hh]g)\.?\)?\s*$", body) else "author"
    body = re.sub(r"[\s,]*\(?\b(?:[Ee]ds?|[Ee]ditors?|[Hh]rsg|[Hh]g|[Cc]oords?|[Oo]rgs?)\.?\)?\s*$", "", body).strip(" ,;:")
    body = body.removesuffix(".") if not re.search(rf"(?:^|[\s.,-])[{UPPER}]{_L}?\.$", body) else body
    style = style or next((s for s, pattern in _LISTS if pattern.fullmatch(body)), None)
    people = _people(body, style, role)
    if len(people) == 1 and _is_group(people[0], body):
        people = (_group(body, role),)
    return Head(people, len(text), 0.95 if style else 0.85, bool(others))


def _people(body: str, style: str | None, role: str) -> tuple[Contributor, ...]:
    if style == "vancouver":
        parts = re.split(rf"\s*,\s*|{_AND}", body)
        return tuple(_vancouver(part, role) for part in parts if part.strip())
    if style in {"inverted", "mixed"}:
        found = re.findall(rf"{_INVERTED}|{_NATURAL}", body)
        return tuple(_person(part, role) for part in found)
    if style == "natural":
        return tuple(_person(part, role) for part in re.split(rf"\s*[,;]\s*(?!Jr|Sr|II)|{_AND}", body) if part and part.strip())
    if ";" in body:
        return tuple(_person(part, role) for part in re.split(r"\s*;\s*(?:and\s+|&\s*)?", body) if part.strip())
    return (_group(body, role),)


def _vancouver(text: str, role: str) -> Contributor:
    family, _, initials = text.strip().rpartition(" ")
    return Contributor(family=family, given=" ".join(f"{letter}." for letter in initials), role=role)


def _person(text: str, role: str) -> Contributor:
    text = re.sub(r"\s+", " ", text.strip(" ,;"))
    if "," in text:
        family, _, given = text.partition(",")
        suffix = re.search(r",?\s+(Jr|Sr|II|III|IV)\.?$", given)
        given = given[: suffix.start()] if suffix else given
        return Contributor(family=family.strip(), given=given.strip(), role=role, suffix=suffix[0].strip(" ,") if suffix else "")
    return names.natural(text, role)


def _is_group(person: Contributor, text: str) -> bool:
    if person.literal:
        return True
    if "," in text:
        return bool(re.fullmatch(r"(?:team|group|committee|consortium|collaboration|staff)", person.family, re.IGNORECASE))
    return bool(_GROUP_WORDS.search(text)) or bool(re.search(r"[@&\d]|(?<!^)\b(?:of|the|for)\b", text))


def _group(text: str, role: str) -> Contributor:
    """Return a group by its name as spoken: `Team, Gemini` is the Gemini Team."""
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    inverted = re.fullmatch(r"([^,]+),\s*([^,]+)", text)
    if inverted and re.fullmatch(r"(?:team|group|committee|consortium|collaboration|staff)", inverted[1], re.IGNORECASE):
        text = f"{inverted[2]} {inverted[1]}"
    return Contributor(literal=text, role=role)


def is_name_like(text: str) -> bool:
    """Whether a text can be the name of a person or a group: short, capitalised, not a sentence."""
    words = text.split()
    if not words or len(words) > 9 or len(text) > 90:
        return False
    small = [w for w in words if w[0].islower() and titles.folded(w) not in names.PARTICLES | {"for", "in", "on", "to", "a", "an"}]
    return not small and not re.search(r"[:?!]|\d{4}", text)
