"""Citations: the marks in a document's text that name its references.

LaTeX and Markdown name keys. A typed text has numbers in brackets, names with a year, or speaks of a work by its author or title;
what such a mark means is known from the list only, so nothing is said of it where the list and the text do not go together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.bibtex import citations
from refcheck.model.reference import Citation, Form
from refcheck.model.source import Source, Span
from refcheck.text import dates, titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from refcheck.model.reference import Bibliography, Reference

_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%[^\n]*")
_VERBATIM = re.compile(r"\\begin\{((?:verbatim|lstlisting|minted|comment|filecontents)\*?)\}|\\verb\*?([^\w\s*{])")
_NO_CITATION = re.compile(r"\\(?:set)?citestyle|\\Declare\w*Cite\w*|\\bibcite|\\AtEvery\w*|\\(?:re)?newcite\w*|\\citereset", re.IGNORECASE)
_DEFINITION = re.compile(r"\\(?:(?:re)?newcommand|providecommand|def|let|DeclareRobustCommand|NewDocumentCommand)\b[^\n]*")
_KEY = re.compile(r"(?<![^\s,])[^\s\\#{}%,~]+(?![^\s,])")
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})|<!--|(?<!`)(`)(?!`)", re.MULTILINE)
_ADDRESS = re.compile(r"\]\([^()\s]{0,2000}\)|<?https?://[^\s<>]+")
_BRACKETED = re.compile(r"\[[^\[\]]{0,500}@[^\[\]]{0,500}\]")
_MARKDOWN_KEY = re.compile(r"(?<![\w@.\\/])-?@(?:\{([^{}\s]+)\}|([^\W_][\w:.#$%&+?<>~/-]*))")
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|nte|tip|wrn|imp|cau|rem|sol|alg|suppfig|tab|ref)[-:]", re.IGNORECASE
)
_NUMBERS = re.compile(r"\[(\d{1,3}(?:\s*[,;–—-]\s*\d{1,3}){0,40})(?:\s*[,:;]\s*(?:pp?|S|ch|sec|§)\.?[^\[\]]{0,30})?\](?![(:\]\w])")
_L = r"[^\W\d_]"
_NAME = rf"(?:(?:[Vv]an|[Vv]on|[Dd]er?|[Dd]i|[Dd]a|[Dd]e[lns]?|[Ll]a|[Ll]e|[Tt]en|[Tt]er)\s+){{0,3}}(?=[^\W\d_a-z]){_L}[\w’'-]+(?:-{_L}[\w’'-]+)?"
_YEARS = rf"(?:{dates.YEAR}[a-z]?)"
_AND = r"(?:,?\s+(?:and|und|et|y|e|och|og|en)\s+|\s*&\s*|,\s+)"
_WHO = rf"(?P<name>{_NAME})(?P<others>(?:{_AND}{_NAME}){{0,4}}(?:,?\s+(?:et al|u\. ?a|et coll)\.?)?)"
_NARRATED = re.compile(rf"(?<![\w’'-]){_WHO}(?:[’']s)?\s+[(\[](?P<year>{_YEARS})(?:\s*[,:;][^()\[\]]{{0,60}})?[)\]]")
_PARENTHESIS = re.compile(rf"[(\[]([^()\[\]]{{0,300}}?{_YEARS}[^()\[\]]{{0,120}})[)\]]")
_WITHIN = re.compile(
    rf"\s*(?:(?i:see also|but see|see|e\.\s?g\.|cf\.|vgl\.|siehe|voir|véase|zie|for example|also|as in|in)[,:]?\s+){{0,2}}{_WHO},?\s+(?P<year>{_YEARS})(?P<more>(?:\s*,\s*{_YEARS}){{0,6}})"
    r"\s*(?:[,:]\s*(?:pp?\.|S\.|ch\.|chap\.|sec\.|§|fig\.|\d|especially|quoted|cited).{0,50})?\s*$"
)
_NO_NAMES = frozenset(
    [*dates.MONTHS, *"figure fig table chapter section version copyright since until before after in on of from by the during about spring summer autumn fall winter born died "
     "published accessed retrieved updated circa season".split()]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a document outside its references; for each character its offset in the source."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the source of a part."""
        first = self.offsets[start] if start < len(self.offsets) else 0
        last = self.offsets[end - 1] if 0 < end <= len(self.offsets) else first
        return Span(first, max(first, last) + 1) if end > start else Span(first, first)


def in_latex(text: str) -> tuple[Citation, ...]:
    r"""Return the keys that `\cite` and its like name, comments and verbatim text apart; `\nocite{*}` names all."""
    seen = _blanked(_without(text, _VERBATIM, lambda m: f"\\end{{{m[1]}}}" if m[1] else m[2]), _COMMENT, _NO_CITATION, _DEFINITION)
    return tuple(
        Citation(key[0], key[0], Span(place.start + key.start(), place.start + key.end()))
        for place in citations.lists(seen)
        for key in _KEY.finditer(seen[place.start : place.end])
    )


def _blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """Return a text with the matches of the patterns replaced by spaces, in their lines."""
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


def _without(text: str, opening: re.Pattern[str], closing: Callable[[re.Match[str]], str]) -> str:
    """Return a text with what stands between two marks replaced by spaces, in its lines; a mark that nothing closes is left."""
    kept, at, missing = [], 0, set[str]()
    while match := opening.search(text, at):
        mark = closing(match)
        end = -1 if mark in missing else text.find(mark, match.end())
        if end < 0 or (len(mark) == 1 and "\n" in text[match.end() : end]):
            missing |= {mark} if end < 0 else set()
            kept.append(text[at : match.end()])
            at = match.end()
            continue
        end += len(mark)
        kept += [text[at : match.start()], re.sub(r"[^\n]", " ", text[match.start() : end])]
        at = end
    return "".join(kept) + text[at:]


def in_markdown(text: str) -> tuple[Citation, ...]:
    """Return the keys that `[@key]` and `@key` name; one outside brackets may be something else, and is a mention."""
    seen = _blanked(_without(text, _CODE, lambda m: f"\n{m[1]}" if m[1] else m[2] or "-->"), _ADDRESS)
    inside = [match.span() for match in _BRACKETED.finditer(seen)]
    found = []
    at = 0
    for match in _MARKDOWN_KEY.finditer(seen):
        while at < len(inside) and inside[at][1] <= match.start():
            at += 1
        key = match[1] or match[2].rstrip(".,;:?!&<>~/-")
        if not _CROSS_REFERENCE.match(key):
            sure = at < len(inside) and inside[at][0] < match.start()
            start = match.start(1) if match[1] else match.start(2)
            found.append(Citation(key, f"@{key}", Span(start, start + len(key)), Form.KEY if sure else Form.MENTION))
    return tuple(found)


def in_prose(bibliography: Bibliography) -> tuple[Citation, ...]:
    """Return the marks in the text of a typed document, outside its list."""
    source = bibliography.source
    pieces, at = [], 0
    for start, end in sorted([*(r.span for r in bibliography.references), *(p.span for p in bibliography.problems)]):
        pieces += [source.text[at : max(start, at)], re.sub(r"[^\n]", " ", source.text[max(start, at) : end])]
        at = max(at, end)
    text = "".join(pieces) + source.text[at:]
    if not text.strip():
        return ()
    return in_text(Body(text, range(len(text))), bibliography.references, numbered(source, bibliography.references))


def numbered(source: Source, references: Sequence[Reference]) -> dict[str, str]:
    """Return the keys of references by the numbers that they begin with; none where the list is not numbered."""
    found: dict[str, str] = {}
    for reference in references:
        match = re.match(r"\s*[\[(]?\^?(\d{1,3})[\].):]", source.text[reference.span.start : reference.span.start + 12])
        if match:
            found.setdefault(match[1], reference.key)
    return found if len(found) >= max(1, 0.8 * len(references)) else {}


def in_text(body: Body, references: Sequence[Reference], marks: Mapping[str, str]) -> tuple[Citation, ...]:
    """Return the marks in a text: numbers of a numbered list, names with years, and mentions of authors and titles."""
    if not references or not body.text.strip():
        return ()
    marked = [*_numbers(body, marks), *_author_years(body, references)]
    cited = {citation.key for citation in marked}
    return (*marked, *_mentions(body, [reference for reference in references if reference.key not in cited]))


def _numbers(body: Body, marks: Mapping[str, str]) -> list[Citation]:
    """Return the numbers in brackets, unless most of them stand for something else."""
    found = [
        Citation(marks.get(number, ""), f"[{number}]", body.span(*match.span()), Form.NUMBER)
        for match in _NUMBERS.finditer(body.text if marks else "")
        for number in _expanded(match[1])
    ]
    return found if sum(bool(citation.key) for citation in found) * 2 >= len(found) else []


def _expanded(numbers: str) -> Iterator[str]:
    """Yield each number of a mark such as `1, 3-5`."""
    for part in re.split(r"\s*[,;]\s*", numbers):
        first, _, last = re.sub(r"\s*[–—-]\s*", "-", part).partition("-")
        end = int(last) if last and int(first) <= int(last) <= int(first) + 60 else int(first)
        yield from (str(number) for number in range(int(first), end + 1))


def _author_years(body: Body, references: Sequence[Reference]) -> list[Citation]:
    """Return names with a year, unless most of them stand for something else."""
    by_name = _by_name(references)
    found = [
        Citation(_fitting(name, year, by_name), written, body.span(start, end), Form.AUTHOR_YEAR)
        for name, year, written, start, end in _names_with_years(body.text)
    ]
    return found if sum(bool(citation.key) for citation in found) * 2 > len(found) else []


def _names_with_years(text: str) -> Iterator[tuple[str, str, str, int, int]]:
    """Yield (family name, year, the mark, start, end)."""
    for match in _NARRATED.finditer(text):
        if titles.folded(match["name"]) not in _NO_NAMES:
            yield match["name"], match["year"], match[0], *match.span()
    for parenthesis in _PARENTHESIS.finditer(text):
        at = parenthesis.start(1)
        for part in parenthesis[1].split(";"):
            within = _WITHIN.match(part)
            if within and within["name"][:1].isupper() and titles.folded(within["name"]) not in _NO_NAMES:
                for year in re.findall(_YEARS, within["year"] + within["more"]):
                    yield within["name"], year, f"{within['name']}{within['others']}, {year}", at, at + len(part)
            at += len(part) + 1


def _by_name(references: Sequence[Reference]) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = {}
    for reference in references:
        for name in {_last_word(person.sort_name) for person in reference.contributors[:1]}:
            found.setdefault(name, []).append(reference)
    return found


def _last_word(name: str) -> str:
    return (titles.folded(name).split() or [""])[-1]


def _fitting(name: str, year: str, by_name: Mapping[str, Sequence[Reference]]) -> str:
    """Return the key of the reference of a name and a year, or ''."""
    for reference in by_name.get(_last_word(name), ()):
        if reference.issued is None or str(reference.issued.year) == year[:4]:
            return reference.key
    return ""


def _mentions(body: Body, references: Iterable[Reference]) -> Iterator[Citation]:
    """Yield the references whose title, or whose first author, the text names."""
    words = [(match[0], match.start(), match.end()) for match in re.finditer(r"[^\W_]+", body.text)]
    folded = [titles.folded(word) for word, _, _ in words]
    first: dict[str, list[int]] = {}
    for number, word in enumerate(folded):
        first.setdefault(word, []).append(number)
    capitalised = Counter(word for word, (written, _, _) in zip(folded, words, strict=True) if written[:1].isupper())
    for reference in references:
        title = titles.folded(reference.title.partition(":")[0]).split()
        name = _last_word(reference.contributors[0].sort_name) if reference.contributors else ""
        at = next((n for n in first.get(title[0], [])[:2000] if folded[n : n + len(title)] == title), None) if _tells(title) else None
        end = at + len(title) - 1 if at is not None else 0
        if at is None and len(name) >= 3 and capitalised[name]:
            at = end = next(n for n in first[name] if words[n][0][:1].isupper())
        if at is not None:
            start, stop = words[at][1], words[end][2]
            yield Citation(reference.key, body.text[start:stop], body.span(start, stop), Form.MENTION)


def _tells(title: Sequence[str]) -> bool:
    """Whether the words of a title are more than any text may have."""
    return len(title) >= 3 or (len(title) >= 1 and len("".join(title)) >= 12)
