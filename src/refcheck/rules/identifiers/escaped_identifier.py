"""RC203."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written
from refcheck.text import latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC203", "escaped-identifier")
def escaped_identifier(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""LaTeX escapes stand inside an address or an identifier.

    What it does: reports `\\_`, `\\%`, `\\&`, `\\#` and `{\\textasciitilde}` in `url`, `doi` and `eprint`. `clean --unsafe` takes them out.

    Why it matters: BibLaTeX and `\\url` print these fields as they stand, so the backslash becomes part of the address.

    Example: `url = {https://example.org/a\\_b}` should be `url = {https://example.org/a_b}`.

    When it can be wrong: a classic style that prints the address without `\\url` needs the escapes; then leave them.
    """
    for field in written(reference, facts, frozenset({"url", "doi", "eprint"})):
        plain = latex.decode_url(field.raw)
        if plain != field.raw.strip() and re.search(r"\\[_%&#~]|\\textasciitilde", field.raw) and not field.raw.lstrip().startswith("\\"):
            fix = facts.fix(f"write {plain}", Applicability.UNSAFE, edits.replace_value(field, plain))
            yield Finding(f"{field.name} has LaTeX escapes, which become part of it", field.span, confidence=0.85, fixes=(fix,))
