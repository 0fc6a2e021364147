"""What a first reading tells a second one: the order and the presence of parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from refcheck.prose import context

LABELS = ["author", "O", "title", "title", "O", "container", "O", "title"]


def test_each_token_knows_the_parts_before_and_behind_its_own() -> None:
    rows = context.hints(LABELS, [0.99] * len(LABELS))
    assert {"L:author4", "L-:^|author", "L+:author|title", "Ln:author1/1"} <= set(rows[0])
    assert {"L-:author|title", "L+:title|container", "Ln:title1/2"} <= set(rows[2]) & set(rows[3])
    assert {"L-:container|title", "L+:title|$", "Ln:title2/2"} <= set(rows[7])


def test_each_token_knows_which_parts_there_are_and_which_are_missing() -> None:
    told = set(context.hints(LABELS, [0.5] * len(LABELS))[2])
    assert {"Lh:author|title", "Lh:container|title", "Lm:publisher|title", "Lm:date|title"} <= told
    assert "Lm:author|title" not in told


@given(st.lists(st.tuples(st.sampled_from(["O", "title", "author", "date"]), st.floats(0, 1)), max_size=12))
def test_any_labels_have_hints_for_each_token(tokens: list[tuple[str, float]]) -> None:
    labels, probabilities = [label for label, _ in tokens], [sure for _, sure in tokens]
    rows = context.hints(labels, probabilities)
    assert len(rows) == len(labels)
    assert all(len(row) == len(set(row)) for row in rows)
