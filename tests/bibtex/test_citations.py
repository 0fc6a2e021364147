r"""Citations in LaTeX follow the entries that were merged."""

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
