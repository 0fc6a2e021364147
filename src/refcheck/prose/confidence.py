"""How often a part that the models are so sure of is right: measured, not felt.

The table is made by `training/crossvalidate.py --write` from references that the models had not seen; docs/reading.md shows it.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("confidence.json")


@cache
def _table() -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def of(label: str, probability: float) -> float:
    """Return the share of parts with this label and this probability that are wholly right, between the measured points."""
    points = _table().get(label) or _table()["other"]
    at = bisect_left([point for point, _ in points], probability)
    if at == 0:
        return round(points[0][1] * probability / points[0][0], 3) if points[0][0] else points[0][1]
    if at == len(points):
        return points[-1][1]
    (low, share), (high, more) = points[at - 1], points[at]
    return round(share + (more - share) * (probability - low) / (high - low), 3)
