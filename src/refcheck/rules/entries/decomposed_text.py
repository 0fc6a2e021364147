"""RC617."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import TEXT, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC617", "decomposed-text", severity=Severity.INFO)
def decomposed_text(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""Letters and their accents are separate characters.

    What it does: reports text that is not in Unicode's composed form (NFC); `clean` composes it.

    Why it matters: the same name no longer compares equal, and BibTeX sorts it wrongly.

    Example: an `é` made of `e` and a combining accent, as some systems write file names.

    When it can be wrong: it cannot; the two look the same.
    """
    for field in written(reference, facts, TEXT | frozenset({"keywords"})):
        composed = unicodedata.normalize("NFC", field.raw)
        if composed != field.raw:
            fix = facts.fix("compose the letters", Applicability.SAFE, edits.replace_value(field, composed))
            yield Finding(f"{field.name} has letters and accents as separate characters", field.span, fixes=(fix,))
