"""Web pages: lists of references by their headings, classes and list markup; what links hide is kept."""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from refcheck.model.source import Source, Span
from refcheck.readers import citations, extract
from refcheck.readers.extract import Extract, Hidden, Item

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from refcheck.model.reference import Bibliography

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:[^<>\"']++|\"[^\"]{0,8000}+\"|'[^']{0,8000}+'){0,300}+)>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form header hr html li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6".split()
)
_UNSEEN = frozenset("script style template svg math select textarea head noscript button iframe object".split())
_RAW = frozenset({"script", "style", "textarea", "svg", "math", "template", "head"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADING = re.compile(r"h([1-6])")
_AVAILABLE = re.compile(
    r"\W*(?:available|online|preprint|pdf|full text|open access|link|doi)\b(?:\W*\w+){0,4}\W*(?:<[^<>]*>)?\W*", re.IGNORECASE
)
"""A list within an item that holds nothing but where its reference is."""
_LIST_NAME = re.compile(
    r"(?:^|[\s_-])(?:references?|reflist|refs|bibliography|biblio|citations?-list|citation-list|csl-bib-body|works-?cited|footnotes?|endnotes?|literatur\w*|"
    r"ref-?list|reference-?list|doc-bibliography|doc-endnotes|thebibliography|ltx_bibliography|ltx_biblist)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOTES_NAME = re.compile(r"foot-?notes?|end-?notes?", re.IGNORECASE)
_ENTRY_NAME = re.compile(
    r"(?:^|\s)(?:csl-entry|doc-biblioentry|doc-endnote|ltx_bibitem|bibitem|bib-entry|reference-item|citation-item)(?:$|\s)", re.IGNORECASE
)
_NOISE = re.compile(
    r"(?:^|\s)(?:mw-cite-backlink|mw-editsection|noprint|reversefootnote|footnote-back\w*|footnote-backref|cs1-maint|cs1-hidden-error|Z3988|sr-only|screen-reader-text|"
    r"visually-hidden|ltx_bib_cited|toc|navbox|doc-backlink)(?:$|\s)",
    re.IGNORECASE,
)
_SPACES = str.maketrans("\r\n\t\f\v", "     ")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, whether what it holds is seen, and whether it is a list of references."""

    name: str
    unseen: bool = False
    lists: bool = False
    notes: bool = False


@dataclass(slots=True)
class _Item:
    """An item that is being read. `group` is the number of its list."""

    start: int
    group: int
    depth: int
    listed: bool
    certain: bool
    note: bool
    mark: str = ""
    links: list[Hidden] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """What is known while a page is read from its beginning to its end."""

    base: str
    text: Extract = field(default_factory=Extract)
    stack: list[_Open] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)
    item: _Item | None = None
    items: list[tuple[int, bool, Item]] = field(default_factory=list)
    """(number of its list, whether it is in a list of references, the item)"""
    groups: int = 0
    numbers: dict[int, int] = field(default_factory=dict)
    ordered: set[int] = field(default_factory=set)
    lists: list[int] = field(default_factory=list)
    heading: int = -1
    """Where the text of the heading that is open begins."""
    level: int = 0
    """The level of the heading that names a list of references, while below it."""
    depth: int = 0
    """How many elements that heading stands in, and how many items there were before it."""
    before: int = 0
    anchors: list[tuple[int, str, Span]] = field(default_factory=list)
    emphasis: list[int] = field(default_factory=list)

    @property
    def within(self) -> bool:
        """Whether this is a place where references are listed."""
        return self.level > 0 or self.opened["\0lists"] > 0


def read(source: Source, taken: Container[str] = ()) -> Bibliography:
    """Read the lists of references of a page."""
    page = _Page(source.path if source.path.startswith(("http://", "https://")) else "")
    _walk(source.text, page)
    _end_item(page)
    items = _chosen(page)
    bibliography, marks = extract.read(source, page.text, items, taken)
    return replace(bibliography, citations=citations.in_text(page.text.without(items), bibliography.references, marks))


def _chosen(page: _Page) -> list[Item]:
    """Return the items of the lists of references; where none is named so, those of lists that look like it."""
    named = [item for _, within, item in page.items if within]
    if named:
        return named
    groups: dict[int, list[Item]] = {}
    for group, _, item in page.items:
        groups.setdefault(group, []).append(item)
    return [item for group in groups.values() if extract.looks_like_a_list(page.text, group) for item in group]


def _walk(document: str, page: _Page) -> None:
    """Go through the tags and texts of a page once; whatever is no tag is text."""
    position = 0
    while position < len(document):
        at = document.find("<", position)
        end = len(document) if at < 0 else at
        _take_text(document, position, end, page)
        if at < 0:
            return
        position = _take_markup(document, at, page)


def _take_markup(document: str, at: int, page: _Page) -> int:
    """Take the tag, comment or declaration at a `<`; return where it ends."""
    if document.startswith("<!--", at):
        end = document.find("-->", at + 2)
        return len(document) if end < 0 else end + 3
    tag = _TAG.match(document, at)
    if tag:
        name = tag[2].lower()
        if tag[1]:
            _close(name, tag.start(), page)
        else:
            attributes = _attributes(document, tag)
            if name in _RAW and not tag[3].endswith("/"):
                ending = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(document, tag.end())
                return ending.end() if ending else len(document) if name != "head" else tag.end()
            _open(name, attributes, tag, page)
        return tag.end()
    if re.compile(r"<[!?/]").match(document, at):
        end_of = document.find(">", at)
        return len(document) if end_of < 0 else end_of + 1
    _take_text(document, at, at + 1, page)
    return at + 1


def _attributes(document: str, tag: re.Match[str]) -> dict[str, tuple[str, int]]:
    """Return the attributes of a tag with the places of their values."""
    found: dict[str, tuple[str, int]] = {}
    for match in _ATTRIBUTE.finditer(document, tag.start(3), tag.end(3)):
        group = next((g for g in (2, 3, 4) if match[g] is not None), 1)
        found.setdefault(match[1].lower(), (match[group] if group > 1 else "", match.start(group)))
    return found


def _take_text(document: str, start: int, end: int, page: _Page) -> None:
    if start >= end or page.opened["\0unseen"]:
        return
    at = start
    for entity in _ENTITY.finditer(document, start, end):
        page.text.copy(_flowing(document[at : entity.start()], page), at)
        page.text.put(html.unescape(entity[0]), entity.start())
        at = entity.end()
    page.text.copy(_flowing(document[at:end], page), at)


def _flowing(text: str, page: _Page) -> str:
    """Outside preformatted text, the end of a line is a space."""
    return text if page.opened["pre"] else text.translate(_SPACES)


def _open(name: str, attributes: dict[str, tuple[str, int]], tag: re.Match[str], page: _Page) -> None:
    at = tag.start()
    described = " ".join(attributes.get(n, ("", 0))[0] for n in ("class", "role"))
    named = f"{described} {attributes.get('id', ('', 0))[0]}"
    if name == "br":
        page.text.put("\n", at)
    elif name == "hr" and len(page.items) + bool(page.item) > page.before:
        _end_item(page)
        page.level = 0
    if name in _VOID or tag[3].endswith("/"):
        return
    unseen = (
        name in _UNSEEN
        or bool(_NOISE.search(described))
        or "hidden" in attributes
        or bool(_HIDDEN.search(attributes.get("style", ("", 0))[0]))
    )
    if name == "a" and not page.opened["\0unseen"]:
        _open_link(attributes, page)
    elif name in {"i", "em"} and not page.opened["\0unseen"]:
        page.emphasis.append(len(page.text))
        page.text.put("*", at)
    if name not in _BLOCKS and not unseen and not _ENTRY_NAME.search(described):
        return
    if name in _BLOCKS:
        page.text.open_line(at, 2)
        page.emphasis.clear()
    _close_implied(name, at, page)
    lists = name in {"ol", "ul", "div", "section", "dl", "table", "aside"} and bool(_LIST_NAME.search(named))
    element = _Open(name, unseen, lists, lists and bool(_NOTES_NAME.search(named)))
    page.stack.append(element)
    page.opened[name] += 1
    page.opened["\0unseen"] += element.unseen
    page.opened["\0lists"] += element.lists
    page.opened["\0notes"] += element.notes
    if not element.unseen:
        _begin(name, attributes, described, page)


def _begin(name: str, attributes: dict[str, tuple[str, int]], described: str, page: _Page) -> None:
    """Begin a list, a heading or an item."""
    if name in {"ol", "ul", "dl", "table"}:
        _open_list(name, attributes, page)
    elif heading := _HEADING.fullmatch(name):
        _end_item(page)
        page.heading = len(page.text)
        if page.level and int(heading[1]) <= page.level:
            page.level = 0
    else:
        _open_item(name, described, page)


def _close_implied(name: str, at: int, page: _Page) -> None:
    """An item or a paragraph ends where the next one begins, though nobody closed it."""
    ends = {"li": {"li"}, "dd": {"dd", "dt"}, "dt": {"dd", "dt"}, "tr": {"tr"}, "td": {"td", "th"}, "th": {"td", "th"}}.get(name, set())
    if page.stack and page.stack[-1].name == "p" and name in _BLOCKS:
        _close("p", at, page)
    if ends and page.stack and page.stack[-1].name in ends:
        _close(page.stack[-1].name, at, page)


def _open_link(attributes: dict[str, tuple[str, int]], page: _Page) -> None:
    value, place = attributes.get("href", ("", 0))
    url = html.unescape(value).strip()
    url = urljoin(page.base, url) if page.base and url and not url.startswith("#") else url
    page.anchors = [(len(page.text), url if re.match(r"(?:https?|ftp)://[^\s<>]+$", url) else "", Span(place, place + len(value)))]


def _open_list(name: str, attributes: dict[str, tuple[str, int]], page: _Page) -> None:
    page.groups += 1
    page.lists.append(page.groups)
    start = attributes.get("start", ("1", 0))[0]
    page.numbers[page.groups] = int(start) - 1 if re.fullmatch(r"\d{1,5}", start) else 0
    if name == "ol":
        page.ordered.add(page.groups)


def _open_item(name: str, described: str, page: _Page) -> None:
    """Begin an item at a list item; below a heading or in a list of references, at a paragraph, too, if no item is open."""
    entry = bool(_ENTRY_NAME.search(described))
    listed = name in {"li", "dd", "tr"}
    group = page.lists[-1] if page.lists else 0
    if (
        entry
        or listed
        or (name in {"p", "div", "blockquote"} and page.within and (page.item is None or not (page.item.listed or page.item.certain)))
    ):
        _end_item(page)
        mark = ""
        if name == "li" and group:
            page.numbers[group] += 1
            mark = str(page.numbers[group]) if group in page.ordered else ""
        note = page.opened["\0notes"] > 0
        certain = not note and (entry or (listed and page.opened["\0lists"] > 0 and page.level == 0))
        page.item = _Item(len(page.text), group, len(page.stack), listed, certain, note, mark)


def _close(name: str, at: int, page: _Page) -> None:
    if name == "a":
        for start, url, place in page.anchors:
            if url and start <= len(page.text) and not page.opened["\0unseen"]:
                links: list[Hidden] = []
                page.text.close_link(start, url, place, links)
                if page.item:
                    page.item.links += links
                else:
                    page.text.write_links(links, at)
        page.anchors = []
    elif name in {"i", "em"} and page.emphasis:
        start = page.emphasis.pop()
        said = page.text.said(start + 1)
        if said.strip() and len(said) <= 400 and "*" not in said:
            page.text.put("*", at)
        else:
            page.text.remove(start, start + 1)
    if not page.opened[name]:
        return
    while page.stack:
        element = page.stack.pop()
        _leave(element, at, page)
        if element.name == name:
            return


def _leave(element: _Open, at: int, page: _Page) -> None:
    page.opened[element.name] -= 1
    page.opened["\0unseen"] -= element.unseen
    page.opened["\0lists"] -= element.lists
    page.opened["\0notes"] -= element.notes
    if page.item and len(page.stack) < page.item.depth:
        _end_item(page)
    if element.name in {"ol", "ul", "dl", "table"} and page.lists and not element.unseen:
        page.lists.pop()
    if heading := _HEADING.fullmatch(element.name):
        _end_heading(int(heading[1]), page)
    elif page.level and len(page.stack) < page.depth:
        page.level = 0 if len(page.items) > page.before else page.level
        page.depth = len(page.stack)
    if element.name in _BLOCKS:
        page.text.open_line(at, 2)


def _end_heading(level: int, page: _Page) -> None:
    """A heading may name a list of references, which goes on up to the next heading of its rank or the end of what it stands in."""
    if page.heading < 0:
        return
    name = page.text.said(page.heading)
    page.heading = -1
    if extract.names_a_list(name):
        page.level, page.depth, page.before = level, len(page.stack), len(page.items)


def _end_item(page: _Page) -> None:
    item, page.item = page.item, None
    if item is None:
        return
    end = len(page.text)
    if item.listed and page.items and item.group > page.items[-1][0] and _AVAILABLE.fullmatch(page.text.said(item.start, end)):
        group, within, before = page.items[-1]
        page.items[-1] = (group, within, replace(before, end=end, links=(*before.links, *item.links)))
        return
    for part in _lines(page.text, item, end):
        page.items.append((item.group, page.within or item.certain or item.note, part))


def _lines(text: Extract, item: _Item, end: int) -> Iterator[Item]:
    """Yield an item; a paragraph whose lines are broken by hand is as many items, where each looks like a reference."""
    whole = Item(item.start, end, tuple(item.links), mark=item.mark, certain=item.certain, note=item.note)
    breaks = [at for at in range(item.start, end) if text.pieces[at] == "\n"] if not item.listed and not item.certain else []
    bounds = [item.start, *breaks, end]
    parts = [Item(a, b, tuple(link for link in item.links if _between(text, link[1].start, a, b))) for a, b in itertools.pairwise(bounds)]
    parts = [part for part in parts if text.said(part.start, part.end).strip()]
    yield from parts if len(parts) > 1 and extract.looks_like_a_list(text, parts) else [whole]


def _between(text: Extract, place: int, start: int, end: int) -> bool:
    return start < end and text.offsets[start] <= place <= text.offsets[end - 1]
