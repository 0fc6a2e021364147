"""BibTeX and BibLaTeX files."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from refcheck.bibtex import document, scan
from refcheck.model.reference import Bibliography, Dialect, Field, Ignore, PartialDate, Problem, Reference
from refcheck.model.source import Source, Span
from refcheck.readers import addresses
from refcheck.text import dates, latex, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.model.reference import Contributor

_VERBATIM = addresses.URL_FIELDS | {"doi", "eprint", "file"}
_ENTRY_LINE = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][ \t]*(?:[^\s,{}=]+[ \t]*,|\"?[A-Za-z]+\s*=|\})", re.MULTILINE)
_LONE_CR = re.compile(r"\r(?!\n)")
_IGNORE = re.compile(
    r"^[ \t]*%+[ \t]*refcheck:[ \t]*ignore\b[ \t]*(?P<rules>[^\n]*?)(?:[ \t]+--[ \t]*(?P<reason>[^\n]*?))?[ \t]*\r?$", re.MULTILINE
)
_BIBLATEX_TYPES = frozenset(
    "online report thesis mvbook collection mvcollection inreference reference mvreference suppbook bookinbook dataset software "
    "periodical suppperiodical suppcollection mvproceedings patent artwork audio video movie music image letter legal standard".split()
)
_BIBLATEX_FIELDS = frozenset(
    "date journaltitle location urldate eprinttype eprintclass addendum titleaddon ids langid subtitle origdate".split()
)


def looks_like(text: str) -> bool:
    """Whether a text is BibTeX: a line opens an entry, and nothing much stands before it but comments."""
    match = _ENTRY_LINE.search(text)
    if not match:
        return False
    before = re.sub(r"%[^\n]*", "", text[: match.start()]).strip()
    return len(before) < 400 or text.count("\n@") >= 3


def begins(text: str) -> int:
    """Return where the first line that opens an entry begins, or -1."""
    match = _ENTRY_LINE.search(text)
    return match.start() if match else -1


def read(source: Source) -> Bibliography:
    """Read a BibTeX file; what does not parse is a problem at its line, and the rest is read."""
    strings = _strings(source.text)
    defined: dict[str, Span] = {}
    used: set[str] = set()
    problems: list[Problem] = []
    references: list[Reference] = []
    comments = ""
    comment_start = 0
    for block in document.blocks(source.text):
        if block.kind == "entry" and block.entry:
            reference = _reference(source, block.entry, strings, _ignores(comments, comment_start))
            references.append(reference)
            problems += _repeated_fields(block.entry)
            problems += _undefined(block.entry, strings)
            used |= _macros(block.entry)
        elif block.kind == "string" and block.entry:
            defined |= {field.name: field.name_span for field in block.entry.fields}
            used |= _macros(block.entry)
        elif block.fault:
            problems.append(_broken(source, block))
        comments = source.slice(block.span) if block.kind == "text" else ""
        comment_start = block.span.start
    problems += [Problem("unused-string", f"the @string {name!r} is used nowhere", defined[name]) for name in defined if name not in used]
    return Bibliography(source, tuple(references), tuple(problems), dialect_of(references))


def _macros(entry: scan.RawEntry) -> set[str]:
    """Return the names of the @strings that an entry uses."""
    return {text.lower() for field in entry.fields for kind, text in field.pieces if kind == "bare" and not text.isdigit()}


def _undefined(entry: scan.RawEntry, strings: dict[str, str]) -> list[Problem]:
    return [
        Problem("undefined-string", f"the @string {text!r} is not defined; BibTeX prints nothing in its place", field.inner, entry.key)
        for field in entry.fields
        for kind, text in field.pieces
        if kind == "bare" and not text.isdigit() and text.lower() not in strings
    ]


def _strings(text: str) -> dict[str, str]:
    """Return the text of each @string, later ones in terms of earlier ones; month names are built in."""
    values = dict(zip(dates.ABBREVIATIONS, (f"{m}" for m in dates.ABBREVIATIONS), strict=True))
    for entry in document.strings(text):
        for field in entry.fields:
            values[field.name] = _expanded(field, values)
    return values


def _expanded(field: scan.RawField, strings: dict[str, str]) -> str:
    if field.is_simple:
        return field.pieces[0][1]
    return "".join(strings.get(text.lower(), text) if kind == "bare" else text for kind, text in field.pieces)


def _broken(source: Source, block: document.Block) -> Problem:
    fault = block.fault
    head = scan.HEAD.match(source.text, block.span.start)
    key = re.match(r"\s*([^\s,{}=\"@]+)(?=\s*,|\s+(?!=))", source.text[head.end() : head.end() + 500]) if head else None
    place = source.position(fault.offset) if fault else source.position(block.span.start)
    line_end = re.compile(r"[\r\n]|\Z").search(source.text, block.span.start, block.span.end)
    first_line = Span(block.span.start, line_end.start() if line_end else block.span.end)
    message = f"{fault.message if fault else 'it does not parse'} (line {place.line}, column {place.column})"
    return Problem("broken-block", message, first_line, key[1] if key else "")


def _repeated_fields(entry: scan.RawEntry) -> list[Problem]:
    seen: set[str] = set()
    repeated = []
    for field in entry.fields:
        if field.name in seen:
            message = f"the field {field.name!r} stands twice; BibTeX reads the first and ignores this one"
            repeated.append(Problem("repeated-field", message, field.name_span, entry.key))
        seen.add(field.name)
    return repeated


def _reference(source: Source, entry: scan.RawEntry, strings: dict[str, str], ignored: tuple[Ignore, ...]) -> Reference:
    fields: dict[str, Field] = {}
    ignored_by_bibtex: dict[str, Field] = {}  # fields that stand twice: their addresses are checked all the same
    for raw in entry.fields:
        field = _field(raw, strings)
        if field.name in fields:
            ignored_by_bibtex[f"{field.name} {len(ignored_by_bibtex)}"] = field
        else:
            fields[field.name] = field
    named = addresses.of_fields(fields)
    return Reference(
        key=entry.key,
        entry_type=sys.intern(entry.entry_type),
        fields=fields,
        title=_title(fields),
        contributors=_contributors(fields),
        issued=issued(fields),
        container_title=next((fields[n].value for n in ("journal", "journaltitle", "booktitle") if n in fields), ""),
        identifiers=named,
        links=addresses.links({**fields, **ignored_by_bibtex} if ignored_by_bibtex else fields, named),
        span=entry.span,
        key_span=entry.key_span,
        source=source,
        ignored=ignored,
    )


def _field(raw: scan.RawField, strings: dict[str, str]) -> Field:
    text = _expanded(raw, strings)
    value = latex.decode_url(text) if raw.name in _VERBATIM else latex.decode(text)
    literal = raw.is_simple or (len(raw.pieces) == 1 and not raw.pieces[0][1].isidentifier())
    before, after = raw.inner.start - raw.whole.start, raw.whole.end - raw.inner.end
    same = text if value == text else value  # one text, kept once
    return Field(sys.intern(raw.name), same, *raw.inner, text, before=before, after=after, literal=literal)


def _title(fields: dict[str, Field]) -> str:
    title = fields["title"].value if "title" in fields else ""
    subtitle = fields["subtitle"].value if "subtitle" in fields else ""
    return f"{title}: {subtitle}" if title and subtitle else title


def _contributors(fields: dict[str, Field]) -> tuple[Contributor, ...]:
    return tuple(person for role in ("author", "editor") if role in fields for person in names.parse_list(fields[role].raw, role))


def issued(fields: dict[str, Field]) -> PartialDate | None:
    """Return the date of `date`, or of `year`, `month` and `day`."""
    if (date := fields.get("date")) and (found := dates.parse(date.value)):
        return found
    year = dates.parse(fields["year"].value) if "year" in fields else None
    if not year or year.month:
        return year
    month_field = fields["month"].value if "month" in fields else ""
    month = dates.month_number(month_field.split("~")[0])
    day = re.search(r"\b(\d{1,2})\b", fields["day"].value if "day" in fields else month_field if not month_field.isdigit() else "")
    return dates.valid(year.year, month, int(day[1]) if day else None)


def _ignores(comments: str, offset: int) -> tuple[Ignore, ...]:
    """Return the ignore comments that stand directly above an entry: no blank line and nothing else between."""
    if "refcheck" not in comments:
        return ()
    tail = re.search(r"(?:^[ \t]*%[^\n]*\n)+[ \t]*\Z", _LONE_CR.sub("\n", comments), re.MULTILINE)
    if not tail:
        return ()
    return tuple(
        Ignore(
            tuple(re.findall(r"[\w-]+", match["rules"])),
            (match["reason"] or "").strip(),
            Span(offset + tail.start() + match.start(), offset + tail.start() + match.end()),
        )
        for match in _IGNORE.finditer(tail[0])
    )


def dialect_of(references: Sequence[Reference]) -> Dialect:
    """Return BibLaTeX where its own types or fields are used, and more of them than of BibTeX's."""
    modern = sum(r.entry_type in _BIBLATEX_TYPES or bool(_BIBLATEX_FIELDS & r.fields.keys()) for r in references)
    classic = sum(bool({"year", "journal", "address", "school"} & r.fields.keys()) for r in references)
    return Dialect.BIBLATEX if modern and modern >= classic else Dialect.BIBTEX
