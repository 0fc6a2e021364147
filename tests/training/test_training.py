"""What the models are made from: the references labelled by hand fit, and what is rendered is labelled where it stands."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

import labelled
import lists
import render
import train
from refcheck.prose import features, mask, tag

HAND = list(labelled.read())


def test_there_are_enough_references_labelled_by_hand() -> None:
    assert len(HAND) >= 400
    assert len({reference.text for reference in HAND}) > 0.98 * len(HAND)
    assert {reference.type for reference in HAND} == labelled.TYPES


def test_a_line_is_a_type_and_a_reference_with_its_parts() -> None:
    found = labelled.parse("book\t<author>Gleick, J.</author> <title>The Information</title>, <date>2011</date>\n")
    assert (found.type, found.text) == ("book", "Gleick, J. The Information, 2011")
    assert [(tag, found.text[start:end]) for tag, start, end in found.parts] == [
        ("author", "Gleick, J."),
        ("title", "The Information"),
        ("date", "2011"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("<title>No type</title>", "begin with a type"),
        ("book\t<title>Open", "not closed"),
        ("book\tClosed</title>", "closes nothing"),
        ("book\t<title>A <date>1999</date></title>", "stands inside"),
        ("book\t<title> A</title>", "space at an end"),
        ("book\t<title>A,</title> 1999", "ends with ','"),
        ("book\t<titel>A</titel>", "not known"),
    ],
)
def test_wrong_tags_are_told(line: str, why: str) -> None:
    with pytest.raises(labelled.TagError, match=why):
        labelled.parse(line)


def test_rendered_references_are_labelled_where_the_values_stand() -> None:
    made = render.Renderer(render.pools(HAND), random.Random(1))
    undated = {re.sub(r"\W", "", words) for words in render.UNDATED}
    for reference in (made.reference() for _ in range(300)):
        places = sorted((start, end) for _, start, end in reference.parts)
        assert all(one[1] <= two[0] for one, two in pairwise(places)), reference
        assert all(reference.text[start:end].strip() for start, end in places), reference
        dates = [reference.text[start:end] for tag, start, end in reference.parts if tag == "date"]
        assert all(any(c.isdigit() for c in date) or re.sub(r"\W", "", date) in undated or date.isalpha() for date in dates), reference


def test_the_same_seed_renders_the_same_text() -> None:
    one, two = (train.corpus(HAND[:50], rendered=30, seed=5) for _ in range(2))
    assert one == two


def test_every_token_has_a_label() -> None:
    for reference in HAND[::40]:
        one = train.example(reference)
        assert len(one.hints.whole) == len(one.labels)
        assert set(one.labels) <= labelled.TAGS | {"O"}


def test_documents_know_where_their_references_begin() -> None:
    for document in lists.documents(32, seed=3):
        starts = document.starts[-len(document.references) :]
        for start, reference in zip(starts, document.references, strict=True):
            head = "".join(document.text[start : start + 60].split())
            assert "".join(reference.split())[:5] in head


def test_a_small_model_learns_a_small_language(tmp_path: Path) -> None:
    lines = [
        f"book\t<author>{name}, A.</author> <title>{title}</title>, <date>{year}</date>"
        for year, (name, title) in enumerate(zip("ABCDEFGH", "STUVWXYZ", strict=True), 1990)
    ]
    examples = [train.example(labelled.parse(line)) for line in lines]
    train.train([(one.hints.whole, one.labels) for one in examples], tmp_path / "model", rounds=30)
    with train.loaded(tmp_path, "model"):
        assert tag.labelled("model", hints("K, A. Q, 2003").whole)[0][-1] == "date"
        _, seen = tag.labelled("model", hints("K, A. Q, 2003").whole)
        assert all(0.0 <= probability <= 1.0 for probability in seen)


def hints(text: str) -> features.Hints:
    masked = mask.mask(text)
    return features.features(masked, features.tokens(masked.text))


def test_what_is_made_from_one_reference_is_of_one_family() -> None:
    hand = HAND[::400]
    made = train.examples(train.corpus(hand, rendered=10, seed=1), len(hand))
    families = [one.family for one in made]
    assert families[: len(hand)] == families[len(hand) : train.COPIES * len(hand)] == list(range(len(hand)))
    rendered = families[train.COPIES * len(hand) :]
    assert len({*rendered}) == 10
    assert not {*rendered} & {*families[: len(hand)]}
