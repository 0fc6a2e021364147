"""Edits touch their spans and nothing else, and speak the dialect of the entry they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.bibtex import edits, keys, write
from refcheck.model.finding import Applicability, Fix
from refcheck.model.reference import Contributor, Dialect, PartialDate, Reference
from refcheck.model.source import Edit, Source, Span
from refcheck.readers import bibtex


def read(text: str) -> tuple[Reference, ...]:
    bibliography = bibtex.read(Source("x.bib", text, "bibtex"))
    assert not bibliography.problems
    return bibliography.references


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@misc{k,\n  title = {One},\n}\n", "@misc{k,\n  title = {One},\n  note = {new},\n}\n"),
        ("@misc{k,\n  title = {One}\n}\n", "@misc{k,\n  title = {One},\n  note = {new}\n}\n"),
        ("@misc{k, title = {One}}\n", "@misc{k, title = {One}, note = {new}}\n"),
        ("@misc{k,\n\ttitle={One},\n\tyear={2001}}\n", "@misc{k,\n\ttitle={One},\n\tyear={2001},\n\tnote={new}}\n"),
        (
            "@misc{k,\n  title  = {One},\n  author = {A. B.},\n}\n",
            "@misc{k,\n  title  = {One},\n  author = {A. B.},\n  note   = {new},\n}\n",
        ),
        ("@misc{k,\n  TITLE = {One},\n}\n", "@misc{k,\n  TITLE = {One},\n  NOTE = {new},\n}\n"),
        ("@misc{k,\r\n  title = {One},\r\n}\r\n", "@misc{k,\r\n  title = {One},\r\n  note = {new},\r\n}\r\n"),
        ("@misc{k}\n", "@misc{k,\n  note = {new},\n}\n"),
        ("@misc{k,}\n", "@misc{k,\n  note = {new},\n}\n"),
        ("@misc(k, title = {One})\n", "@misc(k, title = {One}, note = {new})\n"),
    ],
)
def test_a_new_field_follows_its_neighbours(before: str, after: str) -> None:
    (reference,) = read(before)
    text = edits.apply(before, [edits.add_field(before, reference, "note", "{new}")])
    assert text == after
    assert read(text)[0].value("note") == "new"


def test_the_last_entry_is_removed_with_the_blank_line_before_it() -> None:
    text = "@misc{a, title = {One}}\n\n@misc{b, title = {Two}}\n"
    assert edits.apply(text, [edits.remove_entry(text, read(text)[1])]) == "@misc{a, title = {One}}\n"
    assert edits.apply(text, [edits.remove_entry(text, read(text)[0])]) == "@misc{b, title = {Two}}\n"


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: Span(min(pair), max(pair)))
fixes = st.builds(
    lambda changes: Fix("t", Applicability.SAFE, tuple(Edit(s, t) for s, t in changes)),
    st.lists(st.tuples(spans, st.text(max_size=3)), min_size=1, max_size=1),
)


@given(st.text(min_size=30, max_size=30), st.lists(fixes, max_size=6))
def test_compatible_fixes_leave_every_other_character(text: str, offered: list[Fix]) -> None:
    chosen = edits.compatible(offered)
    changes = sorted({edit.span: edit for fix in chosen for edit in fix.edits}.values(), key=lambda e: e.span)
    result = edits.apply(text, changes)
    assert len(result) == len(text) + sum(len(e.text) - (e.span.end - e.span.start) for e in changes)
    position = offset = 0
    for edit in changes:
        kept = text[position : edit.span.start]
        assert result[offset : offset + len(kept)] == kept
        offset += len(kept)
        assert result[offset : offset + len(edit.text)] == edit.text
        offset += len(edit.text)
        position = edit.span.end
    assert result[offset:] == text[position:]


values = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Zl", "Zp"), blacklist_characters="$~\u00a0"), min_size=1, max_size=40)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)


@given(values)
def test_what_is_written_reads_back_the_same(value: str) -> None:
    body = write.braced(value, "note")
    (reference,) = read(f"@misc{{k,\n  note = {{{body}}},\n}}\n")
    import unicodedata  # noqa: PLC0415

    assert reference.value("note") == unicodedata.normalize("NFC", value) or "--" in value or "``" in value or "''" in value


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("DeepSeek-R1: Incentivizing Reasoning", "{DeepSeek-R1}: Incentivizing Reasoning"),
        ("The A.I. revolution on the web", "The {A.I.} revolution on the web"),
        ("Gemini 1.5 Pro and Gemini 1.5 Flash", "{Gemini} 1.5 Pro and {Gemini} 1.5 Flash"),
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("How the court of Appeal decided in London today", "How the court of {Appeal} decided in {London} today"),
        ("Human + Machine: Reimagining Work in the Age of AI", "Human + Machine: Reimagining Work in the Age of {AI}"),
    ],
)
def test_capitals_that_belong_to_the_spelling_are_braced(title: str, written: str) -> None:
    assert write.braced(title, "title") == written


def test_a_broken_brace_in_a_value_never_breaks_the_file() -> None:
    assert write.braced("An { odd \\ title}", "note") == "An \\textbraceleft{} odd \\textbackslash{} title\\textbraceright{}"
    (reference,) = read("@misc{k, note = {" + write.braced("An { odd \\ title}", "note") + "}}")
    assert reference.value("note") == "An { odd \\ title}"


def test_keys_are_author_year_and_first_word() -> None:
    people = (Contributor("O'Neil", "C."),)
    assert keys.make(people, PartialDate(2016), "Weapons of Math Destruction") == "oneil2016weapons"
    assert keys.make((Contributor(literal="MIT Technology Review"),), PartialDate(2025), "An AI chatbot") == "mittechnologyreview2025ai"
    assert keys.make((), None, "") == "reference"
    assert keys.make((Contributor("Müller", "J."),), PartialDate(2001), "Ähnlich") == "muller2001ahnlich"


def test_taken_keys_get_a_letter() -> None:
    assert keys.Used().new("a") == "a"
    assert keys.Used({"a", "ab"}).new("a") == "ac"
    used = keys.Used({"b"})
    used.add("ab")
    assert [used.new("a"), used.new("a"), used.new("b"), used.new("a")] == ["a", "ac", "bb", "ad"]


def test_the_dialects_write_types_and_dates_their_own_way() -> None:
    (reference,) = read("@online{k, author = {Smith, A.}, title = {One}, date = {2020-05-04}, url = {https://example.org/a}}")
    assert "@misc{k," in write.bibliography([reference], Dialect.BIBTEX)
    assert "month = may # {~4}," in write.bibliography([reference], Dialect.BIBTEX)
    assert "date = {2020-05-04}," in write.bibliography([reference], Dialect.BIBLATEX)
    assert write.bibliography([], Dialect.BIBTEX) == ""
