r"""Citations in LaTeX and Markdown follow the entries that were merged."""

from __future__ import annotations

import pytest

from refcheck.bibtex import citations, edits


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"As \cite{old} says.", r"As \cite{new} says."),
        (r"\citep[see][p.~3]{a, old,b}", r"\citep[see][p.~3]{a, new,b}"),
        (r"\textcite*{old}{not a list of old}", r"\textcite*{new}{not a list of old}"),
        (r"\cites[3]{old}[4]{a}(x)(y){old}", r"\cites[3]{new}[4]{a}(x)(y){new}"),
        (r"\cite{new, old}", r"\cite{new}"),
        (r"\cite{old, new, a}", r"\cite{new, a}"),
        (r"\nocite{*} \Autocite{older}", r"\nocite{*} \Autocite{older}"),
        (r"\section{old} \label{old} {old}", r"\section{old} \label{old} {old}"),
        ("\\cite{\n  a,\n  old\n}", "\\cite{\n  a,\n  new\n}"),
    ],
)
def test_a_key_that_went_is_cited_as_the_one_that_stayed(before: str, after: str) -> None:
    assert edits.apply(before, citations.renamed(before, {"old": "new"})) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As @old says.", "As @new says."),
        ("[see @old, p. 3; -@a; @{old}]", "[see @new, p. 3; -@a; @new]"),
        ("-@old, (@old) and @old.", "-@new, (@new) and @new."),
        ("@older, @old-er, @old:er, me@old, \\@old, @@old", "@older, @old-er, @old:er, me@old, \\@old, @@old"),
        ("`@old` and ``a ` @old`` and @old", "`@old` and ``a ` @old`` and @new"),
        ("```r\nx@y; @old\n```\n@old\n", "```r\nx@y; @old\n```\n@new\n"),
        ("~~~\n@old", "~~~\n@old"),
        ("\\citep{old} but `\\cite{old}`", "\\citep{new} but `\\cite{old}`"),
    ],
)
def test_in_markdown_too_and_code_stays_as_it_is(before: str, after: str) -> None:
    assert edits.apply(before, citations.renamed_in_markdown(before, {"old": "new"})) == after


def test_a_key_that_is_no_word_stands_in_braces() -> None:
    assert edits.apply("[@old]", citations.renamed_in_markdown("[@old]", {"old": "a new(1)"})) == "[@{a new(1)}]"
