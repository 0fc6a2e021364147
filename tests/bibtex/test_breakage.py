"""Whatever is broken in a BibTeX file: its neighbours are read, the fault is named at its line, and nothing of it changes.

A broken entry stands between two sound ones, from line 6 on. Comments say what BibTeX itself does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from refcheck.bibtex import document
from refcheck.engine.clean import clean
from refcheck.engine.examine import report, selected
from refcheck.engine.gathered import Gathered
from refcheck.model.reference import Bibliography
from refcheck.model.settings import Settings
from refcheck.readers import Unreadable, decode, read
from support.web import WHEN

ROOT = Path(__file__).parent.parent.parent
BEFORE = "@misc{before,\n  title = {Before, 2001},\n  year = {2001}\n}\n\n"
AFTER = "\n@misc{after,\n  title = {After, 2002},\n  year = {2002}\n}\n"
FIRST = ("before", {"title": "Before, 2001", "year": "2001"})
LAST = ("after", {"title": "After, 2002", "year": "2002"})
Entries = Sequence[tuple[str, dict[str, str]]]
ONE: Entries = [("k", {"title": "One"})]
FULL: Entries = [("k", {"title": "One", "year": "2001"})]


def bibliography(text: str) -> Bibliography:
    """Read a text twice, and hold what holds for every text."""
    data = text.encode()
    found = read("broken.bib", data, "bibtex")
    assert not isinstance(found, Unreadable), found
    assert found == read("broken.bib", data, "bibtex")
    assert "".join(found.source.slice(block.span) for block in document.blocks(text)) == text
    assert all(found.source.slice(reference.span) == reference.raw for reference in found.references)
    return found


def cleaned(found: Bibliography) -> str:
    """Clean offline: both neighbours have a year in their title, so there is something to do around what is broken."""
    settings = Settings(offline=True)
    rules = selected(settings)
    result = clean(found.source, report([found], settings, rules, WHEN, Gathered(offline=True)), rules, settings, unsafe=False)
    assert decode.back(result.text, "utf-8") == result.text.encode()
    return result.text


def entries(found: Bibliography) -> list[tuple[str, dict[str, str]]]:
    return [(reference.key, {name: field.value for name, field in reference.fields.items()}) for reference in found.references]


def right(case: str, *values: Any) -> Any:
    return pytest.param(*values, id=case)


READ = [
    # BibTeX: the entry ends where its brace is closed, and what follows up to the next @ is a comment.
    right("a closing brace too many after a value", "@book{k,\n  title = {One}},\n  year = 2001\n}\n", ONE),
    right("a closing brace too many after the entry", "@book{k,\n  title = {One}\n}}\n", ONE),
    right("text after the closing brace", "@book{k,\n  title = {One}\n} and so on, {really}\n", ONE),
    # BibTeX: an error, and the rest of the entry is lost; biber takes both as comments.
    right("a comment after the key", "@book{k, % the book\n  title = {One}\n}\n", ONE),
    right("a comment between fields", "@book{k,\n  title = {One},\n  % year = 2000,\n  year = 2001\n}\n", FULL),
    right("a comment with a closing brace", "@book{k,\n  title = {One}, % }\n  year = 2001\n}\n", FULL),
    # BibTeX: a percent sign inside a value is a character like any other.
    right(
        "a percent sign inside a value",
        "@book{k,\n  url = {https://example.org/a%20b},\n}\n",
        [("k", {"url": "https://example.org/a%20b"})],
    ),
    # BibTeX: an error at each @, after which it looks for the next one.
    right("a stray @ in the text", "mail me @ home, me@example.org\n", []),
    # BibTeX: an @ inside a value is a character like any other.
    right(
        "an @ at a line start inside a value",
        "@book{k,\n  title = {By\n@one on a network}\n}\n",
        [("k", {"title": "By @one on a network"})],
    ),
    right("an @ and a brace at a line start inside a value", "@book{k,\n  title = {By\n@one{x} y}\n}\n", [("k", {"title": "By @onex y"})]),
    # BibTeX: parentheses inside a value need not match; a key in parentheses ends at a comma or at white space only.
    right(
        "parentheses inside a value between parentheses",
        "@book(k,\n  title = {One (two) three)}\n)\n",
        [("k", {"title": "One (two) three)"})],
    ),
    right(
        "a key with parentheses between parentheses",
        "@book(k(1),\n  title = {One},\n  year = 2001\n)\n",
        [("k(1)", {"title": "One", "year": "2001"})],
    ),
    right("two entries on one line", "@book{k, title = {One}} @book{l, title = {Two}}\n", [*ONE, ("l", {"title": "Two"})]),
    right("an entry behind another's closing brace", "@book{k, title = {One}}@book{l, title = {Two}}\n", [*ONE, ("l", {"title": "Two"})]),
    # BibTeX: read, with a warning that the style does not define the type.
    right("an entry type misspelt", "@bok{k,\n  title = {One}\n}\n", ONE),
    right("an entry type with a digit", "@book2{k,\n  title = {One}\n}\n", ONE),
    # BibTeX: a warning, and nothing in place of the undefined name; here it stays visible as it stands.
    right("a string made of an undefined one", "@string{foo = bar # { x}}\n@book{k, title = foo}\n", [("k", {"title": "bar x"})]),
    # BibTeX: both are errors ("You're missing a field name"; white space after the key).
    right("two commas between fields", "@book{k,\n  title = {One},,\n  year = 2001\n}\n", FULL),
    right("a key with a space", "@book{my key,\n  title = {One}\n}\n", [("my key", {"title": "One"})]),
    # BibTeX: the second entry is an error ("Repeated entry"), also where the keys differ in case; a rule says so here.
    right("a key that stands twice", "@book{before,\n  title = {One}\n}\n", [("before", {"title": "One"})]),
    right("a key that stands twice but for case", "@book{Before,\n  title = {One}\n}\n", [("Before", {"title": "One"})]),
    right("control characters", "@book{k,\n  title = {O\x07\x1b\x7fne}\n}\n", [("k", {"title": "O\x07\x1b\x7fne"})]),
    right("lone CRs as line ends", "@book{k,\r  title = {One},\r  year = 2001\r}\r\n", FULL),
    right("a byte order mark in the middle", "\ufeff@book{k,\n  title = {One}\n}\n", ONE),
    # BibTeX: a backslash hides no brace.
    right("a backslash before the brace that closes a value", "@book{k,\n  title = {One\\},\n  year = 2001\n}\n", FULL),
    right(
        "a backslash before the brace that closes a comment",
        "@comment{C:\\}\n",
        [],
    ),
    right("braces 5000 deep", "@book{k, title = {" + "{" * 5000 + "One" + "}" * 5000 + "}}\n", ONE),
    right("a line of a megabyte", "@book{k, title = {" + "x " * 500_000 + "}}\n", [("k", {"title": ("x " * 500_000).strip()})]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_what_can_be_read_sensibly_is_read(text: str, expected: Entries) -> None:
    found = bibliography(BEFORE + text + AFTER)
    assert entries(found) == [FIRST, *expected, LAST]
    assert not found.problems
    assert cleaned(found) == BEFORE.replace(", 2001}", "}") + text + AFTER.replace(", 2002}", "}")


REPORTED = [
    right("no closing brace of a value", "@book{k,\n  title = {One,\n  year = 2001\n}\n", (7,), "'title' holds other fields: its own closing brace is missing"),
    right("no closing brace of the last value", "@book{k,\n  year = 2001,\n  title = {One\n}\n", range(6, 10), "clos"),
    right("no closing brace of the entry", "@book{k,\n  title = {One},\n  year = 2001\n", range(6, 9), "clos"),
    right("no closing brace after a last comma", "@book{k,\n  title = {One},\n", range(6, 8), "clos"),
    right("no closing quotation mark", '@book{k,\n  title = "One,\n  year = 2001\n}\n', (7,), "the quotation mark that opens .* 'title' is never closed"),
    right(
        "no opening quotation mark",
        '@book{k,\n  title = One",\n  year = 2001\n}\n',
        (7,),
        "quot",
    ),
    right(
        "a quotation mark inside a quoted value",
        '@book{k,\n  title = "A "good" book",\n  year = 2001\n}\n',
        (7,),
        "quot",
    ),
    right(
        "an opening brace inside a quoted value",
        '@book{k,\n  title = "A {good book",\n  year = 2001\n}\n',
        (7,),
        "brace",
    ),
    right(
        "a closing brace inside a quoted value",
        '@book{k,\n  title = "A good} book",\n  year = 2001\n}\n',
        (7,),
        "brace",
    ),
    right("no comma between fields", "@book{k,\n  title = {One}\n  year = 2001\n}\n", (7,), "no comma after the field 'title'"),
    right("a semicolon for a comma", "@book{k,\n  title = {One};\n  year = 2001\n}\n", (7,), "no comma after the field 'title'"),
    right("no comma after the key on one line", "@book{k title = {One}}\n", (6,), "no comma after the citation key 'k'"),
    right(
        "no comma after the key at a line end",
        "@book{k\n  title = {One}\n}\n",
        (6,),
        "no comma after the citation key 'k'",
    ),
    right("no equals sign", "@book{k,\n  title {One},\n  year = 2001\n}\n", (7,), "no = after 'title'"),
    right("a colon for an equals sign", "@book{k,\n  title: {One},\n  year = 2001\n}\n", (7,), "no = after 'title:'"),
    right("two equals signs", "@book{k,\n  title == {One},\n  year = 2001\n}\n", (7,), "value of 'title' is missing"),
    right("no value", "@book{k,\n  title = ,\n  year = 2001\n}\n", (7,), "value of 'title' is missing"),
    right("no key", "@book{title = {One},\n  year = 2001\n}\n", (6,), "citation key is missing: the first thing is a field"),
    right("an empty key", "@book{,\n  title = {One}\n}\n", (6,), "citation key is missing"),
    right("a key in braces", "@book{{k},\n  title = {One}\n}\n", (6,), "citation key is missing"),
    right("a field name with a space", "@book{k,\n  book title = {One},\n  year = 2001\n}\n", (7,), "no = after 'book'"),
    right("a value of two words without delimiters", "@book{k,\n  title = One two,\n  year = 2001\n}\n", (7,), "no comma after the field 'title'"),
    right("a # with nothing behind", "@book{k,\n  title = {One} # ,\n  year = 2001\n}\n", (7,), "value of 'title' is missing"),
    right("a # with nothing before", "@book{k,\n  title = # {One},\n  year = 2001\n}\n", (7,), "value of 'title' is missing"),
    right("a stray @ before a brace", "see @ {x}\n", (6,), "no entry type"),
    right("an entry type that begins with a digit", "@2book{k,\n  title = {One}\n}\n", (6,), "no entry type"),
    right("no entry type", "@{k,\n  title = {One}\n}\n", (6,), "no entry type"),
    right("no brace after the entry type", "@book k,\n  title = {One}\n}\n", (6,), "opening brace"),
    right("a brace closed by a parenthesis", "@book{k,\n  title = {One},\n  year = 2001\n)\n", (8, 9), r"[)}]"),
    right("a parenthesis closed by a brace", "@book(k,\n  title = {One},\n  year = 2001\n}\n", (8, 9), r"[)}]"),
    right("a string without a value", "@string{foo}\n", (6,), "no = after 'foo'"),
    right("a string with an empty expression", "@string{foo = }\n", (6,), "value of 'foo' is missing"),
    right("a string that is never closed", "@string{foo = {bar}\n", (6,), "clos"),
    # BibTeX: what follows @comment is text between entries, so nothing has to be closed; biber wants it closed.
    right("a comment that is never closed", "@comment{ never closed\n", (6,), "the { that opens the block is never closed"),
    right("a preamble that is never closed", '@preamble{ "never closed"\n', (6,), "the { that opens the block is never closed"),
    right("the marks of a merge", "@book{k,\n<<<<<<< a\n  year = 1,\n=======\n  year = 2,\n>>>>>>> b\n}\n", (7,), "no = after '<<<<<<<'"),
    # BibTeX: % hides no @ between entries, so the entry begins; then the first % is an error.
    right("an entry behind percent signs", "%@book{k,\n%  title = {One}\n%}\n", range(6, 9), "clos"),
    right(
        "an entry begun in the text",
        "see @book{x for more\n",
        (6,),
        "no comma after the citation key|clos",
    ),
    right("lone CRs and no comma", "@book{k,\r  title = {One}\r  year = 2001\r}\r\n", (7,), "no comma after the field 'title'"),
    right("braces 5000 deep, one not closed", "@book{k, title = {" + "{" * 5000 + "x" + "}" * 5000 + "}\n", (6,), "clos"),
    right("a line of a megabyte that is not closed", "@book{k, title = {" + "x " * 500_000 + "\n", (6,), "the brace that opens .* is never closed"),
]  # fmt: skip


def check_reported(text: str, after: str, lines: Sequence[int], message: str) -> None:
    found = bibliography(BEFORE + text + after)
    assert entries(found) == ([FIRST, LAST] if after else [FIRST])
    (problem,) = found.problems
    said = re.fullmatch(r"(.*) \(line (\d+), column \d+\)", problem.message, re.DOTALL)
    assert said
    assert problem.kind == "broken-block"
    assert re.search(message, said[1])
    assert int(said[2]) in lines
    assert found.source.position(problem.span.start).line == 6
    assert cleaned(found) == BEFORE.replace(", 2001}", "}") + text + after.replace(", 2002}", "}")


@pytest.mark.parametrize(("text", "lines", "message"), REPORTED)
def test_what_cannot_be_read_is_named_at_its_line(text: str, lines: Sequence[int], message: str) -> None:
    check_reported(text, AFTER, lines, message)


# BibTeX: "I was expecting a `,' or a `}'" or "Illegal end of database file", at the last line.
CUT = [
    right("inside a value", "@book{k,\n  title = {One", (7,), "the brace that opens the value of 'title' is never closed"),
    right("inside a quoted value", '@book{k,\n  title = "One', (7,), "the quotation mark that opens the value of 'title' is never closed"),
    right("inside a number", "@book{k,\n  title = {One},\n  year = 20", (8,), "the file ends before the }"),
    right("after a comma", "@book{k,\n  title = {One},\n", (7, 8), "the file ends before the }"),
    right("inside a field name", "@book{k,\n  title = {One},\n  ye", (8,), "no = after 'ye'"),
    right("after an equals sign", "@book{k,\n  title = {One},\n  year =", (8,), "value of 'year' is missing"),
    right("inside the key", "@book{k", (6,), "no comma after the citation key 'k'"),
    right("before the key", "@book{", (6,), "citation key is missing"),
    right("inside the entry type", "@bo", (6,), "no entry type and opening brace"),
]


@pytest.mark.parametrize(("text", "lines", "message"), CUT)
def test_an_unfinished_file_is_named_where_it_ends(text: str, lines: Sequence[int], message: str) -> None:
    check_reported(text, "", lines, message)


CUT_BEFORE_ANOTHER = [
    right("inside a value", "@book{k,\n  title = {One\n", (7,), "the brace that opens the value of 'title' is never closed"),
    right(
        "inside a quoted value", '@book{k,\n  title = "One\n', (7,), "the quotation mark that opens the value of 'title' is never closed"
    ),
    right("inside a field name", "@book{k,\n  title = {One},\n  ye\n", (8,), "no = after 'ye'"),
    right(
        "after an equals sign",
        "@book{k,\n  title = {One},\n  year =\n",
        (8,),
        "value of 'year' is missing|clos",
    ),
    right(
        "inside the key",
        "@book{k\n",
        (6,),
        "no comma after the citation key 'k'|clos",
    ),
    right("before the key", "@book{\n", (6,), "citation key is missing"),
    right("inside the entry type", "@bo\n", (6,), "no entry type and opening brace"),
]


@pytest.mark.parametrize(("text", "lines", "message"), CUT_BEFORE_ANOTHER)
def test_an_unfinished_entry_is_named_where_it_ends(text: str, lines: Sequence[int], message: str) -> None:
    check_reported(text, AFTER, lines, message)


@pytest.mark.parametrize("second", ["title", "TITLE"])
def test_of_a_repeated_field_the_first_is_read_as_bibtex_does_and_the_second_is_reported(second: str) -> None:
    text = f"@book{{k,\n  title = {{One}},\n  {second} = {{Two}}\n}}\n"
    found = bibliography(BEFORE + text + AFTER)
    assert entries(found) == [FIRST, *ONE, LAST]
    (problem,) = found.problems
    assert (problem.kind, problem.key, found.source.position(problem.span.start)) == ("repeated-field", "k", (8, 3))
    assert "'title' stands twice" in problem.message
    assert text in cleaned(found)


@pytest.mark.parametrize("key", ["before", "Before"])
def test_a_repeated_key_is_reported_by_a_rule(key: str) -> None:
    found = bibliography(f"{BEFORE}@book{{{key},\n  title = {{One}}\n}}\n{AFTER}")
    settings = Settings(offline=True, select=("repeated-key",))
    (finding,) = report([found], settings, selected(settings), WHEN, Gathered(offline=True)).findings
    assert found.source.position(finding.span.start) == (6, 7)
    assert "already taken by the entry at line 1" in finding.message


def test_a_file_with_a_null_byte_is_refused_with_the_reason() -> None:
    found = read("broken.bib", f"{BEFORE}@book{{k,\n  title = {{O\0ne}}\n}}\n{AFTER}".encode(), "bibtex")
    assert isinstance(found, Unreadable)
    assert "null bytes" in found.reason


def test_a_sound_entry_behind_a_broken_one_on_the_same_line_is_read() -> None:
    found = bibliography(f"{BEFORE}@book{{k, title {{One}}}} @book{{l, title = {{Two}}}}\n{AFTER}")
    assert entries(found) == [FIRST, ("l", {"title": "Two"}), LAST]


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        right("no comma", "@book{k,\n  title = {One}\n  year = 2001\n}\n", 7),
        right("no brace", "@book{k,\n  title = {One,\n  year = 2001\n}\n", 7),
    ],
)
def test_a_file_whose_lines_end_in_cr_is_mended_like_any_other(broken: str, line: int) -> None:
    found = bibliography((BEFORE + broken + AFTER).replace("\n", "\r"))
    assert entries(found) == [FIRST, LAST]
    (problem,) = found.problems
    assert f"(line {line}," in problem.message


def test_a_comment_ends_at_a_lone_cr() -> None:
    found = bibliography(f"{BEFORE}@book{{k, % comment\n  title = {{One}}\n}}\n{AFTER}".replace("\n", "\r"))
    assert entries(found) == [FIRST, *ONE, LAST]


def test_many_broken_entries_take_no_sound_one_with_them() -> None:
    found = bibliography("@book{k, title {x}}\n" * 21 + "@misc{sound,\n  title = {By\n@someone{on} a network}\n}\n")
    assert entries(found) == [("sound", {"title": "By @someoneon a network"})]


@pytest.mark.parametrize("value", [r"\title", r"The \author", r"{}\date"])
def test_a_command_without_its_argument_is_read(value: str) -> None:
    found = bibliography(f"{BEFORE}@book{{k, note = {{{value}}}}}\n{AFTER}")
    assert [reference.key for reference in found.references] == ["before", "k", "after"]


def test_a_long_word_is_checked_in_no_time() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from fuzz_bibtex import limited  # noqa: PLC0415 - a script of the repository

    found = bibliography("@book{k, title = {" + "x" * 20_000 + "}}\n")
    with limited(1.0):
        cleaned(found)


@pytest.mark.parametrize(
    "broken", ["@comment{ never\n", "@book{k, title = {One\n", '@book{k, title = "One\n', "@book{k, title {x}}\n", "@misc{ "]
)
def test_thousands_of_broken_blocks_take_no_longer_each_than_a_few(broken: str) -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from fuzz_bibtex import limited  # noqa: PLC0415 - a script of the repository

    with limited(5.0):  # where each is looked through to the end, this takes minutes
        assert len(document.parse(broken * 8000).blocks) in {1, 8000}


def test_an_ignore_comment_may_end_in_a_lone_cr() -> None:
    (reference,) = bibliography("% refcheck: ignore dead-link -- why\r@misc{a, title = {One}}\r").references
    assert [(ignore.rules, ignore.reason) for ignore in reference.ignored] == [(("dead-link",), "why")]


def test_made_up_files_keep_the_laws_of_reading() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    import fuzz_bibtex  # noqa: PLC0415 - a script of the repository

    outcome = fuzz_bibtex.fuzz(2, inputs=300)
    assert outcome.tried == 300
    assert not outcome.failures


def test_an_input_that_breaks_a_law_is_made_as_small_as_it_gets() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from fuzz_bibtex import reduced  # noqa: PLC0415 - a script of the repository

    assert reduced(b"some text { with } two ( of ) them" * 20, lambda data: b"{" in data and b")" in data) in {b"{)", b"){"}
