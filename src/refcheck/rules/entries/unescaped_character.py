"""RC616."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import TEXT, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


# Math, addresses and the arguments of commands that take them verbatim.
_BARE = re.compile(r"(?<!\\)[&#%_]")
_MASKED = re.compile(
    r"\$[^$]*\$|\\\(.*?\\\)|\\(?:url|href|path|nolinkurl|verb|texttt|ensuremath)\s*\{[^{}]*\}(?:\{[^{}]*\})?|https?://\S+", re.DOTALL
)


@rule("RC616", "unescaped-character")
def unescaped_character(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A character that LaTeX takes for a command stands bare in a text.

    What it does: reports `&`, `#`, `%` and `_` without a backslash, outside of math, in the fields that are printed. `clean` adds the backslash.

    Why it matters: LaTeX stops with an error, or drops the rest of the line.

    Example: `publisher = {Smith & Sons}` should be `publisher = {Smith \\& Sons}`.

    When it can be wrong: the value holds LaTeX of your own that needs the character.
    """
    for field in written(reference, facts, TEXT):
        if not _BARE.search(field.raw):
            continue
        masked = _MASKED.sub(lambda m: "x" * len(m[0]), field.raw)
        places = [match.start() for match in _BARE.finditer(masked)]
        if not places or re.search(r"&\\?#?\w{2,8};", field.raw):
            continue  # HTML is another rule's
        new = field.raw
        for place in reversed(places):
            new = f"{new[:place]}\\{new[place:]}"
        fix = facts.fix("add the backslash", Applicability.SAFE, edits.replace_value(field, new))
        yield Finding(
            f"{field.name} has a bare {field.raw[places[0]]!r}, which LaTeX takes for a command", field.span, confidence=0.9, fixes=(fix,)
        )
