"""What the rules about values have in common: which fields they look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Field, Reference
    from refcheck.rules.base import Facts

# Fields whose text LaTeX typesets, in BibTeX and BibLaTeX. Addresses, identifiers, keys and private fields are none.
TEXT = frozenset(
    """title subtitle titleaddon booktitle booksubtitle maintitle journal journaltitle journalsubtitle series publisher organization institution
    school address location author editor translator note addendum howpublished edition chapter eventtitle venue issuetitle shorttitle""".split()
)
NAMES = frozenset("author editor translator bookauthor commentator annotator foreword introduction afterword".split())


def written(reference: Reference, facts: Facts, names: frozenset[str]) -> Iterator[Field]:
    """Yield the fields of these names whose value is one piece that can be edited; none where the source takes no edits."""
    if facts.editable:
        for name in names.intersection(reference.fields):
            field = reference.fields[name]
            if field.literal and field.raw and not field.raw.isspace():
                yield field
