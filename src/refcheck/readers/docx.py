"""Word documents (.docx): the typed list, the citations of Zotero, Mendeley and EndNote, and Word's own sources.

The source's text is the document's: one paragraph a line, so a line of a report is a paragraph.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from refcheck.bibtex import keys
from refcheck.model.reference import Bibliography, Citation, Reference, Unreadable
from refcheck.model.source import Source, Span
from refcheck.prose import sections
from refcheck.readers import citations, csl, extract, markdown, prose, records
from refcheck.readers.archive import Archive, TooLargeError, open_archive
from refcheck.readers.extract import Extract, Hidden, Item
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from xml.etree.ElementTree import Element

_DAMAGED = "the Word document is damaged; open it in Word and save it again"
_ADDRESS = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
_JSON = re.compile(r"\s*ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(\{.*)", re.DOTALL)
_ENDNOTE = re.compile(r"\s*ADDIN\s+EN\.CITE\s*(<.*)", re.DOTALL)
_WORD = re.compile(r"\s*CITATION\s+(\S+)")
_GENERATED = re.compile(r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|Mendeley\s+Bibliography|CSL_BIBLIOGRAPHY|EN\.REFLIST)|BIBLIOGRAPHY\b)")
_DEEPEST = 60
_MENDELEY = "MENDELEY_CITATION_v3_"


@dataclass(slots=True)
class _Field:
    """A field code that is open: its instruction, and where its result begins."""

    code: str = ""
    start: int = -1


@dataclass(slots=True)
class _Document:
    """What is gathered while the parts of a document are read."""

    links: dict[str, str]
    headings: dict[str, int]
    text: list[str] = field(default_factory=list)
    length: int = 0
    fields: list[_Field] = field(default_factory=list)
    cited: list[tuple[dict[str, Any], Span]] = field(default_factory=list)
    exported: list[tuple[str, Span]] = field(default_factory=list)
    tags: list[tuple[str, Span]] = field(default_factory=list)
    """The keys that citations of Word's own name."""
    levels: dict[int, int] = field(default_factory=dict)
    """The level of each heading, by the number of its paragraph."""
    paragraphs: list[Span] = field(default_factory=list)
    generated: set[int] = field(default_factory=set)
    """The paragraphs of lists that a reference manager made."""

    def write(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def since(self, begin: int) -> str:
        """Return what was written from a place on."""
        at, length = len(self.text), self.length
        while at and length > begin:
            at -= 1
            length -= len(self.text[at])
        return "".join(self.text[at:])[begin - length :]


def read(path: str, data: bytes, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read a Word document."""
    archive = open_archive(data)
    try:
        main = archive.text("word/document.xml") if archive else ""
        root = records.parse(main) if main else _DAMAGED
        if archive is None or isinstance(root, str):
            return Unreadable(path, _DAMAGED)
        document = _Document(_links(archive, "document"), _headings(archive))
        _body(root, document)
        for notes in ("footnotes", "endnotes"):
            _notes(archive, notes, document)
        sources = [
            text for name in archive.names if re.fullmatch(r"customXml/item\d+\.xml", name) and "Sources" in (text := archive.text(name))
        ]
    except TooLargeError:
        return Unreadable(
            path, "it unpacks to more than 64 MB, which no bibliography needs; save the list of references as a document of its own"
        )
    return _bibliography(Source(path, "".join(document.text), "docx"), document, sources, taken)


def _bibliography(source: Source, document: _Document, sources: list[str], taken: Container[str]) -> Bibliography:
    used = keys.Used(taken)
    managed, marks = _managed(source, document, used)
    word = [reference for text in sources for reference in _foreign(source, text, Span(0, 0), used)]
    typed, own = _typed(source, document, used)
    text = citations.in_prose(typed) if typed.references else ()
    tagged = (Citation(tag, source.slice(span), span) for tag, span in document.tags)
    return replace(typed, references=(*managed, *word, *typed.references), citations=(*marks, *tagged, *own, *text))


def _managed(source: Source, document: _Document, used: keys.Used) -> tuple[list[Reference], list[Citation]]:
    """Return the works that citations of reference managers carry, each once, and the citations."""
    references: list[Reference] = []
    marks: list[Citation] = []
    known: dict[str, str] = {}
    for item, span in document.cited:
        name = str(item.get("DOI") or item.get("id") or "") or titles.folded(str(item.get("title")))
        if name not in known:
            found = csl.read_items(source, [({**item, "id": item.get("citation-key") or ""}, span)], used)
            references += found
            used.update(reference.key for reference in found)
            known[name] = found[0].key
        marks.append(Citation(known[name], source.slice(span), span))
    for text, span in document.exported:
        for reference in _foreign(source, text, span, used):
            name = titles.folded(reference.title)
            if name not in known:
                known[name] = reference.key
                references.append(reference)
            marks.append(Citation(known[name], source.slice(span), span))
    return references, marks


def _foreign(source: Source, text: str, span: Span, used: keys.Used) -> Iterator[Reference]:
    """Yield the references of XML inside the document; their places are that of the citation."""
    found = records.read(Source(source.path, text, "endnote"), used)
    for reference in found.references if isinstance(found, Bibliography) else ():
        used.add(reference.key)
        yield replace(
            reference,
            span=span,
            key_span=Span(span.start, span.start),
            source=source,
            unmarked="",
            fields={name: replace(item, start=span.start, end=span.end) for name, item in reference.fields.items()},
            links=tuple(replace(link, span=span) for link in reference.links),
            identifiers=tuple(replace(item, span=span) for item in reference.identifiers),
        )


def _typed(source: Source, document: _Document, taken: Container[str]) -> tuple[Bibliography, tuple[Citation, ...]]:
    """Read the typed list: the paragraphs below its heading, else what looks like a list, else footnotes that are references."""
    text = Extract()
    text.copy(source.text, 0)
    below = [document.paragraphs[number] for number in _listed(source, document)]
    items = [Item(span.start, span.end) for span in below if source.slice(span).strip()]
    if items and (len(items) < 3 or extract.looks_like_a_list(text, items)):
        return extract.read(source, text, items, taken)[0], ()
    generated = [document.paragraphs[number] for number in document.generated]
    seen = source.text
    for span in generated:
        seen = seen[: span.start] + " " * (span.end - span.start) + seen[span.end :]
    managed = bool(document.cited or document.exported)
    if not extract.has_list(seen):
        noted, marks = markdown.footnotes(source, seen, taken)
        if noted.references or managed:
            return noted, marks
    return replace(prose.read(replace(source, text=seen), taken), source=source), ()


def _listed(source: Source, document: _Document) -> Iterator[int]:
    """Yield the paragraphs below a heading that names a list of references, up to the next heading or an ending."""
    level: int | None = None
    for number, span in enumerate(document.paragraphs):
        name = titles.folded(re.sub(r"^\s*#*\s*(?:\d+[.)]?\s+)?", "", source.slice(span)[:80]))
        own = document.levels.get(number)
        if name in sections.HEADINGS or (own is not None and extract.names_a_list(name)):
            level = own or 9
        elif level is not None and ((own is not None and own <= level) or (name in sections.ENDINGS and span.end - span.start < 60)):
            level = None
        elif level is not None and own is None and number not in document.generated:
            yield number


# The parts


def _links(archive: Archive, part: str) -> dict[str, str]:
    """Return the addresses that a part refers to, by their numbers."""
    root = records.parse(archive.text(f"word/_rels/{part}.xml.rels") or "<none/>")
    if isinstance(root, str):
        return {}
    return {item.get("Id", ""): item.get("Target", "") for item in root.iter("Relationship") if item.get("TargetMode") == "External"}


def _headings(archive: Archive) -> dict[str, int]:
    """Return the level of each style that is a heading; the name of the style is English in every language."""
    root = records.parse(archive.text("word/styles.xml") or "<none/>")
    found = {}
    for style in root.iter("style") if not isinstance(root, str) else ():
        name = _value(style.find("name"))
        level = re.fullmatch(r"(?:heading )(\d)|(title)", name, re.IGNORECASE)
        if level:
            found[_attribute(style, "styleId")] = int(level[1] or 1)
    return found


def _attribute(element: Element | None, name: str) -> str:
    """Return an attribute whatever its namespace."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "") if element is not None else ""


def _value(element: Element | None) -> str:
    return _attribute(element, "val")


def _body(root: Element, document: _Document) -> None:
    for paragraph in root.iter("p"):
        _paragraph(paragraph, document, "")
    for tag in root.iter("tag"):
        _mendeley(_value(tag), document)


def _notes(archive: Archive, part: str, document: _Document) -> None:
    """Write the notes behind the text, as footnotes of Markdown."""
    root = records.parse(archive.text(f"word/{part}.xml") or "<none/>")
    notes = [note for note in root.iter(part[:-1]) if not _attribute(note, "type")] if not isinstance(root, str) else []
    if not notes:
        return
    document.links |= _links(archive, part)
    document.levels[len(document.paragraphs)] = 1
    document.paragraphs.append(Span(document.length, document.length + 11))
    document.write("# Footnotes\n")
    for number, note in enumerate(notes, 1):
        for place, paragraph in enumerate(note.iter("p")):
            _paragraph(paragraph, document, f"[^{number}]: " if place == 0 else "  ")


def _paragraph(paragraph: Element, document: _Document, prefix: str) -> None:
    number = len(document.paragraphs)
    start = document.length
    style = _value(paragraph.find("pPr/pStyle"))
    outline = _value(paragraph.find("pPr/outlineLvl"))
    level = int(outline) + 1 if outline.isdecimal() and len(outline) == 1 and outline != "9" else document.headings.get(style)
    was_generated = any(_GENERATED.match(item.code) for item in document.fields)
    said = document.length
    document.write(prefix)
    _runs(paragraph, document)
    if level and document.length > said:
        document.levels[number] = level
    if was_generated or any(_GENERATED.match(item.code) for item in document.fields):
        document.generated.add(number)
    document.paragraphs.append(Span(start, document.length))
    document.write("\n")


def _runs(parent: Element, document: _Document, depth: int = 0) -> None:
    """Write what a paragraph says; text that was deleted is not in `w:t`."""
    for element in parent if depth < _DEEPEST else ():
        if element.tag == "t":
            document.write(re.sub(r"\s+", " ", element.text or ""))
        elif element.tag in {"tab", "ptab", "br", "cr"}:
            document.write(" ")
        elif element.tag == "noBreakHyphen":
            document.write("-")
        elif element.tag == "instrText" and document.fields:
            document.fields[-1].code += element.text or ""
        elif element.tag == "fldChar":
            _field(_attribute(element, "fldCharType"), document)
        elif element.tag in {"hyperlink", "fldSimple"}:
            begin = document.length
            _runs(element, document, depth + 1)
            code = _attribute(element, "instr")
            target = document.links.get(_attribute(element, "id"), "")
            _end_link(code, target, begin, document)
        elif element.tag not in {"pPr", "rPr", "del", "moveFrom", "p", "footnoteReference", "AlternateContent"}:
            _runs(element, document, depth + 1)


def _field(kind: str, document: _Document) -> None:
    if kind == "begin":
        document.fields.append(_Field(start=document.length))
    elif kind == "separate" and document.fields:
        document.fields[-1].start = document.length
    elif kind == "end" and document.fields:
        ended = document.fields.pop()
        _end_link(ended.code, "", ended.start, document)


def _end_link(code: str, target: str, begin: int, document: _Document) -> None:
    """End a link or a field: write the address that its text does not tell, note what a reference manager put into it."""
    span = Span(begin, document.length)
    address = _ADDRESS.match(code)
    url = address[1] if address else target
    if re.match(r"https?://[^\s<>]+$", url):
        said = Extract()
        said.copy(document.since(begin), begin)
        links: list[Hidden] = []
        said.close_link(0, url, span, links)
        for found, _ in links:
            document.write(f" <{found}>")
    if found_json := _JSON.match(code):
        _note_items(found_json[1], span, document)
    elif found_xml := _ENDNOTE.match(code):
        document.exported.append((found_xml[1], span))
    elif found_tag := _WORD.match(code):
        tags = (found_tag[1], *re.findall(r"\\m\s+(\S+)", code))
        document.tags += [(tag, span) for tag in tags]


def _note_items(text: str, span: Span, document: _Document) -> None:
    try:
        value = json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return
    items = value.get("citationItems") if isinstance(value, dict) else None
    for item in items if isinstance(items, list) else ():
        work = item.get("itemData") if isinstance(item, dict) else None
        if isinstance(work, dict) and work.get("title"):
            document.cited.append((work, span))


def _mendeley(tag: str, document: _Document) -> None:
    """Take a citation of Mendeley Cite: JSON in the tag of a content control."""
    if tag.startswith(_MENDELEY):
        try:
            text = base64.b64decode(tag.removeprefix(_MENDELEY) + "==").decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return
        _note_items(text, Span(0, 0), document)
