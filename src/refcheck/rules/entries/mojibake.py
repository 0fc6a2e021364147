"""RC615."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import TEXT, written
from refcheck.text.mojibake import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC615", "mojibake")
def mojibake(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""Text was decoded with the wrong encoding.

    What it does: looks for the traces of UTF-8 read as Windows-1252 (`Ã©`, `â€™`), and shows what was meant. `clean --unsafe` writes it.

    Why it matters: names and titles are printed as rubbish, and found nowhere.

    Example: `author = {GarcÃ­a, Ana}` should be `author = {García, Ana}`.

    When it can be wrong: hardly ever; the sequence would have to be meant.
    """
    for field in written(reference, facts, TEXT | frozenset({"abstract", "keywords"})):
        meant = mended(field.raw)
        if meant != field.raw:
            fix = facts.fix(f"write {meant[:60]}", Applicability.UNSAFE, edits.replace_value(field, meant))
            yield Finding(f"{field.name} was decoded wrongly; meant is {meant[:60]!r}", field.span, confidence=0.9, fixes=(fix,))
