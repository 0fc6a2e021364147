"""What a first reading of a reference tells a second one: which parts it has, in which order, and how sure that was.

A chain sees one label back. What decides about a part is often far away: that there is a title already, that volume and pages follow,
that nothing else can be the publisher. So the labels of a first model are hints for a second (stacked sequential learning, Cohen and Carvalho 2005).
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXPECTED = ("title", "container", "publisher", "author", "date")
_STEPS = 5  # of certainty


def hints(labels: Sequence[str], probabilities: Sequence[float]) -> list[list[str]]:
    """Return for each token what its label and those of the other parts tell."""
    present = [label for label in dict.fromkeys(labels) if label != "O"]
    others = {label: _of_the_whole(label, present) for label in {*present, "O"}}
    before, after = _parts_before(labels, "^"), [*reversed(_parts_before(labels[::-1], "$"))]
    begins = [label != "O" and (index == 0 or labels[index - 1] != label) for index, label in enumerate(labels)]
    times = Counter(label for label, begins_here in zip(labels, begins, strict=True) if begins_here)
    seen = dict.fromkeys(present, 0)
    rows = []
    last = len(labels) - 1
    for index, label in enumerate(labels):
        if begins[index]:
            seen[label] += 1
        rows.append([
            f"L:{label}{min(int(probabilities[index] * _STEPS), _STEPS - 1)}", f"L-:{before[index]}|{label}", f"L+:{label}|{after[index]}", f"L3:{before[index]}|{label}|{after[index]}",
            f"La:{labels[index - 1] if index else '^'}|{label}", f"Lb:{label}|{labels[index + 1] if index < last else '$'}",
            f"Ln:{label}{min(seen.get(label, 0), 3)}/{min(times[label], 3)}", *others[label],
        ])  # fmt: skip
    return rows


def _of_the_whole(label: str, present: Sequence[str]) -> list[str]:
    """Return which other parts there are beside one, and which are missing."""
    there = [f"Lh:{other}|{label}" for other in present if other != label]
    return there + [f"Lm:{other}|{label}" for other in _EXPECTED if other not in present]


def _parts_before(labels: Sequence[str], edge: str) -> list[str]:
    """Return for each token the last other part before the run that it is in."""

    def step(state: tuple[str, str], label: str) -> tuple[str, str]:
        part, previous = state
        return state if label == previous else (part if previous in {"O", ""} else previous, label)

    return [part for part, _ in accumulate(labels, step, initial=(edge, ""))][1:]
