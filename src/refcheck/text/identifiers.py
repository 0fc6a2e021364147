"""Identifiers: DOI, arXiv, ISBN, ISSN, PMID, where they stand in text and what they are normalised to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

# DOI handbook 2.2: prefix 10.NNNN[.NNN], then any printable characters. Crossref's own pattern ends at white space.
DOI = re.compile(r"(?:doi\s*[:=]?\s*|https?://(?:dx\.|www\.)?doi\.org/)?(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`]+)", re.IGNORECASE)
# arXiv identifier schemes: YYMM.NNNN(N) since April 2007, archive/YYMMNNN before.
ARXIV = re.compile(
    r"(?:arxiv\s*[:.]?\s*(?:preprint\s*)?(?:arxiv:)?\s*|arxiv\.org/(?:abs|pdf)/|(?<![\w/.-])(?=(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|"
    r"math-ph|nucl-(?:ex|th)|quant-ph)/))(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?",
    re.IGNORECASE,
)
ISBN = re.compile(r"\bISBN(?:-1[03])?[:\s]*((?:97[89][\s-]?)?\d{1,5}[\s-]?\d{1,7}[\s-]?\d{1,7}[\s-]?[\dX])\b", re.IGNORECASE)
ISSN = re.compile(r"\bISSN[:\s]*(\d{4}-?\d{3}[\dX])\b", re.IGNORECASE)
PMID = re.compile(r"\bPMID[:\s]*(\d{1,8})\b", re.IGNORECASE)
PATTERNS = {"doi": DOI, "arxiv": ARXIV, "isbn": ISBN, "issn": ISSN, "pmid": PMID}


def normalise(scheme: str, value: str) -> str:
    """Return the one form of an identifier: DOIs in lower case without a resolver, ISBNs as 13 digits, arXiv without version."""
    text = value.strip()
    if scheme == "doi":
        found = DOI.search(unquote(text.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&")))
        return trimmed_doi(found[1]).lower() if found else ""
    if scheme == "arxiv":
        found = ARXIV.search(f"arXiv:{text}") or ARXIV.search(text)
        return found[1] if found else ""
    if scheme == "isbn":
        return isbn13(re.sub(r"[^0-9Xx]", "", text).upper())
    return re.sub(r"\s", "", text)


def trimmed_doi(text: str) -> str:
    """Cut closing punctuation off a DOI found in text."""
    text = text.rstrip(".,;:'\"”’")
    while text.endswith((")", "]")) and text.count(text[-1]) > text.count("(" if text[-1] == ")" else "["):
        text = text[:-1].rstrip(".,;:")
    return text


def isbn13(digits: str) -> str:
    """Return an ISBN as 13 digits, or '' where its check digit is wrong (ISO 2108)."""
    if len(digits) == 10 and digits[:9].isdigit():
        total = sum((10 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits))
        if total % 11:
            return ""
        body = "978" + digits[:9]
        return body + str(-sum(int(d) * (1 + 2 * (i % 2)) for i, d in enumerate(body)) % 10)
    if len(digits) == 13 and digits.isdigit():
        return "" if sum(int(d) * (1 + 2 * (i % 2)) for i, d in enumerate(digits)) % 10 else digits
    return ""


def find(text: str) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield (scheme, normalised value, start, start of the value, end) of identifiers in running text; start is the label's."""
    for scheme, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            end = match.end()
            if scheme == "doi":
                end = match.start(1) + len(trimmed_doi(match[1]))
            if value := normalise(scheme, match[1]):
                yield scheme, value, match.start(), match.start(1), end
