"""Which part of a reference each token belongs to.

Two linear-chain conditional random fields (Lafferty, McCallum, Pereira 2001), made by `training/train.py`: the first sees the text, the
second the neighbourhood of each token and what the first made of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.prose import context, models
from refcheck.prose.features import features, tokens

if TYPE_CHECKING:
    from refcheck.prose.features import Token
    from refcheck.prose.masked import Masked

FIRST_MODEL, SECOND_MODEL = "parts.crfsuite", "parts-again.crfsuite"


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tokens of a reference, the label of each, and the model's probability of it."""

    tokens: tuple[Token, ...]
    labels: tuple[str, ...]
    probabilities: tuple[float, ...]


def tag(masked: Masked) -> Tagged:
    """Label every token of a reference."""
    found = tokens(masked.text)
    if not found:
        return Tagged((), (), ())
    hints = features(masked, found)
    first = labelled(FIRST_MODEL, hints.whole)
    labels, probabilities = labelled(SECOND_MODEL, [near + told for near, told in zip(hints.near, context.hints(*first), strict=True)])
    return Tagged(tuple(found), tuple(labels), tuple(probabilities))


def labelled(name: str, hints: list[list[str]]) -> tuple[list[str], list[float]]:
    """Return a model's labels for tokens with these hints, and how probable it finds each."""
    model = models.load(name)
    model.set(hints)
    labels = model.tag()
    return labels, [model.marginal(label, index) for index, label in enumerate(labels)]
