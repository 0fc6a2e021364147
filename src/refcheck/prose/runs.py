"""From labelled tokens to the parts of a reference: runs of one label, joined, and chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.prose.masked import MASKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refcheck.prose.features import Token
    from refcheck.prose.tag import Tagged

BY_MARKS = 0.7  # how sure a part is that only marks and places tell
_JOINED = 3  # how many tokens may stand between two runs of one part
_FIRST = frozenset("author container volume issue pages".split())
_ONCE = frozenset("volume issue pages edition publisher location number".split())


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of tokens with one label: its offsets and the probabilities of its tokens."""

    label: str
    start: int
    end: int
    probabilities: tuple[float, ...]

    @property
    def weight(self) -> float:
        """How much the model saw there: one for each token that it is sure of."""
        return sum(self.probabilities)


def read(tagged: Tagged, text: str) -> list[Run]:
    """Return the runs of a tagged reference, in order."""
    return [run for run in _joined(tagged, text) if not re.fullmatch(r"[Tt]he|[Aa]n?|[Ii]n", text[run.start : run.end])]


def labels(found: Sequence[Run], tokens: Iterable[Token]) -> list[str]:
    """Return the label of each token, as the runs have it."""
    return [next((run.label for run in found if run.start <= token.start < run.end), "O") for token in tokens]


def _joined(tagged: Tagged, text: str) -> Iterator[Run]:
    """Yield the stretches of one label, joined over the marks that stand between them."""
    open_run: Run | None = None
    between = 0
    for token, label, probability in zip(tagged.tokens, tagged.labels, tagged.probabilities, strict=True):
        if label == "O":
            between += 1 if not MASKS.match(token.text) else _JOINED
            continue
        if open_run and open_run.label == label and _belongs(text[open_run.end : token.start], label, between):
            open_run = Run(label, open_run.start, token.end, (*open_run.probabilities, probability))
        else:
            if open_run:
                yield open_run
            open_run = Run(label, token.start, token.end, (probability,))
        between = 0
    if open_run:
        yield open_run


def _belongs(between: str, label: str, count: int) -> bool:
    if count == 0:
        return True
    limit = {"author": _JOINED, "editor": _JOINED, "title": _JOINED, "date": 2}.get(label, 2)
    return count < limit and not re.search(r"\w{3}", between) and not (label in _ONCE and re.search(r"[;()\[\]:]", between))


# Which of several


def chosen(found: Sequence[Run]) -> Iterator[Run]:
    """Yield one run for each label but the date: the heaviest, for names, containers and their numbers the first unless another is much heavier."""
    best: dict[str, Run] = {}
    for run in found:
        known = best.get(run.label)
        heavier = known is None or (run.weight > known.weight * (1.5 if run.label in _FIRST else 1.0))
        if heavier and run.label != "date":
            best[run.label] = run
    yield from sorted(best.values(), key=lambda run: run.start)
