"""Names of contributors, as BibTeX writes them."""

from __future__ import annotations

import re

from refcheck.model.reference import Contributor
from refcheck.text import latex

PARTICLES = frozenset(
    "af al auf ben bin da das de degli dei del della den der des di do dos du el ibn la le of st ten ter van vom von y zu zum zur".split()
)


_AND, _COMMA = r"\s+and\s+", r",\s*"


def parse_list(value: str, role: str = "author") -> tuple[Contributor, ...]:
    """Read a BibTeX list of names (`Knuth, Donald E. and {Gemini Team} and others`), raw with its braces."""
    return tuple(parse(part, role) for part in split_top(value, _AND) if part.strip() and part.strip().lower() != "others")


def split_top(text: str, separator: str) -> list[str]:
    """Split a text at the matches of a pattern that stand outside braces."""
    if "{" not in text and "\\" not in text:
        return re.split(separator, text, flags=re.IGNORECASE)
    parts, begin, depth = [], 0, 0
    marks = re.compile(rf"\\.|[{{}}]|(?:{separator})", re.IGNORECASE | re.DOTALL)
    for match in marks.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth <= 0 and not match[0].startswith("\\"):
            parts.append(text[begin : match.start()])
            begin = match.end()
    return [*parts, text[begin:]]


def parse(name: str, role: str = "author") -> Contributor:
    """Read one BibTeX name: `Last, First`, `von Last, Jr, First`, `First von Last`, or a group in braces."""
    text = name.strip()
    if text.startswith("{") and text.endswith("}") and latex.closing_brace(text, 0) == len(text) - 1:
        return Contributor(literal=latex.decode(text), role=role)
    parts = [latex.decode(part).strip() for part in split_top(text, _COMMA)]
    if len(parts) >= 2:
        suffix = parts[1] if len(parts) > 2 else ""
        return Contributor(family=parts[0], given=parts[-1], role=role, suffix=suffix)
    return natural(latex.decode(text), role)


def natural(name: str, role: str = "author") -> Contributor:
    """Read a name in its spoken order; particles in lower case go with the family name. One word alone is a group."""
    words = name.split()
    if len(words) <= 1:
        return Contributor(literal=name.strip(), role=role)
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES and words[at - 1][0].islower():
        at -= 1
    return Contributor(family=" ".join(words[at:]), given=" ".join(words[:at]), role=role)
