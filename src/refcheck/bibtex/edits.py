"""Changes to a BibTeX text that touch nothing but their spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from refcheck.model.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from refcheck.model.finding import Fix
    from refcheck.model.reference import Field, Reference

READ_FROM = "% read with doubt from: "  # what stands before the original text of a reference, above its entry
_LONGEST = 8000


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; they must not overlap."""
    result, position = StringIO(newline=""), 0
    for edit in sorted(edits, key=lambda e: e.span):
        result.write(text[position : edit.span.start])
        result.write(edit.text)
        position = edit.span.end
    result.write(text[position:])
    return result.getvalue()


def compatible(fixes: Sequence[Fix]) -> list[Fix]:
    """Return the fixes that can be made at once: the first of those that overlap wins, and repeats count once."""
    chosen: list[Fix] = []
    taken: dict[Span, str] = {}
    in_order: list[Span] = []  # those taken never overlap, so only the neighbours can
    for fix in fixes:
        if all(taken.get(edit.span) == edit.text for edit in fix.edits):
            continue
        if any(_clash(edit.span, span) for edit in fix.edits for span in _neighbours(in_order, edit.span)):
            continue
        for edit in fix.edits:
            if edit.span not in taken:
                insort(in_order, edit.span)
            taken[edit.span] = edit.text
        chosen.append(fix)
    return chosen


def _neighbours(spans: list[Span], span: Span) -> list[Span]:
    """Return those of spans in order that may touch another one: what begins before it, and what begins within it."""
    first, last = bisect_left(spans, (span.start, -1)), bisect_right(spans, (span.end, span.end))
    return spans[max(first - 3, 0) : last + 1]


def _clash(one: Span, other: Span) -> bool:
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return (one.start < other.end and other.start < one.end) or one == other


def replace_value(field: Field, value: str) -> Edit:
    """Put another value between the delimiters of a field.

    Raises:
        ValueError: the value is put together from pieces, so there are no delimiters of its own.
    """
    if not field.literal:
        raise ValueError(f"the value of {field.name} is an expression")
    return Edit(field.span, value)


def append_to_value(field: Field, text: str) -> Edit:
    """Add text to the end of a value, be it one piece or an expression."""
    if field.literal:
        return Edit(Span(field.span.end, field.span.end), text)
    return Edit(Span(field.span.end, field.span.end), f" # {{{text}}}")


def written(text: str, field: Field) -> str:
    """Return a value as it stands, with its delimiters, or the expression that it comes from."""
    delimited = field.literal and text[field.span.start - 1] in '{"'
    return text[field.span.start - delimited : field.span.end + delimited]


def fill_field(text: str, reference: Reference, name: str, value: str) -> Edit | None:
    """Give a field that is missing or empty a value; None where it has one, or an expression."""
    field = reference.fields.get(name)
    if field is None:
        return add_field(text, reference, name, f"{{{value}}}")
    return replace_value(field, value) if field.literal and not field.value else None


def add_field(text: str, reference: Reference, name: str, written: str) -> Edit:
    """Insert a field with a written value (with its delimiters) at the end of an entry.

    It takes its neighbours' indent, alignment, case and comma habit.
    """
    if name in reference.fields:
        raise ValueError(f"the entry has a field {name} already")
    return add_fields(text, reference, {name: written})


def add_fields(text: str, reference: Reference, written: Mapping[str, str]) -> Edit:
    """Insert fields, which the entry does not have, by their names, as one edit."""
    last = max((f.whole for f in reference.fields.values() if f.whole), key=lambda span: span.end, default=None)
    closing = reference.span.end - 1
    if last is None:
        has_comma = text[reference.key_span.end : closing].lstrip().startswith(",")
        at = text.index(",", reference.key_span.end) + 1 if has_comma else reference.key_span.end
        lines = "".join(f"\n  {name} = {value}," for name, value in written.items())
        return Edit(Span(at, at), ("" if has_comma else ",") + lines + "\n")
    style = _Style.of(text, reference)
    newline = "\r\n" if "\r\n" in text[reference.span.start : closing] else "\n"
    on_own_line = newline in text[reference.key_span.end : last.start]
    lead = f"{newline}{style.indent}" if on_own_line else " "
    fields = [f"{lead}{style.head(name)}{value}" for name, value in written.items()]
    if text[last.end - 1] == ",":
        return Edit(Span(last.end, last.end), "".join(f"{field}," for field in fields))
    return Edit(Span(last.end, last.end), "".join(f",{field}" for field in fields))


@dataclass(frozen=True, slots=True)
class _Style:
    """How the fields of an entry are set: indent, space around `=`, a common column for it, case of names."""

    indent: str
    before: str
    after: str
    column: int | None
    upper: bool

    @classmethod
    def of(cls, text: str, reference: Reference) -> _Style:
        wholes = sorted(f.whole for f in reference.fields.values() if f.whole)
        lines = [text[text.rfind("\n", 0, w.start) + 1 : w.end] for w in wholes]
        heads = [head for line in lines if (head := re.match(r"([ \t]*)([^\s=]+)([ \t]*)=([ \t]*)", line))]
        if not heads:
            return cls("  ", " ", " ", None, upper=False)
        columns = {len(head[2]) + len(head[3]) for head in heads}
        aligned = len(columns) == 1 and len({len(head[2]) for head in heads}) > 1
        last = heads[-1]
        return cls(last[1], last[3], last[4], columns.pop() if aligned else None, last[2].isupper())

    def head(self, name: str) -> str:
        """Return a field's name and equals sign in this style."""
        before = " " * max(self.column - len(name), 1) if self.column is not None else self.before
        return f"{name.upper() if self.upper else name}{before}={self.after}"


def remove_entry(text: str, entry: Reference) -> Edit:
    """Take an entry out with its comments (what to ignore, what it was read from) and the blank line after it.

    At the end of the text the blank line before it goes.
    """
    start, end = entry.span
    start = min([start, *(ignore.span.start for ignore in entry.ignored)])
    if read_from := re.search(rf"^{re.escape(READ_FROM)}[^\n]*\n\Z", text[max(0, start - _LONGEST) : start], re.MULTILINE):
        start -= len(read_from[0])
    rest = re.compile(r"[ \t]*(?:\r?\n){0,2}").match(text, end)
    end = rest.end() if rest else end
    if end == len(text) and (before := re.search(r"(?<=\n)(?:[ \t]*\r?\n)+$", text[:start])):
        start = before.start()
    return Edit(Span(start, end), "")
