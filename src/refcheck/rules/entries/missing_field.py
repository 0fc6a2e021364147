"""RC601."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Fix
from refcheck.model.reference import Dialect
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference

# btxdoc, section 3.1. A tuple's names are alternatives.
_BIBTEX: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journal", "journaltitle"), ("year", "date")),
    "book": (("author", "editor"), ("title",), ("publisher",), ("year", "date")),
    "booklet": (("title",),),
    "conference": (("author",), ("title",), ("booktitle",), ("year", "date")),
    "inbook": (("author", "editor"), ("title",), ("chapter", "pages"), ("publisher",), ("year", "date")),
    "incollection": (("author",), ("title",), ("booktitle",), ("publisher",), ("year", "date")),
    "inproceedings": (("author",), ("title",), ("booktitle",), ("year", "date")),
    "manual": (("title",),),
    "mastersthesis": (("author",), ("title",), ("school", "institution"), ("year", "date")),
    "phdthesis": (("author",), ("title",), ("school", "institution"), ("year", "date")),
    "proceedings": (("title",), ("year", "date")),
    "techreport": (("author",), ("title",), ("institution",), ("year", "date")),
    "unpublished": (("author",), ("title",), ("note",)),
}
# The BibLaTeX manual, section 2.1.1.
_BIBLATEX: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journaltitle", "journal"), ("date", "year")),
    "book": (("author", "editor"), ("title",), ("date", "year")),
    "inbook": (("author",), ("title",), ("booktitle",), ("date", "year")),
    "incollection": (("author",), ("title",), ("booktitle",), ("date", "year")),
    "inproceedings": (("author",), ("title",), ("booktitle",), ("date", "year")),
    "online": (("title",), ("url", "doi", "eprint")),
    "report": (("author",), ("title",), ("institution",), ("date", "year")),
    "thesis": (("author",), ("title",), ("institution", "school"), ("date", "year")),
}


@rule("RC601", "missing-field")
def missing_field(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """An entry lacks a field that its type requires.

    What it does: compares the entry with the required fields of BibTeX (btxdoc) or BibLaTeX. Entries
    that inherit (`crossref`, `xdata`) are left alone, and so are typed references: they are no entries yet.

    Why it matters: BibTeX warns, and the printed reference has a gap.

    Example: an `@article` without `journal`.

    When it can be wrong: some works have no such field; then another entry type fits better.
    """
    if not facts.editable or {"crossref", "xdata", "xref"} & reference.fields.keys():
        return
    table = _BIBLATEX if facts.bibliography.dialect is Dialect.BIBLATEX else _BIBTEX
    for names in table.get(reference.entry_type, ()):
        if reference.value(*names):
            continue
        what = f"an @{reference.entry_type}" if reference.entry_type[:1] in "aeiou" else f"a @{reference.entry_type}"
        message = f"{what} needs {' or '.join(names)}"
        publisher = _group_author(reference) if names[0] == "institution" and "author" in reference.fields else ""
        fixes: tuple[Fix, ...] = ()
        edit = edits.fill_field(facts.bibliography.source.text, reference, "institution", publisher) if publisher else None
        if edit:
            fixes = (facts.fix(f"add institution = {{{publisher}}}, its author", Applicability.SAFE, edit),)
        yield Finding(message, reference.key_span, confidence=0.95, fixes=fixes)


def _group_author(reference: Reference) -> str:
    """Return the author as it is written, without its own braces, where it is one group: it issued the report."""
    field = reference.fields["author"]
    is_group = len(reference.authors) == 1 and bool(reference.authors[0].literal) and field.literal
    written = field.raw.strip()
    return written[1:-1] if is_group and written.startswith("{") and written.endswith("}") else ""
