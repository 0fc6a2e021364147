"""Clusters of references that are one work, and which of them stays."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from refcheck.duplicates.compare import BLOCKS, Likeness, compare, folded_title
from refcheck.model.report import Cluster
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.model.reference import Reference

_BLOCK_LIMIT = 50
_NEAR = 5


def find(references: Sequence[Reference]) -> tuple[Cluster, ...]:
    """Return the clusters of a bibliography, in the order of their first members."""
    parents = list(range(len(references)))
    likenesses: dict[tuple[int, int], Likeness] = {}

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for one, other in _candidates(references):
        if likeness := compare(references[one], references[other]):
            likenesses[one, other] = likeness
            parents[max(root(one), root(other))] = min(root(one), root(other))
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(references)):
        groups[root(index)].append(index)
    reasons: dict[int, list[Likeness]] = defaultdict(list)
    for (one, _), likeness in likenesses.items():
        reasons[root(one)].append(likeness)
    return tuple(_cluster(references, members, reasons[at]) for at, members in groups.items() if len(members) > 1)


def _candidates(references: Sequence[Reference]) -> list[tuple[int, int]]:
    """Return the pairs that share a block; of a very large block, those whose titles are near each other in the alphabet."""
    pairs: set[tuple[int, int]] = set()
    for blocks in BLOCKS:  # one way after the other, so that the blocks of one only are in memory
        by_block: dict[str, list[int]] = defaultdict(list)
        for index, reference in enumerate(references):
            for block in blocks(reference):
                by_block[block].append(index)
        for members in by_block.values():
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
