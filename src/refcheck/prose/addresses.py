"""The addresses and links of a reference, however lists write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.prose.masked import MASKS
from refcheck.text import urls

if TYPE_CHECKING:
    from refcheck.prose.masked import Masked

_LABELS = (
    r"URLs?|Links?|Online|Web|PDF|See|At|From|Access(?:ed|ible)\s+at|Available(?:\s+(?:online|at|from|via|under|on))*|Retrieved(?:\s+from)?|Obtained\s+from",
    r"(?:Verfügbar|Abrufbar|Erreichbar|Abgerufen|Online)\s+(?:unter|auf|von|bei)",
    r"Disponible(?:\s+sur|\s+à\s+l['’](?:adresse|url))?|Récupéré\s+(?:de|sur)|Repéré\s+à|Consulté\s+(?:sur|à\s+l['’]adresse)|En\s+ligne",
    r"Disponible\s+en|Recuperado\s+(?:de|en)|Obtenido\s+de|Consultado\s+en|Disponível\s+em|Recuperado\s+em|Obtido\s+(?:de|em)",
    r"Disponibile(?:\s+(?:su|in|presso|all['’](?:url|indirizzo)|al\s+sito))?|Recuperato\s+da|Tratto\s+da",
    r"Geraadpleegd\s+op|Opgehaald\s+van|Hämtad\s+från|Tillgänglig(?:t)?(?:\s+(?:på|via))?|Tilgjengelig\s+(?:på|fra)|Hentet\s+fra|Tilgængelig\s+på",
    r"Dostęp(?:ne|ny|na)?(?:\s+(?:na|w|pod\s+adresem))?|Dostupné\s+(?:z|na)|Режим\s+доступа|Доступно(?:\s+по\s+адресу)?|Электронный\s+ресурс",
)
_LABEL = rf"(?:(?:{'|'.join(_LABELS)})\s*:?\s*)?"
_ANGLED = re.compile(rf"{_LABEL}<\s*((?:https?://|www\.)[^<>]*?)\s*>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\[\]]*)\]\(\s*<?((?:https?://|www\.)[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)")
_WITHIN = re.compile(r"\[([^\[\]]+)\]\((?:\.{0,2}/|#)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*(?:\s+\"[^\"]*\")?\)")  # to a page of the same site
_WIKI = re.compile(r"\[(https?://[^\s\[\]<>\"]+)[ \t]+([^\[\]]{2,300})\]")  # MediaWiki: [https://example.org Its title]
_ELSEWHERE = re.compile(r"\[([^\[\]]{3,})\]\[[^\[\]]{0,40}\](?!\()")  # [Its title][2]: the address stands in another line
_NAMED = re.compile(
    r"(?:<(?=\S+>)|(?=https?://))[^\s<>]+>?\s+(?P<mark>[\"'])(?=.{30})(.*)(?P=mark)\s*"
)  # an address with the reference as its title
_SENTENCES = re.compile(r"\w{2}[.,]['’”]?\s.*\w{2}[.,?!]['’”]?\s")
_MORE = re.compile(r"(?:\\[~_*#&-][^\s<>\"“”«»{}|\\^`]*)+")  # behind an address that ends at what Markdown escapes
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
    r"\W*(?:(?:voir|see|view|ver|zum|siehe|read)\s+)?(?:the\s+)?(?:link|lien|enlace|pdf|html?|here|hier|ici|aquí|url|doi|web|website|online|source|source code|archived?|mirror|preprint|full text|abstract|read more)\W*",
    re.IGNORECASE,
)


def mask(masked: Masked) -> None:
    """Recognise and mask the addresses of a reference, with the marks of links."""
    if (whole := _NAMED.fullmatch(masked.text)) and _SENTENCES.search(whole[2]):
        masked.hide(whole.start("mark"), whole.end("mark"))
        masked.hide(whole.end(2), len(masked.text))
    _links(masked)
    for match in _ANGLED.finditer(masked.text):
        masked.take("url", re.sub(r"\s+", "", match[1]), match.span(1), match.span())
    for start, found in sorted(urls.find(masked.text)):
        if MASKS.search(masked.text, start, found):
            continue
        torn, behind = _TORN.match(masked.text, start), _BEHIND.search(masked.text, start, found)
        end = behind.start() if behind else max(found, torn.end()) if torn else found
        if more := _MORE.match(masked.text, end):
            end = start + len(urls.trimmed(masked.text[start : more.end()]))
        label = re.search(rf"(?<![\w]){_LABEL}[<\[(]?$", masked.text[max(0, start - 80) : start], re.IGNORECASE)
        closing = re.match(r"/?[>\])]", masked.text[end:])
        begin = start - len(label[0]) if label and label[0] else start
        value = _ESCAPED.sub(r"\1", re.sub(r"\s+", "", masked.text[start:end]))
        masked.take("url", value, (start, end), (begin, end + (closing.end() if closing else 0)))


def _links(masked: Masked) -> None:
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
    for match in (*_WITHIN.finditer(masked.text), *_ELSEWHERE.finditer(masked.text), *_WIKI_PAGE.finditer(masked.text)):
        masked.hide(match.start(), match.start(1))
        masked.hide(match.end(1), match.end())


def _bare(address: str) -> str:
    """Return an address as one shortens it: openai.com/blog."""
    return re.sub(r"\A(?:https?://)?(?:www\.)?", "", urls.read(address).target or address).rstrip("/")


def _led_by_google(text: str, url: str) -> bool:
    """Whether a link that leads through Google, as Google Docs writes them, shows the address it is for."""
    return url.startswith(_GOOGLE) and list(urls.find(text)) == [(0, len(text))]
