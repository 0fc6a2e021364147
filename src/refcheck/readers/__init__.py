"""Readers: bytes to a Bibliography. They never raise on bad input: they report it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refcheck.model.source import Source
from refcheck.readers import bibtex, decode

if TYPE_CHECKING:
    from collections.abc import Container

    from refcheck.model.reference import Bibliography

BIBTEX_SUFFIXES = (".bib", ".bibtex", ".biblatex", ".bbx")
MARKDOWN_SUFFIXES = (".md", ".markdown", ".mkd", ".qmd", ".rmd")
_FOREIGN = {
    b"%PDF-": "a PDF", b"PK\x03\x04": "a zip archive (.docx, .odt and .epub are such)", b"\xd0\xcf\x11\xe0": "an old Word document",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"\x1f\x8b": "a gzip archive", b"{\\rtf": "an RTF document",
}  # fmt: skip


_MARKUP = (
    (re.compile(r"\\(?:documentclass|bibitem|begin\{(?:document|thebibliography)\})"), "LaTeX", "name its .bib file"),
    (re.compile(r"\A\s*<(?:!doctype html|html|\?xml)", re.IGNORECASE), "HTML or XML", "save its text as a .txt file"),
    (re.compile(r"\A\s*[\[{]\s*[\"{]"), "JSON", "export BibTeX instead"),
    (re.compile(r"\A\s*(?:TY  - |PMID- |%0 )"), "an export for reference managers", "export BibTeX instead"),
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that cannot be read, and why."""

    path: str
    reason: str


def read(path: str, data: bytes, form: str | None = None, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read a document by its content, then by its name; `form` (one of FORMATS) overrides both.

    `taken` are citation keys that references without one of their own must not get.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Unreadable(path, "the file is empty")
    kind = next((what for magic, what in _FOREIGN.items() if data.startswith(magic)), None)
    if kind:
        return Unreadable(path, f"it is {kind}, which cannot be read; save it as plain text, Markdown or BibTeX")
    text = decode.text(data)
    if text is None:
        what = "it has null bytes" if b"\0" in data else "its bytes are neither UTF-8 nor CP1252"
        return Unreadable(path, f"it is not a text file ({what}); save it as UTF-8 text")
    found = form or guess(path, text)
    if found != "bibtex" and form is None and (markup := next((m for m in _MARKUP if m[0].search(text[:20_000])), None)):
        return Unreadable(path, f"it is {markup[1]}, which cannot be read yet; {markup[2]}")
    source = Source(path, text, found)
    bibliography = bibtex.read(source) if found == "bibtex" else _typed(source, taken)
    if (name := decode.encoding(data)) not in {"utf-8", None} and not data.startswith(decode.MARKS):
        return replace(bibliography, notes=(f"it is not UTF-8 and was read as {(name or '').upper()}",))
    return bibliography


def _typed(source: Source, taken: Container[str]) -> Bibliography:
    from refcheck.readers import prose  # noqa: PLC0415 - its patterns take long to compile, and BibTeX needs none of them

    return prose.read(source, taken)


def guess(path: str, text: str) -> str:
    """Return the format of a text: BibTeX where it has entries, else by the file's name, else prose."""
    name = path.lower()
    if name.endswith(BIBTEX_SUFFIXES) or bibtex.looks_like(text):
        return "bibtex"
    return "markdown" if name.endswith(MARKDOWN_SUFFIXES) else "prose"
