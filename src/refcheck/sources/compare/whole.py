"""Compare a reference with a record, field by field: pure, and without an opinion on what follows from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.verdict import Agreement, FieldVerdict
from refcheck.sources.compare import container, people, title, when
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from refcheck.model.record import Record
    from refcheck.model.reference import Reference

_SLIP = 0.85  # headlines more alike than this differ by a slip, not by an editor's hand
_DASH = re.compile(r"\s*(?:-{1,3}|[–—‐−]|\bto\b)\s*")


def compare(reference: Reference, record: Record, this_year: int) -> dict[str, FieldVerdict]:
    """Return how each field of a reference stands to a record's; `this_year` is the year of the run."""
    found = {
        "title": _title(reference, record),
        "author": people.compare(reference, record),
        "year": when.compare(reference, record, this_year),
        "container": container.compare(reference, record),
        "volume": _number(reference.value("volume"), record.volume),
        "number": _number(reference.value("number", "issue"), record.number),
        "pages": pages(reference.value("pages"), record.pages),
        "publisher": _publisher(reference.value("publisher"), record.publisher),
    }
    for scheme in ("doi", "isbn", "arxiv"):
        found[scheme] = _identifier(reference, record, scheme)
    if not reference.raw.lstrip().startswith("@"):
        found |= {
            name: _as_typed(reference, record, name, field) for name, field in found.items() if field.agreement is Agreement.DIFFERENT
        }
    if record.kind == "page" and found["author"].agreement is Agreement.DIFFERENT and _is_site(reference, record):
        found["author"] = FieldVerdict(Agreement.COMPATIBLE, found["author"].here, record.container_title, "the site stands for the author")
    return found


def _as_typed(reference: Reference, record: Record, name: str, found: FieldVerdict) -> FieldVerdict:
    """Excuse a difference where the typed text of a reference has what the record says: it was taken apart wrongly, not written wrongly."""
    text = f" {titles.folded(re.sub(r'https?://[^ ]+', ' ', reference.raw))} "
    families = [titles.folded(person.sort_name) for person in people.of_record(record)]
    said = {
        "title": [titles.folded(record.title)] if len(titles.words(record.title)) >= 2 else [],
        "author": families if found.reason.endswith("among the authors there") else [],
        "container": [titles.folded(record.container_title)] if len(titles.words(record.container_title)) >= 2 else [],
        "year": [found.there],
    }.get(name, [])
    if said and all(part and f" {part} " in text for part in said):
        return FieldVerdict(Agreement.COMPATIBLE, found.here, found.there, "the text as it was typed has it")
    return found


def _title(reference: Reference, record: Record) -> FieldVerdict:
    here = title.cited(reference)
    found = title.compare(here, record.title, record.other_titles)
    rewritten = found.agreement is Agreement.DIFFERENT and title.likeness(here, record.title) < _SLIP
    if rewritten and record.titled_after and _says_the_same(here, record.titled_after):
        return FieldVerdict(Agreement.COMPATIBLE, found.here, found.there, "the headline as the address has it")
    return found


def _says_the_same(headline: str, address: str) -> bool:
    """Whether the words of an address are those of a headline, some left out, and nothing else."""
    slug = titles.folded(urls.slug_words(address)).split()
    said = titles.folded(headline).split()
    rest = iter(said)
    return len(slug) >= 5 and all(any(word in {other, other.rstrip("s")} or other == word for other in rest) for word in slug)


def _is_site(reference: Reference, record: Record) -> bool:
    """Whether the author of a reference is the site or its publisher, by its name or its address."""
    site = "".join(titles.folded(record.container_title).split())
    host = re.sub(r"[^a-z0-9]", "", urls.host_of(record.url))
    names = ["".join(titles.folded(p.name).split()) for p in people.of_reference(reference)]
    return bool(names) and all(n and (n in site or (site and site in n) or (len(n) >= 4 and n in host)) for n in names)


def _number(here: str, there: str) -> FieldVerdict:
    a, b = (re.sub(r"^(?:vol(?:ume)?|no|issue|nr)\W*|\s", "", x.casefold()) for x in (here, there))
    if not a or not b:
        return FieldVerdict(Agreement.ABSENT, here, there)
    if a == b or a.lstrip("0") == b.lstrip("0"):
        return FieldVerdict(Agreement.EQUAL, here, there)
    if not (a.isdigit() and b.isdigit()):
        return FieldVerdict(Agreement.COMPATIBLE, here, there, "written in different ways")
    return FieldVerdict(Agreement.DIFFERENT, here, there)


def pages(here: str, there: str) -> FieldVerdict:
    """Compare page ranges: abbreviated ends and article numbers are no difference."""
    a, b = _range(here), _range(there)
    if not a or not b:
        return FieldVerdict(Agreement.ABSENT, here, there)
    if a == b:
        return FieldVerdict(Agreement.EQUAL, here, there)
    if a[0] == b[0]:
        return FieldVerdict(
            Agreement.COMPATIBLE if not (a[1] and b[1]) else Agreement.DIFFERENT,
            here,
            there,
            "" if a[1] and b[1] else "one names the first page alone",
        )
    if not (a[0].isdigit() and b[0].isdigit()) or not (a[1] and b[1]):
        return FieldVerdict(Agreement.COMPATIBLE, here, there, "counted in different ways")
    if a[0] == "1" or b[0] == "1":
        return FieldVerdict(Agreement.COMPATIBLE, here, there, "pages of the document and of the volume")
    within = int(b[0]) <= int(a[0]) and a[1].isdigit() and b[1].isdigit() and int(a[1]) <= int(b[1])
    return FieldVerdict(Agreement.COMPATIBLE if within else Agreement.DIFFERENT, here, there, "a part of it" if within else "")


def _range(text: str) -> tuple[str, str] | None:
    parts = [part for part in _DASH.split(re.sub(r"^\W*pp?\.?\s*", "", text.strip().casefold())) if part]
    if not parts or not re.search(r"\d", parts[0]):
        return None
    first = re.split(r"[,;+\s]", parts[0])[0]
    last = re.split(r"[,;+\s]", parts[1])[0] if len(parts) > 1 else ""
    if last.isdigit() and first.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


def _publisher(here: str, there: str) -> FieldVerdict:
    if not here or not there:
        return FieldVerdict(Agreement.ABSENT, here, there)
    alike = titles.similarity(here, there) >= 0.8
    return FieldVerdict(Agreement.EQUAL if alike else Agreement.COMPATIBLE, here, there, "" if alike else "imprints and owners change")


def _identifier(reference: Reference, record: Record, scheme: str) -> FieldVerdict:
    here = reference.identifier(scheme) or ""
    there = [value for name, value in record.identifiers if name == scheme]
    if not here or not there:
        return FieldVerdict(Agreement.ABSENT, here, there[0] if there else "")
    if here.casefold() in {value.casefold() for value in there}:
        return FieldVerdict(Agreement.EQUAL, here, here)
    return FieldVerdict(Agreement.COMPATIBLE, here, there[0], "of another version or edition")
