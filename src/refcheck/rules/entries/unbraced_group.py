"""RC610."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


_GROUP = re.compile(
    r"\b(?:universit\w+|organi[sz]ation|institut\w*|association|committee|commission|consortium|council|ministry|department|bureau|agency|"
    r"foundation|society|corporation|inc\.?|ltd\.?|gmbh|laborator(?:y|ies)|centre|center|collaboration|group|team|press|museum|library|"
    r"academy|network|union|office|government|parliament|nations)\b",
    re.IGNORECASE,
)

_INVERTED = re.compile(
    r"\s*(universit\w+|organi[sz]ation|institute?|association|committee|commission|consortium|council|ministry|department|agency|foundation|"
    r"society|corporation|laborator(?:y|ies)|collaboration|academy)\s*,\s*((?:of |for |the |de |der |[^\W\d_]{3,}+ ?+)+)\s*",
    re.IGNORECASE,
)


@rule("RC610", "unbraced-group")
def unbraced_group(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""The name of a group stands without braces where a person's would.

    What it does: looks for words such as University, Organization or Institute in a name that has no comma and no braces, and for names
    that were turned round like a person's (`Organization, World Health`). `clean --unsafe` adds the braces and turns them back.

    Why it matters: BibTeX takes the last word for a family name, and prints "Organization, W. H.".

    Example: `author = {World Health Organization}` should be `author = {{World Health Organization}}`.

    When it can be wrong: a person is called so. Then `% refcheck: ignore unbraced-group`.
    """
    for field in written(reference, facts, frozenset({"author", "editor"})):
        if not _GROUP.search(field.raw):
            continue
        names = re.split(r"(\s+and\s+)", field.raw)
        groups = {name: group for name in names if (group := _group(name))}
        if groups:
            new = "".join(f"{{{groups[name]}}}" if name in groups else name for name in names)
            fix = facts.fix("put the group into braces", Applicability.UNSAFE, edits.replace_value(field, new))
            first = next(iter(groups)).strip()
            yield Finding(f"{first!r} is read as a person: a group belongs in braces", field.span, confidence=0.9, fixes=(fix,))


def _group(name: str) -> str:
    """Return the group that a name without braces is, in the order in which one speaks it, or ''."""
    if inverted := _INVERTED.fullmatch(name):
        return f"{inverted[2].strip()} {inverted[1]}"
    is_group = _GROUP.search(name) and not re.search(r"[{}\\,]", name) and len(name.split()) > 1
    return name.strip() if is_group else ""
