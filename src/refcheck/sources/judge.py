"""Judge what sources answered about a reference: pure, and slow to accuse.

The order is that of the questions a careful reader asks: does the identifier belong to another work? Does some record agree in
everything? Does each record of the work differ in something, and have all been asked that could know another version? Has
everyone answered, and nobody has it? Where a source was away, garbled, or alone against the others, the answer is `undetermined`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from refcheck.model.verdict import Agreement, FieldVerdict, Grounds, RecordVerdict, Standing
from refcheck.sources import gaps, registry
from refcheck.sources import query as queries
from refcheck.sources.candidates import DOUBTFUL, GOOD, NEAR, Candidate, Kinship, candidates, of_one_work
from refcheck.sources.compare import people
from refcheck.sources.compare import title as titles_compared
from refcheck.sources.confidence import confidence
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.model.record import Record, SourceEvidence
    from refcheck.model.reference import Reference
    from refcheck.sources.query import Query
    from refcheck.sources.source import Asking

_LACKS = "with a subtitle that the record lacks"
ENOUGH = 3  # sources that must have answered that they have no such work
_OF_A_VERSION = frozenset({"year", "container", "volume", "number", "pages"})  # what differs between versions of a work


@dataclass(frozen=True)
class Case:
    """A reference with all that was answered about it."""

    reference: Reference
    query: Query
    evidence: Sequence[SourceEvidence]
    asking: Asking
    this_year: int
    missed: float

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The records, compared."""
        return candidates(self.reference, self.evidence, self.this_year)

    @cached_property
    def same(self) -> tuple[Candidate, ...]:
        """The records of the cited work, the best first."""
        return of_one_work(self.candidates)

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """The names of the sources that were searched and have no such work."""
        having = {c.record.source for c in self.candidates if c.kinship is not Kinship.OTHER}
        return tuple(name for name in self.searched if name not in having)

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The names of the sources that answered a search and have nearly all works of their kind."""
        names = dict.fromkeys(item.source for item in self.evidence if not item.asked and not item.trouble)
        return tuple(name for name in names if registry.BY_NAME[name].covers)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The titles of the sources that could know the work and were not asked, or could not be; a shared pool without a key does not count."""
        answered = {item.source for item in self.evidence if not item.asked and not item.trouble}
        wanted = [
            s for s in registry.by_words(searched_as(self.query)) if s.is_open(self.asking) and (not s.key or s.name in self.asking.keyed)
        ]
        return tuple(source.title for source in wanted if source.name not in answered)

    @cached_property
    def answered(self) -> tuple[str, ...]:
        """The titles of the sources that answered."""
        return tuple(dict.fromkeys(registry.BY_NAME[item.source].title for item in self.evidence if not item.trouble))

    @cached_property
    def troubles(self) -> tuple[str, ...]:
        """What kept sources from answering."""
        return tuple(dict.fromkeys(f"{registry.BY_NAME[item.source].title}: {item.trouble}" for item in self.evidence if item.trouble))

    @property
    def unregistered(self) -> str:
        """The identifier that its registry does not know, or ''."""
        return next((item.asked.partition(":")[2] for item in self.evidence if item.registered is False), "")


def searched_as(query: Query) -> Query:
    """Return what is asked of the sources that are searched: a page that does not tell may be a paper."""
    return replace(query, kind="paper" if len(titles.words(query.title)) >= 3 else "other") if query.kind == "page" else query


def judge(
    reference: Reference, evidence: Sequence[SourceEvidence], asking: Asking, this_year: int, missed: float = gaps.USUAL
) -> RecordVerdict:
    """Return what the answers of sources mean for a reference; `missed` is the share of works that a source lacks."""
    case = Case(reference, queries.of(reference), evidence, asking, this_year, missed)
    if not reference.title:
        return _undetermined(case, Grounds.NO_TITLE, "it has no title to look for")
    for question in (_conflict, _unregistered, _verified, _mismatch, _not_found):
        if verdict := question(case):
            return verdict
    return _open(case)


# The questions, in their order


def _conflict(case: Case) -> RecordVerdict | None:
    """The identifier belongs to another work: its register says so, and no other source that has it says otherwise."""
    for candidate in case.candidates:
        if (
            not candidate.asked
            or candidate.record.source == "webpage"
            or candidate.kinship is not Kinship.OTHER
            or _is_container(case, candidate)
        ):
            continue
        supported = any(c.asked == candidate.asked and c.kinship is not Kinship.OTHER for c in case.candidates)
        agreeing = {c.record.source for c in case.candidates if c.asked == candidate.asked and c.kinship is Kinship.OTHER}
        found_elsewhere = bool(case.same)
        if supported or not (candidate.decides or (len(agreeing) >= 2 and found_elsewhere)):
            continue
        scheme, _, value = candidate.asked.partition(":")
        if scheme not in {"doi", "arxiv", "isbn", "pmid", "acl"}:
            continue
        what = f"{_spoken(scheme)} {value} belongs to another work: {_told(candidate.record)}"
        sure = confidence("conflict", firm=len(agreeing) >= 2 or found_elsewhere, alike=(candidate.share or 0.0) > 0)
        return _verdict(case, Standing.CONFLICT, Grounds.OTHER_WORK, sure, what, candidate)
    return None


def _is_container(case: Case, candidate: Candidate) -> bool:
    """Whether a record is of the book or journal that the cited work is in, or of a part of the cited book."""
    pairs = ((case.reference.container_title, candidate.record.title), (case.reference.title, candidate.record.container_title))
    return any(here and there and titles_compared.likeness(here, there) >= NEAR for here, there in pairs)


def _unregistered(case: Case) -> RecordVerdict | None:
    """The DOI is not registered: a fact of its own, whatever else is known."""
    if not case.unregistered:
        return None
    if not case.same and not case.missing and len(case.absent) >= ENOUGH:
        return None
    best = case.same[0] if case.same else None
    where = f"; {_told(best.record)} has {_known_as(best.record)}" if best else ""
    sentence = f"DOI {case.unregistered} is not registered{where}"
    return _verdict(case, Standing.MISMATCH, Grounds.UNREGISTERED, confidence("unregistered", firm=best is not None), sentence, best)


def _known_as(record: Record) -> str:
    doi = record.identifier("doi")
    return f"the DOI {doi}" if doi else "none"


def _verified(case: Case) -> RecordVerdict | None:
    """Some record of the work agrees in everything."""
    best = next((c for c in case.same if not c.differing), None)
    if best is None or not _says_enough(best):
        return None
    ground = Grounds.PAGE_AGREES if best.record.kind == "page" else Grounds.IDENTIFIER_AGREES if best.asked else Grounds.WORDS_AGREE
    equal = sum(best.fields[name].agreement in GOOD for name in ("title", "author", "year", "container"))
    sentence = f"it agrees with {_told(best.record)}"
    return _verdict(case, Standing.VERIFIED, ground, confidence("verified", firm=bool(best.asked), agreeing=equal), sentence, best)


def _says_enough(candidate: Candidate) -> bool:
    """Whether a record confirms more than a title: its author or year too, unless it was found by an identifier."""
    if candidate.asked and (candidate.record.kind != "page" or candidate.fields["title"].reason not in {_LACKS, "the subtitle alone"}):
        return True
    return any(candidate.fields[name].agreement in GOOD for name in ("author", "year"))


def _mismatch(case: Case) -> RecordVerdict | None:
    """Each record of the work differs, and all were asked that could know another version of it."""
    best = next((c for c in case.same if c.differing), None)
    if best is None or not _is_firm(case, best):
        return None
    backed = [name for name in best.differing if _is_backed(case, best, name)]
    if not backed:
        return None
    told = "; ".join(_difference(name, best.fields[name]) for name in backed)
    if len(backed) < len(best.differing):
        fields = {
            name: replace(f, agreement=Agreement.COMPATIBLE) if name in best.differing and name not in backed else f
            for name, f in best.fields.items()
        }
        best = replace(best, fields=fields)
    sure = confidence("mismatch", firm=best.decides, agreeing=len(_sources_of(case.same)))
    return _verdict(case, Standing.MISMATCH, Grounds.FIELD_DIFFERS, sure, f"{told} ({_where(best.record)})", best)


def _is_firm(case: Case, best: Candidate) -> bool:
    """Whether no version of the work that was not seen could excuse a difference.

    A page is its own record. What a DOI names is published, so two sources that have no other version are enough; a preprint
    may have become something else, for which all are asked that could know.
    """
    if best.record.source == "webpage":
        return True
    if case.reference.doubts:
        return False
    if set(best.differing) <= _OF_A_VERSION and (best.record.kind == "preprint" or not best.decides):
        return not case.missing and gaps.tolerable(case.missed, case.searched, case.query)
    return not case.missing or (best.decides and len(case.searched) >= 2)


def _is_backed(case: Case, best: Candidate, name: str) -> bool:
    """Whether a difference is the word of a register, or of a source that is not alone and against nobody."""
    if best.decides:
        return True
    saying = {c.record.source for c in case.same if name in c.differing}
    return len(saying) >= 2 or not saying <= DOUBTFUL


def _sources_of(candidates: Sequence[Candidate]) -> set[str]:
    return {c.record.source for c in candidates}


def _not_found(case: Case) -> RecordVerdict | None:
    """Every source that could know it answered, and none has it."""
    unclear = any(c.kinship is Kinship.UNSURE or (c.asked and c.record.source != "webpage") for c in case.candidates)
    registered = any(item.registered for item in case.evidence)
    if case.same or unclear or registered or case.missing or len(case.absent) < ENOUGH:
        return None
    if case.query.kind not in {"paper", "book"} or case.reference.doubts or not case.query.is_searchable:
        return None
    if not gaps.tolerable(case.missed, case.absent, case.query):
        return None
    identified = any(item.asked and item.trouble and item.source not in {"webpage", "openalex"} for item in case.evidence)
    if identified and not case.unregistered:
        return None
    sentence = f"no source knows it: {_joined(_titles(case.absent))} were asked"
    if case.unregistered:
        sentence += f"; DOI {case.unregistered} is not registered"
    return _verdict(case, Standing.NOT_FOUND, Grounds.NO_SOURCE_HAS_IT, confidence("not-found", agreeing=len(case.absent)), sentence, None)


def _open(case: Case) -> RecordVerdict:
    """Say why nothing can be said."""
    if case.troubles and not case.same:
        return _undetermined(case, Grounds.COULD_NOT_ASK, f"not all sources could be asked ({'; '.join(case.troubles[:3])})")
    if case.same:
        best = next((c for c in case.same if c.differing), case.same[0])
        if case.missing:
            told = "; ".join(_difference(name, best.fields[name]) for name in best.differing)
            return _undetermined(
                case,
                Grounds.COULD_NOT_ASK,
                f"{told or 'a record was found'}, but {_joined(case.missing)} could not be asked for another version",
                best,
            )
        return _undetermined(
            case, Grounds.UNCERTAIN_RECORD, f"one source has something like it, and no other confirms it ({_where(best.record)})", best
        )
    if any(c.kinship is Kinship.UNSURE for c in case.candidates):
        near = next(c for c in case.candidates if c.kinship is Kinship.UNSURE)
        return _undetermined(case, Grounds.UNCERTAIN_RECORD, f"it may be {_told(near.record)}, but too much differs to tell", near)
    if case.query.kind in {"page", "other"} or case.reference.doubts:
        return _undetermined(case, Grounds.NO_SOURCE_KNOWS, "no source that could be asked knows works of this kind well enough to tell")
    if len(case.absent) >= ENOUGH and not case.missing and not gaps.tolerable(case.missed, case.absent, case.query):
        told = f"{_joined(_titles(case.absent))} have nothing, but sources lacked about {case.missed:.0%} of the works in this run"
        return _undetermined(case, Grounds.TOO_FEW_SOURCES, told)
    return _undetermined(
        case,
        Grounds.TOO_FEW_SOURCES,
        f"only {_joined(_titles(case.absent))} could be asked and had nothing; that is not enough"
        if case.absent
        else "no source could be asked",
    )


# Words


def _undetermined(case: Case, ground: Grounds, sentence: str, candidate: Candidate | None = None) -> RecordVerdict:
    return _verdict(case, Standing.UNDETERMINED, ground, 1.0, sentence, candidate)


def _verdict(  # noqa: PLR0913, PLR0917 - what a verdict says
    case: Case, standing: Standing, ground: Grounds, sure: float, sentence: str, candidate: Candidate | None
) -> RecordVerdict:
    others = tuple(c.record for c in case.same if candidate is None or c.record is not candidate.record)
    return RecordVerdict(
        standing,
        ground,
        sure,
        sentence,
        candidate.record if candidate else None,
        candidate.fields if candidate else {},
        case.answered,
        case.troubles,
        others,
        case.unregistered,
    )


def _difference(name: str, found: FieldVerdict) -> str:
    why = f" ({found.reason})" if found.reason else ""
    return f"{name} is {found.here!r}, in the record {found.there!r}{why}"


def _told(record: Record) -> str:
    people_named = people.of_record(record)
    who = f"{people_named[0].sort_name}{' et al.' if len(people_named) > 1 else ''}, " if people_named else ""
    when = f", {record.issued.year}" if record.issued else ""
    return f"{who}{record.title!r}{when} ({_where(record)})"


def _where(record: Record) -> str:
    return f"{registry.BY_NAME[record.source].title}, {record.url}"


def _spoken(scheme: str) -> str:
    return {"doi": "DOI", "arxiv": "arXiv", "isbn": "ISBN", "pmid": "PMID", "acl": "ACL Anthology"}[scheme]


def _titles(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(registry.BY_NAME[name].title for name in names)


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
