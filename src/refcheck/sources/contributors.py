"""Contributors as sources give them: names in several forms, groups among people, dates in parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from refcheck.model.reference import Contributor, PartialDate
from refcheck.sources.source import first, plain
from refcheck.text import dates, names

if TYPE_CHECKING:
    from collections.abc import Iterable


def spoken(name: str, role: str = "author") -> Contributor | None:
    """Read a name in spoken or inverted order; None where there is none."""
    text = re.sub(r"\s+\d{4}$", "", plain(name))  # DBLP tells namesakes apart by numbers
    if not text:
        return None
    if text.count(",") == 1 and not re.search(r",\s*(?:Inc|Ltd|LLC|Jr|Sr|PhD|MD)\b", text):
        family, given = (part.strip() for part in text.split(","))
        return Contributor(family=family, given=given, role=role)
    return names.natural(text, role)


def everyone(found: Iterable[str], role: str = "author") -> tuple[Contributor, ...]:
    """Read names, leaving out what is none."""
    return tuple(person for name in found if (person := spoken(name, role)))


def in_parts(items: object, role: str = "author") -> tuple[Contributor, ...]:
    """Read a list of tables with family and given names, or a literal one."""
    found: list[Contributor] = []
    for item in items if isinstance(items, list) else []:
        last, rest, whole = (first(item.get(name)) for name in ("family", "given", "name"))
        if last:
            found.append(Contributor(family=last, given=rest, role=role, suffix=first(item.get("suffix"))))
        elif whole or rest:
            found.append(Contributor(literal=whole or rest, role=role))
    return tuple(found)


def date(parts: Any) -> PartialDate | None:  # noqa: ANN401 - JSON
    """Read `{"date-parts": [[2017, 6, 12]]}`, however much of it there is."""
    rows = parts.get("date-parts") if isinstance(parts, dict) else None
    row = [number for number in (rows[0] if rows and isinstance(rows[0], list) else []) if isinstance(number, int)]
    return (
        dates.valid(row[0], row[1] if len(row) > 1 else None, row[2] if len(row) > 2 else None) if row and 1000 <= row[0] <= 9999 else None
    )


def year(value: Any) -> PartialDate | None:  # noqa: ANN401 - JSON
    """Read a date written as a text or a number."""
    return dates.parse(str(value)) if isinstance(value, str | int) else None
