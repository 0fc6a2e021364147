"""The addresses and links of a reference, however lists write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.prose.masked import MASKS
from refcheck.text import urls

if TYPE_CHECKING:
    from refcheck.prose.masked import Masked

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


def mask(masked: Masked) -> None:
    """Recognise and mask the addresses of a reference, with the marks of links."""
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
