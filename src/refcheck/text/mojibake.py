"""Text that was decoded as another encoding than it was written in, and how to undo that."""

from __future__ import annotations

import re

_TRACE = re.compile(
    r"(?:[ÃÂ][\x80-\xbf\u20ac\u201a-\u203a\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2122]|â€[\x80-\xbf\u2122\u0153\u02dc\u201c\u201d\u00a6])+"
)


def mended(text: str) -> str:
    """Return a text with its wrongly decoded parts decoded rightly."""
    return text if text.isascii() else _TRACE.sub(_again, text)


def _again(match: re.Match[str]) -> str:
    try:
        return "".join(chr(b) for b in match[0].encode("cp1252")).encode("latin-1").decode("utf-8")
    except UnicodeError:
        try:
            return match[0].encode("latin-1").decode("utf-8")
        except UnicodeError:
            return match[0]
