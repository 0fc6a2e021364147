"""PDF documents, by their text layer. The source's text is what the pages say, line by line, with indents and gaps as they are printed."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from refcheck.model.reference import Bibliography, Unreadable
from refcheck.model.source import Source
from refcheck.readers import citations, prose
from refcheck.text import identifiers

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

MOST_PAGES = 3000
_BROKEN = frozenset({0x02, 0xFFFE})
"""What PDFium has in the place of a hyphen that broke a word, whose other half it has moved up."""
_LINE_ENDS = frozenset({0x0A, 0x0D})


@dataclass(slots=True)
class _Line:
    """A line of a page: its text, where its first letter stands, its height, and the numbers of its characters."""

    text: str
    left: float
    bottom: float
    first: int
    last: int


def read(path: str, data: bytes, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read the text layer of a PDF."""
    try:
        import pypdfium2  # noqa: PLC0415 - an extra, and a library in C
    except ImportError:
        return Unreadable(path, "reading a PDF needs a library: pip install 'refcheck-bib[pdf]'")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "security" in str(error).lower():
            return Unreadable(path, "the PDF is encrypted; save a copy without a password")
        return Unreadable(path, "the PDF is damaged and cannot be opened; save or download it again")
    try:
        pages = [_page(document, number) for number in range(min(len(document), MOST_PAGES))]
    finally:
        document.close()
    text = "\n".join(page for page in pages if page) + "\n"
    if len(re.findall(r"[^\W\d_]", text)) < 40:
        return Unreadable(path, "the PDF has no text, only pictures of pages; run a text recognition (OCR) over it first")
    found = prose.read(Source(path, text, "pdf"), taken)
    return replace(found, citations=citations.in_prose(found))


def _page(document: Any, number: int) -> str:  # noqa: ANN401 - a library without types
    """Return the text of a page, or '' where it cannot be read."""
    import pypdfium2  # noqa: PLC0415

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    lines = list(_lines(text))
    _add_links(page, text, lines)
    said = "\n".join(_set(lines))
    text.close()
    page.close()
    return said


def _lines(text: Any) -> Iterator[_Line]:  # noqa: ANN401
    from pypdfium2 import raw  # noqa: PLC0415

    letters: list[str] = []
    first = 0
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in _LINE_ENDS:
            if "".join(letters).strip():
                yield _line(text, letters, first, index)
            letters, first = [], index + 1
        elif code in _BROKEN:
            letters.append("-" if re.search(r"(?:://|www\.)\S*\Z", "".join(letters[-300:])) else "")
        else:
            letters.append(chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " ")
    if "".join(letters).strip():
        yield _line(text, letters, first, text.count_chars())


def _line(text: Any, letters: list[str], first: int, last: int) -> _Line:  # noqa: ANN401
    said = "".join(letters)
    lead = len(said) - len(said.lstrip())
    left, bottom, *_ = text.get_charbox(first + lead, loose=True)
    return _Line(re.sub(r" {2,}", " ", said.strip()), left, bottom, first, last)


def _add_links(page: Any, text: Any, lines: list[_Line]) -> None:  # noqa: ANN401
    """Write the addresses of links that the page's text does not tell behind the lines that they end in."""
    flat = re.sub(r"\s+", "", "".join(line.text for line in lines))
    pending: dict[str, int] = {}
    for url, rectangle in _links(page):
        if re.match(r"https?://[^\s<>]+$", url) and not _is_told(url, flat):
            index = text.get_index(rectangle.right - 2, (rectangle.bottom + rectangle.top) / 2, 6, 6)
            if index is not None:
                pending[url] = max(index, pending.get(url, 0))
    for url, index in sorted(pending.items(), key=lambda item: item[1]):
        line = next((line for line in lines if line.first <= index < line.last), None)
        if line:
            line.text += f" <{url}>"


def _is_told(url: str, flat: str) -> bool:
    bare = re.sub(r"^https?://(?:www\.)?|/$", "", url)
    found = [value for _, value, *_ in identifiers.find(url)]
    return bare in flat or any(value in flat.lower() for value in found)


def _links(page: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield (address, rectangle) of the links of a page."""
    from pypdfium2 import raw  # noqa: PLC0415

    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(2000):
        if not raw.FPDFLink_Enumerate(page, position, link):
            return
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0) if action else 0
        rectangle = raw.FS_RECTF()
        if 1 < size < 4000 and raw.FPDFLink_GetAnnotRect(link, rectangle):
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
            yield buffer.value.decode("utf-8", "replace"), rectangle


def _set(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield lines with their indents, and blank ones where the page leaves a gap."""
    gaps = [one.bottom - other.bottom for one, other in itertools.pairwise(lines) if 0 < one.bottom - other.bottom < 60]
    usual = median(gaps) if gaps else 0.0
    lefts = Counter(round(line.left) for line in lines)
    for before, line in zip([None, *lines], lines, strict=False):
        if before and usual and usual * 1.35 + 1 < before.bottom - line.bottom < 80:
            yield ""
        yield " " * _indent(line, lefts) + line.text


def _indent(line: _Line, lefts: Counter[int]) -> int:
    """Return how many letters a line stands to the right of the margin of its column."""
    left = round(line.left)
    margin = min((other for other in range(left - 45, left - 3) if lefts[other] >= 2), default=left)
    return min(8, (left - margin + 2) // 4)
