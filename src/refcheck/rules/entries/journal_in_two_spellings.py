"""RC622."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, rule
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC622", "journal-in-two-spellings", scope="bibliography", severity=Severity.INFO)
def journal_in_two_spellings(bibliography: Bibliography, facts: Facts) -> Iterator[Finding]:
    r"""One journal is spelt in two ways.

    What it does: compares the journals of a file without case, punctuation and `The`; `&` and `and` count as one. Abbreviated and full
    names are not compared.

    Why it matters: the list of references looks careless, and programs count two journals.

    Example: `Information Processing & Management` and `Information Processing and Management`.

    When it can be wrong: two journals really differ in such a detail.
    """
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    fields = [field for r in bibliography.references for n in ("journal", "journaltitle") if (field := r.fields.get(n)) and field.value]
    for field in fields if facts.editable else ():
        spelt[" ".join(titles.words(field.value))][field.value] += 1
    for reference in bibliography.references:
        for field in (reference.fields.get(name) for name in ("journal", "journaltitle")):
            forms = spelt.get(" ".join(titles.words(field.value))) if field else None
            if not field or not forms or len(forms) < 2:
                continue
            usual = max(forms, key=lambda form: (forms[form], form))
            if field.value != usual:
                yield Finding(f"{field.value!r} is spelt {usual!r} elsewhere", field.span, key=reference.key, confidence=0.8)
