"""What has a grammar of its own in a reference: addresses, identifiers, access dates, emphasis.

It is recognised first and masked with marks of the same length, so that the rest can be read
without it and every offset stays true. An address or identifier leaves other marks than an access date or
than emphasis, because the model looks at where they stood.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from refcheck.model.reference import PartialDate
from refcheck.text import dates, identifiers, urls

MASK, ADDRESS, ACCESSED = "\x00", "\x01", "\x02"
_SHORT_DATE = re.compile(r"\d{1,2}(?:\.\s?\d{1,2}\.\s?|/\d{1,2}/|-\d{1,2}-)(\d\d)(?!\d)")
MASKS = re.compile(r"[\x00-\x02]")
_LABEL = r"(?:(?:URLs?|Links?|Online|Web|PDF|Available(?:\s+(?:online|at|from|via|under))*|Retrieved(?:\s+from)?|Accessed(?:\s+at)?|Accessible\s+at|Disponible\s+(?:en|sur)|Disponível\s+em|Verfügbar\s+unter|See|At|From)\s*:?\s*)?"
_ANGLED = re.compile(rf"{_LABEL}<\s*((?:https?://|www\.)[^<>]*?)\s*>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\[\]]*)\]\(\s*<?((?:https?://|www\.)[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)")
_WITHIN = re.compile(r"\[([^\[\]]+)\]\((?:\.{0,2}/|#)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*(?:\s+\"[^\"]*\")?\)")  # to a page of the same site
_WIKI = re.compile(r"\[(https?://[^\s\[\]<>\"]+)[ \t]+([^\[\]]{2,300})\]")  # MediaWiki: [https://example.org Its title]
_WIKI_PAGE = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_ESCAPED = re.compile(r"\\([~_*#&-])")
_TORN = re.compile(  # by a line's end: at a slash or a hyphen before more words with such, or anywhere before "(Accessed"
    r"[^\s\x00-\x02]+[-/] +(?=[^\s\x00-\x02]*(?:/|[-_.][\w%]+[-_.][\w%]))[\w%][^\s\x00-\x02<>\"“”]*[\w/]"
    r"|[^\s\x00-\x02]+- [a-z\d%]+(?:-[a-z\d%]+)+(?=[.,]?(?:\s|$))"
    r"|[^\s\x00-\x02]*[^\s\x00-\x02.,;] (?:\w{1,2}|(?=\S*[\d/_-])[\w%/._-]*[\w%/])(?=\s+\(Accessed\b)"
)
_BEHIND = re.compile(r"[.,;]?\[(?=[^\]]*$)")  # .[Accessed: 2 May 2020]
_GOOGLE = ("https://www.google.com/url?", "http://www.google.com/url?")
_LINK_WORD = re.compile(
    r"\W*(?:link|lien|enlace|pdf|html?|here|hier|ici|aquí|url|doi|web|website|online|source|source code|archived?|mirror|preprint|full text|abstract|read more)\W*",
    re.IGNORECASE,
)
_READ = (
    r"(?:date\s+)?(?:accessed|retrieved|visited|viewed|consulted|checked|cited|downloaded)|access(?:\s+date)?|date\s+of\s+access",
    r"zugriff|abruf(?:datum)?|(?:zuletzt\s+)?(?:abgerufen|aufgerufen|besucht|geprüft|eingesehen)|stand",
    r"(?:page\s+)?consultée?|date\s+de\s+consultation|visitée?",
    r"consultad[oa]|(?:fecha\s+de\s+)?consulta|acceso|accedido|recuperado|visitado",
    r"acesso|acessado",
    r"(?:data\s+di\s+)?accesso|consultato|visitato|visto",
    r"geraadpleegd|bezocht|bekeken",
    r"hämtad|läst|besökt|hentet|lest|besøkt|besøgt|viitattu|luettu",
    r"(?:data\s+)?dostępu?|citováno|дата\s+обращения|обращени[ея]",
)
_ACCESS = re.compile(
    rf"[\[(]?\b(?:(?:last(?:ly)?|letzter|letztmals|dernier|últim[oa]|ultimo|laatst|sist)\s+)?(?:{'|'.join(_READ)})\b"
    r"\s*(?:on|am|le|el|em|il|den|op|w\s+dniu|dnia|die)?\s*[:,]?\s*|\bWeb\.\s+",
    re.IGNORECASE,
)
_ACCESS_BEHIND = re.compile(r"\s*(?:に?閲覧|アクセス|取得)")
_ARCHIVED = re.compile(
    r"[\[(]?\b(?:archived|archiviert|archivé|archivado|archiviato|arkiverad|gearchiveerd)(?:\s+(?:from\s+(?:the\s+)?|vom\s+|de\s+l['’]|desde\s+el\s+|do\s+|dall['’])?original\w*)?"
    r"(?:\s*\(?PDF\)?)?\s*(?:on|am|le|el|em|il|den|op)\s+",
    re.IGNORECASE,
)
_AT_THE_ARCHIVE = re.compile(r"[\W\x00-\x02]*at\s+the[\W\x00-\x02]*(?:Wayback\s+Machine|Internet\s+Archive)\b", re.IGNORECASE)
# Spaces in HTML, and the links that publishers' pages leave in a copied list.
_FOREIGN = re.compile(
    r"&nbsp;|(?:[\[(]?\s*(?:Google\s?Scholar|Cross\s?Ref|PubMed(?:\s?Central)?|View Article|MathSciNet|Full Text)\s*[\])]?[\s,.;|]*)+$"
)
_SORT = re.compile(  # what a list of links says of an item before the link
    r"\A\W{0,3}(?:paper|talk|video|slides|book|blog(?: post)?|article|dataset|code|docs|documentation|website|repo(?:sitory)?|podcast|course|tutorial|thread|report|tweet|link)s?"
    r"\*{0,2}:\*{0,2}\s+(?=[\[\"“*<]|https?://)",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(.{1,400}?)(?<=[^\s*\\])\1(?![\w*])|(?<![\w_\\])(_{1,3})(?=[^\s_])(.{1,400}?)(?<=[^\s_\\])\3(?![\w_])|<(i|em|b|strong|cite|italic|bold|u)>(.{1,400}?)</\5>"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something recognised: the field it fills, its value and the offsets of the value."""

    name: str
    value: str
    start: int
    end: int


@dataclass(slots=True)
class Masked:
    """A reference with what was recognised masked out of `text`; `emphasis` and `linked` hold offsets without the marks."""

    text: str
    pieces: list[Piece] = field(default_factory=list)
    emphasis: list[tuple[int, int]] = field(default_factory=list)
    linked: list[tuple[int, int]] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """The addresses that were recognised, each with a scheme."""
        return [piece.value if "://" in piece.value else f"http://{piece.value}" for piece in self.pieces if piece.name == "url"]

    def take(self, name: str, value: str, value_place: tuple[int, int], place: tuple[int, int]) -> None:
        """Note a piece and mask the place it takes with its label."""
        self.pieces.append(Piece(name, value, *value_place))
        self.hide(*place, ACCESSED if name == "urldate" else ADDRESS)

    def hide(self, start: int, end: int, mark: str = MASK) -> None:
        """Mask a place."""
        self.text = self.text[:start] + mark * (end - start) + self.text[end:]


def mask(text: str) -> Masked:
    """Recognise and mask everything with a grammar of its own."""
    masked = Masked(text)
    for match in (*_FOREIGN.finditer(text), *_SORT.finditer(text)):
        masked.hide(*match.span())
    _addresses(masked)
    _identifiers(masked)
    _access_dates(masked)
    _access_dates_before(masked)
    _archive_dates(masked)
    _emphasis(masked)
    return masked


def _addresses(masked: Masked) -> None:
    for match in _MARKDOWN.finditer(masked.text):
        words = match.span(1)
        if _led_by_google(match[1], match[2]):
            masked.take("url", match[1], words, match.span())
            continue
        masked.take("url", match[2], match.span(2), (match.end(1), match.end()))
        masked.hide(match.start(), words[0])
        if _bare(_ESCAPED.sub(r"\1", match[1])) == _bare(match[2]) or _LINK_WORD.fullmatch(match[1]):
            masked.hide(*words)
        elif match[1].strip():
            masked.linked.append(words)
    for match in _WIKI.finditer(masked.text):
        masked.take("url", match[1], match.span(1), (match.start(), match.start(2)))
        masked.linked.append(match.span(2))
        masked.hide(match.end(2), match.end())
    for match in (*_WITHIN.finditer(masked.text), *_WIKI_PAGE.finditer(masked.text)):
        masked.hide(match.start(), match.start(1))
        masked.hide(match.end(1), match.end())
    for match in _ANGLED.finditer(masked.text):
        masked.take("url", re.sub(r"\s+", "", match[1]), match.span(1), match.span())
    for start, found in sorted(urls.find(masked.text)):
        if MASKS.search(masked.text, start, found):
            continue
        torn, behind = _TORN.match(masked.text, start), _BEHIND.search(masked.text, start, found)
        end = behind.start() if behind else max(found, torn.end()) if torn else found
        label = re.search(rf"(?<![\w]){_LABEL}[<\[(]?$", masked.text[max(0, start - 60) : start], re.IGNORECASE)
        closing = re.match(r"/?[>\])]", masked.text[end:])
        begin = start - len(label[0]) if label and label[0] else start
        value = re.sub(r"\s+", "", masked.text[start:end])
        masked.take("url", value, (start, end), (begin, end + (closing.end() if closing else 0)))


def _bare(address: str) -> str:
    """Return an address as one shortens it: openai.com/blog."""
    return re.sub(r"\A(?:https?://)?(?:www\.)?", "", urls.read(address).target or address).rstrip("/")


def _led_by_google(text: str, url: str) -> bool:
    """Whether a link that leads through Google, as Google Docs writes them, shows the address it is for."""
    return url.startswith(_GOOGLE) and list(urls.find(text)) == [(0, len(text))]


def _identifiers(masked: Masked) -> None:
    for scheme, value, start, value_start, end in list(identifiers.find(masked.text)):
        if MASKS.search(masked.text, start, end):
            continue
        name = {"arxiv": "eprint"}.get(scheme, scheme)
        written = masked.text[value_start:end] if scheme == "isbn" else value
        masked.take(name, written, (value_start, end), (start, end))
    for piece in list(masked.pieces):
        if piece.name == "url" and re.match(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/10\.", piece.value, re.IGNORECASE):
            masked.pieces.append(Piece("doi", identifiers.normalise("doi", piece.value), piece.start, piece.end))


def _access_dates(masked: Masked) -> None:
    for match in _ACCESS.finditer(masked.text):
        rest = masked.text[match.end() :]
        found = _date_at(rest)
        if not found:
            continue
        date, start, end = found
        tail = re.match(r"(?:\s*r\.)?\s*[\])]|\s*,?\s*(?:from|från)\b:?|\s*[.;]", rest[end:])
        place = (match.start(), match.end() + end + (tail.end() if tail else 0))
        masked.take("urldate", str(date), (match.end() + start, match.end() + end), place)


def _access_dates_before(masked: Masked) -> None:
    """Mask the dates behind which, in Japanese, stands that they are those of reading."""
    for date, start, end in list(dates.find(masked.text)):
        if behind := _ACCESS_BEHIND.match(masked.text, end):
            masked.take("urldate", str(date), (start, end), (start, behind.end()))


def _archive_dates(masked: Masked) -> None:
    """Mask when a copy was archived: it is neither when the work appeared nor when it was read."""
    for _, start, end in list(dates.find(masked.text)):
        if behind := _AT_THE_ARCHIVE.match(masked.text, end):
            masked.hide(start, behind.end(), ACCESSED)
    for match in _ARCHIVED.finditer(masked.text):
        if found := _date_at(masked.text[match.end() :]):
            masked.hide(match.start(), match.end() + found[2], ACCESSED)


def _date_at(text: str) -> tuple[PartialDate, int, int] | None:
    """Return the date with which a text begins, and where it stands."""
    found = min(dates.find(text), key=lambda item: item[1], default=None)
    if found and found[1] <= 3:
        return found
    short = _SHORT_DATE.match(text)  # where nothing but a date can stand, two digits are a year
    return (PartialDate(2000 + int(short[1])), 0, short.end()) if short else None


def _emphasis(masked: Masked) -> None:
    for match in list(_EMPHASIS.finditer(masked.text)):
        group = next(g for g in (2, 4, 6) if match[g] is not None)
        start, end = match.span(group)
        masked.emphasis.append((start, end))
        masked.hide(match.start(), start)
        masked.hide(end, match.end())


def clean(text: str) -> str:
    """Return a part of a masked text as a value: without mask, outer punctuation and doubled space."""
    text = re.sub(r"\s+", " ", html.unescape(MASKS.sub("", text))).strip()
    text = re.sub(r"\s+([,;:.!?)\]])", r"\1", text)
    return text.strip(" ,;:").strip()
