"""What type of work a reference is about, from the fields it has and the words it uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROCEEDINGS = re.compile(
    r"\b(?:proc(?:eedings|\.)|conference|symposium|workshop|congress|advances in neural information|neurips|nips|icml|iclr|cvpr|iccv|eccv|"
    r"aaai|ijcai|acl|emnlp|naacl|sigkdd|sigir|chi|lecture notes|tagungsband|actes d[ue]|atti del|konferenz|anais d[oe])\b",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"\b(?:ph\.?\s?d\.?|doctoral|master'?s?|bachelor'?s?|m\.?sc\.?)\b[^.]{0,30}\b(?:thesis|dissertation)\b|\bdissertation\b|\bthèse\b|\btesis\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:technical|research|annual|final|progress|working|white)\s+(?:report|paper)s?\b|\btech\.?\s*rep\.?|\breport no\b|\bRFC\s*\d+",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(r"\[(?:computer\s+)?(?:software|program|code)[^\]]*\]|\bversion\s+\d+(?:\.\d+)+|\bgit repository\b", re.IGNORECASE)
_DATASET = re.compile(r"\[data\s?set[^\]]*\]", re.IGNORECASE)
_VIDEO = re.compile(r"\[(?:video|film|motion picture)[^\]]*\]|\byoutube\.com/|\byoutu\.be/|\bvimeo\.com/", re.IGNORECASE)


_WORDS = ((_THESIS, "thesis", 0.95), (_DATASET, "dataset", 0.9), (_VIDEO, "video", 0.85), (_SOFTWARE, "software", 0.8))


def decide(text: str, fields: Mapping[str, str]) -> tuple[str, float]:
    """Return (entry type, confidence) for a reference with these fields.

    Words that name a type come first, then the container, then what else there is. Without anything
    that tells, it is `online` where there is an address, else `misc`.
    """
    for pattern, entry_type, sure in _WORDS:
        if pattern.search(text):
            return entry_type, sure
    return _by_container(fields) or _by_rest(fields)


def _by_container(fields: Mapping[str, str]) -> tuple[str, float] | None:
    if book := fields.get("booktitle"):
        return ("inproceedings", 0.93) if PROCEEDINGS.search(book) else ("incollection", 0.85)
    if fields.get("journal"):
        scholarly = any(fields.get(name) for name in ("volume", "pages", "number", "doi"))
        return ("article", 0.95) if scholarly or "url" not in fields else ("online", 0.75)
    return None


def _by_rest(fields: Mapping[str, str]) -> tuple[str, float]:
    if _REPORT.search(fields.get("title", "")):
        return "report", 0.85
    if fields.get("isbn"):
        return "book", 0.9
    if fields.get("publisher") and "url" not in fields:
        return ("book", 0.9) if fields.get("year") and not fields.get("month") else ("misc", 0.7)
    if "url" in fields and "eprint" not in fields:
        return "online", 0.9
    return "misc", 0.6
