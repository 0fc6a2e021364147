"""RC605."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


# btxdoc, section 3.1; the BibLaTeX manual, sections 2.1.1 to 2.1.4.
KNOWN = frozenset(
    """article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport unpublished
    mvbook bookinbook suppbook collection mvcollection suppcollection dataset electronic mvproceedings mvreference online patent periodical
    suppperiodical reference inreference report set software thesis www xdata artwork audio bibnote commentary image jurisdiction legislation legal
    letter movie music performance review standard video custom customa customb customc customd custome customf""".split()
)


@rule("RC605", "unknown-type")
def unknown_type(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""The entry type is none that BibTeX or BibLaTeX knows.

    What it does: compares the type with those of the standard styles and of BibLaTeX; a near one is named.

    Why it matters: BibTeX warns and prints the entry as @misc; BibLaTeX does likewise.

    Example: `@artcile{…}`.

    When it can be wrong: a style of your own defines the type. Then put the rule into `ignore` of the configuration.
    """
    if facts.editable and reference.entry_type not in KNOWN:
        near = get_close_matches(reference.entry_type, KNOWN, 1, 0.8)
        meant = f"; did you mean @{near[0]}?" if near else "; it is printed as @misc"
        yield Finding(f"@{reference.entry_type} is no known entry type{meant}", reference.key_span, confidence=0.9)
