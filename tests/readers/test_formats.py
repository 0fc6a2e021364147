"""Formats whose fields the author named: what they hold is kept, through other formats and back."""

from __future__ import annotations

import json
import string
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.bibtex import write
from refcheck.model.reference import Bibliography, Dialect, Reference, Unreadable
from refcheck.model.source import Source
from refcheck.readers import bibtex, read
from refcheck.render import csl_json
from refcheck.text import csl

_WORDS = st.text(string.ascii_letters + string.digits + "äéßøłñ中文", min_size=1, max_size=9)
_TITLE = st.lists(
    _WORDS | st.sampled_from(["R&D", "100%", "C#", "$5", "snake_case", "“quoted”", "and", "—", "α/β", "(sic)", "x:"]),
    min_size=1,
    max_size=6,
).map(" ".join)
_NAME = st.lists(_WORDS.filter(str.isalpha), min_size=1, max_size=2).map(lambda words: " ".join(word.capitalize() for word in words))
_PERSON = st.one_of(
    st.builds(lambda family, given: {"family": family, "given": given}, _NAME, _NAME),
    st.builds(lambda family, given: {"family": family, "given": given, "suffix": "Jr."}, _NAME, _NAME),
    st.builds(lambda name: {"literal": name}, _TITLE),
)
_PEOPLE = st.lists(_PERSON, min_size=1, max_size=3)
_DATE = st.one_of(
    st.tuples(st.integers(1500, 2029)),
    st.tuples(st.integers(1500, 2029), st.integers(1, 12)),
    st.tuples(st.integers(1500, 2029), st.integers(1, 12), st.integers(1, 28)),
).map(lambda parts: {"date-parts": [list(parts)]})
_URL = st.builds("https://example.org/{}?q={}&r=1%20_~#{}".format, *[st.text(string.ascii_lowercase, min_size=1, max_size=5)] * 3)
_TEXTS = [
    name
    for name in dict.fromkeys(csl.FIELDS.values())
    if name not in {"title", "URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID", "archive", "archive_location", "page", "issue"}
]
_ITEM = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z]{3,8}[0-9]{0,4}", fullmatch=True), "type": st.sampled_from(sorted(csl.TYPES)), "title": _TITLE},
    optional={
        **dict.fromkeys(_TEXTS, _TITLE),
        **dict.fromkeys(csl.ROLES, _PEOPLE),
        "issued": _DATE, "accessed": _DATE, "original-date": _DATE, "URL": _URL, "DOI": st.just("10.5555/a_b(c)"),
        "ISBN": st.just("9780306406157"), "page": st.just("12–15"), "issue": st.just("3"), "number": st.just("TR-7"),
        "dimensions": _TITLE, "scale": _TITLE,
    },
)  # fmt: skip


def one(text: str, name: str) -> Reference:
    found = read(name, text.encode())
    assert isinstance(found, Bibliography), found
    (reference,) = found.references
    return reference


def without_guesses(item: dict[str, Any]) -> dict[str, Any]:
    custom = {name: value for name, value in item.pop("custom", {}).items() if name == "fields"}
    return item | ({"custom": custom} if custom else {})


@given(_ITEM)
def test_csl_json_goes_through_biblatex_and_comes_back(item: dict[str, Any]) -> None:
    first = one(json.dumps([item]), "a.json")
    text = write.bibliography([first], Dialect.BIBLATEX)
    (second,) = bibtex.read(Source("a.bib", text, "bibtex")).references
    assert without_guesses(csl_json.item(second)) == without_guesses(csl_json.item(first)), text


@given(_ITEM)
def test_csl_json_is_read_and_written_without_loss(item: dict[str, Any]) -> None:
    back = without_guesses(csl_json.item(one(json.dumps([item]), "a.json")))
    known = {name: value for name, value in item.items() if name != "number"}
    assert {name: back.get(name) for name in known} == known
    if "number" in item:
        assert "TR-7" in json.dumps(back)


def test_a_record_has_its_fields_at_their_places() -> None:
    text = '[{"id": "a", "type": "book", "title": "One", "volume": "1", "URL": "https://example.org/a"}]'
    reference = one(text, "a.json")
    assert {name: text[slice(*item.span)] for name, item in reference.fields.items()} == {
        "title": "One",
        "volume": "1",
        "url": "https://example.org/a",
    }
    assert [text[slice(*link.span)] for link in reference.links] == ["https://example.org/a"]


def test_an_item_that_does_not_parse_is_a_problem_at_its_line_and_the_rest_is_read() -> None:
    text = '[\n{"id": "a", "type": "book", "title": "One"},\n{"id": "b" "type": "book"},\n{"id": "c", "type": "book", "title": "Three"}\n]'
    found = read("a.json", text.encode())
    assert isinstance(found, Bibliography)
    assert [reference.key for reference in found.references] == ["a", "c"]
    assert [(p.kind, found.source.position(p.span.start).line) for p in found.problems] == [("broken-block", 3)]


def test_what_has_no_name_in_bibtex_is_kept() -> None:
    text = "TY  - JOUR\nTI  - One\nU1  - local note\nXX  - strange\nC7  - e12\nER  - \n"
    assert {"user1": "local note", "xx": "strange", "c7": "e12"}.items() <= {
        n: f.value for n, f in one(text, "a.ris").fields.items()
    }.items()


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ('{"date-parts": [[2019, 3], [2019, 5]]}', "2019-03/2019-05"),
        ('{"date-parts": [["2019", "13"]]}', "2019"),
        ('{"raw": "May 2018"}', "2018-05"),
        ('{"literal": "in press"}', "in press"),
        ('{"date-parts": [[null]]}', ""),
        ('{"season": 2, "date-parts": [[2001]]}', "2001"),
        ('"2014-02-01"', "2014-02-01"),
    ],
)
def test_the_dates_that_csl_json_has(text: str, issued: str) -> None:
    reference = one(f'[{{"id": "a", "type": "book", "title": "One", "issued": {text}}}]', "a.json")
    assert reference.value("date") or str(reference.issued or "") == issued


def test_a_second_address_is_kept_and_an_archived_copy_has_its_own_field() -> None:
    text = "TY  - ELEC\nTI  - One\nUR  - https://example.org/a\nL1  - https://example.org/a.pdf\nUR  - https://web.archive.org/web/2020/https://example.org/a\nER  - \n"
    reference = one(text, "a.ris")
    assert [(link.url, link.field) for link in reference.links] == [
        ("https://example.org/a", "url"),
        ("https://example.org/a.pdf", "url"),
        ("https://web.archive.org/web/2020/https://example.org/a", "archiveurl"),
    ]
    assert reference.value("addendum") == r"See also \url{https://example.org/a.pdf}"


def test_citation_cff_without_a_preferred_citation_is_the_work_itself() -> None:
    text = "cff-version: 1.2.0\ntitle: Tidewatch\nversion: 3.2\ndate-released: 2022-05-06\nauthors:\n  - alias: moss\nurl: https://tide.example/\nidentifiers:\n  - type: doi\n    value: 10.5555/t\n"
    reference = one(text, "CITATION.cff")
    assert (reference.entry_type, reference.value("version"), str(reference.issued), reference.identifier("doi")) == (
        "software",
        "3.2",
        "2022-05-06",
        "10.5555/t",
    )


def test_yaml_that_would_grow_is_refused() -> None:
    found = read("a.yaml", b"references:\n- &a {id: x, type: book, title: y}\n- *a\n", "csl-yaml")
    assert isinstance(found, Unreadable)
    assert "aliases" in found.reason


def test_a_pdf_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    found = read("a.pdf", b"%PDF-1.7\n")
    assert isinstance(found, Unreadable)
    assert found.reason == "reading a PDF needs a library: pip install 'refcheck-bib[pdf]'"
