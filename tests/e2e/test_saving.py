"""`refcheck archive` from the command line to the bibliography, against a scripted service."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import refcheck
from support.server import serving

URL = "https://example.org/a"
BIB = f"@online{{study,\n  title = {{A Study of Links}},\n  date = {{2026-11-20}},\n  url = {{{URL}}},\n}}\n"
ALIVE = f'GET {URL} -> 200 page "A Study of Links"\n'
UNKNOWN = f"GET https://web.archive.org/web/20261120120000id_/{URL} -> 404\n"
SERVICE = """POST https://web.archive.org/save -> 200
    {"url": "https://example.org/a", "job_id": "spn2-1"}
GET https://web.archive.org/save/status/spn2-1 -> 200
    {"status": "success", "timestamp": "20261123090102", "original_url": "https://example.org/a"}
"""
KEYS = {"INTERNET_ARCHIVE_ACCESS_KEY": "made-up-access", "INTERNET_ARCHIVE_SECRET_KEY": "made-up-secret"}


@pytest.fixture(autouse=True)
def bib() -> Path:
    path = Path("refs.bib")
    path.write_text(BIB)
    return path


def test_a_living_page_is_kept_and_its_copy_written_down_once(bib: Path, tmp_path: Path) -> None:
    with serving(ALIVE + UNKNOWN + SERVICE, tmp_path) as server:
        ran = refcheck("archive", "refs.bib", "--in-place", env=server.environment | KEYS)
        assert ran.code == 0, ran.err
        assert "1 of 1 page kept" in ran.err
        assert "made-up" not in ran.err + ran.out
        text = bib.read_text()
        assert r"addendum = {Archived at \url{https://web.archive.org/web/20261123090102/https://example.org/a} (2026-11-23)}" in text
        assert any(head.get("authorization") == "LOW made-up-access:made-up-secret" for head in server.headers)
    copy = f'GET https://web.archive.org/web/20261123090102id_/{URL} -> 200 {{memento}} page "A Study of Links"\n'
    with serving(ALIVE + copy, tmp_path) as server:
        again = refcheck("archive", "refs.bib", "--in-place", env=server.environment | KEYS)
    assert (again.code, bib.read_text()) == (0, text)
    assert "every living page with an address has a copy already" in again.err


def test_a_dry_run_needs_no_keys_and_asks_for_nothing(bib: Path, tmp_path: Path) -> None:
    with serving(ALIVE + UNKNOWN, tmp_path) as server:
        ran = refcheck("archive", "refs.bib", "--dry-run", env=server.environment)
    assert ran.code == 0, ran.err
    assert f"would be kept: {URL}" in ran.err
    assert bib.read_text() == BIB


def test_without_keys_it_says_where_they_come_from(bib: Path) -> None:
    ran = refcheck("archive", "refs.bib")
    assert ran.code == 2
    assert "INTERNET_ARCHIVE_ACCESS_KEY" in ran.err
    assert bib.read_text() == BIB


def test_a_refusal_leaves_the_bibliography_as_it_is(bib: Path, tmp_path: Path) -> None:
    refused = 'POST https://web.archive.org/save -> 200\n    {"status": "error", "status_ext": "error:blocked-url"}\n'
    with serving(ALIVE + UNKNOWN + refused, tmp_path) as server:
        ran = refcheck("archive", "refs.bib", "--in-place", env=server.environment | KEYS)
    assert ran.code == 1
    assert f"not kept: {URL}: the service cannot keep it (blocked-url)" in ran.err
    assert bib.read_text() == BIB


def test_an_archive_that_cannot_be_asked_is_not_taken_for_one_that_has_everything(bib: Path, tmp_path: Path) -> None:
    with serving(ALIVE + UNKNOWN.replace("404", "429"), tmp_path) as server:
        ran = refcheck("archive", "refs.bib", "--in-place", env=server.environment | KEYS)
    assert ran.code == 1
    assert "about 1 link the archive could not be asked" in ran.err
    assert "of those asked about" in ran.err
    assert bib.read_text() == BIB
    assert refcheck("archive", "refs.bib", "--no-archives", env=KEYS).code == 2
