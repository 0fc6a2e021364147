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


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("[12] Poe, A. Fish.", "Poe"),
        ("`[1]` Poe, A. Fish.", "Poe"),
        ("(iv) Poe, A. Fish.", "Poe"),
        ("ii. Poe, A. Fish.", "Poe"),
        ("3  Poe, A. Fish.", "Poe"),
        ("► Poe, A. Fish.", "Poe"),
        ("・Poe, A. Fish.", "Poe"),
        ("^ a b c Poe, A. Fish.", "Poe"),
        ("↑ Poe, A. Fish.", "Poe"),
        ("v. Hayek, F. Fish.", "v. Hayek"),
        ("I. Newton, Fish.", "I. Newton"),
        ("1984 Poe, A. Fish.", "1984"),
        ("3 Poe Street. Fish.", "3 Poe Street"),
    ],
)
def test_marks_before_a_reference_are_no_part_of_it(text: str, behind: str) -> None:
    assert text[segment.without_marker(text) :].startswith(behind)


@pytest.mark.parametrize(
    "marks", [("i.", "ii.", "iii."), ("►", "►", "►"), ("`[1]`", "`[2]`", "`[3]`"), ("↑", "↑", "↑"), ("1 ", "2 ", "3 "), ("7", "8", "9")]
)
def test_every_kind_of_mark_splits_a_list(marks: tuple[str, ...]) -> None:
    text = "References\n\n" + "".join(f"{mark} {entry}\n" for mark, entry in zip(marks, ENTRIES, strict=False))
    assert titles(text) == TITLES[: len(marks)]


def test_numbers_without_a_full_stop_count_the_references() -> None:
    text = (
        "Notes\n\n1 Poe v Doe [2004] UKHL 22 (Lord Roe).\n2 Ann Poe and Bo Doe (eds), *Fish and the Law*\n(3rd edn, OUP 2016) para 5.\n"
        "3 Cy Roe, ‘Of Fish’ (2017) 4 Fish L Rev 193, 195,\n2018 reprint.\n"
    )
    found = prose.read(Source("x.txt", text, "prose")).references
    assert [reference.raw[:6] for reference in found] == ["Poe v ", "Ann Po", "Cy Roe"]


def test_two_titles_that_begin_with_numbers_are_no_count() -> None:
    text = "References\n\n1 Fish, 2 Fish. Penguin, 2001.\n\n2 Fish Later. Penguin, 2004.\n"
    assert [r.raw[:6] for r in prose.read(Source("x.txt", text, "prose")).references] == ["1 Fish", "2 Fish"]


BODY = "An essay on fish\n\nFish write, as Poe (2004) shows, and nobody reads them. More of this stands in Doe (2010).\n\n"
MARKED = "- Poe, A. (2004). Fish. London: Wiley.\n- Doe, B. (2010). Fish of Britain. London: Faber.\n- Roe, C. (2012). Wax. Oxford: OUP.\n"


def raws(text: str) -> list[str]:
    return [" ".join(reference.raw.split()) for reference in prose.read(Source("x.txt", text, "prose")).references]


@pytest.mark.parametrize(
    "heading",
    [
        "Links", "NOTES", "Endnotes", "Books and articles", "Quellen und Links:", "Weblinks", "Select Bibliography", "Works cited and consulted", "Netografia i źródła",
        "Further reading and links", "Список использованных источников", "Sitografia", "8.1. Normative References", "Chapter 7: References", "R E F E R E N C E S",
        "References[edit]", "# Links and literature", "Primärliteratur",
    ],
)  # fmt: skip
def test_headings_may_be_put_together(heading: str) -> None:
    assert [raw[2:5] for raw in raws(f"{BODY}{heading}\n\n{MARKED}")] == ["Poe", "Doe", "Roe"]


@pytest.mark.parametrize("heading", ["Resources", "Notes", "Related articles"])
def test_a_heading_that_may_mean_something_else_begins_no_list_where_none_follows(heading: str) -> None:
    text = f"{BODY}{heading}\n\nFish have no resources, and nobody noted them.\n\nReferences\n\n{MARKED}"
    assert len(raws(text)) == 3


@pytest.mark.parametrize(
    "tail",
    [
        "Last updated: 3 May 2012", "Copyright 2012 A. Writer", "Word count: 2,145", "---\n\n*Liked this? [Subscribe](/feed.xml), as 2,000 others did in 2012.*",
        "Ann Poe is Reader in Fish. This lecture was given on 12 May 2004.", "Figure captions\n\nFigure 1. Fish in 2004.", "Attachments: a photograph (1904)",
    ],
)  # fmt: skip
def test_what_follows_a_marked_list_is_no_part_of_its_last_reference(tail: str) -> None:
    found = raws(f"{BODY}References\n\n{MARKED}\n{tail}\n")
    assert [raw[-4:] for raw in found] == ["ley.", "ber.", "OUP."]


def test_a_reference_of_a_marked_list_may_have_paragraphs() -> None:
    text = "References\n\n1. Poe, A. (2004). Fish.\n\n   A good book.\n\n2. Doe, B. (2010). Fish of Britain.\n\n   A better one.\n"
    assert [raw[-7:] for raw in raws(text)] == ["d book.", "er one."]


def test_blocks_of_lines_are_references() -> None:
    text = (
        "LINKS\n-----\n\nFish that write\nhttps://fish.example.org/writing\nThe best essay on fish.\n\nA day in the pond\nhttps://pond.example.org/day\n"
        "Bo Doe at PondCon 2018 (46 minutes)\n\nWho reads fish?\nhttps://who.example.org/reads\n"
    )
    assert [raw.split()[0] for raw in raws(text)] == ["Fish", "A", "Who"]


def test_a_list_without_heading_is_found_where_it_counts_from_one() -> None:
    text = (
        "From: Ann Poe\nDate: Tue, 14 May 2019\n\nHi Bo,\n\nThe pond leaks [1], and fish [2] write [3].\n\n[1] https://pond.example.org/leak.pdf\n"
        "[2] Poe, A., Fish sheet, section 3.1,\n    https://fish.example.org/sheet.pdf\n[3] https://fish.example.org/writing\n\n-- \nAnn Poe * https://poe.example.org\n"
    )
    assert [raw[:3] for raw in raws(text)] == ["[1]", "[2]", "[3]"]


def test_names_and_a_year_alone_are_no_reference() -> None:
    text = (
        "References\n\nDoe, B. (2010). Fish of Britain. London: Faber.\nPoe, A., Roe, C., & Loe, D. (2001).\nWhat makes fish write? Results from a pond.\n"
        "Fishery Studies, 38(4), 915-945.\nRoe, C. (2012). Wax. Oxford: OUP.\n"
    )
    assert [raw[:3] for raw in raws(text)] == ["Doe", "Poe", "Roe"]


def test_running_heads_with_a_page_in_brackets_go() -> None:
    page = "\n\nPoe                       Informational                     [Page {}]\nRFC 9999                     Fish                    May 2016\n\n"
    entries = [f'[F{n}]  Poe, A., "Fish {n}", RFC {n}000, June 2014.\n' for n in range(1, 5)]
    text = (
        "Abstract" + page.format(1) + "References\n\n" + entries[0] + entries[1] + page.format(2) + entries[2] + page.format(3) + entries[3]
    )
    assert [raw[-5:] for raw in raws(text)] == ["2014."] * 4


@pytest.mark.parametrize(
    "text", ["Links\n\nfish (2004)\n\n", "1. fish\n", "1. fish\n\npond\n\n", "- fish 2004\n\npond\n\n", "1 Fish\n2 Pond\n"]
)
def test_every_line_of_a_long_document_is_looked_at_a_few_times(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    plausibility = segment.plausibility

    def counting(part: str) -> float:
        nonlocal looked
        looked += 1
        return plausibility(part)

    monkeypatch.setattr(segment, "plausibility", counting)
    segment.split(text * 300)
    assert looked <= 12 * 300 * text.count("\n")


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("Referências II", 2),
        ("References (continued)", 2),
        ("Bibliography (in progress, last updated Feb. 5, 2006)", 2),
        ("参考链接", 2),
    ],
)
def test_headings_may_be_counted_or_have_a_remark(heading: str, kept: int) -> None:
    assert (
        len(raws(f"{BODY}## {heading}\n\n- Doe, B. (2010). Fish of Britain. London: Faber.\n- Roe, C. (2012). Wax. Oxford: OUP.\n")) == kept
    )


def test_items_without_a_date_are_references_where_most_of_a_marked_list_are() -> None:
    text = "References\n\n- Doe, B. (2010). Fish of Britain. London: Faber.\n- Larman, chapter 29\n- Roe, C. (2012). Wax. Oxford: OUP.\n- See also:\n- Poe, A. (2014). Eel.\n"
    assert [raw[2:6] for raw in raws(text)] == ["Doe,", "Larm", "Roe,", "Poe,"]


def test_each_line_that_leads_to_an_address_is_a_reference() -> None:
    text = "References\n\nFish design\thttp://fish.example/\ne2fish (e2f)\thttp://e2fish.example/\nEels\tftp://eels.example/pub/\n"
    assert len(raws(text)) == 3
    text = "References\n\n| Topic | URL |\n|---|---|\n| Fish | https://fish.example |\n| eels (long) | https://eels.example/a |\n| Ponds | https://ponds.example |\n"
    assert len([raw for raw in raws(text) if "://" in raw]) == 3


def test_a_heading_that_nothing_follows_says_that_the_list_is_elsewhere() -> None:
    assert raws("Tea\n\nTea travels (Leith, 2009), and coffee, too.\n\nWorks Cited\n\n") == []


def test_a_year_alone_is_what_wrapping_left() -> None:
    text = "1. Normative\n\n[A] Poe, A., Fish, August\n    2006.\n[B] Doe, B., Eel, May\n    2006.\n\nReferences\n\n[C] Roe, C., Pond, June\n    2006.\n[D] Loe, D., Wax, June 2007.\n"
    assert [raw[-5:] for raw in raws(text)] == ["2006.", "2007."]
