"""An archive that is away: no wrong word, few requests, and the run ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.program import refcheck
from support.server import Server, serving

COUNT = 9
URLS = [f"https://example.org/{number}" for number in range(COUNT)]
GONE = "".join(f"GET {url} -> 410\n" for url in URLS)


def script(answer: str) -> str:
    return GONE + "".join(f"GET https://web.archive.org/web/20180701000000id_/{url} -> {answer}\n" for url in URLS)


def run(server: Server) -> dict[str, Any]:
    entries = (f"@misc{{k{n}, title = {{Study number {n}}}, year = 2018, url = {{{url}}}}}\n" for n, url in enumerate(URLS))
    Path("refs.bib").write_text("".join(entries))
    Path("refcheck.toml").write_text("[links]\npace = 0.01\ntimeout = 2\n")
    ran = refcheck("refs.bib", "--format", "json", env=server.environment)
    assert ran.code == 1, ran.err
    return dict(json.loads(ran.out))


def asked(server: Server) -> int:
    return sum("web.archive.org" in url for _, url in server.web.asked)


@pytest.mark.parametrize(("answer", "most"), [("429", 6), ("429 {retry-after: 3600}", 3), ("503", 3 * COUNT), ("200 home", COUNT)])
def test_could_not_ask_is_not_none_found(answer: str, most: int, tmp_path: Path) -> None:
    with serving(script(answer), tmp_path) as server:
        report = run(server)
        assert asked(server) <= most
    assert {link["archive"]["outcome"] for link in report["links"]} == {"could-not-ask"}
    about_archives = [finding for finding in report["findings"] if finding["code"].startswith("RC4")]
    assert [finding["rule"] for finding in about_archives] == ["archive-not-asked"], "once, not for each link"
    assert "nor about 8 other links" in about_archives[0]["message"]


def test_an_archive_that_hangs_is_left_alone_after_the_first(tmp_path: Path) -> None:
    with serving(script("200 home"), tmp_path) as server:
        server.hang_on = "web.archive.org"
        report = run(server)
        assert asked(server) <= 2
    assert {link["archive"]["outcome"] for link in report["links"]} == {"could-not-ask"}


def test_none_found_is_said_where_it_was_answered(tmp_path: Path) -> None:
    with serving(script("404"), tmp_path) as server:
        report = run(server)
    assert {link["archive"]["outcome"] for link in report["links"]} == {"none"}
