"""A BibTeX text is taken apart without losing a character, whatever is wrong with it."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.bibtex import document, scan

GOOD = "@misc{first, title = {One}}\n"
LAST = "@misc{last, title = {Two}}\n"


def tiles(text: str) -> document.Document:
    parsed = document.parse(text)
    position = 0
    for block in parsed.blocks:
        assert block.span.start == position
        assert block.span.end > position
        position = block.span.end
    assert position == len(text)
    return parsed


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("@book{k, title = {No end, year = 2001}\n", "holds other fields: its own closing brace is missing"),
        ("@book{k, title = {One} year = 2001}\n", "there is no comma after the field 'title'"),
        ("@book{k title = {One}}\n", "there is no comma after the citation key 'k'"),
        ("@book{k, title {One}}\n", "there is no = after 'title'"),
        ("@book{, title = {One}}\n", "the citation key is missing"),
        ("@book{title = {One}}\n", "the citation key is missing: the first thing is a field"),
        ("@book{k, title = }\n", "the value of 'title' is missing"),
        ('@book{k, title = "One}\n', "the quotation mark that opens the value of 'title' is never closed"),
        ("@book{k, title = {One}, = {Two}}\n", "a field name is expected where"),
        ("@book{k, title = {One}, {Two}}\n", "a field name is expected where"),
    ],
)
def test_what_is_broken_is_said_and_the_entries_around_are_read(broken: str, message: str) -> None:
    parsed = tiles(GOOD + broken + LAST)
    faults = [block.fault for block in parsed.blocks if block.fault]
    assert len(faults) == 1
    assert message in faults[0].message
    assert [entry.key for entry in parsed.entries] == ["first", "last"]


def test_an_unfinished_file() -> None:
    parsed = tiles(GOOD + "@book{k, title = {One")
    assert [entry.key for entry in parsed.entries] == ["first"]
    assert parsed.blocks[-1].fault
    assert "never closed" in parsed.blocks[-1].fault.message


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{k, title = {One}}",
        "@misc(k, title = {One})",
        "@MISC { k , TITLE = {One} , }",
        '@misc{k, title = "One"}',
        '@misc{k, title = "a {"}quote{"} inside"}',
        '@misc{k, title = {a "quote" inside}}',
        "@misc{k, title = {a {nested {brace}}}}",
        "@misc{k, title = one # { and } # two}",
        "@misc{k,\n% a comment, with = and {\n title = {One}\n}",
        "@misc{k, note = {Written by\n@someone{on} a network}}",
        "@misc{k, title = {ends in a backslash \\\\}}",
        "@misc{k}",
        "@misc{k,}",
        "@misc{k, author = {A and\n B and\n C},\n}",
    ],
)
def test_what_bibtex_reads_is_read(entry: str) -> None:
    parsed = tiles(f"Text before.\n{entry}\n{LAST}")
    assert [found.key for found in parsed.entries] == ["k", "last"]


def test_the_place_of_everything_in_an_entry_is_exact() -> None:
    text = '% head\n@book{key,\n  title = {On {Links}},\n  note  = "two" # three,\n}\n'
    (entry,) = tiles(text).entries
    title, note = entry.fields

    def at(span: tuple[int, int]) -> str:
        return text[span[0] : span[1]]

    assert (at(entry.key_span), at(title.name_span), at(title.inner), at(title.outer)) == ("key", "title", "On {Links}", "{On {Links}}")
    assert at(title.whole) == "title = {On {Links}},"
    assert at(note.inner) == '"two" # three'
    assert not note.is_simple
    assert at(entry.span) == text[7:-1]


def test_comments_preambles_and_strings_are_blocks_of_their_own() -> None:
    text = '@comment{anything {goes} here}\n@preamble{"\\newcommand{}"}\n@string{jan1 = {January}}\n' + GOOD
    assert [block.kind for block in tiles(text).blocks if block.kind != "text"] == ["comment", "preamble", "string", "entry"]


pieces = st.sampled_from(
    [
        "@",
        "misc",
        "{",
        "}",
        "(",
        ")",
        "key",
        ",",
        "title",
        "=",
        '"',
        "#",
        "%",
        "\\",
        "\n",
        " ",
        "x",
        "@misc{a, b = {c}}\n",
        "@string{",
        "@comment",
    ]
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_any_text_is_tiled_by_its_blocks(text: str) -> None:
    tiles(text)


entries = st.builds(
    lambda key, fields: "@misc{" + key + ", " + ", ".join(f"{n} = {{{v}}}" for n, v in fields.items()) + "}",
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.text(st.characters(blacklist_characters='{}@\\"%\r', blacklist_categories=("Cs", "Cc")), max_size=30),
        max_size=5,
    ),
)


def _entry(block: Any) -> Any:
    """A repeated key makes a failed block of a sound entry."""
    return getattr(block, "ignore_error_block", block)


@given(st.lists(entries, max_size=6))
def test_the_scanner_and_bibtexparser_agree_on_sound_files(written: list[str]) -> None:
    import bibtexparser  # noqa: PLC0415 - the other opinion

    text = "\n\n".join(written)
    library = bibtexparser.parse_string(text, parse_stack=[])
    theirs = [{field.key: field.value for field in _entry(block).fields} for block in library.blocks]
    ours = [{f.name: text[f.outer.start : f.outer.end] for f in entry.fields} for entry in tiles(text).entries]
    assert ours == theirs


values = st.lists(
    st.sampled_from(
        ["a", " ", "{", "}", '"', "\\", "\\{", "\\'e", "{\\v{r}}", "%", "#", ",", "=", "@", "\n", "é", "1", "{x}", "{{y}}", "{{{z}}}"]
    ),
    max_size=8,
).map("".join)
fields = st.builds(
    lambda name, before, value, after: f"{name}{before}= {value}{after}",
    st.sampled_from(["title", "NOTE", "x-y"]),
    st.sampled_from(["", " ", "\n", " % c\n"]),
    st.one_of(values.map("{{{}}}".format), values.map('"{}"'.format), st.sampled_from(["1999", "jan", "1 # {a}", "12a", ""])),
    st.sampled_from(["", ",", " ,", "\n,", " % c\n,", " x"]),
)


@given(st.lists(fields, max_size=4).map("\n".join), st.sampled_from("})"))
def test_fields_read_at_a_glance_are_as_those_read_step_by_step(written: str, closing: str) -> None:
    text = f"@misc{'{' if closing == '}' else '('}k, {written}{closing}\n{LAST}"
    at_a_glance = list(document.blocks(text))
    with patch.object(scan._Reader, "_usual", return_value=None):  # noqa: SLF001 - the shorter way has no name outside
        step_by_step = list(document.blocks(text))
    assert [(block.kind, block.span, block.entry) for block in at_a_glance] == [(b.kind, b.span, b.entry) for b in step_by_step]
    assert [str(block.fault) for block in at_a_glance] == [str(block.fault) for block in step_by_step]
