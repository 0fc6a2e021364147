"""Records beside a reference: is each of the cited work, and what do they say together?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from refcheck.model.verdict import Agreement, FieldVerdict
from refcheck.sources import registry
from refcheck.sources.compare import compare, people
from refcheck.sources.compare import title as titles_compared
from refcheck.sources.compare.when import A_YEAR_APART, NOT_BEFORE
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from refcheck.model.record import Record, SourceEvidence
    from refcheck.model.reference import Reference

GOOD = frozenset({Agreement.EQUAL, Agreement.COMPATIBLE})
DOUBTFUL = frozenset({"openalex", "semanticscholar"})  # put together by programs: they never contradict alone
NEAR, FAR = 0.72, 0.5  # likeness of titles of one work with a word changed; of titles of two works


class Kinship(Enum):
    """Whether a record is of the cited work."""

    SAME = 0
    UNSURE = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record with how it compares. `asked` is the identifier by which it was found, or ''."""

    record: Record
    asked: str
    fields: Mapping[str, FieldVerdict]
    kinship: Kinship
    likeness: float
    share: float | None

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        return tuple(name for name, found in self.fields.items() if found.agreement is Agreement.DIFFERENT)

    @property
    def decides(self) -> bool:
        """Whether its source is the register of the identifier by which it was found."""
        return (bool(self.asked) and registry.BY_NAME[self.record.source].decides) or self.record.source == "webpage"

    @property
    def rank(self) -> tuple[int, bool, bool, int]:
        """The best first: the fewest differences, found by identifier, not put together by a program, the most that agrees."""
        equal = sum(found.agreement is Agreement.EQUAL for found in self.fields.values())
        return len(self.differing), not self.asked, self.record.source in DOUBTFUL, -equal


def candidates(reference: Reference, evidence: Sequence[SourceEvidence], this_year: int) -> tuple[Candidate, ...]:
    """Return the records of the evidence, each compared with the reference."""
    found = [_candidate(reference, record, item.asked, this_year) for item in evidence for record in item.records]
    return tuple(_with_originals(found, reference))


def of_one_work(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return those of the cited work, the best first, each in the light of the others."""
    same = [candidate for candidate in found if candidate.kinship is Kinship.SAME]
    return tuple(sorted(_not_before_preprint(_with_denials(same)), key=lambda candidate: candidate.rank))


def _candidate(reference: Reference, record: Record, asked: str, this_year: int) -> Candidate:
    fields = compare(reference, record, this_year)
    alike = (
        1.0
        if fields["title"].agreement in GOOD
        else max(
            (titles_compared.likeness(titles_compared.cited(reference), name) for name in (record.title, *record.other_titles) if name),
            default=0.0,
        )
    )
    here, there = people.of_reference(reference), people.of_record(record)
    share = people.match(here, there).share if here and there else None
    if fields["author"].agreement in GOOD:
        share = max(share or 0.0, 0.5)
    return Candidate(record, asked, fields, _kinship(reference, record, asked, fields, alike, share), alike, share)


def _kinship(  # noqa: PLR0913, PLR0917 - a candidate in the making
    reference: Reference, record: Record, asked: str, fields: Mapping[str, FieldVerdict], alike: float, share: float | None
) -> Kinship:
    words = len(titles_compared.words(titles_compared.cited(reference)))
    if fields["title"].agreement in GOOD:
        dated = fields["year"].agreement in GOOD and fields["container"].agreement in GOOD
        issued = all(fields[name].agreement is Agreement.EQUAL for name in ("title", "year", "publisher"))
        if share is None:
            return Kinship.SAME if words >= 3 or asked else Kinship.UNSURE
        if share > 0 or words >= 5 or (words >= 3 and dated) or issued or (asked and record.kind != "book"):
            return Kinship.SAME
        return Kinship.UNSURE
    if record.kind == "page":
        return Kinship.SAME if alike >= NEAR else Kinship.OTHER
    if share == 0:  # another title, and nobody in common
        return Kinship.OTHER
    if (share or 0.0) >= 0.5 and (alike >= NEAR or _holds_words(reference, record)):
        return Kinship.SAME
    if alike >= 0.85 and words >= 4:
        return Kinship.SAME
    translated = (share or 0.0) >= 0.5 and titles_compared.of_other_languages(reference.title, record.title)
    return Kinship.UNSURE if asked and (alike >= FAR or translated) else Kinship.OTHER


def _holds_words(reference: Reference, record: Record) -> bool:
    """Whether all telling words of the cited title stand in a record's title, or the other way round."""
    here, there = set(titles.words(titles_compared.cited(reference))), set(titles.words(record.title))
    return min(len(here), len(there)) >= 2 and (here <= there or there <= here)


def _with_originals(found: Sequence[Candidate], reference: Reference) -> Iterator[Candidate]:
    """Excuse the year of a book that is the year of its original in another language, by the same people."""
    year = reference.issued.year if reference.issued else 0
    for candidate in found:
        original = next((o for o in found if _is_original(o, candidate, year)), None)
        if original is None or "year" not in candidate.differing:
            yield candidate
            continue
        there = candidate.fields["year"].there
        told = f"{year} is the year of the original, {original.record.title}; this edition is of {there}"
        yield replace(candidate, fields={**candidate.fields, "year": FieldVerdict(Agreement.COMPATIBLE, str(year), there, told)})


def _is_original(other: Candidate, candidate: Candidate, year: int) -> bool:
    mine, its = candidate.record, other.record
    years = {its.issued.year if its.issued else 0, *its.years}
    return (
        mine.kind == its.kind == "book"
        and other is not candidate
        and year in years
        and bool(other.share and other.share >= 0.5)
        and other.likeness >= 0.45
        and titles.folded(mine.title) != titles.folded(its.title)
    )


def _with_denials(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Let a record that is silent on where the work appeared not hide that others say: elsewhere than the reference has it."""
    denials: dict[str, FieldVerdict] = {}
    for name in ("container", "pages", "volume", "number"):
        said = [c for c in found if c.fields[name].agreement is not Agreement.ABSENT]
        if any(c.fields[name].agreement in GOOD for c in said):
            continue
        telling = [c for c in said if name == "container" or (c.decides and c.fields["container"].agreement in GOOD)]
        if telling:
            denials[name] = telling[0].fields[name]
    for candidate in found:
        silent = {name: denial for name, denial in denials.items() if candidate.fields[name].agreement is Agreement.ABSENT}
        yield replace(candidate, fields={**candidate.fields, **silent}) if silent else candidate


def _not_before_preprint(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Let no record excuse a year that is a year before its own where a preprint says that the work was not there yet."""
    every = list(found)
    denied = next((c.fields["year"] for c in every if c.record.kind == "preprint" and c.fields["year"].reason.startswith(NOT_BEFORE)), None)
    for candidate in every:
        near = candidate.fields["year"].reason == A_YEAR_APART
        yield replace(candidate, fields={**candidate.fields, "year": denied}) if denied and near else candidate
