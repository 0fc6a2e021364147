from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.model.reference import Bibliography, Dialect, Role
from refcheck.model.source import Source
from refcheck.readers import Unreadable, bibtex, decode, guess, read


def bib(text: str) -> Bibliography:
    return bibtex.read(Source("x.bib", text, "bibtex"))


def test_every_address_of_an_entry_is_a_link_at_its_place() -> None:
    text = r"""@misc{k,
  title = {One},
  url = {https://example.org/a\_b},
  doi = {10.1000/182},
  eprint = {1706.03762}, archiveprefix = {arXiv},
  howpublished = {\url{https://example.org/b}},
  note = {See https://example.org/c, and \url{https://web.archive.org/web/2018/https://example.org/a}},
  abstract = {Not https://example.org/abstract},
}
"""
    (reference,) = bib(text).references
    found = {(link.field, link.target, link.role) for link in reference.links}
    assert found == {
        ("url", "https://example.org/a_b", Role.LANDING_PAGE),
        ("doi", "https://doi.org/10.1000/182", Role.LANDING_PAGE),
        ("eprint", "https://arxiv.org/abs/1706.03762", Role.LANDING_PAGE),
        ("howpublished", "https://example.org/b", Role.LANDING_PAGE),
        ("note", "https://example.org/c", Role.LANDING_PAGE),
        ("note", "https://web.archive.org/web/2018/https://example.org/a", Role.ARCHIVED_COPY),
    }
    places = {text[link.span.start : link.span.end] for link in reference.links}
    assert {r"https://example.org/a\_b", "https://example.org/b", "https://example.org/c"} <= places


def test_macros_are_read_and_never_rewritten() -> None:
    (reference,) = bib(
        '@string{home = "https://example.org/"}\n@misc{k, title = {One}, url = home # "a", month = jan, year = 2001}'
    ).references
    (link,) = reference.links
    assert (link.target, link.literal) == ("https://example.org/a", False)
    assert str(reference.issued) == "2001-01"


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("date = {2020-05-04}", "2020-05-04"),
        ("year = 2020, month = may, day = 4", "2020-05-04"),
        ("year = {2020}, month = {5}", "2020-05"),
        ("year = {2020}, month = aug # {~16}", "2020-08-16"),
        ("year = {c. 1850}", "1850"),
        ("year = {in press}", "None"),
    ],
)
def test_the_date_of_an_entry(fields: str, issued: str) -> None:
    assert str(bib(f"@misc{{k, {fields}}}").references[0].issued) == issued


def test_the_dialect_is_told_by_its_own_types_and_fields() -> None:
    assert bib("@online{k, title = {One}, date = {2020}}").dialect is Dialect.BIBLATEX
    assert bib("@article{k, title = {One}, journal = {J}, year = 2020}").dialect is Dialect.BIBTEX


def test_the_format_is_told_by_content_then_by_name() -> None:
    assert guess("x.txt", "@misc{a, title = {One}}\n") == "bibtex"
    assert guess("x.md", "# Title\n") == "markdown"
    assert guess("x.txt", "An essay that mentions someone@example.org\n") == "prose"
    assert guess("x.bib", "nothing yet") == "bibtex"


@given(st.binary(max_size=300), st.sampled_from(["x.bib", "x.txt", "x.md"]))
def test_any_bytes_are_read_without_raising(data: bytes, name: str) -> None:
    found = read(name, data)
    assert isinstance(found, Bibliography) or found.reason


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_bytes_come_back_as_they_were(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    if (found := decode.text(data)) is not None:
        assert decode.back(found, decode.encoding(data)) == data


def test_a_character_that_the_encoding_lacks_is_written_for_latex() -> None:
    data = "Étude".encode("cp1252")
    text = decode.text(data)
    assert text == "Étude"
    assert decode.back("Étude Łódź", decode.encoding(data)) == "Étude {\\L}ód\\'z".encode("cp1252")


def test_binary_is_no_text() -> None:
    assert decode.text(b"abc\x00def") is None
    assert isinstance(read("x.txt", b"abc\x00def"), Unreadable)


def test_the_addresses_of_a_field_that_bibtex_ignores_are_checked_too() -> None:
    (reference,) = bib("@misc{k, url = {https://example.org/a}, URL = {https://example.org/b}, title = {One}}").references
    assert [link.url for link in reference.links] == ["https://example.org/a", "https://example.org/b"]
    assert reference.fields["url"].value == "https://example.org/a"
