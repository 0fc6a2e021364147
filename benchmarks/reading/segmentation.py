"""How well lists of references are found and split: entry F1 and the share of addresses kept whole.

`python benchmarks/reading/segmentation.py [--documents N]`; `--errors N` shows what went wrong. Beside refcheck, in the same run, a
naive splitter: the lines behind the heading, blank lines and markers.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from lists import Document, documents
from refcheck.prose import segment

if TYPE_CHECKING:
    from collections.abc import Callable


def _ours(text: str) -> list[str]:
    return [part.text[segment.without_marker(part.text) :] for part in segment.split(text).segments]


def _naive(text: str) -> list[str]:
    """Everything behind the last line that is a heading for a list, split at blank lines and markers."""
    parts = re.split(r"(?im)^\W*(?:\d+\. )?(?:references|bibliography|works cited|reference list|literature cited|sources)\W*$", text)
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:\[\w+\]|\d+\.|[-*•])\s)", parts[-1])
    return [re.sub(r"^\s*(?:\[\w+\]|\d+\.|[-*•])\s+", "", " ".join(block.split())) for block in blocks if block.strip()]


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _addresses(texts: list[str] | tuple[str, ...]) -> Counter[str]:
    return Counter(url.rstrip(".,;)>]") for text in texts for url in re.findall(r"https?://[^\s<>\"]+", text))


def _measure(name: str, split: Callable[[str], list[str]], found: list[Document], errors: int) -> None:
    hits = predicted = gold = urls = kept = 0
    began = time.perf_counter()
    answers = [split(document.text) for document in found]
    seconds = time.perf_counter() - began
    for document, answer in zip(found, answers, strict=True):
        wanted, got = Counter(map(_folded, document.references)), Counter(map(_folded, answer))
        same = sum((wanted & got).values())
        hits, predicted, gold = hits + same, predicted + sum(got.values()), gold + sum(wanted.values())
        addresses = _addresses(document.references)
        urls, kept = urls + sum(addresses.values()), kept + sum((addresses & _addresses(answer)).values())
        if errors and same < len(document.references):
            print(f"  {document.name}: {same} of {len(document.references)}, {len(answer)} found")
            for text in [text for text in answer if _folded(text) not in wanted][:errors]:
                print(f"      {text[:200]}")
    precision, recall = hits / max(1, predicted), hits / gold
    f1, rate = 2 * precision * recall / (precision + recall), len(found) / seconds
    print(f"{name:10} entry P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  addresses {kept / max(1, urls):.3f}  {rate:.0f}/s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=96)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    chosen = documents(arguments.documents, arguments.seed)
    _measure("refcheck", _ours, chosen, arguments.errors)
    _measure("naive", _naive, chosen, 0)
