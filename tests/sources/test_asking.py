"""How sources are asked: in batches, once, within limits, and with manners; what is remembered of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from refcheck.cli import keys
from refcheck.engine.examine import examine, selected
from refcheck.engine.verify import asking
from refcheck.model.flow import Failure, FailureKind, Kept, Reply, Request, play
from refcheck.model.reference import Bibliography
from refcheck.model.settings import ArchiveSettings, Settings
from refcheck.model.verdict import Standing
from refcheck.net.drive import Limits, Network, network
from refcheck.net.politeness import LANES, Manners, Politeness
from refcheck.readers import read
from support.library import Library
from support.program import refcheck
from support.web import WHEN

CHOSEN = Settings(select=("RC5",), archives=ArchiveSettings(enabled=False))


def bibliography(text: str) -> Bibliography:
    found = read("a.bib", text.encode())
    assert isinstance(found, Bibliography)
    return found


def papers(count: int, *, doi: bool) -> tuple[str, list[dict[str, object]]]:
    names = [
        f"{a} {b}"
        for a in "Amber Birch Cedar Dune Ember Fern Grove Heath Iris Juniper".split()
        for b in "rivers stones winds lakes birds roots hills waves stars fires".split()
    ]
    works: list[dict[str, object]] = [
        {"title": f"A Long Study of {name} and Their Songs", "authors": ["Ada Stone"], "year": 2019, "container": "Journal of Songs", "volume": "3", "number": "1",
         "pages": "1-9", **({"doi": f"10.5555/{n}"} if doi else {})}
        for n, name in enumerate(names[:count])
    ]  # fmt: skip
    entries = [
        f"@article{{k{n}, author={{Stone, Ada}}, title={{{w['title']}}}, journal={{Journal of Songs}}, year={{2019}}, volume={{3}}, number={{1}}, pages={{1--9}}"
        + (f", doi={{{w['doi']}}}" if doi else "") + "}"
        for n, w in enumerate(works)
    ]  # fmt: skip
    return "\n".join(entries), works


@pytest.mark.parametrize(("doi", "most"), [(True, 10), (False, 200)])
def test_a_hundred_sound_references_cost_few_requests(*, doi: bool, most: int) -> None:
    text, works = papers(100, doi=doi)
    library = Library(works)
    report = play(examine([bibliography(text)], CHOSEN, selected(CHOSEN), WHEN), library.answer)
    assert {verdict.standing for verdict in report.records.values()} == {Standing.VERIFIED}
    assert library.asked.total() <= most
    assert report.record_coverage.checked == 100


def test_nothing_is_asked_twice_in_a_run() -> None:
    text, works = papers(3, doi=False)
    library = Library(works)
    asked: list[str] = []

    def answer(path: str, request: Request) -> Reply:
        asked.append(request.url)
        return library.answer(path, request)

    play(examine([bibliography(text), bibliography(text)], CHOSEN, selected(CHOSEN), WHEN), answer)
    assert len(asked) == len(set(asked))


def test_answers_are_remembered_and_an_offline_run_uses_them() -> None:
    text, works = papers(2, doi=True)
    kept: dict[str, bytes] = {}

    def recall(step: Kept) -> object:
        if step.key in kept:
            return step.load(kept[step.key])
        result = play(step.make(), Library(works).answer)
        if step.lasts(result):
            kept[step.key] = step.dump(result)
        return result

    play(examine([bibliography(text)], CHOSEN, selected(CHOSEN), WHEN), Library(works).answer, recall=recall)
    offline = replace(CHOSEN, offline=True, recalls=True)

    def nothing(_path: str, request: Request) -> Reply:
        raise AssertionError(request.url)

    report = play(examine([bibliography(text)], offline, selected(offline), WHEN), nothing, recall=lambda step: step.load(kept[step.key]))
    assert {verdict.standing for verdict in report.records.values()} == {Standing.VERIFIED}


def test_who_asks_is_said_and_no_mail_address_is_invented() -> None:
    assert "refcheck/" in asking(Settings()).user_agent
    assert "pypi.org/project/refcheck-bib" in asking(Settings()).user_agent
    assert "@" not in asking(Settings()).user_agent
    assert asking(Settings(contact="mailto:me@example.org")).mail == "me@example.org"
    assert asking(Settings(contact="https://example.org/me")).mail == ""


async def test_a_key_goes_to_its_own_host_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "very-secret")
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", "also-secret")
    assert set(keys.present()) >= {"openalex", "semanticscholar"}
    net: Network = network(Settings(), "refcheck")
    net.keys, net.headers = keys.parameters(), keys.headers()
    sent: list[httpx.Request] = []

    async def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(b"{}"), request=request)

    class Transport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return await handle(request)

    monkeypatch.setattr("httpx.AsyncHTTPTransport", lambda **_: Transport())
    monkeypatch.setattr("refcheck.net.client.Client.proxy_for", lambda *_: "http://127.0.0.1:9")
    for url in (
        "https://api.openalex.org/works?filter=doi:x",
        "https://api.semanticscholar.org/graph/v1/paper/x",
        "https://example.org/",
        "http://api.openalex.org/works",
    ):
        reply = await net.send(Request(url), httpx.Cookies(), Limits())
        assert "secret" not in repr(reply)
    written = ["very-secret" in str(r.url) or "also-secret" in str(r.headers.get("x-api-key")) for r in sent]
    assert written == [True, True, False, False]
    await net.client.aclose()


async def test_the_pace_follows_what_a_service_says_of_its_limits() -> None:
    politeness = Politeness(Manners(), 8)
    assert politeness.manners("crossref").pace == LANES["crossref"].pace
    politeness.told("crossref", {"x-rate-limit-limit": "2", "x-rate-limit-interval": "1s"})
    assert politeness.manners("crossref").pace == 0.5
    politeness.told("crossref", {"x-rate-limit-limit": "0", "x-rate-limit-interval": "soon"})
    assert politeness.manners("crossref").pace == 0.5


def test_sources_are_listed_with_their_keys() -> None:
    ran = refcheck("sources", env={"OPENALEX_API_KEY": "very-secret", "GOOGLE_BOOKS_API_KEY": ""})
    assert ran.code == 0, ran.err
    assert "asked, with the key in OPENALEX_API_KEY" in ran.out
    assert "not asked: it needs a key in GOOGLE_BOOKS_API_KEY" in ran.out
    assert "very-secret" not in ran.out


def test_a_source_can_be_turned_off_and_an_unknown_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "refcheck.toml"
    config.write_text('[sources]\nignore = ["dblp"]\n', "utf-8")
    assert "not asked: in sources.ignore" in refcheck("sources").out
    config.write_text('[sources]\nignore = ["dlbp"]\n', "utf-8")
    ran = refcheck("sources")
    assert ran.code == 2
    assert "sources.ignore has 'dlbp'" in ran.err


def test_the_report_has_the_record_beside_the_reference() -> None:
    from refcheck.render.json import render  # noqa: PLC0415 - only this test renders

    text, works = papers(1, doi=True)
    works[0]["volume"] = "8"
    report = play(examine([bibliography(text)], CHOSEN, selected(CHOSEN), WHEN), Library(works).answer)
    (row,) = json.loads(render(report))["records"]
    assert (row["verdict"], row["source"], row["id"]) == ("mismatch", "crossref", "10.5555/0")
    assert row["fields"]["volume"] == {"verdict": "different", "here": "3", "there": "8", "reason": ""}


async def test_a_source_that_cannot_be_reached_is_soon_left_alone() -> None:
    politeness = Politeness(Manners(), 8)
    net = Network(None, politeness)  # type: ignore[arg-type]
    for _ in range(LANES["crossref"].refusals):
        net._heard("crossref", "https://api.crossref.org/works", Failure(FailureKind.NO_SUCH_NAME, "", transient=False, at=WHEN))  # noqa: SLF001 - no request is needed
    assert politeness.is_open("crossref", "https://api.crossref.org/works", again=False)
    assert not politeness.is_open("datacite", "https://api.datacite.org/dois", again=False)
