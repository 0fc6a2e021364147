"""Take one reference apart: who, what, where, when.

The order of work: mask what has a grammar (addresses, identifiers); find the date; find where the
title begins and ends (quotes, emphasis, the date, the first full stop after the names); read the
names before it and the container, publisher, place, volume and pages after it. What belongs to none
of these is a doubt, not a loss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refcheck.model.reference import Contributor, PartialDate
from refcheck.prose import authors, kind, title, when
from refcheck.prose.mask import Masked, Piece, clean, mask
from refcheck.prose.title import stops
from refcheck.text import titles, urls
from refcheck.text.urls import ARCHIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 6000
_PUBLISHER = re.compile(
    r"\b(?:press|publish\w*|books?|verlag|éditions?|editions?|editora|editorial|edizioni|uitgeverij|förlag|forlag|inc\b\.?|ltd\b\.?|gmbh|"
    r"penguin|random house|springer|elsevier|wiley|routledge|macmillan|harper\w*|mcgraw|o['’]reilly|addison|sage|crc|knopf|norton|vintage|"
    r"gallimard|suhrkamp|crown|viking|pantheon|basic books|simon|houghton|academic|université|universität|universidad|publications?)\b",
    re.IGNORECASE,
)
_PLACES = (
    r"(?:USA|U\.S\.A\.|UK|U\.K\.|United States|United Kingdom|New York(?:, NY)?|London|Cambridge(?:, (?:MA|UK|Mass\.?))?|Oxford|Berlin|Paris|Boston(?:, MA)?|"
    r"Chicago(?:, IL)?|Princeton(?:, NJ)?|San Francisco(?:, CA)?|Los Angeles|Philadelphia|Washington(?:,? D\.?C\.?)?|Amsterdam|Dordrecht|Heidelberg|Leipzig|"
    r"Frankfurt(?: am Main)?|München|Munich|Wien|Vienna|Zürich|Zurich|Basel|Stuttgart|Hamburg|Köln|Göttingen|Tübingen|Wiesbaden|Madrid|Barcelona|México|"
    r"Buenos Aires|Lisboa|São Paulo|Rio de Janeiro|Roma|Rome|Milano|Torino|Bologna|Stockholm|Oslo|København|Copenhagen|Helsinki|Warszawa|Praha|Moscow|"
    r"Toronto|Montréal|Vancouver|Sydney|Melbourne|Tokyo|Beijing|Singapore|New Delhi|Delhi|Mumbai|Hoboken(?:, NJ)?|Thousand Oaks(?:, CA)?|Reading(?:, MA)?|"
    r"Germany|France|Netherlands|The Netherlands|Canada|Australia|India|Spain|Italy|Switzerland|Austria|Japan|China|Brazil|Ann Arbor|New Haven|Ithaca|Durham|"
    r"Stanford(?:, CA)?|Berkeley(?:, CA)?|Abingdon|Cham|Hove|Harmondsworth|Edinburgh|Glasgow|Manchester|Dublin)"
)
_PLACE = re.compile(rf"{_PLACES}(?:\s*[,;/&]\s*{_PLACES})*", re.IGNORECASE)
_GAP = r"[\s\x00]*"  # marks of emphasis and a date taken out leave a mask between the numbers
_NUMBERING = re.compile(
    rf"(?P<volume>(?:\b(?:vol(?:ume)?|bd|band|tome|tomo|t|v)\b\.?\s*)?(?<![\d.])\d{{1,4}}){_GAP}"
    rf"(?:\({_GAP}(?P<issue>[\w/–-]{{1,12}}){_GAP}\)|[,.:]?{_GAP}(?:\b(?:no|nr|n|num|issue|iss|heft|núm)\b\.?|n°|nº)\s*(?P<issue2>[\w/–-]{{1,12}})"
    rf"|\.(?P<issue3>\d{{1,3}}))?"
    rf"{_GAP}[,:;]{_GAP}(?:\b(?:pp?|pages?|s|seiten?|págs?|p)\b\.?\s*)?(?P<pages>[A-Za-z]?\d{{1,6}}\s*(?:[-‐‑–—]{{1,2}}\s*[A-Za-z]?\d{{1,6}})?)(?![\w/])",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"\b(?:vol(?:ume)?|bd|band|tome|tomo)\b\.?\s*(?P<volume>\d{1,4}|[IVXLC]{1,7})\b", re.IGNORECASE)
_ISSUE = re.compile(r"(?:\b(?:no|nr|issue|iss|heft|núm|number)\b\.?|n°|nº)\s*(?P<issue>\d[\w/–-]{0,11})", re.IGNORECASE)
_PAGES = re.compile(
    r"\b(?:pp?|pages?|s|seiten?|págs?)\b\.?\s*(?P<pages>[A-Za-z]?\d{1,6}\s*(?:[-‐‑–—]{1,2}\s*[A-Za-z]?\d{1,6})?)(?![\w/])", re.IGNORECASE
)
_EDITION = re.compile(
    r"\(?\b(?P<edition>(?:\d{1,2}(?:st|nd|rd|th|\.|ª|e|de)?|first|second|third|fourth|fifth|revised|rev\.?)\s+(?:ed(?:ition|n|\.)?|aufl(?:age|\.)?|éd(?:ition|\.)?|edición))\b\.?\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a reference: value, offsets in the reference's text, and how sure it is."""

    name: str
    value: str
    start: int
    end: int
    confidence: float


@dataclass(slots=True)
class Parsed:
    """A reference taken apart. `doubts` say what could not be placed or looks odd."""

    contributors: tuple[Contributor, ...] = ()
    others: bool = False
    issued: PartialDate | None = None
    entry_type: str = "misc"
    type_confidence: float = 0.5
    parts: dict[str, Part] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def put(self, name: str, value: str, place: tuple[int, int], confidence: float) -> None:
        """Fill a field that is not filled yet."""
        if value and name not in self.parts:
            self.parts[name] = Part(name, value, *place, confidence)


def parse(text: str) -> Parsed:
    """Take a reference apart; the text has no list marker any more."""
    end = len(text.rstrip().rstrip(";").rstrip())
    parsed = Parsed()
    if end > LONGEST:
        parsed.doubts.append(f"it is longer than any reference ({end} characters); only its beginning was read")
        end = LONGEST
    masked = mask(text[:end])
    _take_pieces(masked, parsed)
    date = when.find(masked)
    undated = when.UNDATED.search(masked.text) if date is None else None
    if undated:
        masked.hide(*undated.span())
    place = title.find(masked, date)
    if date:
        _take_date(masked, parsed, date)
    if place:
        _take_title(masked, parsed, place)
        _take_head(masked, parsed, place.head_end)
        _take_tail(masked, parsed, place)
    parsed.entry_type, parsed.type_confidence = kind.decide(text, {n: p.value for n, p in parsed.parts.items()})
    _settle(parsed)
    _doubt(parsed, text)
    return parsed


def _take_pieces(masked: Masked, parsed: Parsed) -> None:
    """Fill the fields of what was recognised; a second address goes into a note, an archived copy's into its own field."""
    parsed.pieces = sorted(masked.pieces, key=lambda piece: piece.start)
    for piece in parsed.pieces:
        place = (piece.start, piece.end)
        archived = piece.name == "url" and ARCHIVES.match(piece.value)
        name = "archiveurl" if archived else piece.name
        if piece.name == "url" and not archived and "url" in parsed.parts:
            if piece.value != parsed.parts["url"].value:
                parsed.put("note", rf"See also \url{{{piece.value}}}", place, 0.9)
        else:
            parsed.put(name, piece.value, place, 0.99)


def _take_date(masked: Masked, parsed: Parsed, found: when.When) -> None:
    sure = 0.97 if found.worth >= 3 else 0.9 if found.worth >= 1.5 else 0.75
    parsed.issued = found.date
    for name, value in (("year", found.date.year), ("month", found.date.month), ("day", found.date.day)):
        parsed.put(name, str(value or ""), (found.start, found.end), sure)
    masked.hide(found.outer_start, found.outer_end)


def _take_title(masked: Masked, parsed: Parsed, place: title.Place) -> None:
    value = clean(masked.text[place.start : place.end])
    outer = re.fullmatch(r"['‘“\"](.*)['’”\"]", value)
    if outer and not re.search(r"['’”\"]\s", outer[1]):
        value = outer[1]
    parsed.put("title", value.strip(), (place.start, place.end), place.sure)


# Who


def _take_head(masked: Masked, parsed: Parsed, end: int) -> None:
    text = masked.text[:end]
    names = re.sub(r"[\s.]*\.$", ".", clean(text))
    if not re.search(r"[^\W_]", names):
        return
    head = authors.read(names.rstrip(".") if not re.search(r"\b[^\W\d_]\.$", names) else names)
    known = authors.longest(names + " ")
    if known and known.end >= len(names) - 1:
        head = replace(head, contributors=authors.read(names).contributors, sure=0.96)
    if len(head.contributors) == 1 and _is_the_site(names, masked):
        head = replace(head, contributors=(Contributor(literal=names.rstrip(".")),))
    parsed.contributors, parsed.others = head.contributors, head.others
    role = head.contributors[0].role if head.contributors else "author"
    value = " and ".join(person.name for person in head.contributors) + (" and others" if head.others else "")
    start = re.match(r"[\s\x00]*", text)
    parsed.put(role, value, (start.end() if start else 0, len(text.rstrip(" \0,."))), head.sure)


def _is_the_site(names: str, masked: Masked) -> bool:
    """Whether the author is the site that the address names: `Lake Standard` at lakestandard.example."""
    letters = "".join(titles.folded(names).split())
    sites = [urls.host_of(piece.value).replace("-", "") for piece in masked.pieces if piece.name == "url"]
    return "," not in names and len(letters) >= 5 and any(letters in site for site in sites)


# Where


def _take_tail(masked: Masked, parsed: Parsed, place: title.Place) -> None:
    """Read what follows the title: numbering, edition, editors, container, publisher and place."""
    begin = place.rest
    _take_numbering(masked, parsed, begin)
    inside = [(s, e) for s, e in masked.emphasis if s >= begin]
    if inside:
        start, end = inside[0]
        container = clean(masked.text[start:end])
        preceded_by_in = bool(re.search(r"\b[Ii]n:?[\s\x00]*$", masked.text[begin:start]))
        _take_container(parsed, container, (start, end), 0.93, chapter=preceded_by_in)
        masked.hide(start, end)
    for start, end in _tail_parts(masked.text, begin):
        _take_part(masked, parsed, start, end, quoted=place.sure >= 0.97)


def _take_numbering(masked: Masked, parsed: Parsed, begin: int) -> None:
    for pattern in (_EDITION, _NUMBERING, _VOLUME, _ISSUE, _PAGES):
        match = pattern.search(masked.text, begin)
        if not match:
            continue
        for group, value in match.groupdict().items():
            if value:
                name = {"issue": "number", "issue2": "number", "issue3": "number"}.get(group, group)
                parsed.put(name, _number(name, value), match.span(group), 0.94)
        masked.hide(*match.span())


def _number(name: str, value: str) -> str:
    if name == "pages":
        return re.sub(r"\s*[-‐‑–—]{1,2}\s*", "--", value.strip())
    if name == "volume":
        return re.sub(r"^\D+(?=\d)", "", value).strip()
    return value.strip()


def _tail_parts(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the parts between full stops and masks, where a letter stands in them."""
    start = begin
    for end in [*stops(text, begin), len(text)]:
        for match in re.finditer(r"[^\x00]+", text[start:end]):
            if re.search(r"[^\W_]", match[0]):
                yield start + match.start(), start + match.end()
        start = end


def _take_part(masked: Masked, parsed: Parsed, start: int, end: int, *, quoted: bool) -> None:
    text = masked.text[start:end]
    value = clean(text).rstrip(".") if not re.search(r"\b(?:Inc|Ltd|Co|[A-Z])\.\s*$", clean(text)) else clean(text)
    value = value.strip(" ,;:()[]") if value.count("(") != value.count(")") else value.strip(" ,;:")
    if not re.search(r"[^\W\d_]{2}", value):
        return
    place = (start, end)
    within = re.match(r"(?:In|in|dans|En|em)\b:?\s+(.+)", value)
    if within:
        _take_within(parsed, within[1], place)
    elif (
        city := re.fullmatch(rf"({_PLACE.pattern}|[^\W\d_a-z][\w. -]{{2,25}})\s*:\s*(.+)", value, re.IGNORECASE)
    ) and "publisher" not in parsed.parts:
        parsed.put("address", city[1].strip(), place, 0.88)
        parsed.put("publisher", city[city.re.groups].strip(), place, 0.9)
    elif _PUBLISHER.search(value) and "publisher" not in parsed.parts and not parsed.parts.get("pages"):
        _take_publisher(parsed, value, place)
    elif _PLACE.fullmatch(value):
        parsed.put("address", value, place, 0.9)
    elif kind.PROCEEDINGS.search(value):
        _take_container(parsed, value, place, 0.88, chapter=True)
    elif "journal" not in parsed.parts and "booktitle" not in parsed.parts and (quoted or {"pages", "volume", "url"} & parsed.parts.keys()):
        _take_container(parsed, value, place, 0.88 if quoted or "pages" in parsed.parts else 0.75, chapter=False)
    elif "publisher" not in parsed.parts and len(value.split()) <= 8 and "url" not in parsed.parts:
        _take_publisher(parsed, value, place, 0.8)
    else:
        parsed.doubts.append(f"{value!r} has no place in any field")


def _take_within(parsed: Parsed, value: str, place: tuple[int, int]) -> None:
    editors = re.match(r"(.{3,120}?)\s*,?\s*\(?\b(?:[Ee]ds?\.?|[Ee]ditors?\.?|[Hh]rsg\.?|[Hh]g\.?)\)?\s*[.,:]?\s+(.+)", value)
    if editors:
        people = authors.read(editors[1] + " (Eds.)").contributors
        parsed.contributors += tuple(replace(person, role="editor") for person in people)
        parsed.put("editor", " and ".join(person.name for person in people), place, 0.85)
        value = editors[2]
    _take_container(parsed, value, place, 0.88, chapter=True)


def _take_container(parsed: Parsed, value: str, place: tuple[int, int], sure: float, *, chapter: bool) -> None:
    publisher = re.fullmatch(r"(.+?),\s*(.+)", value) if chapter else None
    if publisher and _PUBLISHER.search(publisher[2]) and not _PUBLISHER.search(publisher[1]):
        _take_publisher(parsed, publisher[2], place)
        value = publisher[1]
    name = "booktitle" if chapter or kind.PROCEEDINGS.search(value) else "journal"
    parsed.put(name, value, place, sure)


def _take_publisher(parsed: Parsed, value: str, place: tuple[int, int], sure: float = 0.92) -> None:
    """Split `Publisher, Place`: the place is a known one behind the last comma."""
    match = re.fullmatch(rf"(.+?)\s*,\s*({_PLACE.pattern})\.?", value, re.IGNORECASE)
    if match:
        parsed.put("publisher", match[1], place, sure)
        parsed.put("address", match[2], place, 0.95)
    else:
        parsed.put("publisher", value, place, sure)


# Is it right?


def _settle(parsed: Parsed) -> None:
    """Give the fields the names that the type wants."""
    renames = {"thesis": {"publisher": "school"}, "report": {"publisher": "institution"}}.get(parsed.entry_type, {})
    for old, new in renames.items():
        if old in parsed.parts:
            parsed.parts[new] = replace(parsed.parts.pop(old), name=new)
    if parsed.entry_type == "misc" and "publisher" in parsed.parts:
        parsed.parts["howpublished"] = replace(parsed.parts.pop("publisher"), name="howpublished")
    if "eprint" in parsed.parts:
        parsed.put("eprinttype", "arxiv", (parsed.parts["eprint"].start, parsed.parts["eprint"].end), 0.99)


def _doubt(parsed: Parsed, text: str) -> None:
    named = parsed.parts.get("title")
    if not named:
        parsed.doubts.append("no title was found")
    elif len(named.value.split()) > 45:
        parsed.doubts.append("the title is very long: it may hold more than the title")
    elif len(titles.folded(named.value)) < 3:
        parsed.doubts.append(f"the title is very short: {named.value!r}")
    if not parsed.contributors:
        parsed.doubts.append("no author was found")
    if len(re.findall(r"https?://", text)) > 2:
        parsed.doubts.append("it has several addresses: it may be more than one reference")
    for part in parsed.parts.values():
        if part.confidence < 0.8:
            parsed.doubts.append(f"the {part.name} may be wrong: {part.value!r}")
