"""Find the lists of references in a document: where they begin and end, and what in them is the page's, not the list's.

A document is lines. A list begins at a heading that names it, and ends at the next heading of its rank,
or at one that names something else (an appendix, acknowledgements).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refcheck.text import dates, titles

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS = frozenset(
    titles.folded(name)
    for name in """bibliography/references/reference list/list of references/works cited/work cited/works consulted/literature/
    literature cited/cited literature/cited works/sources/source list/list of sources/sources cited/references cited/notes and references/
    references and notes/references and further reading/bibliography and references/selected bibliography/annotated bibliography/
    further reading/citations/literatur/literaturverzeichnis/literaturangaben/literaturliste/quellen/quellenverzeichnis/quellenangaben/
    referenzen/bibliographie/références/références bibliographiques/ouvrages cités/sources bibliographiques/bibliografía/referencias/
    referencias bibliográficas/obras citadas/fuentes/referências/referências bibliográficas/obras citadas/bibliografia/riferimenti/
    riferimenti bibliografici/fonti/opere citate/literatuur/literatuurlijst/bronnen/bronnenlijst/referenties/litteratur/litteraturlista/
    litteraturförteckning/litteraturliste/källor/källförteckning/referenser/kilder/kildeliste/referanser/lähteet/lähdeluettelo/
    kirjallisuus/literatura/źródła/piśmiennictwo/literatura/použitá literatura/zdroje/irodalom/irodalomjegyzék/bibliografie/surse/
    kaynakça/kaynaklar/βιβλιογραφία/литература/список литературы/библиография/источники/література/джерела/参考文献/引用文献/参考资料/
    参考書目/參考文獻/文献/참고문헌/المراجع/ביבליוגרפיה/מקורות""".split("/")
    for name in [name.strip()]
)
ENDINGS = frozenset(
    titles.folded(name)
    for name in """appendix/appendices/acknowledgements/acknowledgments/acknowledgement/acknowledgment/about the author/about the authors/
    author information/license/licence/copyright/index/glossary/endnotes/footnotes/contact/disclaimer/funding/conflict of interest/
    competing interests/author contributions/data availability/anhang/danksagung/annexe/annexes/remerciements/apéndice/agradecimientos/
    supplementary material/supporting information/colophon/end notes/anexo/anexos""".split("/")
    for name in [name.strip()]
)
_HEADING = re.compile(r"(?P<hash>#{1,6}[ \t]+)?(?:(?:\d+|[IVX]+)[.)]?[ \t]+)?[*_]{0,3}(?P<name>[^\n#*_]{3,50})\Z")
_RULE = re.compile(r"\s*(?:=+|-{3,}|\*{3,}|_{3,})\s*")
_PAGE = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von)\s*\d{1,4})?(?:\s*[-–—])?\s*\Z", re.IGNORECASE
)
YEAR = re.compile(rf"(?<!\d){dates.YEAR}(?!\d)")
MARKER = re.compile(r"\A[ \t]*(?:\[\^?[\w+-]{1,20}\]:?|\(\d{1,3}\)|\d{1,3}[.)](?=\s)|[-*+•◦▪–—·](?=\s))[ \t]*")
CONTINUES = re.compile(r"\s*(?:<?https?://|URL\b|www\.|doi:|[a-z]|<|\)|,|;|&|Retrieved|Available|Accessed)")
_FINISHED = re.compile(r"[.;>)\]\"”’/!?]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document without its end; `following` is where the next one starts."""

    start: int
    text: str
    following: int

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text.strip(" \t\x0b\x0c\ufeff\u2028\u2029\xa0\x85\x1c\x1d\x1e\x1f")

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.start + len(self.text)


def lines(text: str) -> list[Line]:
    """Split a document into lines, at the line ends of files and nothing else; a byte order mark is no part of the first."""
    found: list[Line] = []
    for match in re.finditer(r"([^\r\n]*)(\r\n|\n|\r|\Z)", text):
        if match[0] or (match.start() == 0 and not found):
            mark = 1 if match.start() == 0 and match[1].startswith("\ufeff") else 0
            found.append(Line(match.start() + mark, match[1][mark:], match.end()))
    return found


def sections(document: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each list of the document, headings apart."""
    found: list[list[Line]] = []
    current: list[Line] | None = None
    level = 0
    for number, line in enumerate(document):
        heading = _heading(document, number)
        if heading is not None:
            name, depth = heading
            if name in HEADINGS:
                current, level = [], depth
                found.append(current)
                continue
            if current is not None and (depth == 0 or level == 0 or depth <= level):
                current = None
        if current is not None and not _RULE.fullmatch(line.text):
            current.append(line)
    return [section for section in found if any(not line.blank for line in section)]


def _heading(document: Sequence[Line], number: int) -> tuple[str, int] | None:
    """Return (folded name, level; 0 in plain text) where a line is a heading."""
    match = _HEADING.match(document[number].text.strip(" \t\r").rstrip("#*_: \t"))
    if not match or not match["name"].strip():
        return None
    name = titles.folded(match["name"])
    if match["hash"]:
        return name, match["hash"].count("#")
    following = document[number + 1].text if number + 1 < len(document) else ""
    if re.fullmatch(r"\s*(?:={3,}|-{3,})\s*", following):
        return name, 1 if "=" in following else 2
    if name in HEADINGS:
        return name, 0
    if name in ENDINGS and document[number].text.strip()[:1].isupper() and _after_an_end(document, number):
        return name, 0
    alone = (number == 0 or document[number - 1].blank) and (number + 1 == len(document) or document[number + 1].blank)
    ends = name in ENDINGS or re.match(r"(?:appendix|anhang|annexe?|anexo)\s+(?:[a-z]|[ivx]+|\d+)\b", name)
    return (name, 0) if alone and ends else None


def _after_an_end(document: Sequence[Line], number: int) -> bool:
    """Whether the line before ended something."""
    return number == 0 or document[number - 1].blank or bool(_FINISHED.search(document[number - 1].text))


def without_furniture(section: Sequence[Line], document: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return (the list's own lines, the page numbers and running heads among them).

    Where the page broke amid a reference, the blank lines around the break go too.
    """
    heads = _running_heads(section, document)
    kept: list[Line] = []
    dropped: list[Line] = []
    torn = False
    for line in section:
        if not line.blank and _is_furniture(line, section, heads):
            dropped.append(line)
            torn = True
            continue
        if torn and not line.blank:
            _mend(kept, line)
            torn = False
        kept.append(line)
    return kept, dropped


def _mend(kept: list[Line], line: Line) -> None:
    """Close the gap before a line that goes on where the page broke."""
    last = next((number for number in range(len(kept) - 1, -1, -1) if not kept[number].blank), None)
    if last is None:
        return
    if CONTINUES.match(line.text) or not _FINISHED.search(kept[last].text):
        del kept[last + 1 :]
        kept[last] = replace(kept[last], following=line.start)


def _running_heads(section: Sequence[Line], document: Sequence[Line]) -> set[str]:
    """Return the lines that stand elsewhere in the document too, or three times in the list, page numbers apart."""
    inside = {line.start for line in section}
    outside = {_without_number(line.text) for line in document if not line.blank and line.start not in inside}
    repeated = Counter(_without_number(line.text) for line in section if not line.blank and not YEAR.search(line.text))
    return outside | {text for text, times in repeated.items() if times >= 3 and len(section) > 10}


def _without_number(text: str) -> str:
    return re.sub(r"^\d{1,4}[\s|·•–—-]+|[\s|·•–—-]+\d{1,4}$", "", text.strip()[:200]).casefold()


def _is_furniture(line: Line, section: Sequence[Line], heads: set[str]) -> bool:
    if _PAGE.match(line.text):
        return not YEAR.fullmatch(line.text.strip())  # a year alone is what wrapping left of a reference
    short = len(line.text.strip()) < 80 and "://" not in line.text
    alone = MARKER.match(line.text) is None and line.text.strip() not in {"URL", "URL:"}
    return short and alone and len(section) > 1 and _without_number(line.text) in heads and len(_without_number(line.text)) > 2
