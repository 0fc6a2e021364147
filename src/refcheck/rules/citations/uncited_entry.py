"""RC702."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.reference import Form
from refcheck.rules.base import Facts, rule
from refcheck.rules.citations import keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.model.reference import Bibliography, Reference

_MOST = 20


@rule("RC702", "uncited-entry", scope="bibliography", severity=Severity.INFO)
def uncited_entry(bibliography: Bibliography, facts: Facts) -> Iterator[Finding]:
    r"""No document cites this entry.

    What it does: where a document that cites by keys is checked together with its bibliography, names the entries that it does not
    cite; `\\nocite{*}` cites all. In a typed document, names the references that no mark in the text means, if the marks mean most of
    the others; a work whose author or title the text mentions counts as cited. More than 20 are one finding.

    Why it matters: left over from an earlier draft, or the citation was forgotten.

    Example: a reference at the end of a paper that no paragraph refers to.

    When it can be wrong: the list is further reading, or another document cites the entry: check both together.
    """
    documents = keys.citing(bibliography, facts)
    left = keys.uncited(bibliography, documents) if documents else []
    typed = _unmarked(bibliography)
    if len(left) > _MOST:
        some = ", ".join(reference.key for reference in left[:5])
        yield Finding(f"{len(left)} of {len(bibliography.references)} entries are cited nowhere: {some} …", left[0].span, confidence=0.9)
        left = []
    for reference in left:
        yield Finding("no document cites this entry", reference.span, reference.key, confidence=0.9)
    for reference in typed:
        yield Finding("no mark in the text means this reference", reference.span, reference.key, confidence=0.6)


def _unmarked(bibliography: Bibliography) -> Sequence[Reference]:
    """Return the references of a typed list that the text neither marks nor mentions; none where it marks less than half."""
    known = {reference.key for reference in keys.keyed(bibliography)}
    typed = [reference for reference in bibliography.references if reference.key not in known]
    marked = {citation.key for citation in bibliography.citations if citation.form in {Form.NUMBER, Form.AUTHOR_YEAR}}
    cited = {citation.key for citation in bibliography.citations}
    if sum(reference.key in marked for reference in typed) < max(2, len(typed) / 2):
        return ()
    return [reference for reference in typed if reference.key not in cited][:_MOST]
