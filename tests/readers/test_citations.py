"""The marks in a document's text, and which references they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcheck.model.reference import Bibliography, Form
from refcheck.readers import citations, read
from support import office

FOLDER = Path(__file__).parent / "documents"


def marks(name: str) -> list[tuple[str, str]]:
    """(written, key) of each mark, mentions apart."""
    path = FOLDER / name
    data = (
        office.docx(path.read_text("utf-8"))
        if name.endswith("docx.spec")
        else office.pdf(path.read_text("utf-8"))
        if name.endswith(".spec")
        else path.read_bytes()
    )
    found = read(name.removesuffix(".spec"), data)
    assert isinstance(found, Bibliography)
    for citation in found.citations:
        assert found.source.slice(citation.span)
    return [(citation.written, citation.key) for citation in found.citations if citation.form is not Form.MENTION]


def test_numbers_of_a_page_mean_the_items_of_its_list() -> None:
    assert [written for written, key in marks("wiki.html") if key] == ["[1]", "[2]", "[3]"]


def test_numbers_of_a_paper() -> None:
    assert marks("paper-ieee.txt") == [("[1]", "nichols2012controlling"), ("[3]", "lindqvist2016bufferbloat")]
    assert [written for written, key in marks("two-columns.pdf.spec") if key] == ["[1]", "[2]"]


def test_names_with_years() -> None:
    assert marks("essay-apa.txt") == [("Bird (2017)", "bird2017role"), ("Maguire et al., 2000", "maguire2000navigation")]
    assert marks("typed.docx.spec") == [("Lorenz, 2014", "lorenz2014endangerment")]


def test_keys() -> None:
    assert marks("plain.tex") == [("euler", "euler"), ("diestel", "diestel")]
    assert marks("guide.rst") == [("[Kleinrock1975]_", "Kleinrock1975")]
    assert marks("quarto.qmd") == [("@ferro2019", "ferro2019"), ("@map2020", "map2020")]


def test_what_a_reference_manager_put_into_a_word_document() -> None:
    assert marks("zotero.docx.spec") == [
        ("(Frost, 2011)", "frost2011snow"),
        ("(Thaw, 2015; Frost, 2011)", "thaw2015when"),
        ("(Thaw, 2015; Frost, 2011)", "frost2011snow"),
    ]
    assert marks("word-sources.docx.spec") == [("(Leith, 2009)", "Lei09")]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\cite{a,b} \citep[see][p.~3]{c} \textcite{d} \footcite{e}", ["a", "b", "c", "d", "e"]),
        (r"\autocites[1]{a}[2]{b}", ["a", "b"]),
        (r"\nocite{*}", ["*"]),
        ("% \\cite{a}\n\\begin{verbatim}\\cite{b}\\end{verbatim} \\verb|\\cite{c}| 5\\% \\cite{d}", ["d"]),
        (r"\newcommand{\mycite}[1]{\cite{#1}}" + "\n" + r"\citestyle{agsm} \cite{\macro}", []),
        (r"\begin{verbatim} never closed \cite{a}", ["a"]),
    ],
)
def test_the_commands_of_latex(text: str, keys: list[str]) -> None:
    assert [citation.key for citation in citations.in_latex(text)] == keys


@pytest.mark.parametrize(
    ("text", "certain", "possible"),
    [
        ("[@a; see -@b, p. 3] and [-@c]", ["a", "b", "c"], []),
        ("@a says [p. 3]", [], ["a"]),
        ("`[@a]`\n\n```\n[@b]\n```\n<!-- [@c] --> me@example.org, https://social.example/@me", [], []),
        ("@fig-one, [@tbl-two] and \\@ref(fig:x)", [], []),
        ("[@{key with no space}] [@doi:10.1000/182.]", ["doi:10.1000/182"], []),
    ],
)
def test_the_keys_of_markdown(text: str, certain: list[str], possible: list[str]) -> None:
    found = citations.in_markdown(text)
    assert [c.key for c in found if c.form is Form.KEY] == certain
    assert [c.key for c in found if c.form is Form.MENTION] == possible
