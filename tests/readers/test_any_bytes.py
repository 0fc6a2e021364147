"""Any bytes at all: a bibliography or a reason, soon, from every reader."""

from __future__ import annotations

import functools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcheck.model.reference import Bibliography, Unreadable
from refcheck.model.source import FORMATS
from refcheck.readers import guess, read
from support import office

FOLDER = Path(__file__).parent / "documents"
SOUND = sorted(path.name.removesuffix(".expected") for path in FOLDER.glob("*.expected"))
NESTED = [b"[", b"{", b"(", b"<a>", b"<div><ul><li>", b'{"a":', b"- ", b"{\\em ", b"*", b"_", b"'", b'"', b"`", b"&", b"@"]
SECONDS = 10.0  # for some kilobytes: a generous limit, on a machine that does other things too
PIECES = [
    *b"<>{}[]()\"'&;:=%\\@*_`~#|-\n\r\t\0 ",
]
TOKENS = [
    b"<ol>", b"<li>", b"</li>", b'<a href="https://e.org/?a=1&amp;b">', b"<!--", b"<script>", b"</div>", b"&#0;", b"&#x110000;", b"\\bibitem{a}", b"\\bibitem[", b"\\url{", b"\\emph{",
    b"\\href{https://e.org}{", b"\\begin{thebibliography}{9}", b"%", b"References\n\n", b"[^1]: ", b"[@key]", b".. [a] ", b"`x <https://e.org>`_", b"TY  - JOUR\n", b"ER  - \n", b"%0 Book\n",
    b"PMID- 1\n", b"      ", b'{"id":1,', b'"author":[{}],', b'"issued":{"date-parts":[[', b"- id: x\n", b"references:\n", b"&a [*a]", b"cff-version: 1\n", b"title: t\n", b"<record>", b"</record>",
    b"\\entry{a}{book}{}{}\n", b"\\endentry\n", b"\\field{year}{", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"(Smith, 2020)", b"[1-900]", b"2020", b"\xed\xa0\x80",
]  # fmt: skip


@functools.cache
def sound(name: str) -> bytes:
    path = FOLDER / name
    if name.endswith(".spec"):
        make = office.docx if ".docx" in name else office.pdf
        return make(path.read_text("utf-8"))
    return path.read_bytes()


def holds(name: str, data: bytes, form: str | None = None) -> None:
    """The law: an answer in time, with places within the text and a reason that is a sentence."""
    started = time.monotonic()
    found = read(name, data, form)
    assert time.monotonic() - started < SECONDS
    if isinstance(found, Unreadable):
        assert len(found.reason) > 10
        return
    assert isinstance(found, Bibliography)
    length = len(found.source.text)
    for reference in found.references:
        assert reference.key
        assert 0 <= reference.span.start <= reference.span.end <= length
        for link in reference.links:
            assert 0 <= link.span.start <= link.span.end <= length
    for span in [*(problem.span for problem in found.problems), *(citation.span for citation in found.citations)]:
        assert 0 <= span.start <= span.end <= length


@given(st.binary(max_size=400), st.sampled_from(FORMATS))
def test_arbitrary_bytes(data: bytes, form: str) -> None:
    holds("x", data, form)


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(TOKENS) | st.sampled_from(PIECES).map(lambda byte: bytes([byte])), max_size=60),
    st.sampled_from([None, *FORMATS]),
)
def test_the_marks_of_the_formats_in_any_order(tokens: list[bytes], form: str | None) -> None:
    holds("x", b"".join(tokens), form)


@pytest.mark.parametrize("name", SOUND)
@settings(max_examples=12)
@given(data=st.data())
def test_sound_documents_broken(name: str, data: st.DataObject) -> None:
    text = bytearray(sound(name))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        what = data.draw(st.sampled_from(["cut", "insert", "drop", "repeat"]))
        if what == "cut":
            del text[at:]
        elif what == "insert":
            text[at:at] = data.draw(st.sampled_from(TOKENS))
        elif what == "drop":
            del text[at : at + data.draw(st.integers(1, 30))]
        else:
            text[at:at] = text[at : at + 200]
    holds(name.removesuffix(".spec"), bytes(text))


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {"docx", "pdf"}])
@pytest.mark.parametrize("token", [*TOKENS, *NESTED], ids=[repr(token)[2:-1][:20] for token in [*TOKENS, *NESTED]])
def test_the_same_mark_thousands_of_times(form: str, token: bytes) -> None:
    size = 6_000 if form in {"prose", "markdown"} else 30_000  # one line of this length is more than any typed document has
    holds("x", token * (size // len(token)), form)


@pytest.mark.parametrize("depth", [400, 900, 30_000])
def test_what_is_nested_deeper_than_any_bibliography(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    holds(
        "a.json",
        f'[{{"id": "a", "type": "book", "title": {deep}, "note": {deep.replace("[", chr(123) + chr(34) + "a" + chr(34) + ":").replace("]", "}")}}}]'.encode(),
    )
    holds("a.yaml", f"- id: a\n  type: book\n  title: {deep}\n".encode(), "csl-yaml")
    holds("CITATION.cff", f"cff-version: 1\ntitle: {deep}\n".encode())
    holds("a.xml", ("<xml><records><record>" + "<title>" * depth + "</title>" * depth + "</record></records></xml>").encode())
    holds("a.docx", office.zipped({"word/document.xml": "<w><p>" + "<r>" * depth + "<t>x</t>" + "</r>" * depth + "</p></w>"}))


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("README.md", '<h1 align="center">Name</h1>\n\n# References\n', "markdown"),
        ("about.md", "An export:\n\nTY  - JOUR\nER  - \n", "markdown"),
        ("cff.rst", "Write:\n\ncff-version: 1.2.0\n", "rst"),
        ("how.txt", "In LaTeX, write \\bibliography{refs}.\n", "prose"),
        ("pipeline.yaml", "steps:\n  - run: ls\n", "prose"),
    ],
)
def test_a_text_that_shows_another_format_keeps_its_own(name: str, text: str, form: str) -> None:
    assert guess(name, text) == form


def test_an_archive_that_unpacks_to_gigabytes_is_refused() -> None:
    data = office.zipped({"word/document.xml": "<w>" + " " * 70_000_000 + "</w>"})
    found = read("bomb.docx", data)
    assert isinstance(found, Unreadable)
    assert "unpacks to more than 64 MB" in found.reason
