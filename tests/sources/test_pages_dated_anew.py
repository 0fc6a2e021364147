"""A page that calls itself younger than it is cited: since when an archive has it bounds its date."""

from __future__ import annotations

import pytest

from refcheck.engine.examine import examine, selected
from refcheck.model.flow import play
from refcheck.model.reference import Bibliography
from refcheck.model.report import Report
from refcheck.model.settings import Settings
from refcheck.model.verdict import Standing
from refcheck.readers import read
from support.web import WHEN, Web

URL = "https://example.org/story"
PAGE = f"""GET {URL} -> 200
    <html><head><title>The Long Story of a Bridge</title>
    <meta property="article:published_time" content="2023-05-04"><meta name="author" content="Ada Stone"></head>
    <body><article><h1>The Long Story of a Bridge</h1><p>{"It was built, and it fell. " * 40}</p></article></body></html>
"""
FIRST = "GET https://web.archive.org/web/0id_/https://example.org/story -> "
SETTINGS = Settings(select=("RC5",))


def run(year: int, archive: str) -> tuple[Report, Web]:
    entry = f"@online{{k, author = {{Stone, Ada}}, title = {{The Long Story of a Bridge}}, year = {{{year}}}, url = {{{URL}}}}}"
    bibliography = read("a.bib", entry.encode())
    assert isinstance(bibliography, Bibliography)
    web = Web.of(PAGE + FIRST + archive)
    return play(examine([bibliography], SETTINGS, selected(SETTINGS), WHEN), web.answer), web


@pytest.mark.parametrize(
    ("year", "archive", "standing"),
    [
        (2019, "302 https://web.archive.org/web/20190203040506id_/https://example.org/story", Standing.VERIFIED),
        (
            2019,
            "302 https://web.archive.org/web/20210203040506id_/https://example.org/story",
            Standing.VERIFIED,
        ),  # so 2023 is not its first
        (2019, "302 https://web.archive.org/web/20230506040506id_/https://example.org/story", Standing.MISMATCH),
        (2019, "404", Standing.MISMATCH),
        (2019, "503", Standing.MISMATCH),
        (2019, "timeout", Standing.MISMATCH),
    ],
)
def test_an_archive_that_had_the_page_before_its_date_excuses_an_earlier_year(year: int, archive: str, standing: Standing) -> None:
    report, web = run(year, archive)
    (verdict,) = report.records.values()
    assert verdict.standing is standing
    assert [url for _, url in web.asked] == [URL, "https://web.archive.org/web/0id_/https://example.org/story"]


@pytest.mark.parametrize(("year", "standing"), [(2023, Standing.VERIFIED), (2025, Standing.MISMATCH)])
def test_the_archive_is_asked_only_where_it_could_excuse_the_year(year: int, standing: Standing) -> None:
    report, web = run(year, "404")
    (verdict,) = report.records.values()
    assert verdict.standing is standing
    assert [url for _, url in web.asked] == [URL]
