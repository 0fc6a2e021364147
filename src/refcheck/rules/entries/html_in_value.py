"""RC614."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import TEXT, written
from refcheck.text import latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


_ENTITY = re.compile(
    r"\\?&\\?(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|[lr][sd]quo|hellip|eacute|egrave|uuml|ouml|auml|szlig|\\?#x?[0-9a-fA-F]{2,6});"
)


@rule("RC614", "html-in-value")
def html_in_value(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""HTML stands in a value: an entity or a tag.

    What it does: reports `&amp;`, `&#8217;`, `<i>` and their like. `clean` writes the characters, for LaTeX where it needs them escaped; tags
    are left to you.

    Why it matters: LaTeX prints them as they stand, or stops at the `&`.

    Example: `journal = {Science &amp; Society}` should be `journal = {Science \\& Society}`.

    When it can be wrong: a work about HTML. Then `% refcheck: ignore html-in-value`.
    """
    for field in written(reference, facts, TEXT):
        entities = _ENTITY.findall(field.raw)
        if entities:
            new = _ENTITY.sub(lambda m: latex.encode(unescape(m[0].replace("\\", ""))), field.raw)
            fix = facts.fix("write the characters", Applicability.SAFE, edits.replace_value(field, new))
            yield Finding(f"{field.name} has {entities[0]}, which is HTML", field.span, fixes=(fix,))
        elif tag := re.search(r"</?(?:i|b|em|strong|sub|sup|scp|span|p|br|italic|jats:\w+)\b[^<>]{0,80}>", field.raw):
            yield Finding(f"{field.name} has {tag[0]}, which is HTML", field.span, confidence=0.9)
