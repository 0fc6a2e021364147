"""Which part of a reference each token belongs to.

`parts.crfsuite` is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001), made by `training/train.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.prose import models
from refcheck.prose.features import features, tokens

if TYPE_CHECKING:
    from refcheck.prose.features import Token
    from refcheck.prose.mask import Masked

PARTS_MODEL = "parts.crfsuite"


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
    model = models.load(PARTS_MODEL)
    model.set(features(masked, found))
    labels = model.tag()
    return Tagged(tuple(found), tuple(labels), tuple(model.marginal(label, index) for index, label in enumerate(labels)))
