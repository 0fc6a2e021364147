"""RC301."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Related, Severity
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography, Reference


@rule("RC301", "repeated-key", severity=Severity.ERROR, scope="bibliography")
def repeated_key(bibliography: Bibliography, _facts: Facts) -> Iterator[Finding]:
    """Two entries have the same citation key.

    What it does: names each entry whose key another one before it has, also where the two differ in
    case only.

    Why it matters: BibTeX reports an error and uses the first; the other one can never be cited.

    Example: two entries `@book{knuth1984, …}`.

    When it can be wrong: never for BibTeX; biber tells keys that differ in case apart.
    """
    first: dict[str, Reference] = {}
    for reference in bibliography.references:
        earlier = first.setdefault(reference.key.lower(), reference)
        if earlier is reference:
            continue
        line = bibliography.source.position(earlier.span.start).line
        how = f"the key {reference.key!r} is" if earlier.key == reference.key else f"the key {reference.key!r} is, but for case,"
        message = f"{how} already taken by the entry at line {line}; give one of them another key"
        yield Finding(message, reference.key_span, key=reference.key, related=(Related(earlier.key_span, "the first entry with this key"),))
