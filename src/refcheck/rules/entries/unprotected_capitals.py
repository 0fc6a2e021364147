"""RC611."""

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


_ACRONYM = re.compile(r"\b(?:[A-Z]{2,}[\dA-Z]*|[A-Z]+\d[A-Z\d]*|[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)\b")


@rule("RC611", "unprotected-capitals", severity=Severity.INFO)
def unprotected_capitals(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""An acronym in a title stands without braces, in classic BibTeX.

    What it does: looks for words of capitals (`DNA`, `HIV`) and words with a capital inside (`iPhone`, `LaTeX`) outside braces. `clean
    --unsafe` adds braces.

    Why it matters: many classic styles write titles in small letters: "Dna repair".

    Example: `title = {DNA repair}` should be `title = {{DNA} repair}`.

    When it can be wrong: your style keeps the case of titles. Then put the rule into `ignore` of the configuration.
    """
    if facts.bibliography.dialect is not Dialect.BIBTEX or reference.entry_type in {"book", "proceedings", "phdthesis", "manual"}:
        return  # whose titles the standard styles leave as they are
    for field in written(reference, facts, frozenset({"title"})):
        bare = re.sub(r"\{[^{}]*\}|\$[^$]*\$|\\[A-Za-z]+", lambda m: " " * len(m[0]), field.raw)
        if "{" in bare or "}" in bare or bare.upper() == bare:
            continue
        places = [match for match in _ACRONYM.finditer(bare) if match.start() > 0 or not match[0][0].isupper() or match[0].isupper()]
        if places:
            new = field.raw
            for match in reversed(places):
                new = f"{new[: match.start()]}{{{match[0]}}}{new[match.end() :]}"
            fix = facts.fix(f"write {new[:70]}", Applicability.UNSAFE, edits.replace_value(field, new))
            words = ", ".join(dict.fromkeys(match[0] for match in places[:4]))
            yield Finding(f"many styles write these in small letters: {words}", field.span, confidence=0.7, fixes=(fix,))
