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
_THESIS = re.compile(r"\b(?:ph\.?\s?d\.?|doctoral|master'?s?|bachelor'?s?|m\.?sc\.?)\b[^.]{0,30}\b(?:thesis|dissertation)\b|\bdissertation\b|\bthèse\b|\btesis\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:technical|research|annual|final|progress|working|white)\s+(?:report|paper)s?\b|\btech\.?\s*rep\.?|\breport no\b|\bRFC\s*\d+", re.IGNORECASE)
_SOFTWARE = re.compile(r"\[(?:computer\s+)?(?:software|program|code)[^\]]*\]|\bversion\s+\d+(?:\.\d+)+|\bgit repository\b", re.IGNORECASE)
_DATASET = re.compile(r"\[data\s?set[^\]]*\]", re.IGNORECASE)
_VIDEO = re.compile(r"\[(?:video|film|motion picture)[^\]]*\]|\byoutube\.com/|\byoutu\.be/|\bvimeo\.com/", re.IGNORECASE)


def decide(text: str, fields: Mapping[str, str]) -> tuple[str, float]:
    """Return (entry type, confidence) for a reference with these fields.

    Without a word or a field that tells, it is `online` where there is an address, else `misc`.
    """
    container = fields.get("booktitle", "") or fields.get("journal", "")
    if _THESIS.search(text):
        return "thesis", 0.95
    if _DATASET.search(text):
        return "dataset", 0.9
    if _VIDEO.search(text):
        return "video", 0.85
    if _SOFTWARE.search(text):
        return "software", 0.8
    if fields.get("booktitle"):
        return ("inproceedings", 0.93) if PROCEEDINGS.search(container) else ("incollection", 0.85)
    if fields.get("journal"):
        scholarly = bool(fields.get("volume") or fields.get("pages") or fields.get("number") or fields.get("doi"))
        return ("article", 0.95) if scholarly or "url" not in fields else ("online", 0.75)
    if _REPORT.search(fields.get("title", "")):
        return "report", 0.85
    if fields.get("publisher") and "url" not in fields:
        return ("book", 0.9) if fields.get("year") and not fields.get("month") else ("misc", 0.7)
    if fields.get("isbn"):
        return "book", 0.9
    if "eprint" in fields:
        return "misc", 0.8
    if "url" in fields:
        return "online", 0.9
    return "misc", 0.6
