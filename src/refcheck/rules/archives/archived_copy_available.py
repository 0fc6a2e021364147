"""RC401."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.model.reference import Dialect
from refcheck.model.verdict import NEEDS_A_COPY, Outcome, Verdict
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import has_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.evidence import Memento
    from refcheck.model.reference import Reference
    from refcheck.model.source import Edit


@rule("RC401", "archived-copy-available", severity=Severity.INFO, needs=Need.ARCHIVES)
def archived_copy_available(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""An archived copy of a page that is gone, blocked or down was found, fetched and read.

    What it does: proposes the copy nearest to the reference's date that answered 200 and holds the
    page. Copies of error pages, redirects to the front page, checks for robots, login pages and parked
    domains are refused. `clean` adds it as `note` (BibLaTeX: `addendum`); the address stays.

    Why it matters: readers can still see what was cited.

    Example: `note = {Archived at \url{https://web.archive.org/web/20180604101112/https://example.org/a} (2018-06-04)}`

    When it can be wrong: the page may have changed between the day it was cited and the day of the
    copy; the finding says how far apart they are.
    """
    if has_copy(reference, facts):
        return
    for link, verdict in facts.verdicts(reference):
        copy = facts.archives.get(link.target or "")
        if verdict.verdict not in NEEDS_A_COPY or not copy or copy.outcome is not Outcome.FOUND or not copy.memento:
            continue
        changes = _changes(reference, facts, copy.memento) if facts.editable else ()
        sure = Applicability.UNSAFE if verdict.verdict is Verdict.DOWN else Applicability.SAFE
        fix = facts.fix(f"add {copy.memento.uri}", sure, *changes)
        yield Finding(f"{link.url}: {copy.sentence}", link.span, confidence=copy.confidence, fixes=(fix,))
        return


def _changes(reference: Reference, facts: Facts, memento: Memento) -> tuple[Edit, ...]:
    name = "addendum" if facts.bibliography.dialect is Dialect.BIBLATEX else "note"
    text = rf"Archived at \url{{{memento.uri}}} ({memento.captured_at:%Y-%m-%d})"
    field = reference.fields.get(name)
    if field is None:
        return (edits.add_field(facts.bibliography.source.text, reference, name, f"{{{text}}}"),)
    before = field.raw.rstrip()
    separator = "" if not before else " " if before.endswith((".", ";")) else ". "
    return (edits.append_to_value(field, separator + text),)
