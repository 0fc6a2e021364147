"""RC302."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.duplicates import merge
from refcheck.model.finding import Applicability, Finding, Fix, Related
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography
    from refcheck.model.report import Cluster


@rule("RC302", "duplicate-reference", scope="bibliography")
def duplicate_reference(bibliography: Bibliography, facts: Facts) -> Iterator[Finding]:
    """A work stands more than once in the bibliography.

    What it does: finds references with the same DOI, the same address, or the same title, author and
    year. `clean` merges those that say the same into one and says which key to cite; others only with
    `--unsafe`: the fuller value of each field stays, with every field that one of them had alone; what
    is lost is said.

    Why it matters: readers count one source as two, and corrections reach only one of them.

    Example: the same article typed twice, once with `www.` in its address.

    When it can be wrong: two works with the same title by one author in one year. Different DOIs,
    addresses, volumes, editions, part numbers or first pages keep references apart.
    """
    for cluster in facts.clusters:
        survivor = bibliography.references[cluster.survivor]
        for index in cluster.members:
            if index == cluster.survivor:
                continue
            other = bibliography.references[index]
            line = bibliography.source.position(survivor.span.start).line
            message = f"the same work as {survivor.key} (line {line}): {cluster.sentence}"
            yield Finding(
                message,
                other.span if facts.editable else other.key_span,
                key=other.key,
                confidence=cluster.confidence,
                related=(Related(survivor.key_span, "the one that stays"),),
                fixes=(_fix(bibliography, facts, cluster, index),),
            )


def _fix(bibliography: Bibliography, facts: Facts, cluster: Cluster, index: int) -> Fix:
    key, survivor = bibliography.references[index].key, bibliography.references[cluster.survivor].key
    edits = merge.changes(bibliography, cluster) if facts.editable else ()
    safe = cluster.exact and cluster.confidence >= 0.95 and not merge.is_referred_to(bibliography, cluster)
    safe = safe and not merge.is_behind_broken(bibliography, cluster)
    citing = f" and cite {survivor} instead of {key}" if key != survivor else ""
    dropped = merge.dropped(bibliography, cluster, index)
    losing = f"; not kept of {key}: {', '.join(dropped)}" if dropped else ""
    return facts.fix(f"keep {survivor}{citing}{losing}", Applicability.SAFE if safe else Applicability.UNSAFE, *edits)
