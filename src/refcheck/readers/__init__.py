"""Readers: bytes to a Bibliography. They never raise on bad input: they report it."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from refcheck.model.reference import Bibliography, Unreadable
from refcheck.model.source import BINARY_FORMATS, Source
from refcheck.readers import bibtex, decode, recognise
from refcheck.readers.recognise import guess

if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ["LINES", "Unreadable", "guess", "read"]

LINES = "lines"
"""Besides FORMATS: plain text whose every line is one reference."""

_MODULES = {"html": "html", "rst": "rst", "latex": "latex", "markdown": "markdown", "csl-json": "csl", "cff": "cff"}
_TAGGED = {"ris": "RIS", "endnote": "ENDNOTE", "pubmed": "PUBMED"}


def read(path: str, data: bytes, form: str | None = None, taken: Container[str] = ()) -> Bibliography | Unreadable:
    """Read a document by its content, then by its name; `form` (one of FORMATS, or LINES) overrides both.

    `taken` are citation keys that references without one of their own must not get.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Unreadable(path, "the file is empty")
    container = recognise.container(data)
    if form in BINARY_FORMATS or (form is None and container in BINARY_FORMATS):
        reader = import_module(f"refcheck.readers.{form or container}")  # heavy ones are loaded where they are needed
        found: Bibliography | Unreadable = reader.read(path, data, taken)
        return found
    kind = next((what for magic, what in recognise.FOREIGN.items() if data.startswith(magic)), None)
    if kind or container:
        what = kind or ("a PDF" if container == "pdf" else "a zip archive (.odt, .epub and .pptx are such)")
        return Unreadable(path, f"it is {what}, which cannot be read; save it as plain text, .docx or BibTeX")
    text = decode.text(data)
    if text is None:
        what = "it has null bytes" if b"\0" in data else "its bytes are neither UTF-8 nor CP1252"
        return Unreadable(path, f"it is not a text file ({what}); save it as UTF-8 text")
    bibliography = _read_text(path, text, form or guess(path, text), taken)
    if isinstance(bibliography, Unreadable):
        return bibliography
    if (name := decode.encoding(data)) not in {"utf-8", None} and not data.startswith(decode.MARKS):
        return replace(bibliography, notes=(*bibliography.notes, f"it is not UTF-8 and was read as {(name or '').upper()}"))
    return bibliography


def _read_text(path: str, text: str, form: str, taken: Container[str]) -> Bibliography | Unreadable:
    """Read a text as a format; its reader is loaded where it is needed, because BibTeX needs none of the others."""
    found: Bibliography | Unreadable
    if form == "bibtex":
        return bibtex.read(Source(path, text, form))
    if form == LINES:
        found = import_module("refcheck.readers.prose").read_lines(Source(path, text, "prose"))
    elif form in _TAGGED and not text.lstrip("\ufeff \t\r\n").startswith("<"):
        tagged = import_module("refcheck.readers.tagged")
        found = tagged.read(Source(path, text, form), getattr(tagged, _TAGGED[form]), taken)
    elif form in {"xml", *_TAGGED}:
        found = import_module("refcheck.readers.records").read(
            Source(path, text, "pubmed" if "PubmedArticle" in text else "endnote"), taken
        )
    elif form == "csl-yaml":
        found = import_module("refcheck.readers.csl").read_yaml(Source(path, text, form), taken)
    elif form in _MODULES:
        found = import_module(f"refcheck.readers.{_MODULES[form]}").read(Source(path, text, form), taken)
    else:
        found = _typed(Source(path, text, form), taken)
    return found


def _typed(source: Source, taken: Container[str]) -> Bibliography:
    from refcheck.readers import citations, prose  # noqa: PLC0415 - its patterns take long to compile, and BibTeX needs none of them

    found = prose.read(source, taken)
    return replace(found, citations=citations.in_prose(found))
