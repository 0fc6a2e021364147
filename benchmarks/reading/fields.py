"""How well references are taken apart: F1 of each field, whole references, types, references per second.

`python benchmarks/reading/fields.py GOLD.jsonl…`: a line holds `{"text": …, "fields": {…}, "skip": […]}` with CSL's names (author as
a list of names, title, container-title, year, volume, issue, pages, publisher, location, editor, edition, url, doi, type). Values
count as equal without case, accents, spaces and punctuation; names as bags of their letters; `soft` also where nine tenths of the
letters agree.
Sets that no model here has seen: the folds of `training/crossvalidate.py`, and whatever labelled references you have.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from refcheck.model.source import Source
from refcheck.readers import prose
from refcheck.render import csl_json

_NAMES = {"pages": "page", "location": "publisher-place", "url": "URL", "doi": "DOI"}
_FIELDS = "author title container-title year volume issue pages publisher location editor edition url doi".split()
_CORE = frozenset("author title container-title year volume issue pages publisher location".split())
_SOFT = frozenset("author editor title container-title publisher location".split())
_SAME_TYPE = {
    "article-journal": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "webpage": "online",
}
_NAMES_WORDS = re.compile(r"\b(?:and|und|et|al|others|eds?|editors?|hrsg|hg)\b")
_OTHER_WORDS = re.compile(r"\b(?:pp?|pages|vol|no|edn?|eds?|edition)\b")


def _folded(field: str, value: Any) -> str:  # noqa: ANN401 - what JSON holds
    if not value:
        return ""
    if isinstance(value, dict):
        value = " ".join(str(part) for key, part in value.items() if key in {"given", "family", "literal"})
    if isinstance(value, list):
        return "".join(sorted("".join(_folded(field, item) for item in value)))
    text = unicodedata.normalize("NFKD", str(value)).casefold()
    if field == "year":
        return next(iter(re.findall(r"1[4-9]\d\d|20\d\d", text)), "")
    if field == "url":
        return re.sub(r"^https?://(?:www\.)?|/$", "", text)
    is_names = field in {"author", "editor"}
    idle = _NAMES_WORDS if is_names else _OTHER_WORDS  # an initial may be "P." or "E."
    words = re.findall(r"[^\W_]+", idle.sub(" ", "".join(c for c in text if not unicodedata.combining(c))))
    return "".join(sorted("".join(words))) if is_names else " ".join(words)


def _measure(path: Path) -> None:
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    source = Source(str(path), "\n".join(" ".join(item["text"].split()) for item in gold) + "\n", "prose")
    prose.read_lines(Source("warm-up", "A. Miller. On reading, 2001.\n", "prose"))
    began = time.process_time()
    found = prose.read_lines(source).references
    rate = len(gold) / (time.process_time() - began)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    whole, types = Counter[bool](), Counter[bool]()
    for item, reference in zip(gold, found, strict=True):
        answer = csl_json.item(reference)
        answer["year"] = answer.get("issued", {}).get("date-parts", [[""]])[0][0]
        right = [_count(field, item, answer, counts) for field in _FIELDS if field not in item.get("skip", ())]
        whole[all(right)] += 1
        if kind := item["fields"].get("type"):
            got = _SAME_TYPE.get(answer["type"], answer["type"])
            types[got == kind or {got, kind} <= {"online", "misc", "document"}] += 1
    _tell(path.stem, counts, whole, types, rate)


def _count(field: str, item: dict[str, Any], answer: dict[str, Any], counts: dict[str, Counter[str]]) -> bool:
    """Count one field; return whether it is right, or none of those that make a reference whole."""
    wanted, got = _folded(field, item["fields"].get(field)), _folded(field, answer.get(_NAMES.get(field, field)))
    exact = wanted == got or (field in _SOFT and wanted.replace(" ", "") == got.replace(" ", ""))
    soft = exact or (field in _SOFT and bool(wanted and got) and fuzz.ratio(wanted, got) >= 90)
    for name, hit in (("exact", exact), ("soft", soft)):
        counts[field][f"{name} tp"] += bool(wanted and got and hit)
        counts[field][f"{name} fp"] += bool(got and not (wanted and hit))
        counts[field][f"{name} fn"] += bool(wanted and not (got and hit))
    return exact or field not in _CORE


def _tell(name: str, counts: dict[str, Counter[str]], whole: Counter[bool], types: Counter[bool], rate: float) -> None:
    print(f"{name}: {whole.total()} references, {rate:.0f}/s of CPU")
    every: Counter[str] = Counter()
    for field in _FIELDS:
        every += counts[field]
        if counts[field]["soft tp"] + counts[field]["soft fn"]:
            print(f"  {field:16} F1 exact {_f1(counts[field], 'exact'):.3f}  soft {_f1(counts[field], 'soft'):.3f}")
    print(f"  all              F1 exact {_f1(every, 'exact'):.3f}  soft {_f1(every, 'soft'):.3f}")
    print(f"  whole references {whole[True] / whole.total():.3f}  types {types[True] / max(1, types.total()):.3f} of {types.total()}")


def _f1(counts: Counter[str], kind: str) -> float:
    true, false = counts[f"{kind} tp"], counts[f"{kind} fp"] + counts[f"{kind} fn"]
    return 2 * true / max(1, 2 * true + false)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    for given in parser.parse_args().gold:
        _measure(given)
