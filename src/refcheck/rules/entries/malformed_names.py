"""RC609."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import NAMES, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


def _without_groups(text: str) -> str:
    """Blank what stands in braces: a group's name is one name, whatever is in it."""
    while (shorter := re.sub(r"\{[^{}]*\}", "", text)) != text:
        text = shorter
    return text


@rule("RC609", "malformed-names")
def malformed_names(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A list of names that BibTeX does not read as it is meant.

    What it does: reports names with too many commas, lists joined by `;` or `&` where `and` belongs, and `et al.` where
    `and others` belongs, which `clean` writes.

    Why it matters: BibTeX takes a list without `and` for one person.

    Example: `author = {Doe, Jane; Roe, Richard}`.

    When it can be wrong: a group whose name has such signs belongs in braces: `author = {{Smith & Sons}}`.
    """
    for field in written(reference, facts, NAMES):
        bare = _without_groups(field.raw)
        if re.search(r"\bet\.?\s+al\b\.?", bare):
            new = re.sub(r",?\s*(?:\band\s+)?\bet\.?\s+al\b\.?", " and others", field.raw)
            fix = facts.fix("write `and others`", Applicability.SAFE, edits.replace_value(field, new))
            yield Finding(f"{field.name}: `et al.` is read as a person", field.span, fixes=(fix,))
        elif ";" in bare or re.search(r"\s(?:\\&|&)\s", bare):
            yield Finding(f"{field.name}: names are joined by `and`, not by `;` or `&`", field.span, confidence=0.9)
        else:
            for name in re.split(r"\s+and\s+", bare):
                if name.count(",") > 2:
                    yield Finding(
                        f"{field.name}: too many commas in {name.strip()[:60]!r}; names are joined by `and`", field.span, confidence=0.9
                    )
                    break
