"""Train the models that refcheck reads references with, from this folder alone: `python training/train.py`.

Two sequence models tag the tokens of a reference; they are trained on the references labelled by hand and on renderings of works put
together from their values (`render.py`), with a fixed seed. The second learns from the labels that the first gives to references which it
has not seen, as it will be used. The type model names the type of a work; it is trained on the references labelled by hand alone, once with
their own tags and once with those of a model that has not seen them. `crossvalidate.py` says how well all do.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pycrfsuite

import labelled
import lists
import render
from refcheck.prose import breaks, context, mends, models, runs, sections, tag, worktype
from refcheck.prose.features import features, tokens
from refcheck.prose.mask import mask
from refcheck.prose.masked import ACCESSED, ADDRESS
from refcheck.prose.segment import without_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from labelled import Labelled
    from lists import Document
    from refcheck.prose.features import Hints

SEED = 20261123
RENDERED = 16000
ROUNDS = 120
FOLDS = 3
DOCUMENTS = 3000
COPIES = 2  # how often a reference labelled by hand counts, in variants
C1, C2 = 1.0, 1.5  # how strongly weights are held down: c1 drops the ones that do little, c2 keeps the others small
MINFREQ = 3
MASKED = frozenset("url doi arxiv isbn issn pmid accessed".split())


@dataclass(frozen=True, slots=True)
class Example:
    """The tokens of a reference with their hints and labels. Those that were made from one reference are of one `family`."""

    hints: Hints
    labels: list[str]
    family: int = 0


def example(reference: Labelled, family: int = 0) -> Example:
    """Return what there is to learn from a reference."""
    skipped = without_marker(reference.text)
    masked = mask(reference.text[skipped:])
    found = tokens(masked.text)
    parts = [(name, start - skipped, end - skipped) for name, start, end in reference.parts if name not in MASKED]
    labels = []
    for token in found:
        label = next((name for name, start, end in parts if start <= token.start < end), "O")
        labels.append("O" if token.text[0] in (ADDRESS, ACCESSED) else label)
    return Example(features(masked, found), labels, family)


def examples(references: Sequence[Labelled], by_hand: int) -> list[Example]:
    """Return what there is to learn from a corpus, whose first references are labelled by hand and come in several copies."""
    return [example(reference, at % by_hand if at < COPIES * by_hand else at) for at, reference in enumerate(references)]


# The models of parts and types


def train_models(hand: Sequence[Labelled], folder: Path, *, rendered: int, seed: int, rounds: int) -> int:
    """Train the models of parts and of types, and write them into a folder; return from how many references."""
    references = corpus(hand, rendered=rendered, seed=seed)
    made = examples(references, len(hand))
    read = _read_by_others(made, rounds)
    train(((one.hints.whole, one.labels) for one in made), folder / tag.FIRST_MODEL, rounds=rounds)
    train(((again(one, *seen), one.labels) for one, seen in zip(made, read, strict=True)), folder / tag.SECOND_MODEL, rounds=rounds)
    train_types(hand, read[: len(hand)], folder / worktype.MODEL)
    return len(references)


def train(learnt: Iterable[tuple[list[list[str]], list[str]]], path: Path, *, rounds: int) -> None:
    """Train a model of parts from hints and labels, and write it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": C1, "c2": C2, "max_iterations": rounds, "feature.minfreq": MINFREQ, "feature.possible_transitions": False})
    for hints, labels in learnt:
        if labels:
            trainer.append(hints, labels)
    write(trainer, path)


def write(trainer: pycrfsuite.Trainer, path: Path) -> None:
    """Train, and write the model packed."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.name
        trainer.train(str(plain))
        path.with_name(path.name + models.PACKED).write_bytes(zlib.compress(plain.read_bytes(), 9))


def again(one: Example, labels: list[str], probabilities: list[float]) -> list[list[str]]:
    """Return the hints for a second reading after a first one."""
    return [near + told for near, told in zip(one.hints.near, context.hints(labels, probabilities), strict=True)]


def _read_by_others(made: Sequence[Example], rounds: int) -> list[tuple[list[str], list[float]]]:
    """Return how models read the examples that were trained without their families: as wrong as a first reading will be."""
    read: list[tuple[list[str], list[float]]] = [([], [])] * len(made)
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            name = f"{fold}.crfsuite"
            train(((one.hints.whole, one.labels) for one in made if one.family % FOLDS != fold), Path(folder) / name, rounds=rounds)
            with loaded(Path(folder), name):
                for at, one in enumerate(made):
                    if one.family % FOLDS == fold and one.labels:
                        read[at] = tag.labelled(name, one.hints.whole)
    return read


@contextmanager
def loaded(folder: Path, *names: str) -> Iterator[None]:
    """Let the program read with the models of a folder."""
    unpacked = {name: zlib.decompress((folder / (name + models.PACKED)).read_bytes()) for name in names}
    taggers = {name: pycrfsuite.Tagger() for name in names}
    for name, tagger in taggers.items():
        tagger.open_inmemory(unpacked[name])  # it reads in these bytes without keeping them
    with mock.patch.object(models, "load", taggers.__getitem__):
        yield


def train_types(hand: Sequence[Labelled], read: Sequence[tuple[list[str], list[float]]], path: Path) -> None:
    """Train the type model, a log-linear one: a chain of one element. `read` is what models read that did not know the references; it is mended first."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.8, "c2": 0.5, "max_iterations": 150, "feature.minfreq": 3})
    for reference, seen in zip(hand, read, strict=True):
        masked = mask(reference.text[without_marker(reference.text) :])
        found = tuple(tokens(masked.text))
        tagged = tag.Tagged(found, tuple(seen[0]), tuple(seen[1]))
        mended = runs.labels(mends.mended(runs.read(tagged, masked.text), masked), found)
        for labels in (example(reference).labels, mended):
            trainer.append([worktype.hints(masked, found, labels)], [reference.type])
    write(trainer, path)


# The model of lines


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
    write(trainer, path)


# What they learn from


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
    began = time.perf_counter()
    count = train_models(hand, arguments.to, rendered=arguments.rendered, seed=SEED, rounds=arguments.rounds)
    train_breaks(lists.documents(DOCUMENTS, SEED), arguments.to / breaks.MODEL)
    print(f"{len(hand)} labelled by hand, {count} in all, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(_main())
