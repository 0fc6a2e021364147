"""RC615."""

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


_TRACE = re.compile(
    r"(?:[ÃÂ][\x80-\xbf\u20ac\u201a-\u203a\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2122]|â€[\x80-\xbf\u2122\u0153\u02dc\u201c\u201d\u00a6])+"
)


def _decoded(text: str) -> str | None:
    """Return a text with its wrongly decoded parts decoded rightly, or None where it has none."""

    def again(match: re.Match[str]) -> str:
        try:
            return "".join(chr(b) for b in match[0].encode("cp1252")).encode("latin-1").decode("utf-8")
        except UnicodeError:
            try:
                return match[0].encode("latin-1").decode("utf-8")
            except UnicodeError:
                return match[0]

    meant = text if text.isascii() else _TRACE.sub(again, text)
    return meant if meant != text else None


@rule("RC615", "mojibake")
def mojibake(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""Text was decoded with the wrong encoding.

    What it does: looks for the traces of UTF-8 read as Windows-1252 (`Ã©`, `â€™`), and shows what was meant. `clean --unsafe` writes it.

    Why it matters: names and titles are printed as rubbish, and found nowhere.

    Example: `author = {GarcÃ­a, Ana}` should be `author = {García, Ana}`.

    When it can be wrong: hardly ever; the sequence would have to be meant.
    """
    for field in written(reference, facts, TEXT | frozenset({"abstract", "keywords"})):
        meant = _decoded(field.raw)
        if meant is not None:
            fix = facts.fix(f"write {meant[:60]}", Applicability.UNSAFE, edits.replace_value(field, meant))
            yield Finding(f"{field.name} was decoded wrongly; meant is {meant[:60]!r}", field.span, confidence=0.9, fixes=(fix,))
