from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.model.reference import Contributor, PartialDate
from refcheck.text import dates, identifiers, latex, names, titles
from refcheck.text.printable import printable


@pytest.mark.parametrize(
    ("scheme", "written", "value"),
    [
        ("doi", "https://doi.org/10.1000/ABC.", "10.1000/abc"),
        ("doi", "doi:10.1016/s0140-6736(97)11096-0", "10.1016/s0140-6736(97)11096-0"),
        ("doi", "10.1000/a\\_b", "10.1000/a_b"),
        ("doi", "not a doi", ""),
        ("arxiv", "arXiv:1706.03762v7", "1706.03762"),
        ("arxiv", "hep-th/9901001", "hep-th/9901001"),
        ("isbn", "0-306-40615-2", "9780306406157"),
        ("isbn", "978-0-306-40615-7", "9780306406157"),
        ("isbn", "978-0-306-40615-8", ""),
    ],
)
def test_identifiers_have_one_form(scheme: str, written: str, value: str) -> None:
    assert identifiers.normalise(scheme, written) == value


def test_identifiers_in_a_reference() -> None:
    text = "Title. doi:10.1000/xyz, arXiv:1706.03762, ISBN 978-0-306-40615-7, PMID: 9500320."
    found = {scheme: value for scheme, value, *_ in identifiers.find(text)}
    assert found == {"doi": "10.1000/xyz", "arxiv": "1706.03762", "isbn": "9780306406157", "pmid": "9500320"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("August 16, 1993", "1993-08-16"),
        ("16 August 1993", "1993-08-16"),
        ("le 3 mars 2020", "2020-03-03"),
        ("12. Dezember 2019", "2019-12-12"),
        ("2024-02-06", "2024-02-06"),
        ("Feb. 2020", "2020-02"),
        ("in 1984 or so", "1984"),
        ("31 February 2020", "2020-02"),
        ("no date", "None"),
        ("17.11.2021", "2021-11-17"),
        ("3. 4. 2021", "2021-04-03"),
        ("13/4/2021", "2021-04-13"),
        ("4/13/2021", "2021-04-13"),
        ("3/4/2021", "2021"),
        ("11-05-2023", "2023"),
        ("15 abr. 2023", "2023-04-15"),
        ("3 maart 2021", "2021-03-03"),
        ("1er août 2019", "2019-08-01"),
        ("10 lipca 2017", "2017-07-10"),
        ("12 марта 2020", "2020-03-12"),
        ("2023年5月3日", "2023-05-03"),
        ("Coming Out 2019", "2019"),
    ],
)
def test_dates_as_people_write_them(text: str, date: str) -> None:
    assert str(dates.parse(text)) == date


def test_the_middle_of_a_partial_date() -> None:
    assert dates.middle(PartialDate(2024)) == datetime(2024, 7, 1, tzinfo=UTC)
    assert dates.middle(PartialDate(2024, 2)) == datetime(2024, 2, 15, tzinfo=UTC)


@given(st.text(max_size=120))
def test_dates_titles_and_latex_never_raise(text: str) -> None:
    dates.parse(text)
    assert titles.folded(titles.folded(text)) == titles.folded(text)
    assert isinstance(latex.decode(text), str)
    assert 0.0 <= titles.similarity(text, "A Study of Links") <= 1.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A Study of Links", "A study of links | Example News", True),
        ("Qwen2.5: A party of foundation models", "Qwen2.5: A Party of Foundation Models!", True),
        ("An AI chatbot told a user", "An AI chatbot told a user how to kill himself", True),
        ("A Study of Links", "Another Subject Altogether", False),
        ("Human Rights", "Human Rights Watch world report on forests", False),
        ("", "A Study of Links", False),
    ],
)
def test_titles_are_the_same_by_their_words(one: str, other: str, *, same: bool) -> None:
    assert titles.same(one, other) is same


def test_a_year_at_the_end_of_a_title() -> None:
    assert titles.without_year("A Study of Links, 2019") == ("A Study of Links", "2019")
    assert titles.without_year("A Study of Links (2019)") == ("A Study of Links", "2019")
    assert titles.without_year("Vision 2030") is None


@pytest.mark.parametrize(
    ("name", "contributor"),
    [
        ("Knuth, Donald E.", Contributor("Knuth", "Donald E.")),
        ("Donald E. Knuth", Contributor("Knuth", "Donald E.")),
        ("Ludwig van Beethoven", Contributor("van Beethoven", "Ludwig")),
        ("{Gemini Team}", Contributor(literal="Gemini Team")),
        ("{\\L}ukasz Kaiser", Contributor("Kaiser", "Łukasz")),
        ("King, Jr., Martin Luther", Contributor("King", "Martin Luther", suffix="Jr.")),
    ],
)
def test_names_as_bibtex_reads_them(name: str, contributor: Contributor) -> None:
    assert names.parse(name) == contributor


def test_a_list_of_names_is_split_outside_braces() -> None:
    found = names.parse_list("Smith, A. and {Barnes and Noble} and others")
    assert [person.name for person in found] == ["A. Smith", "Barnes and Noble"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('G{\\"o}del \\& {E}scher', "Gödel & Escher"),
        ("100\\% sure", "100% sure"),
        ("50% of it", "50% of it"),
        ("a~b", "a b"),
    ],
)
def test_latex_reads_as_text(written: str, read: str) -> None:
    assert latex.decode(written) == read


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("\\url{https://example.org/a\\_b}", "https://example.org/a_b"),
        ("https://example.org/a\\%20b", "https://example.org/a%20b"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("https://example.org/\\textasciitilde{}me", "https://example.org/~me"),
        ("https://example.org/%7Eme", "https://example.org/%7Eme"),
    ],
)
def test_latex_in_addresses_is_undone_and_nothing_else(written: str, url: str) -> None:
    assert latex.decode_url(written) == url


def test_what_comes_from_a_page_cannot_steer_a_terminal() -> None:
    assert printable("a\x1b[31mred\x07\r\nb\u202egnp.exe") == "a[31mred bgnp.exe"
    assert printable("long enough to cut", 10) == "long enou…"


@given(st.text())
def test_printable_is_one_line_without_controls(text: str) -> None:
    shown = printable(text)
    assert all(character.isprintable() or character == " " or ord(character) > 127 for character in shown)
    assert "\n" not in shown
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Class. Quant. Grav. 21 (2004) R53, gr-qc/0404018.", [("arxiv", "gr-qc/0404018")]),
        ("[hep-th/9901001v2]", [("arxiv", "hep-th/9901001")]),
        ("arXiv:1706.03762v5", [("arxiv", "1706.03762")]),
        ("and/or, input-output/1234567, example.org/hep-th/9901001", []),
    ],
)
def test_identifiers_stand_in_running_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(scheme, value) for scheme, value, *_ in identifiers.find(text)] == found
