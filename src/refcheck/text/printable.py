"""Text from elsewhere, made safe to show."""

from __future__ import annotations

import unicodedata

# Bidirectional controls can make text read as another; line and paragraph separators break a line.
_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x2028, 0x2029, 0xFEFF])


def printable(text: str, limit: int | None = None) -> str:
    """Return one line without control characters, so that it can neither steer a terminal nor forge a line.

    With a limit, a longer text is cut and ends in an ellipsis.
    """
    is_plain = text.isascii() and text.isprintable() and "  " not in text  # most texts are
    clean = text.strip() if is_plain else _cleaned(text)
    return clean if limit is None or len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def _cleaned(text: str) -> str:
    visible = "".join(c for c in text.translate(_CONTROLS) if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs", "Co"})
    return " ".join(visible.split())
