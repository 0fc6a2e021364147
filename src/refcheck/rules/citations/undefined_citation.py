"""RC701."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.reference import Citation, Form
from refcheck.rules.base import Facts, rule
from refcheck.rules.citations import keys
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.model.reference import Bibliography


@rule("RC701", "undefined-citation", scope="bibliography")
def undefined_citation(bibliography: Bibliography, facts: Facts) -> Iterator[Finding]:
    r"""The text cites what the bibliography does not have.

    What it does: looks for an entry for each key in `\\cite{…}` (and its like) and `[@…]`; in a typed document, for each number in
    brackets and each name with a year. A document that says where its bibliography is gets errors; one that is merely checked
    beside a .bib file, and typed documents, get warnings; a name that the list does not have at all is information only.
    Nothing is said where a bibliography could not be read.

    Why it matters: the reader meets a question mark, or a source that nobody can find.

    Example: `\\cite{smith2019}`, and the entry is called `smith2020`.

    When it can be wrong: the entry is in a file that was not checked: name it, too. In a typed document, the mark is none.
    """
    known, certain = keys.available(bibliography, facts)
    for citation, times in _each(bibliography.citations):
        more = f" ({times} times)" if times > 1 else ""
        if citation.form is Form.KEY and citation.key:
            if known and citation.key != "*" and citation.key.lower() not in known:
                near = get_close_matches(citation.key.lower(), known, 1, 0.75)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                severity = Severity.ERROR if certain else Severity.WARNING
                yield Finding(f"no entry has the key {citation.key!r}{more}{hint}", citation.span, confidence=0.95, severity=severity)
        elif not citation.key:
            hint = _hint(citation, bibliography)
            unsure = citation.form is Form.AUTHOR_YEAR and not hint  # (Paris, 1999) may be no citation
            message = f"no reference of the list fits {citation.written!r}{more}{hint}"
            yield Finding(message, citation.span, confidence=0.7, severity=Severity.INFO if unsure else Severity.WARNING)


def _each(citations: Sequence[Citation]) -> Iterator[tuple[Citation, int]]:
    """Yield each mark once, with how often it stands in the text."""
    times: dict[str, int] = {}
    for citation in citations:
        times[citation.written] = times.get(citation.written, 0) + 1
    yield from ((citation, times.pop(citation.written)) for citation in citations if citation.written in times)


def _hint(citation: Citation, bibliography: Bibliography) -> str:
    """Return what the list has instead: another year of the same author."""
    words = titles.folded(citation.written).split()
    for reference in bibliography.references if citation.form is Form.AUTHOR_YEAR else ():
        name = titles.folded(reference.contributors[0].sort_name).split() if reference.contributors else []
        if name and reference.issued and words[: len(name)] == name:
            return f"; it has {reference.contributors[0].sort_name} {reference.issued.year}"
    return ""
