r"""LaTeX as it occurs in bibliographies: read it as text, and write text so that LaTeX reads it."""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import get_default_latex_context_db

logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
logging.getLogger("pylatexenc").propagate = False
_DECODER = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces="based-on-source", keep_braced_groups=False)
_CONTEXT = get_default_latex_context_db()  # made once: the parser would make it anew for every text
_HIDDEN = 0xE000  # the private use area
_SHOWN = {_HIDDEN + ord(character): character for character in "&%$#_{}^"}
OPEN, CLOSE = "\ue100", "\ue101"
_AS_IT_IS = re.compile(r"(?:(?<!\A) (?![ ]|\Z)|[^\s\\{}~`'-]++|['-](?!['-]))*+")
_SIGN, _LETTER = r"\\(?:[`'^\"~=.]|[cuvHkrbd](?=[\s{\\]))", r"\\?[A-Za-z]"
_ACCENT = re.compile(rf"\{{{_SIGN}\s?(?:\{{{_LETTER}\}}|{_LETTER})\}}|{_SIGN}\{{{_LETTER}\}}|\{{\\(?:ss|[oOlLij]|aa|AA|ae|AE|oe|OE)\}}")
_ESCAPES = {
    **{character: f"\\{character}" for character in "&%$#_"},
    "{": "\\textbraceleft{}", "}": "\\textbraceright{}",  # BibTeX would count an escaped brace
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\^{}", OPEN: "{", CLOSE: "}",
}  # fmt: skip
_URL_ESCAPES = re.compile(r"\\([#%&_~{}$])|\\(?:textasciitilde|string~?)(?:\{\}|\s)?")


def decode(text: str) -> str:
    """Return a field's value as a reader sees it: accents composed, commands and braces gone, white space single."""
    return text if text.isascii() and _AS_IT_IS.fullmatch(text) else _decoded(text)


@lru_cache(maxsize=16384)
def _decoded(text: str) -> str:
    if "\\" in text:
        text = _ACCENT.sub(lambda m: _parsed(m[0]), text)  # there are few of them: each is parsed once
    if "\\" in text:
        text = _protected(text).replace("\\textbraceleft", chr(_HIDDEN + ord("{"))).replace("\\textbraceright", chr(_HIDDEN + ord("}")))
    if "\\" not in text:  # what is left needs no parser, which reads letter by letter
        text = text.replace("---", "—").replace("--", "–").replace("~", " ").replace("``", "“").replace("''", "”")
    else:
        text = _parsed(text)
    text = text.replace("{", "").replace("}", "")
    if not text.isascii():
        text = text.translate(_SHOWN)
    return unicodedata.normalize("NFC", " ".join(text.split()))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> str:
    try:
        return str(_DECODER.latex_to_text(text, latex_context=_CONTEXT))
    except (ValueError, IndexError, AttributeError, TypeError, RecursionError):  # broken LaTeX reads as it stands
        return text.replace("\\", "")


def _protected(text: str) -> str:
    r"""Hide what the decoder would misread: `\& ` loses its space to it, and a lone % begins a comment."""
    return re.sub(r"\\([&%$#_{}]|\^(?=\{\}))|(%)", lambda m: chr(_HIDDEN + ord(m[1] or m[2])), text)


def decode_url(text: str) -> str:
    r"""Undo what people do to addresses for LaTeX's sake: `\_`, `\%`, `\url{…}`, `\textasciitilde{}`; nothing else."""
    text = text.strip()
    inner = re.fullmatch(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}", text, re.DOTALL)
    text = _URL_ESCAPES.sub(lambda m: m[1] or "~", inner[1] if inner else text)
    return text[1:-1].strip() if text.startswith(("{", "<")) and text.endswith(("}", ">")) else text


def encode(text: str) -> str:
    """Return text so that LaTeX prints it as it is; letters stay letters (UTF-8), OPEN and CLOSE become braces."""
    return "".join(_ESCAPES.get(character, character) for character in text)


def closing_brace(text: str, opening: int) -> int:
    """Return the offset of the brace that closes the one at `opening`, or -1. A backslash hides the next character."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, opening):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.start()
    return -1
