"""Exports in XML: EndNote, PubMed, and the sources that Word keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from refcheck.bibtex import keys
from refcheck.model.reference import Bibliography, Contributor, Unreadable
from refcheck.model.source import Source, Span
from refcheck.readers.draft import Draft, named
from refcheck.readers.tagged import endnote_type
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from xml.etree.ElementTree import Element

    from refcheck.model.reference import Reference


def parse(text: str) -> Element | str:
    """Return the root of an XML document, or why it cannot be read. Entities of its own are refused: they can stand for gigabytes."""
    if "<!ENTITY" in text:
        return "it declares entities of its own"
    try:
        root = ET.fromstring(text.lstrip("\ufeff"))  # noqa: S314 - without entities of its own, a document is as large as it is
    except (ET.ParseError, ValueError) as error:  # ValueError: an encoding that is not known
        return f"it does not parse ({error})"
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return root


def read(source: Source, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read an export in XML by the name of its records."""
    root = parse(source.text)
    if isinstance(root, str):
        return Unreadable(source.path, f"it is XML, but {root}; export it again")
    for tag, take in _RECORDS.items():
        elements = [element for element in root.iter(tag) if len(element)]
        if elements:
            return Bibliography(source, tuple(_references(source, elements, tag, take, taken)))
    return Unreadable(source.path, "it is XML, but has no records of EndNote, PubMed or Word; export BibTeX, RIS or CSL-JSON instead")


def _references(
    source: Source, elements: list[Element], tag: str, take: Callable[[Draft, Element], str], taken: Container[str]
) -> Iterator[Reference]:
    used = keys.Used(taken)
    places = [match.start() for match in re.finditer(rf"<(?:\w+:)?{tag}[\s>]", source.text)]
    ends = [*places[1:], len(source.text)]
    for number, element in enumerate(elements):
        span = Span(places[number], ends[number]) if number < len(places) else Span(0, 0)
        draft = Draft(source, span, lambda value: (escape(value), value))
        entry_type = take(draft, element)
        yield draft.reference(_text(element, "Tag"), entry_type, used)


def _text(element: Element, path: str) -> str:
    """Return the whole text of the first element at a path, however it is set."""
    found = element.find(path)
    return re.sub(r"\s+", " ", "".join(found.itertext())).strip() if found is not None else ""


def _texts(element: Element, path: str) -> Iterator[str]:
    yield from (re.sub(r"\s+", " ", "".join(found.itertext())).strip() for found in element.findall(path))


# EndNote

_ENDNOTE = {
    "titles/title": "title", "titles/short-title": "shorttitle", "titles/tertiary-title": "series", "volume": "volume", "number": "number", "edition": "edition",
    "section": "section", "publisher": "publisher", "pub-location": "address", "electronic-resource-num": "doi", "abstract": "abstract", "notes": "note",
    "research-notes": "annotation", "language": "language", "work-type": "type", "call-num": "library", "accession-num": "accession",
    "num-vols": "volumes", "custom1": "custom1", "custom2": "pmcid", "label": "label", "remote-database-name": "database", "orig-pub": "origpublisher",
    "reprint-edition": "reprint", "auth-address": "affiliation", "caption": "caption",
}  # fmt: skip
_ENDNOTE_ROLES = {
    "authors": "author",
    "secondary-authors": "editor",
    "tertiary-authors": "serieseditor",
    "subsidiary-authors": "translator",
}


def _endnote(draft: Draft, record: Element) -> str:
    kind = record.find("ref-type")
    entry_type, subtype = endnote_type(kind.get("name", "") if kind is not None else "")
    for path, role in _ENDNOTE_ROLES.items():
        for name in _texts(record, f"contributors/{path}/author"):
            draft.person(named(name, role), draft.place(name))
    exact = [d for text in _texts(record, "dates/pub-dates/date") if (d := dates.parse(f"{text} {_text(record, 'dates/year')}"))]
    draft.date(exact[0] if exact else dates.parse(_text(record, "dates/year")), draft.place(_text(record, "dates/year"), "<year>"))
    bookish = entry_type in {"incollection", "inproceedings", "inreference"}
    draft.put(
        "booktitle" if bookish else "series" if entry_type in {"book", "collection"} else "journal", _text(record, "titles/secondary-title")
    )
    journal, short = _text(record, "periodical/full-title"), _text(record, "periodical/abbr-1") or _text(record, "titles/alt-title")
    draft.put("journal" if not {"journal", "booktitle"} & draft.fields.keys() else "", journal)
    draft.put("shortjournal", short)
    draft.put("pages", re.sub(r"(?<=\w)\s*[-‐‑–—]+\s*(?=\w)", "--", _text(record, "pages")), draft.place(_text(record, "pages"), "<pages>"))
    number = _text(record, "isbn")
    draft.put("issn" if re.match(r"\d{4}-?\d{3}[\dXx]\b(?!-)", number) else "isbn", number)
    for path, target in _ENDNOTE.items():
        draft.put(target, _text(record, path), None, f"<{path.rpartition('/')[2]}")
    for keyword in _texts(record, "keywords/keyword"):
        draft.put("keywords", keyword)
    for url in (text for path in ("web-urls", "related-urls", "pdf-urls", "text-urls") for text in _texts(record, f"urls/{path}/url")):
        for address in url.split():
            if "://" in address:
                draft.address(address)
            else:
                draft.put("file", address)
    draft.put("urldate", str(dates.parse(_text(record, "access-date")) or ""))
    draft.put("entrysubtype", subtype)
    if house := {"thesis": "school", "report": "institution"}.get(entry_type):
        draft.put(house, _text(record, "publisher"))
        draft.fields.pop("publisher", None)
    return entry_type


# PubMed

_PUBMED = {
    "MedlineCitation/PMID": "pmid", "MedlineCitation/Article/ArticleTitle": "title", "MedlineCitation/Article/VernacularTitle": "origtitle",
    "MedlineCitation/Article/Journal/Title": "journal", "MedlineCitation/Article/Journal/ISOAbbreviation": "shortjournal",
    "MedlineCitation/Article/Journal/ISSN": "issn", "MedlineCitation/Article/Journal/JournalIssue/Volume": "volume",
    "MedlineCitation/Article/Journal/JournalIssue/Issue": "number", "MedlineCitation/Article/Abstract": "abstract",
    "MedlineCitation/Article/Language": "language",
}  # fmt: skip


def _pubmed(draft: Draft, record: Element) -> str:
    article = record.find("MedlineCitation/Article")
    for author in article.iterfind("AuthorList/Author") if article is not None else ():
        family, given = _text(author, "LastName"), _text(author, "ForeName") or _text(author, "Initials")
        group = _text(author, "CollectiveName") or ("" if given else family)
        draft.person(Contributor(literal=group) if group else Contributor(family, given, suffix=_text(author, "Suffix")))
    issue = article.find("Journal/JournalIssue/PubDate") if article is not None else None
    if issue is not None:
        written = " ".join(filter(None, (_text(issue, part) for part in ("Year", "Month", "Day", "MedlineDate"))))
        draft.date(dates.parse(re.sub(r"^(\d{4}) (\d{1,2}) ?(\d{1,2})?$", _iso, written)), draft.place(written[:4], "<PubDate"))
    for path, target in _PUBMED.items():
        text = _text(record, path)
        draft.put(target, text.removesuffix(".") if target == "title" else text, None, f"<{path.rpartition('/')[2]}")
    pages = _text(record, "MedlineCitation/Article/Pagination/MedlinePgn")
    draft.put("pages", re.sub(r"(?<=\w)[-–](?=\w)", "--", pages), draft.place(pages))
    for identifier in record.iterfind("PubmedData/ArticleIdList/ArticleId"):
        kind = identifier.get("IdType") or ""
        draft.put({"doi": "doi", "pmc": "pmcid", "pii": "pii"}.get(kind, ""), _text(identifier, "."))
    for keyword in _texts(record, "MedlineCitation/KeywordList/Keyword"):
        draft.put("keywords", keyword)
    return "article"


def _iso(match: re.Match[str]) -> str:
    return "-".join(part.zfill(2) for part in match.groups() if part)


# Word

_WORD_TYPES = {
    "JournalArticle": "article", "ArticleInAPeriodical": "article", "Book": "book", "BookSection": "incollection", "ConferenceProceedings": "inproceedings",
    "Report": "report", "InternetSite": "online", "DocumentFromInternetSite": "online", "ElectronicSource": "online", "Film": "video", "Patent": "patent",
    "SoundRecording": "audio", "Case": "jurisdiction", "Art": "artwork", "Interview": "misc", "Performance": "performance",
}  # fmt: skip
_WORD = {
    "Title": "title", "JournalName": "journal", "PeriodicalTitle": "journal", "BookTitle": "booktitle", "ConferenceName": "booktitle",
    "InternetSiteTitle": "journal", "Volume": "volume", "Issue": "number", "City": "address", "Publisher": "publisher", "Institution": "institution",
    "Edition": "edition", "DOI": "doi", "Comments": "note", "Medium": "medium", "StandardNumber": "isbn", "ShortTitle": "shorttitle", "ThesisType": "type",
    "NumberVolumes": "volumes", "ChapterNumber": "chapter", "CountryRegion": "country", "StateProvince": "state", "Department": "department",
    "ProductionCompany": "publisher", "Theater": "venue", "PatentNumber": "number", "Version": "version",
}  # fmt: skip


def _word(draft: Draft, record: Element) -> str:
    kind = _text(record, "SourceType")
    for role, name in (
        ("Author", "author"),
        ("Editor", "editor"),
        ("Translator", "translator"),
        ("BookAuthor", "bookauthor"),
        ("Director", "director"),
    ):
        group = record.find(f"Author/{role}")
        for person in group.iter("Person") if group is not None else ():
            given = " ".join(filter(None, (_text(person, "First"), _text(person, "Middle"))))
            family = _text(person, "Last")
            draft.person(Contributor(family, given, role=name) if given and family else Contributor(literal=family or given, role=name))
        if group is not None and (corporate := _text(group, "Corporate")):
            draft.person(Contributor(literal=corporate, role=name))
    year = dates.parse(_text(record, "Year"))
    if year:
        day = _text(record, "Day")
        draft.date(
            dates.valid(year.year, dates.month_number(_text(record, "Month")), int(day) if day.isdecimal() and len(day) < 3 else None)
        )
    for path, name in _WORD.items():
        draft.put(name, _text(record, path))
    draft.put("pages", re.sub(r"(?<=\w)\s*[-–—]\s*(?=\w)", "--", _text(record, "Pages")))
    draft.address(_text(record, "URL"))
    accessed = dates.parse(" ".join(_text(record, f"{part}Accessed") for part in ("Day", "Month", "Year")))
    draft.put("urldate", str(accessed or ""))
    return _WORD_TYPES.get(kind, "misc")


_RECORDS: dict[str, Callable[[Draft, Element], str]] = {"PubmedArticle": _pubmed, "record": _endnote, "Source": _word}
