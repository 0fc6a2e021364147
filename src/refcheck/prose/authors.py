"""The contributors of a reference: who they are, in whatever order and punctuation a list writes names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refcheck.model.reference import Contributor
from refcheck.prose import lexicon
from refcheck.text import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AND = re.compile(
    r"\s*[,;]?\s+(?:&|and|und|et|y|e|en|och|og|i|with|mit|avec)\s+(?=\S)|\s*&\s*|(?<=[a-zà-ÿ.])\s*[,;]\s*(?:and|und|et)\s+", re.IGNORECASE
)
_OTHERS = re.compile(
    r"[\s,;&]*(?:\(?\[?\bet\.?\s*\.?\s*al\b\.?\]?\)?|\band\s+(?:others|colleagues)\b\.?|\bu\.\s?a\.|\bund andere\b|\be altri\b|\by otros\b|\be outros\b|…|\.\.\.)[\s.,;]*(?:\([^)]*\))?$",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"[\s,;]*[(\[]?\b(?:eds?|éds?|editors?|edited by|edits?|hrsg|hgg?|herausgeber|coords?|orgs?|dirs?|sous la dir(?:ection)?(?: de)?|a cura di|comps?|red|directors?)\b\.?[)\]]?[\s.,;:]*$",
    re.IGNORECASE,
)
_EDITED_BY = re.compile(
    r"^\s*(?:edited by|eds?\.|hrsg\.(?: v(?:on|\.))?|herausgegeben von|a cura di|sous la dir(?:ection)?\.?(?: de)?|ed\. by|par|by|von)\s+",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|jun|sen)\.?$", re.IGNORECASE)
_UPPER = r"[^\W\d_a-zß-ÿ]"
_INITIAL = rf"{_UPPER}[a-z]?"
_INITIALS = re.compile(rf"(?:{_INITIAL}\.[\s~-]*|{_UPPER}\b\s*[-‐]?\s*)+|{_UPPER}{{1,4}}(?:[-‐.]{_UPPER}{{1,3}})*\.?")
_PARTICLES = names.PARTICLES | {"mac", "mc", "san", "santa", "o"}
_PARTICLES_BEHIND = re.compile(r"\s+((?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|zu)(?:\s+(?:van|von|de|der|den|la|le))*)$")
_GROUP_INVERTED = re.compile(r"team|group|committee|consortium|collaboration|staff", re.IGNORECASE)
_GROUP_SIGNS = re.compile(r"[@&\d/]|(?<!^)\b(?:of|the|for|des|für|pour|para|degli|delle|dello)\b|\.(?:com|org|net|io|ai|gov)\b")


def read(text: str, role: str = "author") -> tuple[tuple[Contributor, ...], bool]:
    """Return (the contributors, whether there are others unnamed) of a text that is known to name contributors."""
    body, others = _OTHERS.subn("", re.sub(r"\s+", " ", text).strip())
    body = _EDITED_BY.sub("", _EDITORS.sub("", body)).strip(" ,;:")
    if not re.search(r"[^\W_]", body):
        return (), bool(others)
    if group := _group(body):
        return (Contributor(literal=group, role=role),), bool(others)
    people = tuple(replace(person, role=role) for person in _people(body))
    return people, bool(others)


# Groups


def _group(text: str) -> str | None:
    """Return a group by its name as spoken (`Team, Gemini` is the Gemini Team), or None where the text names persons."""
    plain = _without_stop(text)
    inverted = re.fullmatch(r"([^,]+),\s*([^,]+)", plain)
    if inverted and _GROUP_INVERTED.fullmatch(inverted[1]):
        return f"{inverted[2]} {inverted[1]}"
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", plain)
    if len(words) <= 1:
        return plain
    initials = _INITIALS.fullmatch(words[0]) and "." in text and not any(word.lower() in lexicon.GROUP_WORDS for word in words)
    if "," in plain or ";" in plain or initials:
        return plain if inverted and _is_group_name(words) and not _INITIALS.fullmatch(inverted[2]) and len(words) > 3 else None
    return plain if _is_group_name(words) or (_GROUP_SIGNS.search(plain) and not _natural_pair(plain)) else None


def _is_group_name(words: Sequence[str]) -> bool:
    """Whether words of groups and media prevail over first names."""
    lower = [word.lower() for word in words]
    if lower[0] in lexicon.GIVEN_NAMES and len(words) <= 3:
        return False
    sure = [word for word in lower if word in lexicon.GROUP_WORDS]
    media = [word for word in lower if word in lexicon.MEDIA_WORDS]
    return bool(sure) or (bool(media) and (len(media) > 1 or lower[-1] in lexicon.MEDIA_WORDS)) or (lower[0] == "the" and len(words) > 1)


def _natural_pair(text: str) -> bool:
    """Whether `A & B` or `A and B` are two names rather than one firm."""
    parts = [part for part in _AND.split(text) if part.strip()]
    return len(parts) > 1 and all(len(part.split()) >= 2 for part in parts) and not _GROUP_SIGNS.search(_AND.sub(" ", text))


# Persons


def _people(body: str) -> Iterator[Contributor]:
    parts = [[piece.strip() for piece in part.split(",") if piece.strip(" .")] for part in _listed(body)]
    every = [piece for pieces in parts for piece in pieces]
    families = len(every) > 2 and all(map(_is_family, every)) and not any(map(_is_given, every))
    for pieces in parts:
        yield from map(_whole, pieces) if families else _paired(pieces)


def _listed(body: str) -> Iterator[str]:
    """Yield the names that semicolons, slashes or "and" part; a part may still hold several with commas."""
    strong = ";" if ";" in body else "/" if re.search(r"[^\W\d_]\s*/\s*[^\W\d_]{2}", body) else None
    for part in re.split(rf"\s*{strong}\s*", body) if strong else [body]:
        begin = 0
        for match in _AND.finditer(part):
            if match[0].strip(" ,;").lower() in {"y", "e", "i"} and not re.search(r"\S[\s,]+\S", part[begin : match.start()]):
                continue  # a double name: Ortega y Gasset
            yield from _unless_empty(part[begin : match.start()])
            begin = match.end()
        yield from _unless_empty(part[begin:])


def _unless_empty(name: str) -> Iterator[str]:
    if name.strip(" ,.;&"):
        yield re.sub(r"^(?:and|und|et|&)\s+", "", name.strip(" ,;&"))


def _paired(pieces: list[str]) -> Iterator[Contributor]:
    """Yield the persons of a list between commas: families with the given names that follow them, and whole names."""
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        following = pieces[position + 1] if position + 1 < len(pieces) else ""
        position += 1
        if following and _takes(piece, following, first=position == 1, last=position + 1 == len(pieces)):
            position += 1
            suffix = ""
            if position < len(pieces) and _SUFFIX.fullmatch(pieces[position]):
                suffix = pieces[position]
                position += 1
            yield _inverted(piece, following, suffix)
        elif following and _SUFFIX.fullmatch(following):
            position += 1
            yield replace(_whole(piece), suffix=following)
        else:
            yield _whole(piece)


def _takes(piece: str, following: str, *, first: bool, last: bool) -> bool:
    """Whether the piece behind a comma is the given name of the piece before it."""
    if _SUFFIX.fullmatch(following):
        return False
    if _INITIALS.fullmatch(_PARTICLES_BEHIND.sub("", following)):
        return not _ends_in_initials(piece) or not _begins_with_initials(piece)
    if _ends_in_initials(piece) or _begins_with_initials(piece):
        return False
    if _is_family(piece):
        return True
    if piece.split(maxsplit=1)[0].lower() in lexicon.GIVEN_NAMES and len(following.split()) > 1:
        return False
    return first and last and (_is_given(following) or piece.split(maxsplit=1)[0].lower() in _PARTICLES or len(following.split()) == 1)


def _is_family(piece: str) -> bool:
    """Whether a piece is one word, particles apart."""
    words = [word for word in piece.split() if word.lower().rstrip("'’") not in _PARTICLES]
    return len(words) == 1 and not _INITIALS.fullmatch(piece)


def _is_given(piece: str) -> bool:
    first = re.split(r"[\s-]", piece, maxsplit=1)[0].strip(".").lower()
    return first in lexicon.GIVEN_NAMES or bool(_INITIALS.fullmatch(piece))


def _begins_with_initials(piece: str) -> bool:
    return bool(re.match(rf"{_INITIAL}\.", piece))


def _ends_in_initials(piece: str) -> bool:
    words = piece.split()
    return len(words) > 1 and bool(_INITIALS.fullmatch(words[-1])) and not _INITIALS.fullmatch(words[0])


def _inverted(family: str, given: str, suffix: str = "") -> Contributor:
    tail = re.search(r",?\s+((?:Jr|Sr|II|III|IV)\.?)$", given)
    if tail:
        given, suffix = given[: tail.start()], tail[1]
    particle = _PARTICLES_BEHIND.search(given)
    if particle:
        family, given = f"{particle[1]} {family}", given[: particle.start()]
    return Contributor(family=family, given=given, suffix=suffix)


def _whole(piece: str) -> Contributor:
    """Read a name without a comma: initials behind or in front, the family name in capitals, or in its spoken order."""
    words = piece.split()
    if len(words) == 1:
        return Contributor(family=_without_stop(piece)) if piece[:1].isupper() else Contributor(literal=piece)
    last = next((number for number in range(1, len(words)) if all(_INITIALS.fullmatch(word) for word in words[number:])), None)
    if last is not None and not _INITIALS.fullmatch(words[0]) and not (words[0].isupper() and len(words[0]) < 3):
        last -= last > 1 and words[last - 1].lower() in lexicon.GIVEN_NAMES
        return Contributor(family=" ".join(words[:last]), given=_spaced(" ".join(words[last:])))
    capitals = [word.isupper() and len(re.sub(r"[\W_]", "", word)) > 2 and "." not in word for word in words]
    if any(capitals) and not all(capitals):
        if capitals[0]:
            split = next(
                number
                for number, capital in enumerate(capitals)
                if (not capital and words[number].lower() not in _PARTICLES) or number == len(words) - 1
            )
            return Contributor(family=" ".join(words[:split]), given=" ".join(words[split:]))
        split = capitals.index(True)
        return Contributor(family=" ".join(words[split:]), given=" ".join(words[:split]))
    if (
        len(words) == 2
        and words[1].lower() in lexicon.GIVEN_NAMES
        and words[0].lower() not in lexicon.GIVEN_NAMES
        and not _begins_with_initials(piece)
    ):
        return Contributor(family=words[0], given=words[1])
    person = names.natural(_without_stop(piece) if not _ends_in_initials(piece) else piece)
    if _SUFFIX.fullmatch(person.family) and len(words) > 2:
        return replace(names.natural(" ".join(words[:-1])), suffix=words[-1])
    return person


def _spaced(initials: str) -> str:
    """`JA` is `J. A.`; initials with full stops stay as they are."""
    if "." in initials or not initials.isupper():
        return initials
    return re.sub(r"\s+", " ", re.sub(rf"({_UPPER})", r"\1. ", initials)).strip().replace(". -", ".-")


def _without_stop(text: str) -> str:
    """Drop a closing full stop, unless it is an initial's or an abbreviation's own."""
    return text if re.search(rf"(?:^|[\s.,-]){_INITIAL}\.$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr)\.$", text) else text.removesuffix(".")


# Where the names at the beginning of a text end: what splitting a list looks at

_L = r"[^\W\d_]"
_WORD = rf"{_UPPER}{_L}*(?:['’‐-]{_L}+)*"
_FAMILY = rf"(?:(?:[Vv]an|[Vv]on|[Dd]e[rnl]?|[Dd]ella|[Dd][iau]|[Dd]os|[Ll][ae]|te[rn]|zu[rm]?|al|bin)\s+)*(?:d['’])?{_WORD}(?:\s+{_WORD})?"
_DOTTED = rf"{_UPPER}{_L}?\.(?:\s*-?\s*{_UPPER}{_L}?\.)*"
_GIVEN = rf"{_UPPER}{_L}+(?:[-\s]{_UPPER}{_L}+){{0,2}}(?:\s+{_UPPER}\.)*"
_NAME = (
    rf"(?:{_FAMILY},\s*(?:{_DOTTED}|{_GIVEN})|(?:{_DOTTED}\s*|{_GIVEN}\s+(?:{_UPPER}\.\s*)*){_FAMILY}|{_FAMILY}\s+{_UPPER}{{1,3}}(?![\w.]))"
)
_LIST = re.compile(
    rf"{_NAME}(?:(?:\s*[,;/]\s*(?:&\s*|and\s+)?|,?\s*(?:&|\b(?:and|und|et|y|e|en)\b)\s*){_NAME})*(?:[,;]?\s*et\s+al\.?)?(?:\s*,?\s*\(?(?:[Ee]ds?|[Hh]rsg|[Hh]g)\.?\)?)?"
)
_ENDS = re.compile(r"\s*(?:[.:(\"“«*_]|$)|,\s*(?:[\"“«‘']|\d{4}|\()")


def end(text: str) -> int | None:
    """Return where the personal names at the beginning of a text end, or None where it does not begin with any."""
    match = _LIST.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    ended = bool(re.match(r"\s|,|:|\(|$|[\"“«]", rest)) if match[0].endswith(".") else bool(_ENDS.match(rest))
    return match.end() if ended else None


def are_persons(text: str) -> bool:
    """Whether a text is nothing but names of persons, the first of them with a known given name or an initial in front."""
    first = re.match(r"[^\W\d_]+", text)
    known = first and len(text.split()) > 1 and (len(first[0]) == 1 or first[0].lower() in lexicon.GIVEN_NAMES)
    return bool(known) and (end(f"{text}.") or 0) >= len(text)
