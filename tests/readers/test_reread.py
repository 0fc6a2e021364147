"""Reading a file again after edits gives what reading the new text gives."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from refcheck.bibtex import document
from refcheck.model.source import Edit, Source, Span
from refcheck.readers import bibtex, reread

TEXT = """% refcheck: ignore moved-link -- on purpose
@misc{one, title = {One}, url = {http://example.org/a}}

@article{two,
  author = {M{\\"u}ller, Ada and {Gemini Team}},
  title = {Two}, doi = {10.1000/182}, month = jan # {~3},
}
Text between, me@example.org.
% refcheck: ignore duplicate-reference
@book(three, title = "Three", year = 1999)
@online{four, title = {Four}, date = {2020-01-01}, url = {https://example.org/d}}
@misc{five, title = {Five}}
"""
WRITTEN = [
    "",
    "x",
    "A longer value",
    "\n\n",
    ", note = {New}",
    "}",
    "{",
    "@",
    "@misc{new, title = {New}}",
    "@comment ",
    "% ",
    "@string{a = {b}}",
]
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 30)).map(lambda pair: Span(pair[0], min(pair[0] + pair[1], len(TEXT))))
changes = st.lists(st.builds(Edit, spans, st.sampled_from(WRITTEN)), max_size=4)


def apart(edits: list[Edit]) -> list[Edit]:
    """Those that do not touch one before them."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.span):
        if not kept or edit.span.start > kept[-1].span.end:
            kept.append(edit)
    return kept


@given(changes.map(apart))
def test_reading_again_after_edits_is_reading_the_new_text(edits: list[Edit]) -> None:
    before = bibtex.read(Source("x.bib", TEXT, "bibtex"))
    found = reread.after(before, edits)
    after = found.bibliography
    assert after == bibtex.read(after.source)
    assert len(found.origins) == len(after.references)
    for reference, origin in zip(after.references, found.origins, strict=True):
        if origin is not None:
            assert reference.raw == before.references[origin].raw


def test_only_the_entries_that_an_edit_touches_are_read() -> None:
    before = bibtex.read(Source("x.bib", TEXT, "bibtex"))
    title = before.references[1].fields["title"].span
    with patch.object(document, "blocks", side_effect=document.blocks) as blocks:
        found = reread.after(before, [Edit(title, "A New Title")])
    after = found.bibliography
    assert found.origins == (0, None, 2, 3, 4)
    assert [reference.title for reference in after.references] == ["One", "A New Title", "Three", "Four", "Five"]
    (read,) = (call.args[0] for call in blocks.call_args_list)
    assert "A New Title" in read
    assert "Three" not in read
    assert after.references[0] is before.references[0]
