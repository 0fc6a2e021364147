"""Small bibliographies from both sides: what is one work is found, and what only looks alike stays apart."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from refcheck.duplicates import cluster
from refcheck.model.source import Source
from refcheck.readers import bibtex

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["medicine.bib", "computing.bib"])
def test_the_entries_of_a_work_are_a_cluster_and_no_others(name: str) -> None:
    references = bibtex.read(Source(name, (HERE / name).read_text("utf-8"), "bibtex")).references
    works: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        works[reference.key.partition(":")[0]].add(reference.key)
    expected = {frozenset(keys) for keys in works.values() if len(keys) > 1}
    assert {frozenset(found.keys) for found in cluster.find(references)} == expected
