"""How sure a verdict is: the shares of right verdicts that were measured (see docs/verification.md), rounded down."""

from __future__ import annotations


def confidence(kind: str, *, firm: bool = False, alike: bool = False, agreeing: int = 0) -> float:
    """Return the confidence of a kind of verdict.

    `firm` says that a register or a second source backs it, `alike` that the other work has an author in common, `agreeing` how
    many fields (of a verified reference) or sources (of the others) agree.
    """
    if kind == "verified":
        return 0.97 if firm else (0.8, 0.85, 0.9, 0.96, 0.97)[min(agreeing, 4)]
    if kind == "conflict":
        return 0.97 if firm and not alike else 0.9
    if kind == "unregistered":
        return 0.97 if firm else 0.9
    if kind == "mismatch":
        return 0.95 if firm or agreeing >= 2 else 0.85
    return 0.95 if agreeing >= 4 else 0.9
