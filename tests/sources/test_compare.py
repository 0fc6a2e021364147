"""Fields of references and records: what is one, what is compatible, what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.model.record import Record
from refcheck.model.reference import Contributor, PartialDate, Reference
from refcheck.model.source import Source
from refcheck.model.verdict import Agreement
from refcheck.readers import bibtex, prose
from refcheck.sources.compare import container, people, title, when
from refcheck.sources.compare.whole import compare, pages
from refcheck.sources.contributors import everyone

EQUAL, COMPATIBLE, DIFFERENT, ABSENT = Agreement


def reference(**fields: str) -> Reference:
    entry_type = fields.pop("type", "article")
    text = f"@{entry_type}{{key,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"
    return bibtex.read(Source("case.bib", text, "bibtex")).references[0]


def record(*authors: str, kind: str = "article", **fields: object) -> Record:
    return Record("crossref", "10.5555/x", "https://doi.org/10.5555/x", kind, contributors=everyone(authors), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("here", "there", "agreement"),
    [
        ("What is it like to be a bat?", "What Is It Like to Be a Bat?", EQUAL),
        ("Attention is all you need, 2017", "Attention Is All You Need", EQUAL),
        ("Multi-armed bandits", "Multiarmed Bandits", EQUAL),
        ("On {$H_2$} in stars", "On <i>H<sub>2</sub></i> in stars", EQUAL),
        ("The D&apos;Hondt Method", "The D'Hondt Method", EQUAL),
        ("GÃ³mez and the sea", "Gómez and the Sea", EQUAL),
        ("RETRACTED: A study of links", "A Study of Links", EQUAL),
        ("The Singularity Is Near", "The Singularity Is Near: When Humans Transcend Biology", COMPATIBLE),
        ("The Singularity Is Near: When Humans Transcend Biology", "The Singularity Is Near", COMPATIBLE),
        ("The colour of behaviour in birds", "The Color of Behavior in Birds", COMPATIBLE),
        ("Characterizing risk of fire in woods", "Characterizing the Risk of Fire in Woods", COMPATIBLE),
        ("Part II: the second book of two", "Part 2: The Second Book of Two", COMPATIBLE),
        ("Prompt training with optimal transport", "Prompt Learning with Optimal Transport", DIFFERENT),
        ("Mixing predictions towards online algorithms", "Mixing Predictions for Online Algorithms", DIFFERENT),
        ("Bot recommends AI Nowatzki", "Bot recommends Al Nowatzki", DIFFERENT),
        ("Learning", "Learning Deep Networks: A Survey", DIFFERENT),
        ("", "Anything", ABSENT),
    ],
)
def test_titles_are_one_but_for_case_marks_subtitles_and_spelling(here: str, there: str, agreement: Agreement) -> None:
    assert title.compare(here, there).agreement is agreement


def test_a_differing_title_says_in_which_word() -> None:
    assert title.compare("Deep training of bees", "Deep Learning of Bees").reason == "'training' here, 'learning' there"


@pytest.mark.parametrize(
    ("here", "there", "differ"),
    [
        ("The Order of Things", "Les mots et les choses", True),
        ("On the electrodynamics of moving bodies", "Zur Elektrodynamik bewegter Körper", True),
        ("War and Peace", "Война и мир", True),
        ("The Order of Things", "The Archaeology of Knowledge", False),
        ("Deep Learning", "Attention", False),
    ],
)
def test_titles_of_other_languages_may_be_translations(here: str, there: str, *, differ: bool) -> None:
    assert title.of_other_languages(here, there) is differ


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_titles_does_not_depend_on_the_side(one: str, other: str) -> None:
    assert title.compare(one, other).agreement is title.compare(other, one).agreement


@pytest.mark.parametrize(
    ("here", "there", "agreement"),
    [
        ("Nagel, Thomas", ["Thomas Nagel"], EQUAL),
        ("Nagel, T.", ["Thomas Nagel"], EQUAL),
        ("van der Berg, Jan and Müller, Jürgen", ["Jan van der Berg", "Juergen Mueller"], EQUAL),
        ("García Márquez, Gabriel", ["G. Garcia Marquez"], EQUAL),
        ("Wei Zhang", ["Zhang Wei"], EQUAL),
        ("Bob Stone", ["Robert Stone"], EQUAL),
        ("Willow, Ben and Stone, Ada", ["Ada Stone", "Ben Willow"], COMPATIBLE),
        ("Stone, Ada and others", ["Ada Stone", "Ben Willow"], COMPATIBLE),
        ("{OpenAI}", ["Ada Stone", "Ben Willow"], COMPATIBLE),
        ("Stone, Ada and Willow, Ben", ["Ada Stone"], COMPATIBLE),
        ("Stone, Ada", ["Ada Stone", "Ben Willow"], DIFFERENT),
        ("Stone, Ada and Marsh, Cleo", ["Ada Stone", "Ben Willow"], DIFFERENT),
        ("Stone, Bertha", ["Ada Stone"], DIFFERENT),
    ],
)
def test_people_are_the_same_however_their_names_are_written(here: str, there: list[str], agreement: Agreement) -> None:
    found = people.compare(reference(author=here, title="T"), record(*there))
    assert found.agreement is agreement, found


def test_a_shortened_list_is_no_difference_for_a_book() -> None:
    assert people.compare(reference(author="Stone, Ada", title="T"), record("Ada Stone", "Ben Willow", kind="book")).agreement is COMPATIBLE


@given(st.lists(st.sampled_from(["Ada Stone", "Ben Willow", "Cleo Marsh", "Dai Li"]), max_size=4, unique=True), st.integers(0, 4))
def test_nobody_is_matched_twice(names: list[str], start: int) -> None:
    one, other = everyone(names), everyone(names[start:])
    assert people.match(one, other).both == len(other)


@pytest.mark.parametrize(
    ("here", "there", "is_same"),
    [
        ("Philosophical Review", "The Philosophical Review", True),
        ("J. Mach. Learn. Res.", "Journal of Machine Learning Research", True),
        ("CVPR", "2023 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", True),
        ("NeurIPS", "Advances in Neural Information Processing Systems 35", True),
        ("Proc. ICML", "Proceedings of the 38th International Conference on Machine Learning", True),
        ("AAAI", "Thirty-Seventh AAAI Conference on Artificial Intelligence", True),
        ("ACM Comput. Surv.", "ACM Computing Surveys", True),
        ("J. Natl. Cancer Inst.", "Journal of the National Cancer Institute", True),
        ("N. Engl. J. Med.", "New England Journal of Medicine", True),
        ("Ann. Intern. Med.", "Annals of Internal Medicine", True),
        ("Proc. IEEE", "Proceedings of the IEEE", True),
        ("J. Am. Chem. Soc.", "Journal of the American Chemical Society", True),
        ("IEEE Trans. Inf. Theory", "IEEE Transactions on Information Theory", True),
        ("Angew. Chem. Int. Ed.", "Angewandte Chemie International Edition", True),
        ("BMJ", "British Medical Journal", True),
        ("JAMA", "Journal of the American Medical Association", True),
        ("Nat. Commun.", "Nature Communications", True),
        ("Science", "Science (New York, N.Y.)", True),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences", None),
        ("Philos. Trans. R. Soc. Lond. A", "Philosophical Transactions of the Royal Society A: Mathematical Sciences", None),
        ("Proc. R. Soc. B", "Proceedings of the Royal Society B: Biological Sciences", None),
        ("Nature", "Science", False),
        ("Phys. Rev. Lett.", "Nature Physics", False),
        ("The Lancet", "New England Journal of Medicine", False),
        ("Mind", "The Philosophical Review", False),
        ("ICML", "Advances in Neural Information Processing Systems 35", False),
        ("Symposium on Neural Scaling Laws", "ICLR", False),
        ("International Conference on Quantum Machine Learning", "International Conference on Machine Learning", False),
        ("Physical Review", "Physical Review Letters", None),
        ("XYZT", "A Gathering of Friends", None),
    ],
)
def test_containers_are_one_by_acronym_and_abbreviation(here: str, there: str, *, is_same: bool | None) -> None:
    assert container.same(here, there) is is_same


def test_a_series_says_nothing_against_a_conference() -> None:
    found = container.compare(
        reference(title="T", booktitle="ECCV 2020", type="inproceedings"), record(container_title="Lecture Notes in Computer Science")
    )
    assert found.agreement is COMPATIBLE


@pytest.mark.parametrize(
    ("year", "kind", "issued", "years", "agreement"),
    [
        (2020, "article", 2020, (), EQUAL),
        (2020, "article", 2021, (2020,), COMPATIBLE),
        (2020, "article", 2019, (), COMPATIBLE),
        (2020, "article", 2017, (), DIFFERENT),
        (2024, "preprint", 2025, (), DIFFERENT),
        (2026, "preprint", 2025, (), COMPATIBLE),
        (2018, "book", 2015, (2015,), COMPATIBLE),
        (1999, "book", 2015, (2015,), DIFFERENT),
        (2031, "book", 2015, (2015,), DIFFERENT),
        (2019, "page", 2021, (), DIFFERENT),
        (2019, "page", 2021, (2019, 2021), COMPATIBLE),
    ],
)
def test_years_may_lie_apart_where_works_have_several(
    year: int, kind: str, issued: int, years: tuple[int, ...], agreement: Agreement
) -> None:
    found = when.compare(reference(title="T", year=str(year)), record(kind=kind, issued=PartialDate(issued), years=years), 2026)
    assert found.agreement is agreement


def test_a_page_of_new_years_eve_may_be_of_either_year() -> None:
    found = when.compare(reference(title="T", year="2024"), record(kind="page", issued=PartialDate(2023, 12, 31)), 2026)
    assert found.agreement is COMPATIBLE


@pytest.mark.parametrize(
    ("here", "there", "agreement"),
    [
        ("435--450", "435-450", EQUAL),
        ("435--50", "435-450", EQUAL),
        ("435–450", "435", COMPATIBLE),
        ("1--15", "e123", COMPATIBLE),
        ("1--15", "201-215", COMPATIBLE),
        ("440--445", "435-450", COMPATIBLE),
        ("435--450", "345-360", DIFFERENT),
        ("435--450", "435-455", DIFFERENT),
        ("", "435", ABSENT),
    ],
)
def test_page_ranges_may_be_cut_short_or_counted_otherwise(here: str, there: str, agreement: Agreement) -> None:
    assert pages(here, there).agreement is agreement


def test_the_site_may_stand_for_the_author_of_its_page() -> None:
    page = Record(
        "webpage",
        "u",
        "https://www.example-times.org/a",
        "page",
        "T",
        contributors=(Contributor("Stone", "Ada"),),
        container_title="Example Times",
    )
    assert compare(reference(author="{Example Times}", title="T"), page, 2026)["author"].agreement is COMPATIBLE


def test_a_headline_that_the_address_still_has_is_no_difference() -> None:
    address = "https://www.example.org/news/Scheming-bot-tried-stop-shut-LIED-challenged-researchers.html"
    page = Record("webpage", "u", address, "page", "Bot did what it could in order to survive, say scientists", titled_after=address)
    here = reference(title="Scheming bot tried to stop itself being shut down - and LIED when challenged by researchers")
    assert compare(here, page, 2026)["title"].agreement is COMPATIBLE


def test_a_typed_reference_that_was_taken_apart_wrongly_is_not_accused() -> None:
    text = "References\n\nStone, A., Willow, B. Links, and What They Do. A Gathering of Friends, 2019.\n\nMarsh, C. Another Thing. Some Journal, 2018.\n"
    found = prose.read(Source("a.txt", text, "prose")).references[0]
    typed = record(
        "Ada Stone", "Ben Willow", title="Links, and What They Do", container_title="A Gathering of Friends", issued=PartialDate(2019)
    )
    wrong = replace(found, title="Links", container_title="What They Do", contributors=everyone(["Links Friends"]))
    assert not [name for name, field in compare(wrong, typed, 2026).items() if field.agreement is DIFFERENT]
    assert (
        compare(replace(wrong, unmarked=wrong.raw.replace("2019", "2014"), issued=PartialDate(2014)), typed, 2026)["year"].agreement
        is DIFFERENT
    )
