r"""LaTeX: `thebibliography` and `\bibitem`, lists under a heading, the .bib files that a document names, and the keys that it cites."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refcheck.model.source import Source, Span
from refcheck.readers import bbl, citations, extract
from refcheck.readers.extract import Extract, Hidden, Item
from refcheck.text import latex

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from refcheck.model.reference import Bibliography

_BIBITEM = re.compile(r"\\bibitem(?![A-Za-z])")
_END = re.compile(r"\\end\s*\{thebibliography\}|\\end\s*\{document\}|\\end\s*\{references\}|\\section\b|\\chapter\b|\\appendix\b")
_NAMED = re.compile(
    r"\\(?:no)?bibliography\s*\{([^{}]*)\}|\\(?:addbibresource|addglobalbib|addsectionbib)\s*(?:\[[^\[\]]*\])?\s*\{([^{}]*)\}"
)
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%[^\n]*\n?[ \t]*")
_TOKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*\n?[ \t]*)"
    r"|(?P<accent>\\(?:[\"'`^~=.]|[uvHtcdbkr](?![A-Za-z]))\s*(?:\{\s*(?:\\?[A-Za-z]{0,2})\s*\}|\\?[ij](?![A-Za-z])|[A-Za-z]))"
    r"|(?P<letter>\\(?:ss|SS|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j|dh|DH|th|TH|dj|DJ|ng|NG)(?![A-Za-z])(?:\{\})?\s?)"
    r"|(?P<url>\\(?:url|path|nolinkurl|burl|href|hyperref|Eprint)(?![A-Za-z]))"
    r"|(?P<emphasis>\\(?:emph|textit|textsl)\s*\{|\{\s*\\(?:em|it|itshape|sl|slshape)(?![A-Za-z])\s*)"
    r"|(?P<quote>\\(?:enquote|mkbibquote)\*?\s*\{)"
    r"|(?P<heading>\\(?:part|chapter|section|subsection|subsubsection)\*?\s*(?:\[[^\[\]]*\])?\s*\{)"
    r"|(?P<skipped>\\(?:label|index|vspace|hspace|setlength|addtolength|addcontentsline|bibitemNoStop|BIBentrySTDinterwordspacing|BIBentryALTinterwordspacing|"
    r"bibinfo|bibfield|providecommand|expandafter|begin|end|selectlanguage|textcolor|color|hskip|vskip|penalty|relax|BibitemShut|BibitemOpen)(?![A-Za-z])\*?)"
    r"|(?P<item>\\item(?![A-Za-z])\s*(?:\[[^\[\]]{0,60}\])?)"
    r"|(?P<special>\\[&%$#_{}]|\\textbackslash(?:\{\})?|\\textasciitilde(?:\{\})?|\\(?:ldots|dots|textellipsis)(?![A-Za-z])(?:\{\})?|\\(?:par|newblock|quad|qquad|space|newline|linebreak|break|bibinitperiod|bibrangedash)(?![A-Za-z])\*?|\\\\(?:\[[^\[\]]*\])?|\\[ ,;:!/>@-])"
    r"|(?P<command>\\[A-Za-z@]+\*?\s*(?:\[[^\[\]]{0,80}\])?)"
    r"|(?P<dash>---?)|(?P<marks>``|''|,,|~|\$)|(?P<open>\{)|(?P<close>\})|(?P<blank>\n[ \t]*\n\s*)|(?P<text>[^\\{}%~$`',\n-]+|.|\n)",
    re.DOTALL,
)
_PRINTED = {
    "\\ldots": "…", "\\dots": "…", "\\textellipsis": "…", "\\textbackslash": "\\", "\\textasciitilde": "~", "\\-": "", "\\/": "", "\\!": "", "\\@": "",
    "\\bibrangedash": "–", "\\bibinitperiod": ".", "``": "“", "''": "”", ",,": "„", "~": " ", "$": "", "--": "–", "---": "—",
}  # fmt: skip
_SECTION = re.compile(r"\\(?:part|chapter|section|subsection|subsubsection)\b")
_LONGEST_GROUP = 1500
_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}


def read(source: Source, taken: Container[str] = ()) -> Bibliography:
    """Read a LaTeX document or a .bbl file."""
    found = bbl.read(source, taken) if bbl.looks_like(source.text) else None
    includes = tuple(named(source.text))
    if found is None:
        text = Extract()
        items = list(_items(source.text, text))
        if not items and not includes and _SECTION.search(source.text):
            _typeset(source.text, 0, len(source.text), text)
        found = extract.read(source, text, items, taken)[0]
    return replace(found, includes=includes, citations=citations.in_latex(source.text))


def named(text: str) -> Iterator[str]:
    """Yield the bibliographies that a document names, with the suffix that LaTeX adds; names made by macros apart."""
    seen = set()
    for match in _NAMED.finditer(_COMMENT.sub("\n", text)):
        for part in (match[1] or match[2]).split(",") if match[1] is not None else [match[2]]:
            name = part.strip().strip('"')
            if not name or re.search(r"[\\#]", name) or "://" in name:
                continue
            name += "" if name.lower().endswith((".bib", ".json", ".ris", ".xml")) else ".bib"
            if name not in seen:
                seen.add(name)
                yield name


def _items(document: str, text: Extract) -> Iterator[Item]:
    r"""Yield each \bibitem; its text goes into the extract."""
    starts = [match for match in _BIBITEM.finditer(document) if not _is_commented(document, match.start())]
    for number, match in enumerate(starts):
        head = _head(document, match.end())
        if head is None:
            continue
        label, key, body = head
        following = starts[number + 1].start() if number + 1 < len(starts) else len(document)
        end = _END.search(document, body, following)
        begin = len(text)
        links: list[Hidden] = []
        _typeset(document, body, end.start() if end else following, text, links)
        yield Item(begin, len(text), tuple(links), key=key, mark=label, certain=True)
        text.open_line(following, 2)


def _is_commented(document: str, at: int) -> bool:
    line = document[document.rfind("\n", 0, at) + 1 : at]
    return bool(re.search(r"(?<!\\)%", line))


def _head(document: str, at: int) -> tuple[str, str, int] | None:
    r"""Return (label, key, where the body begins) of a \bibitem, or None where it has no key."""
    label = ""
    position = _blank(document, at)
    if document.startswith("[", position):
        end = _closing_bracket(document, position)
        if end < 0:
            return None
        label, position = document[position + 1 : end], _blank(document, end + 1)
    if not document.startswith("{", position):
        return None
    end = _closing(document, position, position + 400)
    key = document[position + 1 : end].strip()
    return (label, key, end + 1) if end > 0 and key else None


def _blank(document: str, at: int) -> int:
    match = re.compile(r"(?:\s|%[^\n]*\n)*").match(document, at)
    return match.end() if match else at


def _closing_bracket(document: str, opening: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[{}\]]", re.DOTALL).finditer(document, opening, opening + 2000):
        if match[0] == "]" and depth == 0:
            return match.start()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return -1


def _typeset(document: str, start: int, end: int, text: Extract, links: list[Hidden] | None = None) -> None:
    """Write the text between two places as it would be printed; addresses that print as something else go into `links`, or stand behind it."""
    closing: list[str] = []
    position = start
    while position < end and (token := _TOKEN.match(document, position, end)):
        position = token.end()
        kind, said = str(token.lastgroup), token[0]
        if kind in {"accent", "letter"}:
            text.put(latex.decode(said.strip()), token.start())
        elif kind == "url":
            position = _address(document, token, end, text, links)
        elif kind == "skipped":
            position = _skip(document, token, end, text)
        elif kind in {"emphasis", "quote", "heading", "open"}:
            _open(kind, said, token.start(), text, closing)
        elif kind == "close":
            text.put(closing.pop() if closing else "", token.start())
        elif kind in {"item", "blank"}:
            text.open_line(token.start(), 2)
        elif kind in {"special", "dash", "marks"}:
            text.put(_printed(said), token.start())
        elif kind == "text":
            text.copy(said.replace("\n", " "), token.start())


def _printed(said: str) -> str:
    name = said.removesuffix("{}")
    if name in _PRINTED:
        return _PRINTED[name]
    return said[1] if len(said) == 2 and said[1] in "&%$#_{}" else " "


def _open(kind: str, said: str, at: int, text: Extract, closing: list[str]) -> None:
    """Begin a group: what is written now, and what where it ends."""
    begin, end = {"emphasis": ("*", "*"), "quote": ("“", "”"), "open": ("", "")}.get(kind, ("", ""))
    if kind == "heading":
        text.open_line(at, 2)
        name = re.match(r"\\([a-z]+)", said)
        begin, end = "#" * _LEVELS.get(name[1] if name else "", 2) + " ", "\n\n"
    text.put(begin, at)
    closing.append(end)


def _address(document: str, token: re.Match[str], end: int, text: Extract, links: list[Hidden] | None) -> int:
    r"""Take \url{address} or \href{address}{text}; without braces it is nothing."""
    brace = re.compile(r"\s*(?:\[[^\[\]]*\]\s*)?\{").match(document, token.end(), end)
    closing = _closing(document, brace.end() - 1, end) if brace else -1
    if not brace or closing < 0:
        return token.end()
    url = latex.decode_url(document[brace.end() : closing])
    place = brace.end()
    if token[0] not in {"\\href", "\\hyperref", "\\Eprint"}:
        shown = "://" in url or url.startswith("www.")
        text.put(" <" if shown else "", token.start())
        text.pieces += url
        text.offsets += extract.spread(url, Span(place, closing))
        text.put("> " if shown else "", closing)
        return closing + 1
    told = re.compile(r"\s*\{").match(document, closing + 1, end)
    last = _closing(document, told.end() - 1, end) if told else -1
    begin = len(text)
    if told and last > 0:
        _typeset(document, told.end(), last, text, links)
    found: list[Hidden] = []
    if re.match(r"https?://[^\s<>]+$", url):
        text.close_link(begin, url, Span(place, closing), found)
    if links is not None:
        links += found
    else:
        text.write_links(found, token.start())
    return max(closing, last) + 1


def _skip(document: str, token: re.Match[str], end: int, text: Extract) -> int:
    r"""Leave out a command with the arguments that do not print: `\bibinfo{title}{…}` prints its second, `\penalty0` nothing."""
    name = re.sub(r"[\\*]", "", token[0])
    if name in {"hskip", "vskip", "penalty"}:
        tail = re.compile(
            r"\s*-?[\d.]+\s*(?:em|ex|pt|cm|mm|in)?(?:\s*(?:plus|minus)\s*-?[\d.]+\s*(?:em|ex|pt|cm|mm|in))*(?:\s*\\relax(?![A-Za-z]))?"
        ).match(document, token.end(), end)
        return tail.end() if tail else token.end()
    brace = re.compile(r"\s*\{").match(document, token.end(), end)
    if not brace or name in {"relax", "expandafter", "BibitemOpen"}:
        return token.end()
    if name in {"begin", "end"}:
        text.open_line(token.start(), 2)
    if name == "providecommand":
        first = _behind(document, brace, end)
        second = re.compile(r"\s*(?:\[\d\]\s*)?\{").match(document, first, end)
        return _behind(document, second, end) if second else first
    return _behind(document, brace, end)


def _closing(document: str, opening: int, end: int) -> int:
    """Return the offset of the brace that closes one, or -1 where it is far away or nowhere."""
    part = document[opening : min(end, opening + _LONGEST_GROUP)]
    closing = latex.closing_brace(part, 0)
    return opening + closing if closing >= 0 else -1


def _behind(document: str, brace: re.Match[str], end: int) -> int:
    closing = _closing(document, brace.end() - 1, end)
    return closing + 1 if closing >= 0 else brace.end()
