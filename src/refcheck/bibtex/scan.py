"""One BibTeX block, taken apart where it stands, with the place of everything in it.

The grammar is BibTeX's own (btxdoc; Tame the BeaST, section 10): a value is pieces joined by `#`, a
piece is braced, quoted or bare; an entry is closed by the bracket that matches its opening one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from refcheck.model.source import Span

HEAD = re.compile(r"@\s*([A-Za-z_][\w+:.-]*)\s*([{(])")
_SPACE = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
_WORD = {"}": r"[^\s,{}=]+", ")": r"(?:[^\s,{}=()]|\([^\s,{}=()]*\))+"}
_KEY = {closing: re.compile(rf"{word}(?:[ \t]+{word})*") for closing, word in _WORD.items()}
_NAME = re.compile(r"[^\s=,{}()\"#%'\\@]+")
_BARE = re.compile(r"[^\s=,{}()\"#%]+")
_MARKS = {True: re.compile(r"\\.|[{}\"]", re.DOTALL), False: re.compile(r"[{}\"]")}
_QUOTE_IN_LINE = re.compile(r"[^\r\n\"]*\"")
_PLAIN = r"(?:[^{}\\]++|\\[^{}\\\"])"  # no brace, and no backslash that may hide one
_NESTED = rf"(?:{_PLAIN}|\{{(?:{_PLAIN}|\{{{_PLAIN}*+\}})*+\}})*+"
# A field as nearly all are: one piece, braces two deep at most, no comment. Anything else is read step by step.
_USUAL = re.compile(rf"({_NAME.pattern}+)\s*+=\s*+(?:\{{({_NESTED})\}}|\"([^{{}}\\\"]*+)\"|(\d++)(?![^\s,}}]))(?:\s*+(,)|(?=\s*+[}})]))")
_KINDS = {2: "braced", 3: "quoted", 4: "bare"}


class RawField(NamedTuple):
    """A field as it stands: `inner` is the value without its delimiters, `outer` with them, `whole` from name to comma.

    For a value of several pieces, inner and outer are the same: the whole expression.
    """

    name: str
    name_span: Span
    inner: Span
    outer: Span
    whole: Span
    pieces: tuple[tuple[str, str], ...]

    @property
    def is_simple(self) -> bool:
        """Whether the value is one piece between delimiters."""
        return len(self.pieces) == 1 and self.pieces[0][0] != "bare"


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry or @string as it stands."""

    entry_type: str
    key: str
    key_span: Span
    fields: tuple[RawField, ...]
    span: Span


class BrokenBlockError(Exception):
    """A block does not follow the grammar: what is wrong, and where; `unclosed` where that was looked for up to the end."""

    def __init__(self, message: str, offset: int, *, unclosed: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.unclosed = unclosed


def begins_line(text: str, at: int) -> bool:
    """Whether nothing but white space stands before an offset in its line; a lone CR ends a line, too."""
    while at and text[at - 1] in " \t\ufeff":
        at -= 1
    return at == 0 or text[at - 1] in "\r\n"


def entry(text: str, start: int, end: int | None = None) -> RawEntry:
    """Take the entry or @string apart that starts with the `@` at `start`; nothing is looked for behind `end`.

    A backslash hides a brace, as in LaTeX; where that makes no entry, every brace counts, as in BibTeX.

    Raises:
        BrokenBlockError: it does not follow the grammar.
    """
    end = len(text) if end is None else end
    try:
        return _Reader(text, end, escapes=True).entry(start)
    except BrokenBlockError:
        try:
            return _Reader(text, end, escapes=False).entry(start)
        except BrokenBlockError:
            pass
        raise


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one block of a text up to `end`; `escapes` says whether a backslash hides a brace."""

    text: str
    end: int
    escapes: bool

    def entry(self, start: int) -> RawEntry:
        head = HEAD.match(self.text, start)
        if not head:
            raise BrokenBlockError("there is no entry type and opening brace after the @", start)
        closing = "}" if head[2] == "{" else ")"
        at = _skip(self.text, head.end())
        key_span = Span(at, at)
        if head[1].lower() != "string":
            key_span = _key(self.text, at, closing, head.end())
            at = key_span.end
        fields, closed = self._fields(at, closing)
        key = self.text[key_span.start : key_span.end]
        return RawEntry(head[1].lower(), key, key_span, fields, Span(start, closed + 1))

    def _fields(self, at: int, closing: str) -> tuple[tuple[RawField, ...], int]:
        """Return the fields, and the offset of the bracket that closes the block."""
        text, begin = self.text, at
        fields: list[RawField] = []
        while True:
            at = _skip(text, at)
            mark = text[at : at + 1]
            if mark == closing:
                return tuple(fields), at
            if mark == ",":
                at += 1
                continue
            if not mark or at >= self.end:
                if fields and _swallows(text, fields[-1]):
                    raise _unfinished(text, fields[-1])
                raise BrokenBlockError(f"the file ends before the {closing} that closes the entry", at)
            if mark == "@" and begins_line(text, at):
                if fields and _swallows(text, fields[-1]):
                    raise _unfinished(text, fields[-1])
                before = fields[-1].whole.end if fields else begin
                raise BrokenBlockError(f"the entry is never closed: its {closing} is missing before the next one", before)
            if mark in ")}":
                raise BrokenBlockError(f"the entry is closed with {mark}, but was opened for {closing}", at)
            if fields and not _ends_with_comma(text, fields[-1]):
                raise _unfinished(text, fields[-1])
            fields.append(self._usual(at) or self._field(at))
            at = fields[-1].whole.end

    def _usual(self, at: int) -> RawField | None:
        """Return the field at an offset if it is like most; None where it has to be read step by step."""
        found = _USUAL.match(self.text, at, self.end)
        if not found:
            return None
        piece = 2 if found[2] is not None else 3 if found[3] is not None else 4
        inner = outer = Span._make(found.span(piece))
        if piece < 4:
            outer = Span(inner.start - 1, inner.end + 1)
        whole = Span(at, found.end() if found[5] else outer.end)
        return RawField(found[1].lower(), Span._make(found.span(1)), inner, outer, whole, ((_KINDS[piece], found[piece]),))

    def _field(self, at: int) -> RawField:
        text = self.text
        name = _NAME.match(text, at)
        if not name:
            what = text[at : at + 12].split("\n")[0]
            raise BrokenBlockError(f"a field name is expected where {what!r} stands", at)
        at = _skip(text, name.end())
        if text[at : at + 1] != "=":
            raise BrokenBlockError(f"there is no = after {name[0]!r}", name.end())
        equals = at
        at = begin = end = _skip(text, at + 1)
        if text[at : at + 1] == "@":
            raise BrokenBlockError(f"the value of {name[0]!r} is missing", equals)
        pieces: list[tuple[str, str]] = []
        inner = Span(at, at)
        while True:
            kind, inner, end = self._piece(at, name[0])
            pieces.append((kind, text[inner.start : inner.end]))
            at = _skip(text, end)
            if text[at : at + 1] != "#":
                break
            at = _skip(text, at + 1)
        outer = Span(begin, end)
        if len(pieces) > 1:
            inner = outer
        after = at + 1 if text[at : at + 1] == "," else end
        return RawField(name[0].lower(), Span(*name.span()), inner, outer, Span(name.start(), after), tuple(pieces))

    def _piece(self, at: int, name: str) -> tuple[str, Span, int]:
        opening = self.text[at : at + 1]
        if opening in ("{", '"') and opening:
            closed = self._closing(at)
            if closed < 0 and opening == '"' and (fault := self._brace_inside(at)):
                raise BrokenBlockError(f"a {fault} inside the value of {name!r}", at, unclosed=True)
            if closed < 0:
                what = "brace" if opening == "{" else "quotation mark"
                raise BrokenBlockError(f"the {what} that opens the value of {name!r} is never closed", at, unclosed=True)
            return "braced" if opening == "{" else "quoted", Span(at + 1, closed), closed + 1
        bare = _BARE.match(self.text, at)
        if not bare:
            raise BrokenBlockError(f"the value of {name!r} is missing", at)
        return "bare", Span(*bare.span()), bare.end()

    def _closing(self, opening: int) -> int:
        """Return the offset of the delimiter that closes the one at `opening`, or -1."""
        quoted, depth = self.text[opening] == '"', 0
        for match in _MARKS[self.escapes].finditer(self.text, opening + 1, self.end):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                if depth == 0:
                    return -1 if quoted else match.start()
                depth -= 1
            elif quoted and match[0] == '"' and depth == 0:
                return match.start()
        return -1

    def _brace_inside(self, opening: int) -> str:
        """Return what is wrong with the braces of a quoted value that seems never to be closed, or ''."""
        depth = 0
        for match in _MARKS[self.escapes].finditer(self.text, opening + 1, self.end):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                if depth == 0:  # only where the quotation mark is still to come in this line
                    return "closing brace is too many" if _QUOTE_IN_LINE.match(self.text, match.end(), self.end) else ""
                depth -= 1
            elif match[0] == '"' and depth:
                return "brace is never closed"
        return ""


def _key(text: str, at: int, closing: str, opening: int) -> Span:
    if text[at : at + 1] == "@":
        raise BrokenBlockError("the citation key is missing", opening)
    found = _KEY[closing].match(text, at)
    if not found:
        raise BrokenBlockError("the citation key is missing", at)
    after = _skip(text, found.end())
    if text[after : after + 1] == "=":
        key, _, rest = found[0].partition(" ")
        if rest:
            raise BrokenBlockError(f"there is no comma after the citation key {key!r}", at + len(key))
        raise BrokenBlockError("the citation key is missing: the first thing is a field", at)
    if text[after : after + 1] not in (",", closing):
        first = found[0].split()[0]
        raise BrokenBlockError(f"there is no comma after the citation key {first!r}", at + len(first))
    return Span(*found.span())


def _swallows(text: str, field: RawField) -> bool:
    """Whether a value holds what looks like other fields."""
    return field.is_simple and bool(re.search(r"[,\n]\s*\w+\s*=\s*[{\"\w]", text[field.inner.start : field.inner.end]))


def _unfinished(text: str, field: RawField) -> BrokenBlockError:
    """Say why something follows a field that no comma ends: a value that holds other fields has lost its closing brace."""
    if _swallows(text, field):
        return BrokenBlockError(f"the value of {field.name!r} holds other fields: its own closing brace is missing", field.outer.start)
    following = text[field.outer.end : field.outer.end + 1]
    if following == '"' and field.pieces[-1][0] == "bare":
        return BrokenBlockError(f"the quotation mark that opens the value of {field.name!r} is missing", field.outer.start)
    if field.pieces[-1][0] == "quoted" and following.isalnum():
        return BrokenBlockError(f"a quotation mark inside the value of {field.name!r} ends it; put it into braces", field.outer.end)
    return BrokenBlockError(f"there is no comma after the field {field.name!r}", field.outer.end)


def _ends_with_comma(text: str, field: RawField) -> bool:
    return text[field.whole.end - 1] == ","


def _skip(text: str, at: int) -> int:
    if not (text[at : at + 1].isspace() or text.startswith("%", at)):
        return at
    match = _SPACE.match(text, at)
    return match.end() if match else at


def bracketed(text: str, start: int, end: int | None = None) -> Span:
    """Return the span of a @comment or @preamble block that starts at `start`; nothing is looked for behind `end`.

    Raises:
        BrokenBlockError: its bracket is never closed.
    """
    head = HEAD.match(text, start)
    if not head:
        raise BrokenBlockError("there is no opening brace after the @", start)
    opening, closing = head[2], "}" if head[2] == "{" else ")"
    for marks in (r"[{}()]", r"\\.|[{}()]"):  # every brace counts, as in BibTeX; else those that no backslash hides
        depth = 0
        for match in re.compile(marks, re.DOTALL).finditer(text, head.end() - 1, len(text) if end is None else end):
            depth += (match[0] == opening) - (match[0] == closing)
            if depth == 0 and match[0] == closing:
                return Span(start, match.end())
    raise BrokenBlockError(f"the {opening} that opens the block is never closed", head.end() - 1, unclosed=True)
