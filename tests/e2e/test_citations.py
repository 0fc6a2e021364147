"""Merged entries and the documents that cite them."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import refcheck

ENTRY = "@article{%s, author = {Doe, Jane}, title = {A Study of Links}, journal = {Links}, year = 2020}\n"
TEX = "Gr\u00fc\u00dfe: see \\citep[3]{second, other}.\r\n"


@pytest.fixture(autouse=True)
def files() -> None:
    Path("refs.bib").write_text(ENTRY % "first" + ENTRY % "second")
    Path("paper.tex").write_bytes(TEX.encode("latin-1"))


def test_the_citations_of_a_merged_entry_are_changed_on_demand() -> None:
    ran = refcheck("clean", "refs.bib", "--in-place", "--offline", "--tex", "paper.tex")
    assert ran.code == 0, ran.err
    assert "paper.tex: 1 citation changed" in ran.err
    assert Path("paper.tex").read_bytes() == TEX.replace("second", "first").encode("latin-1"), "in its own encoding and line ends"


def test_those_of_a_markdown_document_are_changed_too() -> None:
    Path("notes.qmd").write_text("As @second says [@first; @other].\n")
    ran = refcheck("clean", "refs.bib", "--in-place", "--offline", "--tex", "notes.qmd")
    assert "notes.qmd: 1 citation changed" in ran.err
    assert Path("notes.qmd").read_text() == "As @first says [@first; @other].\n"


def test_what_the_configuration_calls_distinct_is_neither_reported_nor_merged() -> None:
    Path("refcheck.toml").write_text('[duplicates]\ndistinct = [["first", "second"]]\n')
    assert "duplicate-reference" not in refcheck("refs.bib", "--offline").out
    ran = refcheck("clean", "refs.bib", "--in-place", "--offline", "--tex", "paper.tex")
    assert "paper.tex: 0 citations changed" in ran.err
    assert Path("refs.bib").read_text() == ENTRY % "first" + ENTRY % "second"


def test_a_diff_shows_them_and_changes_nothing() -> None:
    ran = refcheck("clean", "refs.bib", "--diff", "--offline", "--tex", "paper.tex")
    assert "+" in ran.out
    assert "citep[3]{first, other}" in ran.out
    assert Path("paper.tex").read_bytes() == TEX.encode("latin-1")


def test_a_document_that_is_not_there_is_named() -> None:
    ran = refcheck("clean", "refs.bib", "--in-place", "--offline", "--tex", "nowhere.tex")
    assert (ran.code, "--tex nowhere.tex: cannot be read" in ran.err) == (2, True)


def test_the_dialect_can_be_said() -> None:
    Path("refs.bib").write_text("@online{a, title = {A Study of Links}, url = {https://example.org/a}}\n")
    assert "undated-url" in refcheck("refs.bib", "--offline").out
    assert "undated-url" not in refcheck("refs.bib", "--offline", "--dialect", "bibtex").out
