"""Whatever becomes of the sources, nobody is accused: a source that is down, blocked, garbled or empty decides nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcheck.engine.examine import examine, selected
from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response, play
from refcheck.model.reference import Bibliography
from refcheck.model.settings import ArchiveSettings, Settings, SourceSettings
from refcheck.model.verdict import RecordVerdict, Standing
from refcheck.readers import read
from support.library import Library
from support.web import WHEN

BIB = b"""
@article{bat, author = {Nagel, Thomas}, title = {What Is It Like to Be a Bat?}, journal = {Philosophical Review}, year = {1974},
  volume = {83}, pages = {435--450}, doi = {10.2307/2183914}}
@inproceedings{plot, author = {Chen, Guangyi and Yao, Weiran}, title = {Prompt Learning with Optimal Transport}, booktitle = {ICLR}, year = {2023}}
@misc{deep, author = {Stone, Ada}, title = {Reasoning by Reward in Long Chains}, year = {2025}, eprint = {2501.12948}, archiveprefix = {arXiv}}
@book{master, author = {Domingos, Pedro}, title = {The Master Algorithm}, year = {2015}, publisher = {Basic Books}, isbn = {9780465065707}}
@article{local, author = {Marsh, Cleo}, title = {Notes on a Village Library and its Readers}, journal = {Village Notes}, year = {1988}}
@online{page, author = {Stone, Ada}, title = {A Field Guide to Web Archives}, year = {2021}, url = {https://example.org/guide}}
"""
WORKS = [
    {"title": "What Is It Like to Be a Bat?", "authors": ["Thomas Nagel"], "year": 1974, "container": "The Philosophical Review",
     "doi": "10.2307/2183914", "volume": "83", "pages": "435-450"},
    {"title": "Prompt Learning with Optimal Transport", "authors": ["Guangyi Chen", "Weiran Yao"], "year": 2023, "kind": "paper",
     "container": "International Conference on Learning Representations"},
    {"title": "Reasoning by Reward in Long Chains", "authors": ["Ada Stone"], "year": 2025, "arxiv": "2501.12948", "kind": "preprint"},
    {"title": "The Master Algorithm", "authors": ["Pedro Domingos"], "year": 2015, "kind": "book", "publisher": "Basic Books", "isbn": "9780465065707"},
]  # fmt: skip
ACCUSING = {Standing.MISMATCH, Standing.CONFLICT, Standing.NOT_FOUND}
_HTML = b"<!doctype html><html><head><title>Making sure you're not a bot!</title></head><body><h1>One moment</h1></body></html>"
_BODIES = (
    b"", b"null", b"[]", b"{}", b"0", b'"text"', b"not json", _HTML, b'{"message": {}}', b'{"message": {"items": "none"}}', b'{"results": null}',
    b'{"result": {"hits": 3}}', b'{"data": {}}', b'{"docs": {"a": 1}}', b'{"error": "Rate limit exceeded"}', b'{"responseCode": 2}',
    b"<?xml version='1.0'?><error>no</error>", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><feed>&b;</feed>',
    b"[" * 2000, b'{"status":"ok","message":{"DOI":"10.9999/other","title":["Something Else"]}}', bytes(range(256)),
)  # fmt: skip
_STATUSES = (200, 202, 204, 301, 400, 401, 403, 404, 418, 429, 500, 502, 503, 599)


def reply(request: Request, status: int, body: bytes, *, truncated: bool = False) -> Response:
    return Response(request.url, status, {"content-type": "text/html"}, body, truncated, WHEN)


def faults() -> st.SearchStrategy[tuple[object, ...]]:
    failing = st.sampled_from([kind for kind in FailureKind if kind is not FailureKind.UNSAFE]).map(lambda kind: ("failure", kind))
    answering = st.tuples(st.just("answer"), st.sampled_from(_STATUSES), st.sampled_from(_BODIES), st.booleans())
    return failing | answering


def faulty(fault: tuple[object, ...], request: Request) -> Reply:
    if fault[0] == "failure":
        return Failure(fault[1], "", transient=True, at=WHEN)  # type: ignore[arg-type]
    return reply(request, fault[1], fault[2], truncated=fault[3])  # type: ignore[arg-type]


def verdicts(library: Library) -> dict[str, RecordVerdict]:
    bibliography = read("a.bib", BIB)
    assert isinstance(bibliography, Bibliography)
    chosen = Settings(select=("RC5",), archives=ArchiveSettings(enabled=False), sources=SourceSettings())

    def answer(path: str, request: Request) -> Reply:
        return library.answer(path, request) if library.knows(request.url) else reply(request, 404, b"")

    report = play(examine([bibliography], chosen, selected(chosen), WHEN), answer)
    keys = {reference.span.start: reference.key for reference in bibliography.references}
    return {keys[start]: verdict for (_, start), verdict in report.records.items()}


def test_with_all_sources_at_hand_true_references_are_verified_and_the_unknown_is_not_found() -> None:
    found = {key: verdict.standing for key, verdict in verdicts(Library(WORKS)).items()}
    assert {key for key, standing in found.items() if standing is Standing.VERIFIED} == {"bat", "plot", "deep", "master"}
    assert found["local"] is Standing.NOT_FOUND
    assert found["page"] is Standing.UNDETERMINED


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_with_every_source_failing_in_any_way_nobody_is_accused(data: st.DataObject) -> None:
    drawn: dict[str, tuple[object, ...]] = {}

    def fault(source: str, request: Request) -> Reply:
        if source not in drawn:
            drawn[source] = data.draw(faults(), label=source)
        return faulty(drawn[source], request)

    for key, verdict in verdicts(Library(WORKS, fault=fault)).items():
        assert verdict.standing is Standing.UNDETERMINED, (key, verdict.standing, verdict.sentence, drawn)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_with_some_sources_failing_no_true_reference_is_accused(data: st.DataObject) -> None:
    broken = {source: data.draw(st.none() | faults(), label=source) for source in ("crossref", "openalex", "dblp", "semanticscholar", "arxiv", "datacite", "openlibrary", "doi.org")}  # fmt: skip

    def fault(source: str, request: Request) -> Reply | None:
        found = broken.get(source)
        return faulty(found, request) if found else None

    found = verdicts(Library(WORKS, fault=fault))
    assert not [(key, v.sentence) for key, v in found.items() if key != "local" and v.standing in ACCUSING]


@pytest.mark.parametrize("silent", ["crossref", "openalex", "dblp"])
def test_nothing_is_not_found_while_one_that_could_know_it_is_away(silent: str) -> None:
    library = Library(WORKS, fault=lambda source, request: reply(request, 503, b"") if source == silent else None)
    verdict = verdicts(library)["local"]
    if silent == "openalex":  # without a key its few searches a day may be used up: others answered, but not enough of them
        assert verdict.standing in {Standing.UNDETERMINED, Standing.NOT_FOUND}
    else:
        assert verdict.standing is Standing.UNDETERMINED
        assert verdict.troubles


def test_sources_with_gaps_do_not_say_that_a_work_is_unknown() -> None:
    """Half of the works are missing from the source that is asked first: then absence means little."""
    from refcheck.sources import gaps  # noqa: PLC0415 - what is measured stands beside its use
    from refcheck.sources.query import Query  # noqa: PLC0415

    paper = Query("A Title of Four Words", ("Stone",), 2020, "ICLR", "paper")
    assert gaps.tolerable(gaps.USUAL, ("openalex", "dblp", "semanticscholar"), paper)
    assert not gaps.tolerable(0.2, ("openalex", "dblp", "semanticscholar"), paper)
    assert not gaps.tolerable(gaps.USUAL, ("openalex", "crossref"), paper)


def test_an_answer_about_another_work_than_the_one_asked_for_is_no_answer() -> None:
    other = {"status": "ok", "message": {"DOI": "10.9999/other", "title": ["Something Else"], "author": [{"family": "Nobody"}]}}
    library = Library(
        WORKS, fault=lambda s, r: reply(r, 200, json.dumps(other).encode()) if s == "crossref" and "/works/" in r.url else None
    )
    assert verdicts(library)["bat"].standing is Standing.VERIFIED
