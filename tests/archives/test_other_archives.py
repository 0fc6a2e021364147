"""Archives besides the Wayback Machine: any TimeGate, and copies whose addresses are recognised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from refcheck.archives import choose, memento, recognise, wayback
from refcheck.archives.archive import look_up
from refcheck.archives.repair import token_of, variants
from refcheck.links.content import Cited
from refcheck.model.evidence import ArchiveEvidence
from refcheck.model.flow import play
from refcheck.model.verdict import Outcome
from support.web import Web

URL = "https://example.org/news/story"
CITED = Cited(("A Study of Links",))
WANTED = datetime(2018, 6, 1, tzinfo=UTC)
WAYBACK = f"GET https://web.archive.org/web/20180601000000id_/{URL}"
GATE = f"GET https://archive.example.net/timegate/{URL}"
COPY = f"https://archive.example.net/wayback/20180604101112/{URL}"
MEMENTO = "{memento-datetime: Mon, 04 Jun 2018 10:11:12 GMT}"


def ask(script: str) -> tuple[ArchiveEvidence, Web]:
    web = Web.of(script)
    archives = (wayback.ARCHIVE, memento.archive("https://archive.example.net/timegate/"))
    return play(look_up(archives, URL, WANTED, CITED, dated=True), web.answer), web


def test_the_second_archive_is_asked_where_the_first_has_nothing() -> None:
    evidence, web = ask(f'{WAYBACK} -> 404\n{GATE} -> 302 {COPY}\nGET {COPY} -> 200 {MEMENTO} page "A Study of Links"')
    verdict = choose.choose(evidence, CITED, 730, ("Wayback Machine", "archive.example.net"))
    assert verdict.memento
    assert (verdict.memento.uri, verdict.memento.captured_at) == (COPY, datetime(2018, 6, 4, 10, 11, 12, tzinfo=UTC))
    assert verdict.sentence == "copy of 4 Jun 2018 at archive.example.net; it has the cited title"
    assert len(web.asked) == 3


def test_the_second_archive_is_not_asked_where_the_first_has_the_page() -> None:
    _, web = ask(f'{WAYBACK} -> 200 {MEMENTO} page "A Study of Links"')
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("wayback_says", "gate_says", "outcome", "sentence"),
    [
        ("404", "404", Outcome.NONE, "the Wayback Machine and archive.example.net have no copy"),
        ("503", "404", Outcome.COULD_NOT_ASK, "the Wayback Machine answered 503"),
        ("404", "timeout", Outcome.COULD_NOT_ASK, "archive.example.net could not be asked: timeout"),
        (
            "404",
            f"302 {COPY}\nGET {COPY} -> 200 {MEMENTO} missing",
            Outcome.NONE,
            "the one copy looked at does not hold the page (not-found-page)",
        ),
        ("404", f"302 {COPY}\nGET {COPY} -> 302 {COPY}", Outcome.COULD_NOT_ASK, "archive.example.net redirects in a circle"),
        ("404", "200 page", Outcome.COULD_NOT_ASK, "archive.example.net answered 200"),
    ],
)
def test_what_several_archives_say_together(wayback_says: str, gate_says: str, outcome: Outcome, sentence: str) -> None:
    evidence, _ = ask(f"{WAYBACK} -> {wayback_says}\n{GATE} -> {gate_says}")
    verdict = choose.choose(evidence, CITED, 730, ("Wayback Machine", "archive.example.net"))
    assert (verdict.outcome, verdict.sentence) == (outcome, sentence)


@pytest.mark.parametrize(
    ("url", "original", "day"),
    [
        ("https://web.archive.org/web/20180604101112/https://example.org/a", "https://example.org/a", "2018-06-04"),
        ("https://web.archive.org/web/2018id_/http://example.org/a?b=c", "http://example.org/a?b=c", "2018-01-01"),
        ("https://archive.ph/20180604101112/https://example.org/a", "https://example.org/a", "2018-06-04"),
        ("http://archive.is/2018.06.04-101112/http://example.org/a", "http://example.org/a", "2018-06-04"),
        ("https://arquivo.pt/wayback/20180604101112/http://example.org/a", "http://example.org/a", "2018-06-04"),
        ("https://archive.ph/AbCdE", None, None),
        ("https://perma.cc/12AB-34CD", None, None),
        ("https://example.org/wayback/20180604101112/http://example.org/a", None, None),
        ("https://archive.ph/99999999/https://example.org/a", None, None),
    ],
)
def test_a_copys_address_tells_of_which_page_it_is_and_of_when(url: str, original: str | None, day: str | None) -> None:
    found = recognise.memento_of(url)
    assert (found and found.original) == original
    assert (found and f"{found.captured_at:%Y-%m-%d}") == day


PERMA = "GET https://api.perma.cc/v1/public/archives/12AB-34CD/"


@pytest.mark.parametrize(
    ("answer", "original", "status"),
    [
        ('200\n    {"guid": "12AB-34CD", "url": "https://example.org/a", "title": "A Study of Links"}', "https://example.org/a", 200),
        ("404", None, 404),
        ("200\n    <html>", None, 200),
        ('200\n    {"url": 3}', None, 200),
        ("timeout", None, None),
    ],
)
def test_perma_cc_says_of_which_page_a_copy_is(answer: str, original: str | None, status: int | None) -> None:
    reply = play(recognise.ask_perma("12AB-34CD"), Web.of(f"{PERMA} -> {answer}").answer)
    found = recognise.perma_original(reply)
    assert (found and found[0]) == original
    assert recognise.perma_chain("https://perma.cc/12AB-34CD", reply).last.status == status


def test_a_copys_number_is_recognised() -> None:
    assert recognise.perma_id("https://perma.cc/12ab-34cd?type=image") == "12AB-34CD"
    assert recognise.perma_id("https://perma.cc/about") is None


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("https://example.org/technews/a-story/articleshow/116099861.cms", "116099861"),
        ("https://example.org/2018/06/04/how-links-rot.html", "how-links-rot"),
        ("https://example.org/about", None),
        ("https://example.org/", None),
        ("https://example.org/internationalization", None),
    ],
)
def test_what_tells_an_address_from_the_others_of_its_site(url: str, token: str | None) -> None:
    assert token_of(url) == token


@pytest.mark.parametrize(
    ("url", "others"),
    [
        ("https://example.org/a%2520b", ["https://example.org/a%20b"]),
        ("https://example.org/a%E2%80%9D", ["https://example.org/a"]),
        ("https://example.org/a).", ["https://example.org/a"]),
        ("https://example.org/a", []),
    ],
)
def test_other_spellings_of_an_address(url: str, others: list[str]) -> None:
    assert list(variants(url)) == others
