"""RC204."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written
from refcheck.text import identifiers, latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


def _is_valid(value: str) -> bool:
    digits = re.sub(r"[\s\u2010-\u2015-]", "", value).upper()
    return bool(re.fullmatch(r"\d{9}[\dX]|\d{13}", digits)) and identifiers.isbn13(digits) != ""


@rule("RC204", "invalid-isbn")
def invalid_isbn(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""The check digit of an ISBN is wrong, or it has too few or too many digits.

    What it does: computes the check digit (ISO 2108). Several numbers in one field are looked at one by one.

    Why it matters: the number finds another work, or none.

    Example: `isbn = {0-201-89683-5}`: the last digit should be 4.

    When it can be wrong: some works were printed with a wrong number; then `% refcheck: ignore invalid-isbn -- as printed`.
    """
    for field in written(reference, facts, frozenset({"isbn"})):
        for value in re.split(r"[,;/]|\band\b|\(.*?\)", latex.decode(field.raw)):
            number = re.sub(r"^\s*(?:ISBN(?:-1[03])?:?|[ep]-?ISBN:?|online:?|print:?)\s*", "", value, flags=re.IGNORECASE).strip()
            if number and not _is_valid(number):
                yield Finding(f"{number} is no ISBN: its check digit or its length is wrong", field.span, confidence=0.95)
