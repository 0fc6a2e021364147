"""A bibliography of the web is read like a file, through the same guard."""

from __future__ import annotations

from pathlib import Path

from support.program import refcheck
from support.server import serving

BIB = "@misc{a, title = {A Study of Links}, year = {2024b}}"


def test_a_document_is_fetched_and_checked(tmp_path: Path) -> None:
    script = f"GET https://example.org/old.bib -> 301 https://example.org/refs.bib\nGET https://example.org/refs.bib -> 200\n    {BIB}"
    with serving(script, tmp_path) as server:
        ran = refcheck("https://example.org/old.bib", "--format", "github", env=server.environment)
    assert ran.code == 0, ran.err
    assert "orphan-year-suffix" in ran.out


def test_a_document_that_is_not_there_is_named(tmp_path: Path) -> None:
    with serving("GET https://example.org/refs.bib -> 404", tmp_path) as server:
        ran = refcheck("https://example.org/refs.bib", env=server.environment)
    assert ran.code == 2
    assert "https://example.org/refs.bib: cannot be read: the answer is 404" in ran.err


def test_a_private_address_is_not_fetched() -> None:
    ran = refcheck("http://169.254.169.254/latest/meta-data")
    assert ran.code == 2
    assert "private address" in ran.err
