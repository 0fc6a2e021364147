"""How well the models do on references labelled by hand that they have not seen, and how sure they may be.

`python training/crossvalidate.py [--folds N] [--write]`: each fold is read by models trained on the others. Printed are precision,
recall and F1 for each field, the share of references whose fields are all right, the share of right types, and the table that turns the
models' probabilities into confidences; `--write` puts it where the program reads it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import labelled
import train
from refcheck.prose import confidence, fields, tag, worktype
from refcheck.prose.segment import without_marker

if TYPE_CHECKING:
    from labelled import Labelled

_FIELDS = {
    "journal": "container", "booktitle": "container", "organization": "container", "series": "series", "year": "date", "number": "issue", "address": "location",
    "school": "publisher", "institution": "publisher", "howpublished": "publisher", "version": "number",
}  # fmt: skip
_SCORED = ("author", "editor", "title", "container", "date", "volume", "issue", "pages", "publisher", "location", "edition")


def _folded(tag_name: str, value: str) -> str:
    if tag_name == "date":
        year = re.search(r"1[4-9]\d\d|20\d\d", value)
        return year[0] if year else ""
    if tag_name in {"author", "editor"}:
        value = re.sub(r"\b(?:and|und|et|y|e|others)\b", " ", value)
        return "".join(sorted(re.sub(r"[\W_]+", "", value).casefold()))
    return re.sub(r"[\W_]+", "", value).casefold()


def _gold(reference: Labelled) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, start, end in reference.parts:
        name = "issue" if name == "number" else name  # noqa: PLW2901 - both are BibTeX's number
        found.setdefault(name, reference.text[start:end])
    return {name: folded for name, value in found.items() if name in _SCORED and (folded := _folded(name, value))}


def _read(reference: Labelled) -> tuple[dict[str, tuple[str, float]], str, float]:
    with mock.patch.object(confidence, "of", lambda _, probability: probability):
        parsed = fields.parse(reference.text[without_marker(reference.text) :])
    found: dict[str, tuple[str, float]] = {}
    for part in parsed.parts.values():
        name = _FIELDS.get(part.name, part.name)
        if name in _SCORED and (folded := _folded(name, part.value)):
            found.setdefault(name, (folded, part.confidence))
    return found, parsed.entry_type, parsed.type_confidence


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--rendered", type=int, default=train.RENDERED)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    hand = list(labelled.read())
    random.Random(train.SEED).shuffle(hand)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    whole = 0
    for fold in range(arguments.folds):
        held = hand[fold :: arguments.folds]
        rest = [reference for number, reference in enumerate(hand) if number % arguments.folds != fold]
        with tempfile.TemporaryDirectory() as folder:
            train.train_models(rest, Path(folder), rendered=arguments.rendered, seed=train.SEED + fold, rounds=train.ROUNDS)
            with train.loaded(Path(folder), tag.FIRST_MODEL, tag.SECOND_MODEL, worktype.MODEL):
                whole += sum(_score(reference, counts, seen) for reference in held)
    _tell(counts, seen, whole, len(hand))
    if arguments.write:
        table = {label: _steps(pairs) for label, pairs in sorted(seen.items()) if len(pairs) >= 150}
        table["other"] = _steps([pair for label, pairs in seen.items() if label != "type" for pair in pairs])
        confidence.TABLE.write_text(json.dumps(table) + "\n", encoding="utf-8")
    return 0


def _score(reference: Labelled, counts: dict[str, Counter[str]], seen: dict[str, list[tuple[float, bool]]]) -> bool:
    """Count one reference; return whether all its fields are right."""
    gold = _gold(reference)
    found, kind, sure = _read(reference)
    right = True
    for name in _SCORED:
        wanted, (got, probability) = gold.get(name), found.get(name, (None, 0.0))
        if got is not None:
            counts[name]["tp" if got == wanted else "fp"] += 1
            seen[name].append((probability, got == wanted))
        if wanted is not None and got != wanted:
            counts[name]["fn"] += 1
        right &= got == wanted
    same = kind == {"news": "article"}.get(reference.type, reference.type) or {kind, reference.type} <= {"online", "misc", "news"}
    counts["type"]["tp" if same else "fp"] += 1
    seen["type"].append((sure, same))
    return right


def _tell(counts: dict[str, Counter[str]], seen: dict[str, list[tuple[float, bool]]], whole: int, total: int) -> None:
    every: Counter[str] = Counter()
    for name in _SCORED:
        every += counts[name]
        print(
            f"{name:10} P {_ratio(counts[name], 'fp'):.3f}  R {_ratio(counts[name], 'fn'):.3f}  n {counts[name]['tp'] + counts[name]['fn']}"
        )
    precision, recall = _ratio(every, "fp"), _ratio(every, "fn")
    print(f"all        P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")
    print(f"whole references {whole / total:.3f} of {total}; types {_ratio(counts['type'], 'fp'):.3f}")
    for label, pairs in sorted(seen.items()):
        bands = [
            (low, [right for p, right in pairs if low <= p < high])
            for low, high in ((0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.01))
        ]
        print(f"{label:10} " + "  ".join(f"≥{low}: {sum(rights) / len(rights):.2f} ({len(rights)})" for low, rights in bands if rights))


def _ratio(counts: Counter[str], wrong: str) -> float:
    return counts["tp"] / max(1, counts["tp"] + counts[wrong])


def _steps(pairs: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return (probability, share that is right) points that never fall: pooled adjacent violators over up to twelve groups."""
    pairs = sorted(pairs)
    size = max(25, len(pairs) // 12)
    groups = [pairs[start : start + size] for start in range(0, len(pairs), size)]
    if len(groups) > 1 and len(groups[-1]) < size:
        groups[-2:] = [groups[-2] + groups[-1]]
    pooled: list[list[tuple[float, bool]]] = []
    for group in groups:
        pooled.append(group)
        while len(pooled) > 1 and _mean(pooled[-2]) >= _mean(pooled[-1]):
            pooled[-2:] = [pooled[-2] + pooled[-1]]
    return [(round(sum(p for p, _ in group) / len(group), 4), round(min(0.99, _mean(group)), 3)) for group in pooled]


def _mean(group: list[tuple[float, bool]]) -> float:
    return sum(right for _, right in group) / len(group)


if __name__ == "__main__":
    sys.exit(_main())
