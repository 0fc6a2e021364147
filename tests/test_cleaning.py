"""After each round of cleaning only what changed is looked at again: that finds what looking at everything finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from refcheck.engine.clean import clean, written
from refcheck.engine.examine import report, selected
from refcheck.engine.gathered import Gathered
from refcheck.model.reference import Dialect
from refcheck.model.report import Report
from refcheck.model.settings import Settings
from refcheck.model.source import Source
from refcheck.readers import bibtex
from support import cases
from support.web import WHEN

FILES = sorted((Path(__file__).parent / "rules").glob("*.md"))
TEXTS = [case.text for file in FILES for case in cases.load(file) if case.form == "bib"]
SETTINGS = Settings(offline=True)
RULES = selected(SETTINGS)


def checked(text: str) -> Report:
    return report([bibtex.read(Source("x.bib", text, "bibtex"))], SETTINGS, RULES, WHEN, Gathered(offline=True))


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6), st.booleans())
def test_what_is_left_is_what_the_rules_find_in_the_cleaned_text(texts: list[str], unsafe: bool) -> None:  # noqa: FBT001
    before = checked("\n".join(texts))
    (bibliography,) = before.bibliographies
    result = clean(bibliography.source, before, RULES, SETTINGS, unsafe=unsafe, known=before.findings)
    assert result.left == checked(result.text).findings


def test_the_law_meets_files_that_are_cleaned() -> None:
    assert len(TEXTS) > 100
    assert sum(bool(clean(Source("x.bib", text, "bibtex"), checked(text), RULES, SETTINGS, unsafe=True).applied) for text in TEXTS) > 25


def test_the_original_text_stands_above_what_was_read_with_doubt() -> None:
    (sure,) = bibtex.read(Source("x.bib", "@misc{willow2021field,\n  title = {A Field Guide},\n}\n", "bibtex")).references
    title = replace(sure.fields["title"], confidence=0.6)
    unsure = replace(sure, unmarked="Willow @ Stone {2021}:\n A Field Guide", fields={**sure.fields, "title": title})
    entry = "@misc{willow2021field,\n  title = {A Field Guide},\n}\n"
    assert written([sure], Dialect.BIBTEX) == entry
    assert written([unsure], Dialect.BIBTEX) == f"% read with doubt from: Willow (at) Stone (2021): A Field Guide\n{entry}"
