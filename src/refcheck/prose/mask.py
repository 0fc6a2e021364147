"""What has a grammar of its own in a reference: addresses, identifiers, access dates, emphasis.

It is recognised first and masked with marks of the same length, so that the rest can be read
without it and every offset stays true. An address or identifier leaves other marks than an access date or
than emphasis, because the model looks at where they stood.
"""

from __future__ import annotations

import html
import re

from refcheck.model.reference import PartialDate
from refcheck.prose import addresses
from refcheck.prose.masked import ACCESSED, MASKS, Masked, Piece
from refcheck.text import dates, identifiers

_SHORT_DATE = re.compile(r"\d{1,2}(?:\.\s?\d{1,2}\.\s?|/\d{1,2}/|-\d{1,2}-)(\d\d)(?!\d)")
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
_ACCESS_BEHIND = re.compile(r"\s*(?:に?閲覧|アクセス|取得)")  # few lists are in Japanese: it is looked for before the dates are
_ARCHIVED = re.compile(
    r"[\[(]?\b(?:archived|archiviert|archivé|archivado|archiviato|arkiverad|gearchiveerd)(?:\s+(?:from\s+(?:the\s+)?|vom\s+|de\s+l['’]|desde\s+el\s+|do\s+|dall['’])?original\w*)?"
    r"(?:\s*\(?PDF\)?)?\s*(?:on|am|le|el|em|il|den|op)\s+",
    re.IGNORECASE,
)
_AN_ARCHIVE = re.compile(r"Wayback\s+Machine|Internet\s+Archive", re.IGNORECASE)
_AT_THE_ARCHIVE = re.compile(r"[\W\x00-\x02]*at\s+the[\W\x00-\x02]*(?:Wayback\s+Machine|Internet\s+Archive)\b", re.IGNORECASE)
# Spaces and line breaks in HTML, and the links that publishers' pages leave in a copied list.
_FOREIGN = re.compile(
    r"&nbsp;|<br\s*/?>|(?:[\[(]?\s*(?:Google\s?Scholar|Cross\s?Ref|PubMed(?:\s?Central)?|View Article|MathSciNet|Full Text)\s*[\])]?[\s,.;|]*)+$"
)
_RESOLVED = re.compile(r"(?:https?://)?(?:(?P<doi>(?:dx\.|www\.)?doi\.org/10\.)|(?:www\.)?arxiv\.org/(?:abs|pdf)/)", re.IGNORECASE)
_SORT = re.compile(  # what a list of links says of an item before the link
    r"\A\W{0,3}(?:paper|talk|video|slides|book|blog(?: post)?|article|dataset|code|docs|documentation|website|repo(?:sitory)?|podcast|course|tutorial|thread|report|tweet|link)s?"
    r"\*{0,2}:\*{0,2}\s+(?=[\[\"“*<]|https?://)",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(.{1,400}?)(?<=[^\s*\\])\1(?![\w*])|(?<![\w_\\])(_{1,3})(?=[^\s_])(.{1,400}?)(?<=[^\s_\\])\3(?![\w_])|<(i|em|b|strong|cite|italic|bold|u)>(.{1,400}?)</\5>"
    r"|(?<![\w'])('{2,3})(?=[^\s'])(.{1,400}?)(?<=[^\s'])\7(?![\w'])"  # MediaWiki
)
_BARE_ISBN = re.compile(
    r"(?<![\w-])97[89][ -]?(?:\d[ -]?){9}\d(?![\w-])|(?<=\|)\s*(?:\d[ -]?){9}[\dX](?=\s*(?:\||$))"
)  # ISBN-10 only in a table


def mask(text: str) -> Masked:
    """Recognise and mask everything with a grammar of its own."""
    masked = Masked(text)
    for match in (*_FOREIGN.finditer(text), *_SORT.finditer(text)):
        masked.hide(*match.span())
    addresses.mask(masked)
    _identifiers(masked)
    _access_dates(masked)
    _access_dates_before(masked)
    _archive_dates(masked)
    _emphasis(masked)
    return masked


def _identifiers(masked: Masked) -> None:
    for scheme, value, start, value_start, end in list(identifiers.find(masked.text)):
        if MASKS.search(masked.text, start, end):
            continue
        name = {"arxiv": "eprint"}.get(scheme, scheme)
        written = masked.text[value_start:end] if scheme == "isbn" else value
        masked.take(name, written, (value_start, end), (start, end))
    for match in _BARE_ISBN.finditer(masked.text):
        if identifiers.normalise("isbn", match[0]):
            masked.take("isbn", match[0].strip(), match.span(), match.span())
    for piece in list(masked.pieces):
        if piece.name == "url" and (led := _RESOLVED.match(piece.value)):
            scheme = "doi" if led["doi"] else "arxiv"
            if value := identifiers.normalise(scheme, piece.value):
                masked.pieces.append(Piece({"arxiv": "eprint"}.get(scheme, scheme), value, piece.start, piece.end))


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
    for date, start, end in list(dates.find(masked.text)) if _ACCESS_BEHIND.search(masked.text) else ():
        if behind := _ACCESS_BEHIND.match(masked.text, end):
            masked.take("urldate", str(date), (start, end), (start, behind.end()))


def _archive_dates(masked: Masked) -> None:
    """Mask when a copy was archived: it is neither when the work appeared nor when it was read."""
    for _, start, end in list(dates.find(masked.text)) if _AN_ARCHIVE.search(masked.text) else ():
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
        group = next(g for g in (2, 4, 6, 8) if match[g] is not None)
        start, end = match.span(group)
        masked.emphasis.append((start, end))
        masked.hide(match.start(), start)
        masked.hide(end, match.end())


def clean(text: str) -> str:
    """Return a part of a masked text as a value: without mask, outer punctuation and doubled space."""
    text = re.sub(r"\s+", " ", html.unescape(MASKS.sub("", text))).strip()
    text = re.sub(r"\s+([,;:.!?)\]])", r"\1", text)
    return text.strip(" ,;:").strip()
