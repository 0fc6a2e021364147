"""One work stays one cluster in any order; near misses stay apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.duplicates import cluster
from refcheck.duplicates.compare import compare
from refcheck.model.reference import Reference
from refcheck.model.source import Source
from refcheck.readers import bibtex

BASE = "author = {Knuth, Donald E.}, title = {The Art of Computer Programming}, year = 1997"


def read(text: str) -> tuple[Reference, ...]:
    return bibtex.read(Source("x.bib", text, "bibtex")).references


def pair(one: str, other: str) -> bool:
    a, b = read(f"@misc{{a, {one}}}\n@misc{{b, {other}}}")
    return compare(a, b) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BASE, BASE),
        (f"{BASE}, doi = {{10.1000/1}}", "title = {Art of Computer Programming}, doi = {https://doi.org/10.1000/1}"),
        (
            "title = {A Study of Links}, url = {https://www.example.org/a/}",
            "title = {A Study of Links, and more}, url = {http://example.org/a?utm_source=x}",
        ),
        (BASE, BASE.replace("Knuth, Donald E.", "D. E. Knuth")),
        (f"{BASE}, doi = {{10.1000/1}}", BASE),
    ],
)
def test_one_work_in_two_dresses(one: str, other: str) -> None:
    assert pair(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{BASE}, volume = 1", f"{BASE}, volume = 2"),
        (f"{BASE}, edition = 2", f"{BASE}, edition = 3"),
        (BASE.replace("Programming", "Programming, Part I"), BASE.replace("Programming", "Programming, Part II")),
        (BASE, BASE.replace("1997", "1998")),
        (f"{BASE}, doi = {{10.1000/1}}", f"{BASE}, doi = {{10.1000/2}}"),
        (f"{BASE}, url = {{https://example.org/a}}", f"{BASE}, url = {{https://example.org/b}}"),
        (f"{BASE}, journal = {{Nature}}", f"{BASE}, journal = {{Annals of Botany}}"),
        (f"{BASE}, pages = {{1--9}}", f"{BASE}, pages = {{10--19}}"),
        (BASE, BASE.replace("Knuth, Donald E.", "Smith, Ann")),
        ("title = {Part One}, url = {https://example.org/a}", "title = {Something Else}, url = {https://example.org/a}"),
        ("title = {Home}, url = {https://example.org/}", "title = {About}, url = {https://example.org/}"),
        ("title = {Editorial}, author = {A, B}, year = 2001", "title = {Editorial}, author = {A, B}, year = 2001"),
    ],
)
def test_near_misses_stay_apart(one: str, other: str) -> None:
    assert not pair(one, other)


ARTICLE = "author = {Doe, Jane and Roe, Richard}, title = {Links that rot in long reference lists}, journal = {Journal of Links}, volume = 7, pages = {11--29}, year = 2010"


def articles(one: str, other: str, kinds: tuple[str, str] = ("article", "article")) -> bool:
    a, b = read(f"@{kinds[0]}{{a, {one}}}\n@{kinds[1]}{{b, {other}}}")
    return compare(a, b) is not None


@pytest.mark.parametrize(
    ("guard", "near", "apart"),
    [
        ("a typing error in the title", ("rot in", "rott in"), ("rot in long", "grow in short")),
        ("what a database appends to a title", ("lists}", "lists. [Review] [43 refs]}"), ("lists}", "lists: a reply to Roe}")),
        (
            "an abbreviated journal",
            ("Journal of Links}, volume = 7, pages = {11--29}", "J. Links}"),
            ("Journal of Links}, volume = 7, pages = {11--29}", "Annals of Botany}"),
        ),
        (
            "the year in print and the year online",
            ("year = 2010", "year = 2009"),
            ("volume = 7, pages = {11--29}, year = 2010", "year = 2007"),
        ),
        ("another split of the names", ("Doe, Jane and", "Jane, Doe and"), ("Doe, Jane and Roe, Richard", "Poe, Ann and Moe, Max")),
        ("pages in another form", ("11--29", "11-29"), ("volume = 7, pages = {11--29}", "pages = {211--229}")),
        ("numbers in titles", ("lists}", "lists.}"), ("lists}", "lists 2}")),
        ("parts", ("lists}", "Lists}"), ("lists}", "lists, part II}")),
        ("issues", (", year", ", number = {}, year"), ("volume = 7", "volume = 8")),
        ("editions", ("volume = 7, pages = {11--29}, ", ""), ("volume = 7, pages = {11--29}, ", "edition = 2, volume = 8, ")),
    ],
)
def test_each_guard_from_both_sides(guard: str, near: tuple[str, str], apart: tuple[str, str]) -> None:
    assert near[0] in ARTICLE, guard
    assert apart[0] in ARTICLE, guard
    assert articles(ARTICLE, ARTICLE.replace(*near)), f"{guard}: one work"
    assert not articles(ARTICLE, ARTICLE.replace(*apart)), f"{guard}: two works"


def test_versions_are_related_and_not_one() -> None:
    talk = ARTICLE.replace("journal = {Journal of Links}, volume = 7, pages = {11--29}", "booktitle = {Journal of Links}")
    assert not articles(ARTICLE, talk, ("article", "inproceedings"))
    preprint = ARTICLE.replace("journal = {Journal of Links}, volume = 7, pages = {11--29}", "journal = {arXiv preprint arXiv:1001.00001}")
    assert not articles(ARTICLE, preprint)
    assert articles(preprint, preprint)
    assert not articles(ARTICLE, ARTICLE.replace("title = {", "title = {Erratum to: "))
    assert not articles(ARTICLE, ARTICLE, ("article", "phdthesis"))


def test_titles_without_spaces_are_compared_by_their_letters() -> None:
    chinese = "author = {王, 伟}, title = {参考文献列表中的链接失效研究}, journal = {图书情报}, year = 2010"
    assert articles(chinese, chinese)
    assert not articles(chinese, chinese.replace("失效", "分析"))


works = st.sampled_from(
    [
        f"{BASE}",
        f"{BASE}, doi = {{10.1000/1}}",
        f"{BASE}, doi = {{10.1000/2}}",
        "title = {A Study of Links}, url = {https://example.org/a}",
        "title = {A Study of Links}, url = {https://www.example.org/a/}",
        "title = {Another Study}, url = {https://example.org/b}",
    ]
)


@given(st.lists(works, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_the_order_of_entries(bodies: list[str], random: st.DataObject) -> None:
    entries = [f"@misc{{k{n}, {body}}}" for n, body in enumerate(bodies)]
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def found(text: list[str]) -> set[frozenset[str]]:
        return {frozenset(c.keys) for c in cluster.find(read("\n".join(text)))}

    assert found(entries) == found(shuffled)


def test_the_survivor_tells_most() -> None:
    (found,) = cluster.find(read(f"@misc{{a, {BASE}}}\n@misc{{b, {BASE}, note = {{more}}}}"))
    assert found.surviving_key == "b"
    assert found.exact
    (found,) = cluster.find(read(f"@misc{{a, {BASE}, isbn = {{0-201-89683-4}}, publisher = {{P}}}}\n@misc{{b, {BASE}, note = {{more}}}}"))
    assert found.surviving_key == "a"
    assert not found.exact


def test_what_the_user_knows_to_be_distinct_shares_no_cluster() -> None:
    references = read("\n".join(f"@misc{{{key}, {BASE}}}" for key in "abc"))
    assert [found.keys for found in cluster.find(references)] == [("a", "b", "c")]
    assert [found.keys for found in cluster.find(references, [("a", "b")])] == [("a", "c")]
    assert [found.keys for found in cluster.find(references, [("a", "c"), ("b", "c")])] == [("a", "b")]
    assert not cluster.find(references, [("a", "b", "c")])


@given(st.permutations("abcd"), st.lists(st.lists(st.sampled_from("abcd"), min_size=2, max_size=3, unique=True), max_size=3))
def test_what_stays_apart_does_not_depend_on_the_order_of_entries(order: list[str], distinct: list[list[str]]) -> None:
    def found(keys: list[str]) -> set[frozenset[str]]:
        references = read("\n".join(f"@misc{{{key}, {BASE}}}" for key in keys))
        return {frozenset(c.keys) for c in cluster.find(references, distinct)}

    assert found(order) == found(sorted(order))
    assert not any(set(pair) <= keys for keys in found(order) for group in distinct for pair in combinations(group, 2))
