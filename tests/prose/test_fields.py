"""References as people type them, taken apart: one line a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.model.source import Source
from refcheck.readers import prose

CASES = [json.loads(line) for line in Path(__file__).with_name("references.jsonl").read_text("utf-8").splitlines() if line.strip()]


def read(text: str) -> dict[str, Any]:
    (reference,) = prose.read_lines(Source("x", text, "prose")).references
    found: dict[str, Any] = {name: field.value for name, field in reference.fields.items() if name not in {"author", "editor"}}
    found["authors"] = [person.literal or f"{person.family}, {person.given}".rstrip(", ") for person in reference.authors]
    found["type"] = reference.entry_type
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_a_reference_is_taken_apart(case: dict[str, Any]) -> None:
    expected = {name: value for name, value in case.items() if name != "text"}
    found = read(case["text"])
    assert {name: found.get(name) for name in expected} == expected
    extra = set(found) - set(expected) - {"type", "authors", "eprinttype"}
    assert not extra, {name: found[name] for name in extra}


@given(st.text(max_size=200))
def test_any_line_is_one_answer(text: str) -> None:
    one_line = " ".join(text.split())
    assert len(prose.read_lines(Source("x", one_line + "\n", "prose")).references) == 1
