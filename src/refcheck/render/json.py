"""The report as JSON, version 1: what programs may rely on. docs/report.schema.json says it formally."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

from refcheck.model.reference import Role
from refcheck.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Bibliography, Link, Reference
    from refcheck.model.report import Report, Tally
    from refcheck.model.source import Span
    from refcheck.model.verdict import ArchiveVerdict, RecordVerdict

    _Place = tuple[Bibliography, Reference, Link]

VERSION = "1"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


_encode = json.JSONEncoder(ensure_ascii=False).encode


def render(report: Report) -> str:
    """Return the report as JSON, one item of a list on a line, ending with a newline."""
    return "".join(written(report))


def written(report: Report) -> Iterator[str]:
    """Yield the report as JSON, piece by piece: a large one is never in memory as a whole."""
    opening = "{"
    for name, value in document(report).items():
        yield f"{opening}\n  {_encode(name)}: "
        opening = ","
        if isinstance(value, dict | str):
            yield _encode(value)
            continue
        yield "["
        separator = "\n    "
        for item in value:
            yield separator + _encode(item)
            separator = ",\n    "
        yield "\n  ]" if separator.startswith(",") else "]"
    yield "\n}\n"


def document(report: Report) -> dict[str, str | dict[str, Any] | Iterable[dict[str, Any]]]:
    """Return the report's parts: texts, tables, and lists whose items are made one after the other."""
    paths = {bibliography.source.path: bibliography for bibliography in report.bibliographies}
    return {
        "version": VERSION,
        "tool": {"name": "refcheck", "version": report.version},
        "started": report.started.strftime(_TIME),
        "inputs": chain(
            (_input(bibliography) for bibliography in report.bibliographies),
            ({"path": path, "format": None, "problems": [_unreadable(reason)]} for path, reason in report.unreadable),
        ),
        "references": (_reference(b, reference) for b in report.bibliographies for reference in b.references),
        "links": _links(report),
        "records": _records(report),
        "duplicates": (
            {"keys": list(c.keys), "survivor": c.surviving_key, "reason": c.reason, "confidence": c.confidence, "path": b.source.path}
            for b, c in report.clusters
        ),
        "findings": (_finding(paths[finding.path], finding) for finding in report.findings),
        "suppressed": (_finding(paths[f.path], f) | {"suppressed_by": f.suppressed_by} for f in report.suppressed),
        "coverage": {"links": _tally(report.link_coverage), "records": _tally(report.record_coverage)},
    }


def _time(moment: datetime | None) -> str | None:
    return moment.strftime(_TIME) if moment else None


def _input(bibliography: Bibliography) -> dict[str, Any]:
    source = bibliography.source
    problems = [{"kind": p.kind, "message": p.message, **_place(bibliography, p.span)} for p in bibliography.problems]
    return {"path": source.path, "format": source.format, "problems": problems}


def _unreadable(reason: str) -> dict[str, Any]:
    return {"kind": "unreadable", "message": reason, "line": 1, "column": 1, "end_line": 1, "end_column": 1}


def _place(bibliography: Bibliography, span: Span) -> dict[str, int]:
    start = bibliography.source.position(span.start)
    end = bibliography.source.position(span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def _reference(bibliography: Bibliography, reference: Reference) -> dict[str, Any]:
    return {
        "key": reference.key,
        "type": reference.entry_type,
        "title": reference.title,
        "path": bibliography.source.path,
        "line": bibliography.source.position(reference.span.start).line,
        "raw": reference.raw,
        "fields": {name: field.value for name, field in reference.fields.items()},
        "confidence": {name: field.confidence for name, field in reference.fields.items()} | {"type": reference.type_confidence},
        "doubts": list(reference.doubts),
    }


def _links(report: Report) -> Iterator[dict[str, Any]]:
    """Yield each target once, in the order of the sources, with every place that cites it."""
    times = Counter(target for target, _ in _cited(report))
    repeated: dict[str, list[_Place]] = {}  # of most targets there is one place, which need not be kept
    for target, place in _cited(report):
        if times[target] > 1:
            repeated.setdefault(target, []).append(place)
    for target, place in _cited(report):
        if times.pop(target, 0):
            yield _link(report, target, repeated.get(target, [place]))


def _cited(report: Report) -> Iterator[tuple[str, _Place]]:
    for bibliography in report.bibliographies:
        for reference in bibliography.references:
            for link in reference.links:
                yield link.target or link.url, (bibliography, reference, link)


def _location(bibliography: Bibliography, reference: Reference, link: Link) -> dict[str, Any]:
    start = bibliography.source.position(link.span.start)
    return {"key": reference.key, "path": bibliography.source.path, "line": start.line, "column": start.column}


def _link(report: Report, target: str, places: Sequence[_Place]) -> dict[str, Any]:
    verdict, link = report.links[target], places[0][2]
    itself = [{"url": target, "status": verdict.status, "failure": None}] if verdict.status else []
    return {
        "url": link.url,
        "target": link.target,
        "role": str(link.role),
        "locations": [_location(*place) for place in places],
        "verdict": str(verdict.verdict),
        "reason": str(verdict.reason),
        "confidence": round(verdict.confidence, 3),
        "status": verdict.status,
        "since": verdict.since.date().isoformat() if verdict.since else None,
        "final_url": verdict.final_url,
        "hops": [{"url": hop.url, "status": hop.status, "failure": hop.failure} for hop in verdict.hops] or itself,
        "checked_at": _time(verdict.checked_at),
        "evidence": verdict.sentence,
        "suggestion": verdict.suggestion or link.repair,
        "archive": _archive(report.archives.get(link.target or ""), archived=link.role is Role.ARCHIVED_COPY),
    }


def _archive(verdict: ArchiveVerdict | None, *, archived: bool) -> dict[str, Any]:
    if verdict is None or archived:
        return {"outcome": str(Outcome.NOT_ASKED), "url": None, "captured_at": None, "refused": []}
    memento = verdict.memento
    return {
        "outcome": str(verdict.outcome),
        "url": memento.uri if memento else None,
        "captured_at": _time(memento.captured_at) if memento else None,
        "refused": [{"url": refusal.uri, "reason": str(refusal.reason)} for refusal in verdict.refused],
    }


def _records(report: Report) -> Iterator[dict[str, Any]]:
    """Yield the verdict on each reference that metadata sources were asked about, in the order of the sources."""
    for bibliography in report.bibliographies:
        for reference in bibliography.references:
            if verdict := report.records.get((bibliography.source.path, reference.span.start)):
                yield _record(bibliography, reference, verdict)


def _record(bibliography: Bibliography, reference: Reference, verdict: RecordVerdict) -> dict[str, Any]:
    record = verdict.record
    return {
        "key": reference.key,
        "path": bibliography.source.path,
        "line": bibliography.source.position(reference.span.start).line,
        "verdict": str(verdict.standing),
        "reason": str(verdict.reason),
        "confidence": round(verdict.confidence, 3),
        "evidence": verdict.sentence,
        "source": record.source if record else None,
        "id": record.id if record else None,
        "url": record.url if record else None,
        "fields": {
            name: {"verdict": str(found.agreement), "here": found.here, "there": found.there, "reason": found.reason}
            for name, found in verdict.fields.items()
            if found.here or found.there
        },
        "sources": list(verdict.sources),
        "troubles": list(verdict.troubles),
    }


def _finding(bibliography: Bibliography, finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "rule": finding.name,
        "severity": str(finding.severity),
        "confidence": round(finding.confidence, 3),
        "message": finding.message,
        "key": finding.key,
        "path": finding.path,
        **_place(bibliography, finding.span),
        "evidence": finding.evidence,
        "related": [{"message": related.message, **_place(bibliography, related.span)} for related in finding.related],
        "fixes": [
            {
                "title": fix.title,
                "applicability": str(fix.applicability),
                "edits": [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in fix.edits],
            }
            for fix in finding.fixes
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {"checked": tally.checked, "skipped": dict(tally.skipped), "unknown": dict(tally.unknown)}
