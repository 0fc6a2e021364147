"""Clusters of references that are one work, and which of them stays."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from refcheck.duplicates.compare import BLOCKS, Likeness, compare, folded_title
from refcheck.model.report import Cluster
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from refcheck.model.reference import Reference

_BLOCK_LIMIT = 50
_NEAR = 5


def find(references: Sequence[Reference], distinct: Iterable[Sequence[str]] = ()) -> tuple[Cluster, ...]:
    """Return the clusters of a bibliography, in the order of their first members; no two keys of a `distinct` group share one."""
    alike: dict[tuple[int, int], Likeness] = {}
    for one, other in _candidates(references):
        if likeness := compare(references[one], references[other]):
            alike[one, other] = likeness
    clusters: dict[int, list[int]] = {}  # by each of their members

    def strength(pair: tuple[int, int]) -> tuple[float, list[str]]:
        return -alike[pair].confidence, sorted(references[index].key for index in pair)

    apart = _apart(distinct)
    for one, other in sorted(alike, key=strength):  # so that it does not depend on their order what stays apart
        first, second = clusters.setdefault(one, [one]), clusters.setdefault(other, [other])
        if first is not second and not _are_apart(references, first, second, apart):
            first += second
            clusters |= dict.fromkeys(second, first)
    reasons: dict[int, list[Likeness]] = defaultdict(list)
    for (one, other), likeness in alike.items():
        if clusters[one] is clusters[other]:
            reasons[min(clusters[one])].append(likeness)
    return tuple(_cluster(references, sorted(clusters[first]), reasons[first]) for first in sorted(reasons))


def _apart(distinct: Iterable[Sequence[str]]) -> Mapping[str, set[str]]:
    """Return the keys that must not share a cluster with a key."""
    apart: dict[str, set[str]] = defaultdict(set)
    for group in distinct:
        for key in group:
            apart[key] |= set(group) - {key}
    return apart


def _are_apart(references: Sequence[Reference], first: Sequence[int], second: Sequence[int], apart: Mapping[str, set[str]]) -> bool:
    """Whether a member of one cluster must not share it with a member of another."""
    others = {references[index].key for index in second} if apart else set()
    return any(not others.isdisjoint(apart.get(references[index].key, ())) for index in first if others)


def _candidates(references: Sequence[Reference]) -> list[tuple[int, int]]:
    """Return the pairs that share a block; of a very large block, those whose titles are near each other in the alphabet."""
    pairs: set[tuple[int, int]] = set()
    for blocks in BLOCKS:  # one way after the other, so that the blocks of one only are in memory
        alone: dict[str, int] = {}
        shared: dict[str, list[int]] = {}
        for index, reference in enumerate(references):
            for block in blocks(reference):
                if (first := alone.setdefault(block, index)) != index:
                    shared.setdefault(block, [first]).append(index)
        for members in shared.values():
            if len(members) > _BLOCK_LIMIT:
                near = sorted(members, key=lambda index: folded_title(references[index].title))
                pairs.update((min(a, b), max(a, b)) for step in range(1, _NEAR + 1) for a, b in zip(near, near[step:], strict=False))
            else:
                pairs.update((a, b) for at, a in enumerate(members) for b in members[at + 1 :] if a != b)
    return sorted(pairs)


def _cluster(references: Sequence[Reference], members: list[int], likenesses: list[Likeness]) -> Cluster:
    weakest = min(likenesses, key=lambda likeness: likeness.confidence)
    survivor = max(members, key=lambda index: (_worth(references[index]), -index))
    others = [references[index] for index in members if index != survivor]
    return Cluster(
        tuple(members),
        survivor,
        tuple(references[index].key for index in members),
        weakest.reason,
        weakest.sentence,
        weakest.confidence,
        exact=all(adds_nothing(other, references[survivor]) for other in others),
    )


def _worth(reference: Reference) -> tuple[int, int]:
    """How much a reference tells: its fields, then how long they are."""
    values = [field.value for field in reference.fields.values() if field.value]
    return len(values), sum(map(len, values))


def adds_nothing(other: Reference, survivor: Reference) -> bool:
    """Whether every field of one reference stands in another with the same words."""
    return other.entry_type == survivor.entry_type and all(
        name in survivor.fields and titles.folded(survivor.fields[name].value) == titles.folded(field.value)
        for name, field in other.fields.items()
        if field.value
    )
