"""RC205."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written
from refcheck.text import latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


def _is_valid(value: str) -> bool:
    digits = re.sub(r"[\s\u2010-\u2015-]", "", value).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return False
    total = sum((8 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(digits))
    return total % 11 == 0


@rule("RC205", "invalid-issn")
def invalid_issn(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""The check digit of an ISSN is wrong, or it has too few or too many digits.

    What it does: computes the check digit (ISO 3297). Several numbers in one field are looked at one by one.

    Why it matters: the number finds another work, or none.

    Example: `issn = {0028-0837}`: the last digit should be 6.

    When it can be wrong: some works were printed with a wrong number; then `% refcheck: ignore invalid-issn -- as printed`.
    """
    for field in written(reference, facts, frozenset({"issn"})):
        for value in re.split(r"[,;/]|\band\b|\(.*?\)", latex.decode(field.raw)):
            number = re.sub(r"^\s*(?:ISSN(?:-1[03])?:?|[ep]-?ISSN:?|online:?|print:?)\s*", "", value, flags=re.IGNORECASE).strip()
            if number and not _is_valid(number):
                yield Finding(f"{number} is no ISSN: its check digit or its length is wrong", field.span, confidence=0.95)
