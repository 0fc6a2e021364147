"""One work stays one cluster in any order; near misses stay apart."""

from __future__ import annotations

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
