"""Train the models that refcheck reads references with, from this folder alone: `python training/train.py`.

The sequence model tags the tokens of a reference; it is trained on the references labelled by hand and on renderings of works put
together from their values (`render.py`), with a fixed seed. The type model names the type of a work; it is trained on the references
labelled by hand alone, once with their own tags and once with those of a sequence model that has not seen them, as it will be used.
`crossvalidate.py` says how well both do.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pycrfsuite

import labelled
import lists
import render
from refcheck.prose import breaks, sections, tag, worktype
from refcheck.prose.features import features, tokens
from refcheck.prose.mask import ACCESSED, ADDRESS, mask
from refcheck.prose.segment import without_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from labelled import Labelled
    from lists import Document

SEED = 20261123
RENDERED = 12000
ROUNDS = 120
RENDERED_FOR_TYPES = 4000  # for the models whose labels the type model learns from: as wrong as they will be is enough
FOLDS = 3
DOCUMENTS = 3000
COPIES = 2  # how often a reference labelled by hand counts, in variants
C1, C2 = 1.0, 1.5  # how strongly weights are held down: c1 drops the ones that do little, c2 keeps the others small
MINFREQ = 3
MASKED = frozenset("url doi arxiv isbn issn pmid accessed".split())


def sequence(reference: Labelled) -> tuple[list[list[str]], list[str]]:
    """Return the hints and the labels of a reference's tokens."""
    skipped = without_marker(reference.text)
    masked = mask(reference.text[skipped:])
    found = tokens(masked.text)
    parts = [(name, start - skipped, end - skipped) for name, start, end in reference.parts if name not in MASKED]
    labels = []
    for token in found:
        label = next((name for name, start, end in parts if start <= token.start < end), "O")
        labels.append("O" if token.text[0] in (ADDRESS, ACCESSED) else label)
    return features(masked, found), labels


def train(references: Iterable[Labelled], path: Path, *, rounds: int) -> None:
    """Train the sequence model and write it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": C1, "c2": C2, "max_iterations": rounds, "feature.minfreq": MINFREQ, "feature.possible_transitions": False})
    for reference in references:
        hints, labels = sequence(reference)
        if labels:
            trainer.append(hints, labels)
    trainer.train(str(path))


def train_types(hand: Sequence[Labelled], path: Path) -> None:
    """Train the type model, a log-linear one: a chain of one element."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.8, "c2": 0.5, "max_iterations": 150, "feature.minfreq": 3})
    read = [labels for fold in range(FOLDS) for labels in _read_by_others(hand, fold)]
    for reference, labels in (*((reference, sequence(reference)[1]) for reference in hand), *read):
        masked = mask(reference.text[without_marker(reference.text) :])
        trainer.append([worktype.hints(masked, tokens(masked.text), labels)], [reference.type])
    trainer.train(str(path))


def _read_by_others(hand: Sequence[Labelled], fold: int) -> Iterator[tuple[Labelled, list[str]]]:
    """Yield the references of a fold with the labels that a model gives them that was trained on the others."""
    others = [reference for place, reference in enumerate(hand) if place % FOLDS != fold]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / tag.PARTS_MODEL
        train(corpus(others, rendered=RENDERED_FOR_TYPES, seed=SEED + fold), path, rounds=ROUNDS)
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        for reference in hand[fold::FOLDS]:
            tagger.set(sequence(reference)[0])
            yield reference, tagger.tag()


def train_breaks(found: Iterable[Document], path: Path) -> None:
    """Train the model of lines: in which lines of a list references begin."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.2, "c2": 0.05, "max_iterations": 120, "feature.minfreq": 2})
    for document in found:
        every = sections.lines(document.text)
        said = sections.times_said(every)
        for section in sections.sections(every):
            kept, _ = sections.without_furniture(section, said)
            told = [line for line in kept if not line.blank]
            after_blank = [index > 0 and kept[index - 1].blank for index, line in enumerate(kept) if not line.blank]
            labels = ["B" if any(line.start <= start < line.following for start in document.starts) else "I" for line in told]
            if "B" in labels:
                trainer.append(breaks.hints(told, after_blank), labels)
    trainer.train(str(path))


def corpus(hand: Sequence[Labelled], *, rendered: int, seed: int) -> list[Labelled]:
    """Return the training references: those labelled by hand, variants of them, and renderings."""
    chance = random.Random(seed)
    made = render.Renderer(render.pools(hand), chance)
    variants = [render.varied(reference, chance) for _ in range(COPIES - 1) for reference in hand]
    return [*hand, *variants, *(made.reference() for _ in range(rendered))]


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rendered", type=int, default=RENDERED)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--to", type=Path, default=Path(tag.__file__).parent)
    arguments = parser.parse_args()
    hand = list(labelled.read())
    references = corpus(hand, rendered=arguments.rendered, seed=SEED)
    began = time.perf_counter()
    train(references, arguments.to / tag.PARTS_MODEL, rounds=arguments.rounds)
    train_types(hand, arguments.to / worktype.MODEL)
    train_breaks(lists.documents(DOCUMENTS, SEED), arguments.to / breaks.MODEL)
    print(f"{len(hand)} labelled by hand, {len(references)} in all, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(_main())
