"""Find the lists of references in a document: where they begin and end, and what in them is the page's, not the list's.

A document is lines. A list begins at a heading that names it, and ends at the next heading of its rank,
or at one that names something else (an appendix, acknowledgements).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
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
    referenzen/bibliographie/références/références bibliographiques/ouvrages cités/pour aller plus loin/sources bibliographiques/bibliografía/referencias/
    referencias bibliográficas/obras citadas/fuentes/referências/referências bibliográficas/obras citadas/bibliografia/riferimenti/
    riferimenti bibliografici/fonti/opere citate/literatuur/literatuurlijst/bronnen/bronnenlijst/referenties/litteratur/litteraturlista/
    litteraturförteckning/litteraturliste/källor/källförteckning/referenser/kilder/kildeliste/referanser/lähteet/lähdeluettelo/
    kirjallisuus/literatura/źródła/piśmiennictwo/literatura/použitá literatura/zdroje/irodalom/irodalomjegyzék/bibliografie/surse/
    kaynakça/kaynaklar/βιβλιογραφία/литература/список литературы/библиография/источники/література/джерела/参考文献/引用文献/参考资料/
    参考書目/參考文獻/文献/参考链接/參考連結/参考来源/资料来源/參考來源/參考資料/参考リンク/参考サイト/出典/참고문헌/참고 문헌/참고자료/참고 자료/출처/المراجع/ביבליוגרפיה/מקורות/
    использованная литература/список использованной литературы/библиографический список/список использованных источников/список використаних джерел/використані джерела/
    danh mục tài liệu tham khảo/tài liệu tham khảo/daftar pustaka/referensi/เอกสารอ้างอิง/منابع/kaynakça ve notlar/bibliografía consultada/bibliografia consultada""".split(
        "/"
    )
    for name in [name.strip()]
)
_LISTED = frozenset(
    titles.folded(name)
    for name in """references/reference/bibliography/sources/source/literature/citations/citation/reading/works/links/link/weblinks/notes/resources/books/
    articles/papers/websites/sites/webpages/pages/films/videos/podcasts/documents/archives/newspapers/journals/reports/publications/webography/
    endnotes/footnotes/netografia/webografía/webografia/источников/литературы/quellen/literatur/literaturhinweise/einzelnachweise/anmerkungen/fußnoten/bücher/aufsätze/artikel/internetquellen/onlinequellen/
    primärliteratur/sekundärliteratur/primärquellen/sekundärquellen/belege/nachweise/références/bibliographie/ouvrages/livres/liens/webographie/
    sitographie/fuentes/bibliografía/referencias/enlaces/libros/artículos/notas/webgrafía/hemerografía/recursos/referências/ligações/livros/artigos/
    bibliografia/sitografia/fonti/riferimenti/collegamenti/note/libri/articoli/bronnen/literatuur/boeken/artikelen/noten/voetnoten/verwijzingen/källor/litteratur/länkar/
    böcker/noter/kilder/lenker/bøger/źródła/literatura/przypisy/książki/artykuły/linki/zdroje/odkazy/poznámky/источники/литература/ссылки/примечания/книги/статьи""".split(
        "/"
    )
    for name in [name.strip()]
) | frozenset(word for name in HEADINGS for word in name.split() if len(word) > 4)
_BESIDE = frozenset(
    titles.folded(name)
    for name in """and und et y e i og och en or of the to for from in on a an list selected select further additional external other others more primary secondary main
    key cited consulted quoted used annotated recommended suggested useful general important normative informative informational non patent online web
    internet print printed electronic digital academic scholarly historical archival unpublished published weiterführende verwendete benutzte ausgewählte externe
    weitere zitierte im am zum die der autres externes internet primaires secondaires en ligne otras otros externos consultadas citadas de del la las los altre altri esterni
    andere externe verder lezen vidare läsning externa zewnętrzne и для select readings other использованных использованной""".split()
)
ENDINGS = frozenset(
    titles.folded(name)
    for name in """appendix/appendices/acknowledgements/acknowledgments/acknowledgement/acknowledgment/about the author/about the authors/
    author information/license/licence/copyright/index/glossary/endnotes/footnotes/contact/disclaimer/funding/conflict of interest/
    competing interests/author contributions/data availability/anhang/danksagung/annexe/annexes/remerciements/apéndice/agradecimientos/
    supplementary material/supporting information/colophon/end notes/anexo/anexos/list of figures/list of tables/figure captions/figure legends/tables/figures/abbildungsverzeichnis/
    tabellenverzeichnis/spis rysunków/spis tabel/table des illustrations/declaration/declarations/eidesstattliche erklärung/selbstständigkeitserklärung/
    comments/kommentare/commentaires/comentarios/related posts/related articles/share this/biography/author biography/über die autorin/über den autor/
    l'autore/l'autrice/sobre el autor/à propos de l'auteur/nota biografica""".split("/")
    for name in [name.strip()]
)
_HEADING = re.compile(
    r"(?P<hash>#{1,6}[ \t]+)?(?:(?:chapter[ \t]+|kapitel[ \t]+|chapitre[ \t]+|capítulo[ \t]+)?(?:\d+(?:\.\d+)*|[IVX]+)[.):]?[ \t]+)?[*_]{0,3}(?P<name>[^\n#*_]{3,80})\Z",
    re.IGNORECASE,
)
_NUMBERED_PART = re.compile(r"\s*(?:\([^()]*\)|\b(?:[IVX]{1,4}|\d{1,2}))\s*:?\s*$")  # References II, References (continued)
_NUMBERED_HEADING = re.compile(r"\s*\d{1,2}\.\s+")
_FOOT = re.compile(r"\[page\s+[\divxl]{1,5}\]\s*$", re.IGNORECASE)  # as RFCs end their pages
_TABLE_RULE = re.compile(r"\s*\|[\s|:-]+")
_SPACED = re.compile(r"(?:[^\W\d_] ){4,}[^\W\d_]")
_TOOLS = re.compile(
    r"\s*\[(?:edit|edit source|bearbeiten|quelltext bearbeiten|modifier(?: le code)?|editar|modifica|bewerken|redigera|edytuj|править)\b[^\]]*\]",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*(?:=+|-{3,}|\*{3,}|_{3,})\s*")
_PAGE = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von)\s*\d{1,4})?(?:\s*[-–—])?\s*\Z", re.IGNORECASE
)
YEAR = re.compile(rf"(?<!\d){dates.YEAR}(?!\d)")
BULLET = "[-*+•◦▪▫–—·‣⁃●○■□◆◇►▶▸▹❖✓✔➤➢]"
_ROMAN = "(?:x{1,3}|x{0,3}(?:i{1,3}|i?x|iv|vi{1,3}))"  # not "v.", which is "von", too
_BACK = r"(?:(?:\*\*)?[\^↑](?:\*\*)?(?:[ \t]+[_*]*[a-z][_*]*(?=[ \t]))*(?=\s))"  # links back to the text: ^ a b
MARKER = re.compile(
    rf"\A[ \t]*(?:`?\\?\[\^?[\w+/.:-]{{1,24}}\\?\]:?`?|\((?:\d{{1,3}}|{_ROMAN})\)|(?:\d{{1,3}}|{_ROMAN})[.)](?=\s)|\d{{1,3}}(?=[ \t]{{2,}}\S|\t)|{BULLET}(?=\s)|・|{_BACK})"
    rf"(?:[ \t]+{_BACK}|(?:[ \t]+\*\*[A-Z]{{1,2}}\d{{1,3}}\*\*(?=\s)))?[ \t]*"
)
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
    """Return the lines of each list of the document that a heading names, headings apart."""
    return [section.lines for section in headed(document) if not section.may_be]


@dataclass(slots=True)
class Section:
    """The lines below a heading: of a list, or of what may be one because the heading's words allow it.

    `within` says that a list went before, of which it may be a part.
    """

    lines: list[Line] = field(default_factory=list)
    may_be: bool = False
    within: bool = False


def headed(document: Sequence[Line]) -> list[Section]:
    """Return the sections of the document that are lists of references, or may be."""
    found: list[Section] = []
    current: Section | None = None
    level = 0
    for number, line in enumerate(document):
        heading = _heading(document, number)
        if heading is not None:
            name, depth = heading
            if (named := name in HEADINGS) or _may_name_a_list(name):
                within = current is not None and bool(current.within or not current.may_be)
                current, level = Section(may_be=not named, within=within), depth
                found.append(current)
                continue
            if current is not None and (depth == 0 or level == 0 or depth <= level):
                current = None
        if current is not None and not _RULE.fullmatch(line.text):
            current.lines.append(line)
    return [section for section in found if any(not line.blank for line in section.lines)]


def ends_with_a_heading(document: Sequence[Line]) -> bool:
    """Whether the last line that says something is the heading of a list."""
    last = max((number for number, line in enumerate(document) if not line.blank), default=None)
    heading = _heading(document, last) if last else None
    return heading is not None and heading[0] in HEADINGS


def _may_name_a_list(name: str) -> bool:
    """Whether a heading is put together from words for lists of references: "Books and articles", "Quellen und Links"."""
    words = name.split()
    return len(words) <= 6 and any(word in _LISTED for word in words) and all(word in _LISTED or word in _BESIDE for word in words)


def _heading(document: Sequence[Line], number: int) -> tuple[str, int] | None:
    """Return (folded name, level; 0 in plain text) where a line is a heading."""
    text = _TOOLS.sub("", document[number].text.strip(" \t\r"))
    if _SPACED.fullmatch(text):
        text = re.sub(r"(?<=\w) (?=\w)", "", text)
    match = _HEADING.match(text.rstrip("#*_: \t"))
    if not match or not match["name"].strip():
        return None
    name = titles.folded(_NUMBERED_PART.sub("", match["name"])) or titles.folded(match["name"])
    if match["hash"]:
        return name, match["hash"].count("#")
    following = document[number + 1].text if number + 1 < len(document) else ""
    if re.fullmatch(r"\s*(?:={3,}|-{3,})\s*", following):
        return name, 1 if "=" in following else 2
    if name in HEADINGS or (_may_name_a_list(name) and _stands_out(document, number)):
        return name, 0
    if name in ENDINGS and document[number].text.strip()[:1].isupper() and _after_an_end(document, number):
        return name, 0
    alone = (number == 0 or document[number - 1].blank) and (number + 1 == len(document) or document[number + 1].blank)
    ends = name in ENDINGS or re.match(
        r"(?:appendix|anhang|annexe?|anexo|allegato|appendice|bijlage|bilaga|vedlegg|bilag|liite|załącznik|příloha|приложение|додаток)\s+(?:[a-z]|[ivx]+|\d+)\b",
        name,
    )
    return (name, 0) if alone and ends else None


def _stands_out(document: Sequence[Line], number: int) -> bool:
    """Whether a line looks like a heading: behind a blank line, with a capital or in emphasis, and with nothing that goes on behind it."""
    text = document[number].text.strip()
    alone = (number == 0 or document[number - 1].blank) and (MARKER.match(text) is None or _NUMBERED_HEADING.match(text))
    return bool(alone) and bool(re.match(r"[\W_\d]*[^\W\d_a-zß-ÿ]", text)) and not text.endswith((".", ","))


def _after_an_end(document: Sequence[Line], number: int) -> bool:
    """Whether the line before ended something."""
    return number == 0 or document[number - 1].blank or bool(_FINISHED.search(document[number - 1].text))


def times_said(document: Sequence[Line]) -> Counter[str]:
    """Count the lines of a document that say the same, page numbers apart."""
    return Counter(_without_number(line.text) for line in document if not line.blank)


def without_furniture(section: Sequence[Line], said: Counter[str]) -> tuple[list[Line], list[Line]]:
    """Return (the list's own lines, the page numbers and running heads among them); `said` are the lines of the whole document.

    Where the page broke amid a reference, the blank lines around the break go too.
    """
    heads = _running_heads(section, said)
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


def _running_heads(section: Sequence[Line], said: Counter[str]) -> set[str]:
    """Return the lines that stand elsewhere in the document too, or three times in the list, page numbers apart."""
    outside = {text for text, times in times_said(section).items() if said[text] > times}
    repeated = Counter(_without_number(line.text) for line in section if not line.blank and not YEAR.search(line.text))
    return outside | {text for text, times in repeated.items() if times >= 3 and len(section) > 10}


def _without_number(text: str) -> str:
    numbers = r"^\d{1,4}[\s|·•–—-]+|[\s|·•–—-]+(?:\[page\s+\d{1,4}\]|\d{1,4})$"
    return re.sub(numbers, "", " ".join(text.split())[:200], flags=re.IGNORECASE).casefold()


def _is_furniture(line: Line, section: Sequence[Line], heads: set[str]) -> bool:
    if _FOOT.search(line.text) or _TABLE_RULE.fullmatch(line.text):
        return True
    if YEAR.fullmatch(line.text.strip().rstrip(".")):
        return False  # what wrapping left of a reference
    if _PAGE.match(line.text):
        return True
    short = len(" ".join(line.text.split())) < 80 and "://" not in line.text
    alone = (MARKER.match(line.text) is None or re.match(r"\s*\d{1,4}\s{2,}", line.text) is not None) and line.text.strip() not in {
        "URL",
        "URL:",
    }
    return short and alone and len(section) > 1 and _without_number(line.text) in heads and len(_without_number(line.text)) > 2
