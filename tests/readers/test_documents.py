"""Whole documents of every format: every reference found, each with its bounds, its addresses and the fields that a person would name first.

Beside each document stands what it holds: a line with words of each reference, and below it fields that it has to have.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from refcheck.engine.clean import written
from refcheck.model.reference import Bibliography, Dialect, Reference, Unreadable
from refcheck.model.source import FORMATS, Source
from refcheck.readers import bibtex, read
from refcheck.render import csl_json, reference_list
from refcheck.text import titles
from support import office

FOLDER = Path(__file__).parent / "documents"
NAMES = sorted(path.name.removesuffix(".expected") for path in FOLDER.glob("*.expected"))


@dataclass(slots=True)
class Expected:
    words: str
    fields: list[tuple[str, str]] = field(default_factory=list)


def data(name: str) -> bytes:
    path = FOLDER / name
    if name.endswith(".spec"):
        make = office.docx if ".docx" in name else office.pdf
        return make(path.read_text("utf-8"))
    return path.read_bytes()


def document(name: str) -> Bibliography:
    found = read(name.removesuffix(".spec"), data(name))
    assert not isinstance(found, Unreadable), found
    return found


def expected(name: str) -> list[Expected]:
    found: list[Expected] = []
    for line in (FOLDER / f"{name}.expected").read_text("utf-8").splitlines():
        if line.startswith("  "):
            label, _, value = line.strip().partition(" ")
            found[-1].fields.append((label, value))
        elif line:
            found.append(Expected(titles.folded(line)))
    return found


def said(reference: Reference) -> str:
    """The reference's text, and what was read from it: a mark of the source may stand inside a word."""
    urls = " ".join(link.url for link in reference.links)
    return " ".join(titles.folded(text) for text in (reference.raw, reference.title, urls))


def matched(name: str) -> tuple[list[tuple[Expected, Reference]], int, int]:
    """The expected references with those found that hold their words and no other's; how many were expected, how many found."""
    wanted, references = expected(name), document(name).references
    pairs: list[tuple[Expected, Reference]] = []
    for reference in references:
        holds = [want for want in wanted if want.words in said(reference)]
        if len(holds) == 1 and all(holds[0] is not other for other, _ in pairs):
            pairs.append((holds[0], reference))
    return pairs, len(wanted), len(references)


def values(reference: Reference, label: str) -> list[str]:
    if label == "url":
        return [address for link in reference.links for address in (link.url, link.target or "")]
    if label == "key":
        return [reference.key]
    if label == "doi":
        return [item.value for item in reference.identifiers if item.scheme == "doi"]
    if label == "year":
        return [str(reference.issued.year)] if reference.issued else []
    if label == "author":
        return [titles.folded(person.name) for person in reference.contributors]
    if label in {"editor", "translator"}:
        return [titles.folded(person.name) for person in reference.contributors if person.role == label]
    return [reference.value(label)]


def test_every_format_has_documents_and_there_are_forty() -> None:
    forms = {document(name).source.format for name in NAMES}
    assert forms == set(FORMATS)
    assert len(NAMES) >= 40


def test_references_are_found_with_their_bounds() -> None:
    right = wanted = found = 0
    for name in NAMES:
        pairs, expects, finds = matched(name)
        right, wanted, found = right + len(pairs), wanted + expects, found + finds
    precision, recall = right / found, right / wanted
    assert 2 * precision * recall / (precision + recall) >= 0.97


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_the_references_that_stand_beside_it(name: str) -> None:
    pairs, expects, finds = matched(name)
    assert (len(pairs), finds) == (expects, expects), [reference.raw for reference in document(name).references]
    for want, reference in pairs:
        for label, value in want.fields:
            there = values(reference, label)
            assert any(
                (titles.folded(value) in other) if label in {"author", "editor", "translator"} else value.lower() == other.lower()
                for other in there
            ), (
                want.words,
                label,
                value,
                there,
            )


@pytest.mark.parametrize("name", NAMES)
def test_a_document_converts_to_every_format(name: str) -> None:
    references = document(name).references
    links = {link.target for reference in references for link in reference.links if link.literal and link.target}
    for dialect in Dialect:
        again = bibtex.read(Source("a.bib", written(references, dialect), "bibtex"))
        assert [(r.key, r.title) for r in again.references] == [(r.key, r.title) for r in references]
        assert not again.problems
        assert links <= {link.target for reference in again.references for link in reference.links}
    items = json.loads(csl_json.render(references))
    assert [item["id"] for item in items] == [reference.key for reference in references]
    assert isinstance(read("a.json", json.dumps(items).encode()), Bibliography)
    assert reference_list.markdown(references).count("\n") >= len(references)
    assert reference_list.html(references).count("<li") == len(references)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("wiki.html", "html"), ("guide.rst", "rst"), ("plain.tex", "latex"), ("biblatex.bbl", "latex"), ("natbib.bbl", "latex"), ("zotero.json", "csl-json"),
        ("items.jsonl", "csl-json"), ("csl.yaml", "csl-yaml"), ("export.ris", "ris"), ("news.ris", "ris"), ("library.enw", "endnote"), ("endnote.xml", "endnote"),
        ("pubmed.nbib", "pubmed"), ("pubmed.xml", "pubmed"), ("CITATION.cff", "cff"), ("typed.docx.spec", "docx"), ("gaps.pdf.spec", "pdf"), ("quarto.qmd", "markdown"),
        ("library.bib", "bibtex"), ("essay-apa.txt", "prose"),
    ],
)  # fmt: skip
def test_what_comes_in_without_a_name_is_known_by_its_content(name: str, form: str) -> None:
    found = read("<stdin>", data(name))
    assert isinstance(found, Bibliography)
    assert found.source.format == form
    assert len(found.references) == len(expected(name))


@pytest.mark.parametrize("name", NAMES)
def test_places_are_places_of_the_document(name: str) -> None:
    bibliography = document(name)
    source = bibliography.source
    for reference in bibliography.references:
        assert 0 <= reference.span.start <= reference.span.end <= len(source.text)
        for link in reference.links:
            assert 0 <= link.span.start <= link.span.end <= len(source.text)
            if link.literal and source.format in {"html", "rst", "markdown", "ris", "endnote", "csl-json", "csl-yaml", "cff"}:
                assert html.unescape(source.slice(link.span)).replace("\\/", "/") == link.url
    for problem in bibliography.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(source.text)


def test_a_name_without_an_address_of_its_own_leads_to_the_next_one_in_restructuredtext() -> None:
    text = "Further reading\n---------------\n\n- `Fish that write`__, Ann Poe, 2004\n- `Bees that read`__, Bo Doe, 2010\n\n__ https://fish.example.org/\n__ https://bees.example.org/\n"
    found = read("pond.rst", text.encode())
    assert isinstance(found, Bibliography)
    assert [[link.url for link in reference.links] for reference in found.references] == [
        ["https://fish.example.org/"],
        ["https://bees.example.org/"],
    ]


def test_a_list_within_an_item_that_says_only_where_it_is_belongs_to_the_item() -> None:
    text = (
        "<html><body><h2>Bibliography</h2><ul><li>Poe, A., 2014, “Fish that write,” <em>Fishery Studies</em>, 5: 1245."
        '<ul><li>[<a href="https://fish.example.org/">available online</a>]</li></ul></li><li>Doe, B., 2010, <em>Bees</em>, London: Faber.</li></ul>'
        '<h2>Other Internet Resources</h2><ul><li><a href="ftp://pond.example.org/">The Pond</a>, 2011.</li></ul></body></html>'
    )
    found = read("pond.html", text.encode())
    assert isinstance(found, Bibliography)
    assert [[link.url for link in reference.links] for reference in found.references] == [
        ["https://fish.example.org/"],
        [],
        ["ftp://pond.example.org/"],
    ]
