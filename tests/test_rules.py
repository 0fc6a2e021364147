"""Every rule has a case file, a page of documentation, and keeps what its cases say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from refcheck.readers import bibtex
from refcheck.rules import RULES, find
from refcheck.rules.base import Rule
from support.cases import Case, load, shown

FOLDER = Path(__file__).parent / "rules"
CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in load(path)]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}: {case.title}" for case in CASES])
def test_a_case_finds_what_it_says_and_its_fix_holds(case: Case) -> None:
    report, bibliography = case.check()
    assert shown(report.findings) == case.findings
    for finding in report.findings:
        sources = {other.source.path: other.source for other in report.bibliographies}
        assert 0 <= finding.span.start <= finding.span.end <= len(sources[finding.path].text)
    if case.fixed is None:
        return
    text, left = case.cleaned(report, bibliography)
    assert text == case.fixed
    again = case.bibliography(text, "bib")
    assert len(again.references) == len(bibtex.read(again.source).references)
    assert len(again.problems) <= len(bibliography.problems)
    assert not [f for f in left for fix in f.fixes if fix.edits and fix.applicability == "safe"], "a finding outlived its own fix"


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_has_a_case_file_that_shows_it_speak_and_be_silent(rule: Rule) -> None:
    path = FOLDER / f"{rule.name}.md"
    assert path.exists(), f"write {path.relative_to(FOLDER.parent.parent)}: cases for {rule.name}"
    cases = load(path)
    assert any(rule.code in case.findings for case in cases), "no case in which the rule finds something"
    assert any(not case.findings.strip() for case in cases), "no case in which the rule is silent"


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_documents_itself(rule: Rule) -> None:
    for part in ("What it does:", "Why it matters:", "Example:", "When it can be wrong:"):
        assert part in rule.documentation, f"the docstring of {rule.name} lacks {part!r}"
    assert rule.summary.endswith(".")


def test_case_files_belong_to_rules() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {rule.name for rule in RULES}


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"RC\d{3}", code) for code in codes)


def test_rules_are_found_by_code_by_name_and_by_family() -> None:
    assert [rule.name for rule in find("RC101")] == ["dead-link"]
    assert [rule.code for rule in find("dead-link")] == ["RC101"]
    assert {rule.code[:3] for rule in find("RC1")} == {"RC1"}
    assert find("no-such-rule") == ()
