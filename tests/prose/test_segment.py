"""The list is found and split however it is set, and nothing of it is lost."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.model.source import Source
from refcheck.prose import sections, segment
from refcheck.readers import prose
from refcheck.text import titles as titles_of

ENTRIES = [
    "Vaswani, A.; Shazeer, N.; Kaiser, Ł. Attention is All You Need. *Advances in Neural Information Processing Systems*, 2017",
    "Harbour Group. How Links Rot in the Libraries of the World, 2018. URL <https://www.example.org/essays/how-links-rot-in-the-libraries>",
    'Nagel, T. (1974). "What Is It Like to Be a Bat?" Philosophical Review, 83, 435-450',
    "David Chalmers. 1996. The conscious mind: in search of a fundamental theory. Oxford University Press, Inc., USA",
    "Qwen.Qwen2.5: A party of foundation models, 2024b.URL <https://qwenlm.github.io/blog/qwen2.5>",
]
TITLES = [
    "Attention is All You Need",
    "How Links Rot in the Libraries of the World",
    "What Is It Like to Be a Bat?",
    "The conscious mind: in search of a fundamental theory",
    "Qwen2.5: A party of foundation models",
]


def titles(text: str) -> list[str]:
    bibliography = prose.read(Source("x.txt", text, "prose"))
    return [reference.title for reference in bibliography.references]


WRAPPED = [textwrap.wrap(entry + ";", 60, break_on_hyphens=False) for entry in ENTRIES]
LAYOUTS = {
    "blank lines": "\n\n".join(f"{e};" for e in ENTRIES),
    "a line each": "\n".join(f"{e};" for e in ENTRIES),
    "a line each, no terminator": "\n".join(ENTRIES),
    "numbered": "\n".join(f"{n}. {e}." for n, e in enumerate(ENTRIES, 1)),
    "in brackets": "\n".join(f"[{n}] {e}." for n, e in enumerate(ENTRIES, 1)),
    "bullets": "\n".join(f"- {e}" for e in ENTRIES),
    "bullets with blank lines": "\n\n".join(f"* {e}" for e in ENTRIES),
    "wrapped, hanging": "\n".join("\n    ".join(lines) for lines in WRAPPED),
    "wrapped, blank lines": "\n\n".join("\n".join(lines) for lines in WRAPPED),
    "wrapped, terminators only": "\n".join("\n".join(lines) for lines in WRAPPED),
    "wrapped, numbered": "\n".join("\n    ".join([f"{n}. {lines[0]}", *lines[1:]]) for n, lines in enumerate(WRAPPED, 1)),
    "CRLF": "\r\n\r\n".join(f"{e};" for e in ENTRIES),
    "the address on the next line": "\n\n".join(f"{e};".replace("URL <", "URL\n<") for e in ENTRIES),
    "the last without terminator": "\n\n".join([*(f"{e};" for e in ENTRIES[:-1]), ENTRIES[-1]]),
    "a page number between": "\n\n".join([*(f"{e};" for e in ENTRIES[:2]), "12", *(f"{e};" for e in ENTRIES[2:])]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_references(layout: str) -> None:
    assert titles(f"Essay\n\nText.\n\nBibliography\n\n{LAYOUTS[layout]}\n") == TITLES


@pytest.mark.parametrize("heading", ["", "References\n\n"])
def test_each_line_of_a_list_of_addresses_is_a_reference(heading: str) -> None:
    addresses = ["https://example.org/essays/how-links-rot.html", "https://example.com/a", "<http://www.example.net/b?c=d>"]
    bibliography = prose.read(Source("x.txt", heading + "\n".join(addresses) + "\n", "prose"))
    assert [reference.links[0].url for reference in bibliography.references] == [address.strip("<>") for address in addresses]


@pytest.mark.parametrize(
    "heading",
    [
        "Bibliography",
        "REFERENCES",
        "## Works Cited",
        "**References:**",
        "5. Literature",
        "Literaturverzeichnis",
        "Références bibliographiques",
        "Bibliografía",
        "参考文献",
        "References\n==========",
        "Список литературы",
    ],
)
def test_a_list_begins_at_its_heading(heading: str) -> None:
    assert titles(f"Text that cites 2019 and https://example.org.\n\n{heading}\n\n{LAYOUTS['blank lines']}\n") == TITLES


def test_a_list_ends_at_the_next_heading() -> None:
    assert titles(f"# References\n\n{LAYOUTS['blank lines']}\n\n# Appendix\n\nSmith, A. Not a Reference, 2001.\n") == TITLES
    assert titles(f"References\n\n{LAYOUTS['blank lines']}\n\nAcknowledgements\n\nWe thank everyone since 2001.\n") == TITLES


def test_a_page_break_amid_a_reference_does_not_tear_it() -> None:
    text = "Bibliography\n\n" + ENTRIES[1].replace("URL <", "URL\n\n12\n\n<") + ";\n\n" + ENTRIES[2] + ";\n"
    bibliography = prose.read(Source("x.txt", text, "prose"))
    assert [reference.title for reference in bibliography.references] == TITLES[1:3]
    assert [link.url for link in bibliography.references[0].links] == ["https://www.example.org/essays/how-links-rot-in-the-libraries"]
    assert [problem.kind for problem in bibliography.problems] == ["page-furniture"]


def test_a_running_head_that_stands_elsewhere_too_is_no_reference() -> None:
    text = f"Emergence and Alignment\n\nText.\n\nBibliography\n\n{ENTRIES[0]};\n\nEmergence and Alignment   13\n\n{ENTRIES[2]};\n"
    bibliography = prose.read(Source("x.txt", text, "prose"))
    assert len(bibliography.references) == 2
    assert [problem.kind for problem in bibliography.problems] == ["page-furniture"]


def test_a_list_without_a_heading_is_taken_where_it_is_nothing_else() -> None:
    assert titles(LAYOUTS["blank lines"]) == TITLES
    assert titles("A letter.\n\nIt has paragraphs, and no list of references at all.\n\nIt ends.\n") == []


def test_a_line_that_repeats_the_author() -> None:
    text = "References\n\nKurzweil, R. The Singularity is Near, 2005.\n\n———. How to Create a Mind, 2012.\n"
    bibliography = prose.read(Source("x.txt", text, "prose"))
    assert [r.authors[0].family for r in bibliography.references] == ["Kurzweil", "Kurzweil"]


def accounted(text: str) -> None:
    """Every non-blank line of the list is inside a segment or a leftover."""
    split = segment.split(text)
    if not split.found:
        return
    covered = [s.span for s in split.segments] + [left.span for left in split.leftovers]
    begin = re.search(r"^Bibliography$", text, re.MULTILINE)
    assert begin
    for match in re.finditer(r"[^\n\r]+", text[begin.end() :]):
        if match[0].strip() and not re.fullmatch(r"\s*(?:=+|-{3,}|\*{3,}|_{3,})\s*", match[0]):
            start = begin.end() + match.start() + len(match[0]) - len(match[0].lstrip())
            assert any(span.start <= start < span.end for span in covered), match[0]


lines = st.one_of(
    st.sampled_from([*ENTRIES, "12", "", "URL", "<https://example.org/a>;", "- item", "[3] ?", "Text without a date", ";"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="#"), max_size=40),
)


@given(st.lists(lines, max_size=12))
def test_nothing_of_a_list_is_lost(parts: list[str]) -> None:
    accounted("Bibliography\n" + "\n".join(part for part in parts if titles_of.folded(part) not in sections.ENDINGS | sections.HEADINGS))


@given(st.text(max_size=300))
def test_any_text_is_read_without_raising_and_its_places_are_true(text: str) -> None:
    source = Source("x.txt", "References\n\n" + text, "prose")
    for reference in prose.read(source).references:
        assert source.slice(reference.span) == reference.raw
        for field in reference.fields.values():
            assert reference.span.start <= field.span.start <= field.span.end <= reference.span.end
