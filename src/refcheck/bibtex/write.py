"""References as new BibTeX text: for documents that had none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import bibtexparser
from bibtexparser.library import Library
from bibtexparser.model import Entry
from bibtexparser.model import Field as WrittenField
from bibtexparser.writer import BibtexFormat

from refcheck.model.reference import Dialect
from refcheck.text import dates, latex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from refcheck.model.reference import Contributor, Reference

VERBATIM = frozenset({"url", "doi", "eprint", "isbn", "issn", "urldate", "eprinttype", "archiveprefix", "pages", "file"})
_ORDER = (
    "author editor title journal journaltitle booktitle edition volume number series pages school institution publisher "
    "address location year month date eprint eprinttype archiveprefix doi isbn issn pmid url urldate howpublished note"
).split()
_BIBTEX_TYPES = {
    "online": "misc", "report": "techreport", "software": "misc", "dataset": "misc", "video": "misc",
    "thesis": "phdthesis", "standard": "techreport",
}  # fmt: skip
_BIBLATEX_TYPES = {
    "standard": "report", "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report", "conference": "inproceedings",
}  # fmt: skip
_BIBLATEX_NAMES = {"journal": "journaltitle", "address": "location", "school": "institution"}
_COMMAND = re.compile(r"(?:[^\\{}&%$#_^~]*\\url\{[^{}\\]*\})+")


def bibliography(references: Iterable[Reference], dialect: Dialect) -> str:
    """Return the references as a BibTeX file in their order, ending with a newline; '' for none."""
    library = Library([entry(reference, dialect) for reference in references])
    if not library.blocks:
        return ""
    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent, form.block_separator, form.trailing_comma = "  ", "\n", True
    return bibtexparser.write_string(library, unparse_stack=[], bibtex_format=form)


def entry(reference: Reference, dialect: Dialect) -> Entry:
    """Return one reference as an entry of bibtexparser's, its values in braces."""
    types = _BIBLATEX_TYPES if dialect is Dialect.BIBLATEX else _BIBTEX_TYPES
    fields = sorted(_values(reference, dialect), key=_place)
    return Entry(
        types.get(reference.entry_type, reference.entry_type),
        reference.key,
        [WrittenField(name, value) for name, value in fields],
    )


def _place(item: tuple[str, str]) -> int:
    return _ORDER.index(item[0]) if item[0] in _ORDER else len(_ORDER)


def _values(reference: Reference, dialect: Dialect) -> Iterator[tuple[str, str]]:
    roles = dict.fromkeys(("author", "editor", *(person.role for person in reference.contributors)))
    for role in roles:
        if people := [person for person in reference.contributors if person.role == role]:
            yield role, "{" + " and ".join(name(person) for person in people) + _others(reference, role) + "}"
    yield from _date(reference, dialect)
    for field in reference.fields.values():
        if field.name in {"year", "month", "day", "date"} or field.name in roles or not field.value:
            continue
        target = _field_name(field.name, reference.entry_type, dialect)
        as_written = field.whole is not None and field.literal
        yield target, "{" + (field.raw if as_written else braced(field.value, field.name)) + "}"


def _field_name(name: str, entry_type: str, dialect: Dialect) -> str:
    """Return what a field is called in a dialect; where a page is from has other names than a journal."""
    modern = dialect is Dialect.BIBLATEX
    if name == "journal" and entry_type in {"online", "misc", "software", "video", "dataset"}:
        return "organization" if modern else "howpublished"
    return _BIBLATEX_NAMES.get(name, name) if modern else name


def _others(reference: Reference, role: str) -> str:
    field = reference.fields.get(role)
    return " and others" if field and field.value.endswith(" and others") else ""


def _date(reference: Reference, dialect: Dialect) -> Iterator[tuple[str, str]]:
    issued = reference.issued
    date = reference.value("date", "year")
    if not issued:
        if date:
            yield "date" if dialect is Dialect.BIBLATEX else "year", "{" + braced(date, "date") + "}"
        return
    if dialect is Dialect.BIBLATEX:
        yield "date", "{" + (date if re.fullmatch(r"[\d-]+/[\d-]*", date) else str(issued)) + "}"
        return
    yield "year", f"{{{issued.year}}}"
    if issued.month:
        month = dates.ABBREVIATIONS[issued.month - 1]
        yield "month", f"{month} # {{~{issued.day}}}" if issued.day else month


def braced(value: str, field_name: str) -> str:
    r"""Return a value as it stands between the braces of a field, special characters escaped; `\url{…}` alone stays."""
    if field_name in VERBATIM:
        return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", value)
    if _COMMAND.fullmatch(value):
        return value
    text = value.replace(latex.OPEN, "").replace(latex.CLOSE, "")
    return latex.encode(protected(text) if field_name in {"title", "booktitle"} else text)


def protected(title: str) -> str:
    """Brace the words whose capitals belong to their spelling, so that no style lowers them.

    The braces are `latex.OPEN` and `latex.CLOSE`, which encoding turns into braces. These are words with a capital inside (DeepSeek, GPT-4), names before a version (Gemini 1.5), and, in
    a title written like a sentence, every capitalised word but the first of a sentence.
    """
    words = title.split()
    telling = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    like_a_sentence = len(telling) >= 3 and sum(word[0].islower() for word in telling) > len(telling) / 2

    def brace(match: re.Match[str]) -> str:
        before, after = title[: match.start()].rstrip(), title[match.end() :].lstrip()
        core = re.fullmatch(r"(\W*)((?:[^\W\d_]\.){2,}|.*?)(\W*)", match[0], re.DOTALL)
        if not core or not re.search(r"[A-ZÀ-Þ]", core[2]):
            return match[0]
        inside = bool(re.search(r"[A-ZÀ-Þ]", core[2][1:])) and not re.fullmatch(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)+", core[2])
        versioned = bool(re.match(r"\d+(?:\.\d+)?\b", after)) or bool(re.fullmatch(r"[A-Z][a-z]+\d[\d.]*", core[2]))
        named = like_a_sentence and bool(before) and before[-1] not in ".:?!—\"“'‘(" and core[2] != "I"
        return f"{core[1]}{latex.OPEN}{core[2]}{latex.CLOSE}{core[3]}" if inside or versioned or named else match[0]

    return re.sub(r"\S+", brace, title)


def name(person: Contributor) -> str:
    """Return a contributor as BibTeX wants it: `Family, Given`, groups in braces of their own."""
    if person.literal:
        return "{" + latex.encode(person.literal) + "}"
    parts = (latex.encode(part) for part in (person.family, person.suffix, person.given) if part)
    return ", ".join("{" + part + "}" if "," in part or re.search(r"(?:^|\s)and(?:\s|$)", part, re.IGNORECASE) else part for part in parts)
