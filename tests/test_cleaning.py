"""After each round of cleaning only what changed is looked at again: that finds what looking at everything finds."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from refcheck.engine.clean import clean
from refcheck.engine.examine import report, selected
from refcheck.engine.gathered import Gathered
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
