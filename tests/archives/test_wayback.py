"""Whatever the archive serves, a proposed copy was fetched, answered 200 and holds the page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.archives import choose, memento, wayback
from refcheck.archives.archive import look_up as look_up_in
from refcheck.links.content import Cited
from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response, play
from refcheck.model.verdict import ArchiveVerdict, Outcome
from support.web import PAGES, WHEN, Web

URL = "https://example.org/news/story"
CITED = Cited(("A Study of Links",))
WANTED = datetime(2018, 6, 1, tzinfo=UTC)
GATE = f"GET https://web.archive.org/web/20180601000000id_/{URL}"
CDX = "GET https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fexample.org%2Fnews%2Fstory&output=json&fl=timestamp%2Coriginal%2Cmimetype%2Cstatuscode%2Cdigest&filter=statuscode%3A200&closest=20180601000000&sort=closest&limit=10&collapse=digest"


def look_up(script: str) -> tuple[ArchiveVerdict, Web]:
    web = Web.of(script)
    evidence = play(look_up_in((wayback.ARCHIVE,), URL, WANTED, CITED, dated=True), web.answer)
    return choose.choose(evidence, CITED, 730), web


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (f"{GATE} -> 404 {{memento}} missing", "http-404"),
        (f"{GATE} -> 200 {{memento}} missing", "not-found-page"),
        (f"{GATE} -> 200 {{memento}} challenge", "bot-wall"),
        (f"{GATE} -> 200 {{memento}} login", "login-wall"),
        (f"{GATE} -> 200 {{memento}} parked", "parked"),
        (f'{GATE} -> 200 {{memento}} page "Quite Another Subject"', "other-title"),
        (
            f"{GATE} -> 301 {{memento; location: https://web.archive.org/web/20180601000000id_/https://example.org/}}\nGET https://web.archive.org/web/20180601000000id_/https://example.org/ -> 200 {{memento}} home",
            "sent-home",
        ),
        (
            f"{GATE} -> 301 {{memento; location: https://web.archive.org/web/20180601000000id_/https://elsewhere.net/x}}\nGET https://web.archive.org/web/20180601000000id_/https://elsewhere.net/x -> 404",
            "http-404",
        ),
    ],
)
def test_a_copy_that_does_not_hold_the_page_is_refused_with_the_reason(script: str, reason: str) -> None:
    verdict, _ = look_up(f"{script}\n{CDX} -> 200\n    []")
    assert verdict.outcome is Outcome.NONE
    assert [refusal.reason for refusal in verdict.refused] == [reason]


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        (f"{GATE} -> 404", Outcome.NONE),
        (f"{GATE} -> 429", Outcome.COULD_NOT_ASK),
        (f"{GATE} -> 503", Outcome.COULD_NOT_ASK),
        (f"{GATE} -> timeout", Outcome.COULD_NOT_ASK),
        (f"{GATE} -> 404 {{memento}} missing\n{CDX} -> 503", Outcome.COULD_NOT_ASK),
        (f"{GATE} -> 404 {{memento}} missing\n{CDX} -> 200\n    <html>garbage", Outcome.COULD_NOT_ASK),
        (f"{GATE} -> 404 {{memento}} missing\n{CDX} -> 200\n    {{}}", Outcome.COULD_NOT_ASK),
        (f"{GATE} -> 404 {{memento}} missing\n{CDX} -> 200\n    []", Outcome.NONE),
        (f"{GATE} -> 403 {{x-archive-wayback-runtime-error: AdministrativeAccessControlException}}", Outcome.NONE),
    ],
)
def test_none_and_could_not_ask_are_two_answers(script: str, outcome: Outcome) -> None:
    assert look_up(script)[0].outcome is outcome


def test_a_redirect_in_the_archive_is_followed_to_the_page() -> None:
    script = f"""{GATE} -> 302 https://web.archive.org/web/20180605000000id_/{URL}
GET https://web.archive.org/web/20180605000000id_/{URL} -> 301 {{memento; location: https://web.archive.org/web/20180605000000id_/{URL}/}}
GET https://web.archive.org/web/20180605000000id_/{URL}/ -> 200 {{memento}} page "A Study of Links"
"""
    verdict, _ = look_up(script)
    assert verdict.memento
    assert verdict.memento.uri == f"https://web.archive.org/web/20180605000000/{URL}"


def test_distinct_copies_are_tried_up_to_three_and_a_digest_once() -> None:
    rows = ",".join(f'["2017010{n}000000","{URL}","text/html","200","{digest}"]' for n, digest in enumerate("AABCD", 1))
    script = f"""{GATE} -> 404 {{memento}} missing
{CDX} -> 200
    [["timestamp","original","mimetype","statuscode","digest"],{rows}]
GET https://web.archive.org/web/20170101000000id_/{URL} -> 200 {{memento}} missing
GET https://web.archive.org/web/20170105000000id_/{URL} -> 200 {{memento}} missing
GET https://web.archive.org/web/20170104000000id_/{URL} -> 200 {{memento}} missing
GET https://web.archive.org/web/20170103000000id_/{URL} -> 200 {{memento}} missing
"""
    verdict, web = look_up(script)
    assert verdict.outcome is Outcome.NONE
    assert len(web.asked) == 5


def test_addresses_of_the_archive_are_taken_apart() -> None:
    memento = wayback.memento_of("http://web.archive.org/web/20180604101112if_/http://example.org:80/a?b=c")
    assert memento
    assert (memento.original, memento.uri) == (
        "http://example.org/a?b=c",
        "https://web.archive.org/web/20180604101112/http://example.org/a?b=c",
    )
    assert memento.captured_at == datetime(2018, 6, 4, 10, 11, 12, tzinfo=UTC)
    assert wayback.memento_of("https://example.org/web/20180604101112/https://example.org/") is None
    assert wayback.memento_of("https://web.archive.org/web/99999999999999/https://example.org/") is None


bodies = st.sampled_from(
    [b"", b"[]", b"<html>", b"\x1f\x8b\x00", b'[["timestamp"],["x"]]', *(make("A Study of Links") for make in PAGES.values())]
)
locations = st.sampled_from(
    [
        f"https://web.archive.org/web/20180601000000id_/{URL}",
        "https://example.org/",
        "https://web.archive.org/web/2017id_/https://example.org/",
        "/",
        "x:y",
        "",
    ]
)
replies = st.one_of(
    st.builds(lambda kind: Failure(kind, "", transient=True, at=WHEN), st.sampled_from(list(FailureKind))),
    st.builds(
        lambda status, memento, location, body: Response(
            "",
            status,
            {"content-type": "text/html", **memento, **({"location": location} if location else {})},
            body,
            truncated=False,
            at=WHEN,
        ),
        st.sampled_from([200, 200, 301, 302, 403, 404, 429, 503]),
        st.sampled_from([{}, {"memento-datetime": "Mon, 01 Jul 2024 00:00:00 GMT"}]),
        locations,
        bodies,
    ),
)


@given(st.lists(replies, min_size=1, max_size=12))
def test_whatever_the_archives_serve_a_proposed_copy_was_fetched_and_holds_the_page(served: list[Reply]) -> None:
    given_out: list[tuple[Request, Reply]] = []

    def answer(_path: str, request: Request) -> Reply:
        reply = served[len(given_out) % len(served)]
        given_out.append((request, reply))
        return reply

    evidence = play(
        look_up_in((wayback.ARCHIVE, memento.archive("https://archive.example.net/timegate/")), URL, WANTED, CITED, dated=True), answer
    )
    assert len(given_out) < 50
    verdict = choose.choose(evidence, CITED, 730)
    if verdict.outcome is Outcome.FOUND:
        good = [
            reply for _, reply in given_out if isinstance(reply, Response) and reply.status == 200 and "memento-datetime" in reply.headers
        ]
        assert any(b"A Study of Links" in reply.body or reply.body.startswith(b"%PDF") for reply in good)
