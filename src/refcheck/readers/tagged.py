"""Exports of reference managers that put a tag before each value: RIS, EndNote (`%0`), PubMed (MEDLINE, .nbib)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from refcheck.bibtex import keys
from refcheck.model.reference import Bibliography, Problem, Unreadable
from refcheck.model.source import Source, Span
from refcheck.readers.draft import Draft, named
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from refcheck.model.reference import Contributor, PartialDate, Reference


class Tagged(NamedTuple):
    """A value with its tag and its place; a value goes on over the lines that follow."""

    tag: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Format:
    """How one of these formats is written: what a tag looks like, which tag begins a record, and how a record is read."""

    name: str
    tag: re.Pattern[str]
    begins: str
    take: Callable[[Draft, list[Tagged]], tuple[str, str]]


def read(source: Source, form: Format, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read an export; a line that belongs to no record is a problem."""
    used = keys.Used(taken)
    references: list[Reference] = []
    problems: list[Problem] = []
    for record in _records(source, form, problems):
        draft = Draft(source, Span(record[0].span.start, record[-1].span.end))
        entry_type, key = form.take(draft, record)
        references.append(draft.reference(key, entry_type, used))
    if not references:
        return Unreadable(source.path, f"it has no record of the format {form.name}: one begins with {form.begins!r}")
    return Bibliography(source, tuple(references), tuple(problems))


def _records(source: Source, form: Format, problems: list[Problem]) -> Iterator[list[Tagged]]:
    record: list[Tagged] = []
    for match in re.finditer(r"[^\r\n]+", source.text):
        line, start = match[0], match.start()
        tag = form.tag.match(line)
        if tag is None:
            if record:
                last = record[-1]
                record[-1] = Tagged(last.tag, f"{last.value} {line.strip()}".strip(), Span(last.span.start, match.end()))
            elif re.search(r"[^\W_]", line):
                problems.append(Problem("unsplit-text", f"{line.strip()[:60]!r} stands before the first record", Span(start, match.end())))
            continue
        value = line[tag.end() :].strip()
        at = start + len(line) - len(line[tag.end() :].lstrip())
        item = Tagged(tag[1], value, Span(at, at + len(value)))
        if item.tag == form.begins and record:
            yield record
            record = []
        if item.tag == "ER":
            if record:
                yield record
            record = []
        elif record or item.tag == form.begins:
            record.append(item)
    if record:
        yield record


# RIS (https://en.wikipedia.org/wiki/RIS_(file_format)); names differ between programs, so several tags fill one field

_RIS_TYPES = {
    "JOUR": "article", "JFULL": "periodical", "MGZN": "article", "NEWS": "article", "EJOUR": "article", "ABST": "article", "INPR": "article", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "collection", "SER": "book", "CHAP": "incollection", "ECHAP": "incollection", "CONF": "proceedings", "CPAPER": "inproceedings",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "STAND": "standard", "ELEC": "online", "WEB": "online", "BLOG": "online", "ICOMM": "online",
    "DATA": "dataset", "DBASE": "dataset", "AGGR": "dataset", "COMP": "software", "VIDEO": "video", "MPCT": "video", "ADVS": "video", "SOUND": "audio",
    "MUSIC": "music", "PAT": "patent", "UNPB": "unpublished", "MANSCPT": "unpublished", "PAMP": "booklet", "ENCYC": "inreference", "DICT": "inreference",
    "STAT": "legislation", "BILL": "legislation", "CASE": "jurisdiction", "MAP": "image", "ART": "artwork", "PCOMM": "letter", "HEAR": "jurisdiction",
}  # fmt: skip
_RIS_SUBTYPES = {"MGZN": "magazine", "NEWS": "newspaper", "BLOG": "post-weblog", "MAP": "map"}
_RIS_ROLES = {"AU": "author", "A1": "author", "ED": "editor", "A2": "editor", "A3": "serieseditor", "A4": "translator"}
_RIS_FIELDS = {
    "TI": "title", "T1": "title", "ST": "shorttitle", "J2": "shortjournal", "VL": "volume", "IS": "number", "CP": "address", "CY": "address", "PP": "address",
    "PB": "publisher", "ET": "edition", "DO": "doi", "AB": "abstract", "N2": "abstract", "KW": "keywords", "LA": "language", "N1": "note", "AN": "accession",
    "M3": "type", "CN": "library", "DB": "database", "DP": "source", "NV": "volumes", "T3": "series", "C2": "pmcid", "SE": "section", "AD": "affiliation",
    "RN": "note", "OP": "origtitle", "TT": "translatedtitle", "C1": "c1", "C3": "c3", "C4": "c4", "C5": "c5", "C6": "c6", "C7": "c7", "C8": "c8", "U1": "user1",
    "U2": "user2", "U3": "user3", "U4": "user4", "U5": "user5", "M1": "m1", "M2": "m2", "CA": "caption", "RP": "reprint", "LB": "label", "RI": "reviewed",
}  # fmt: skip
_RIS_LINKS = frozenset({"UR", "L1", "L2", "L3", "LK"})
_CONTAINERS = frozenset({"T2", "JO", "JF", "JA", "BT"})
_BOOKISH = frozenset({"incollection", "inproceedings", "inreference"})


def _ris(draft: Draft, record: list[Tagged]) -> tuple[str, str]:
    kind = record[0].value.strip().upper()
    entry_type = _RIS_TYPES.get(kind, "misc")
    values = {item.tag: item.value for item in reversed(record)}
    for tag, value, span in record[1:]:
        if tag in _RIS_ROLES:
            draft.person(named(value, _RIS_ROLES[tag]), span)
        elif tag in {"PY", "Y1", "DA"}:
            _ris_date(draft, value, span)
        elif tag in _RIS_LINKS:
            for address in re.split(r"\s*;\s*(?=https?:)|\s+(?=https?:)", value):
                draft.address(address, draft.place(address) if address != value else span)
        elif tag in _CONTAINERS:
            _ris_container(draft, tag, value, span, entry_type)
        elif tag not in {"ID", "SP", "EP"}:
            _ris_field(draft, tag, value, span)
    _ris_pages(draft, record, entry_type)
    draft.put("entrysubtype", _RIS_SUBTYPES.get(kind, kind.lower() if kind not in {*_RIS_TYPES, "GEN", ""} else ""), record[0].span)
    _move_publisher(draft, entry_type)
    return entry_type, values.get("ID", "")


def _ris_field(draft: Draft, tag: str, value: str, span: Span) -> None:
    if tag == "Y2":
        draft.put("urldate", str(dates.parse(value.replace("/", "-")) or value), span)
    elif tag == "SN":
        draft.put("issn" if re.fullmatch(r"\d{4}-?\d{3}[\dXx](?:\s*\(.*\))?", value) else "isbn", value, span)
    else:
        draft.put(_RIS_FIELDS.get(tag, tag.lower()), value, span)


def _ris_container(draft: Draft, tag: str, value: str, span: Span, entry_type: str) -> None:
    """The full name of a journal stands in T2, JO or JF, its short one in JA or J2; a book's second title is its series."""
    name = "booktitle" if entry_type in _BOOKISH else "series" if entry_type in {"book", "collection"} else "journal"
    if name not in draft.fields:
        draft.put(name, value, span)
    elif value != draft.fields[name].value:
        draft.put("shortjournal" if tag in {"JA", "JO"} else "series" if name == "booktitle" else "shortjournal", value, span)


def _ris_date(draft: Draft, value: str, span: Span) -> None:
    """`2020`, `2020/05/04/spring` or any date; the most exact of several is kept."""
    year, month, day, *rest = [*(part.strip() for part in value.split("/")), "", "", ""][:4]
    found = None
    if re.fullmatch(r"\d{4}", year):
        found = dates.valid(
            int(year), dates.month_number(month) if month else None, int(day) if day.isdecimal() and len(day) <= 2 else None
        )
    _more_exact(draft, found or dates.parse(value), span)
    draft.put("season", " ".join(part for part in rest if part), span)


def _more_exact(draft: Draft, found: PartialDate | None, span: Span) -> None:
    known = draft.issued
    if found and known and found.year == known.year and str(found).startswith(str(known)) and found != known:
        for name in ("year", "month", "day"):
            draft.fields.pop(name, None)
        draft.issued = None
    draft.date(found, span)


def _ris_pages(draft: Draft, record: list[Tagged], entry_type: str) -> None:
    """Join the first page and the last; one number in a book is how many it has."""
    places = {item.tag: item.span for item in record}
    begin, end = (next((item.value for item in record if item.tag == tag), "") for tag in ("SP", "EP"))
    place = places.get("SP") or places.get("EP")
    if entry_type in {"book", "thesis", "report"} and begin.isdecimal() and not end:
        draft.put("pagetotal", begin, place)
    elif place:
        joined = begin if not end or end == begin or re.search(r"\d\s*[-–]\s*\w", begin) else f"{begin}--{end}" if begin else end
        draft.put("pages", _page_range(joined), place)


def _page_range(pages: str) -> str:
    return re.sub(r"(?<=\w)\s*[-‐‑–—]+\s*(?=\w)", "--", pages)


def _move_publisher(draft: Draft, entry_type: str) -> None:
    """A thesis has a school, a report an institution."""
    name = {"thesis": "school", "report": "institution"}.get(entry_type)
    if name and (field := draft.fields.pop("publisher", None)):
        draft.put(name, field.value, field.span)


# EndNote's tagged export (`refer`)

_ENDNOTE_TYPES = {
    "journal article": "article", "electronic article": "article", "magazine article": "article", "newspaper article": "article", "book": "book",
    "edited book": "collection", "electronic book": "book", "book section": "incollection", "electronic book section": "incollection", "thesis": "thesis",
    "conference paper": "inproceedings", "conference proceedings": "inproceedings", "report": "report", "government document": "report",
    "web page": "online", "blog": "online", "online database": "dataset", "dataset": "dataset", "computer program": "software", "patent": "patent",
    "film or broadcast": "video", "audiovisual material": "video", "unpublished work": "unpublished", "manuscript": "unpublished", "standard": "standard",
    "statute": "legislation", "case": "jurisdiction", "encyclopedia": "inreference", "dictionary": "inreference", "personal communication": "letter",
}  # fmt: skip
_ENDNOTE_FIELDS = {
    "T": "title", "V": "volume", "N": "number", "P": "pages", "I": "publisher", "C": "address", "7": "edition", "R": "doi", "X": "abstract", "K": "keywords",
    "Z": "note", "G": "language", "S": "series", "9": "type", "L": "library", "M": "accession", "!": "shorttitle", "6": "volumes", "&": "section",
    "W": "database", "+": "affiliation", "F": "label", "O": "origtitle", "Q": "translatedtitle", "*": "reviewed", "^": "pmcid", "1": "custom1", "2": "custom2",
    "3": "custom3", "4": "custom4", "#": "custom5", "$": "custom6", ">": "file", "[": "urldate", "(": "origdate",
}  # fmt: skip


def endnote_type(name: str) -> tuple[str, str]:
    """Return (entry type, entrysubtype or '') of a type of EndNote's."""
    kind = name.strip().lower()
    subtype = kind.split()[0] if kind in {"magazine article", "newspaper article"} else ""
    return _ENDNOTE_TYPES.get(kind, "misc"), subtype if kind in _ENDNOTE_TYPES or kind in {"", "generic"} else kind


def _endnote(draft: Draft, record: list[Tagged]) -> tuple[str, str]:
    entry_type, subtype = endnote_type(record[0].value)
    for tag, value, span in record[1:]:
        mark = tag[1]
        if mark in "AEY?":
            draft.person(named(value, {"A": "author", "E": "editor", "Y": "serieseditor", "?": "translator"}[mark]), span)
        elif mark in "D8":
            _more_exact(draft, dates.parse(value), span)
        elif mark == "U":
            draft.address(value, span)
        elif mark in "JB":
            name = "booktitle" if entry_type in _BOOKISH else "series" if entry_type in {"book", "collection"} else "journal"
            draft.put(name if name not in draft.fields else "series", value, span)
        elif mark == "@":
            draft.put("issn" if re.fullmatch(r"\d{4}-?\d{3}[\dXx]", value) else "isbn", value, span)
        elif mark == "P":
            draft.put("pages", _page_range(value), span)
        elif mark == "[":
            draft.put("urldate", str(dates.parse(value) or value), span)
        else:
            draft.put(_ENDNOTE_FIELDS.get(mark, f"endnote-{mark.lower()}"), value, span)
    draft.put("entrysubtype", subtype, record[0].span)
    _move_publisher(draft, entry_type)
    return entry_type, ""


# PubMed's MEDLINE format (https://www.nlm.nih.gov/bsd/mms/medlineelements.html)

_PUBMED_FIELDS = {
    "PMID": "pmid", "TI": "title", "BTI": "booktitle", "CTI": "series", "JT": "journal", "TA": "shortjournal", "VI": "volume", "IP": "number", "AB": "abstract",
    "LA": "language", "PB": "publisher", "OT": "keywords", "MH": "mesh", "PMC": "pmcid", "TT": "origtitle", "EN": "edition", "CI": "copyright", "PST": "pubstate",
    "GR": "grant", "AD": "affiliation", "SI": "secondarysource", "NM": "substance", "RN": "registry", "GN": "note",
}  # fmt: skip
_PUBMED_PRIVATE = frozenset(
    "OWN STAT DCOM LR IS PL JID SB EDAT MHDA CRDT PHST SO FAU AU AUID PT DP DEP LID AID PG CN FED ED ISBN IRAD STAT CDAT CTDT".split()
)
"""Tags that say nothing of the work, and those that are read on their own."""


def _pubmed(draft: Draft, record: list[Tagged]) -> tuple[str, str]:
    values: dict[str, list[Tagged]] = {}
    for item in record:
        values.setdefault(item.tag, []).append(item)
    _pubmed_people(draft, values)
    for item in [*values.get("DP", []), *values.get("DEP", [])]:
        draft.date(dates.parse(re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", item.value)), item.span)
    for item in [*values.get("LID", []), *values.get("AID", [])]:
        name = next((n for n in ("doi", "pii") if item.value.endswith(f"[{n}]")), "")
        draft.put(name, item.value.partition(" [")[0], Span(item.span.start, item.span.start + len(item.value.partition(" [")[0])))
    for item in values.get("IS", [])[:1]:
        draft.put("issn", item.value.partition(" ")[0], item.span)
    for item in values.get("ISBN", []):
        draft.put("isbn", item.value.partition(" (")[0], item.span)
    for item in values.get("PG", []):
        draft.put("pages", _page_range(item.value), item.span)
    for item in record:
        if item.tag not in _PUBMED_PRIVATE:
            draft.put(
                _PUBMED_FIELDS.get(item.tag, item.tag.lower()), item.value.removesuffix(".") if item.tag == "TI" else item.value, item.span
            )
    kinds = {item.value.lower() for item in values.get("PT", [])}
    return "incollection" if "booktitle" in draft.fields else "unpublished" if "preprint" in kinds else "article", ""


def _pubmed_people(draft: Draft, values: dict[str, list[Tagged]]) -> None:
    for role, full, short in (("author", "FAU", "AU"), ("editor", "FED", "ED")):
        for item in values.get(full) or values.get(short, []):
            draft.person(named(item.value, role) if full in values else _initials(item.value, role), item.span)
    for item in values.get("CN", []):
        draft.person(named(item.value + ",", "author"), item.span)


def _initials(text: str, role: str) -> Contributor:
    family, _, initials = text.rpartition(" ")
    return named(f"{family}, {' '.join(f'{letter}.' for letter in initials)}" if family and initials.isupper() else f"{text},", role)


RIS = Format("ris", re.compile(r"\ufeff?[ \t]*([A-Z][A-Z0-9]) {1,2}-(?: |$)"), "TY", _ris)
ENDNOTE = Format("endnote", re.compile(r"\ufeff?(%[0-9A-Z@!#$&()*+<>?\[^\]|~])(?: |$)"), "%0", _endnote)
PUBMED = Format("pubmed", re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}- ?"), "PMID", _pubmed)
