"""The models: which part of a reference each token belongs to, and what type of work it is about.

`parts.crfsuite` is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001), `types.crfsuite` a log-linear
model, both made by `training/train.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.prose import lexicon, models
from refcheck.prose.features import features, tokens
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.prose.features import Token
    from refcheck.prose.mask import Masked

PARTS_MODEL, TYPES_MODEL = "parts.crfsuite", "types.crfsuite"


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


def kind(masked: Masked, tagged: Tagged) -> tuple[str, float]:
    """Return (type, the model's probability of it) of a tagged reference."""
    model = models.load(TYPES_MODEL)
    model.set([type_hints(masked, tagged.tokens, tagged.labels)])
    (best,) = model.tag()
    return best, model.marginal(best, 0)


def type_hints(masked: Masked, found: Sequence[Token], labels: Sequence[str]) -> list[str]:
    """Return what tells the type of a work: which parts there are, their words, and where its address leads."""
    present = sorted(set(labels) - {"O"})
    hints = [f"has:{label}" for label in present] + [
        f"no:{label}" for label in ("author", "title", "container", "publisher", "pages", "volume", "date") if label not in present
    ]
    for token, label in zip(found, labels, strict=True):
        if not token.text[0].isalpha() or label in {"author", "editor", "translator"}:
            continue
        low = token.text.lower()
        where = {"title": "t", "container": "c", "publisher": "p", "note": "n", "number": "n", "series": "s"}.get(label, "o")
        hints.append(f"{where}:{low}")
        hints += [f"{where}:c:{name}" for name in lexicon.classes(low) if where != "t"]
    names = sorted({piece.name for piece in masked.pieces})
    hints += [f"piece:{name}" for name in names]
    if "url" not in names and "doi" not in names:
        hints.append("offline")
    hints.append(
        "has:"
        + "+".join(label for label in present if label in {"container", "publisher", "volume", "pages", "note", "editor", "location"})
        + ("+url" if "url" in names else "")
    )
    for piece in masked.pieces:
        if piece.name == "url":
            host = urls.host_of(piece.value)
            hints += [f"host:{'.'.join(host.split('.')[-2:])}", f"path:{'.pdf' if piece.value.lower().endswith('.pdf') else 'other'}"]
            hints += [f"hw:{word}" for word in re.findall(r"[a-z]{3,}", piece.value.lower())[:12]]
    dates = [token.text for token, label in zip(found, labels, strict=True) if label == "date"]
    hints.append(f"date:{'day' if any(t.lower() in lexicon.MONTHS for t in dates) and sum(t.isdigit() for t in dates) > 1 else 'year'}")
    in_place = next((index for index, token in enumerate(found) if token.text.lower() in lexicon.IN_WORDS and labels[index] == "O"), None)
    if in_place is not None:
        hints.append("in")
    return hints
