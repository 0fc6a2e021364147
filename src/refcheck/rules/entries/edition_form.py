"""RC623."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.model.reference import Dialect
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


_WORDS = "first second third fourth fifth sixth seventh eighth ninth".split()


@rule("RC623", "edition-form", severity=Severity.INFO)
def edition_form(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""The edition is written in the other dialect's form.

    What it does: BibLaTeX wants a number (`edition = {2}`), classic BibTeX an ordinal word (`edition = {Second}`). `clean` writes
    the number in BibLaTeX; in classic BibTeX, where some styles want numbers, `clean --unsafe` writes the word.

    Why it matters: classic styles print "2 edition", and BibLaTeX warns and prints "2nd" without "edition".

    Example: `edition = {2nd}` should be `edition = {2}` in BibLaTeX and `edition = {Second}` in classic BibTeX.

    When it can be wrong: `edition = {Revised}` and its like are left alone.
    """
    modern = facts.bibliography.dialect is Dialect.BIBLATEX
    for field in written(reference, facts, frozenset({"edition"})):
        value = field.raw.strip().lower().removesuffix(" edition").removesuffix(" ed.").strip()
        number = _WORDS.index(value) + 1 if value in _WORDS else 0
        if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.?", value):
            number = int(match[1])
        right = str(number) if modern else _WORDS[number - 1].capitalize() if 0 < number <= len(_WORDS) else ""
        if number and right and field.raw.strip() != right and not (not modern and value in _WORDS):
            fix = facts.fix(f"write {right}", Applicability.SAFE if modern else Applicability.UNSAFE, edits.replace_value(field, right))
            form = "a number" if modern else "an ordinal word"
            yield Finding(
                f"the edition is {field.raw.strip()}; {facts.bibliography.dialect} wants {form}", field.span, confidence=0.9, fixes=(fix,)
            )
