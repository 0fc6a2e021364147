"""Which format a document has: by its content, then by its name."""

from __future__ import annotations

import re

from refcheck.readers import bibtex

BIBTEX_SUFFIXES = (".bib", ".bibtex", ".biblatex", ".bbx")
_SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".mkd": "markdown", ".qmd": "markdown", ".rmd": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".tex": "latex", ".ltx": "latex", ".latex": "latex", ".bbl": "latex", ".rst": "rst", ".rest": "rst", ".ris": "ris",
    ".enw": "endnote", ".nbib": "pubmed", ".cff": "cff", ".csl": "csl-json", ".yaml": "csl-yaml", ".yml": "csl-yaml", ".jsonl": "csl-json",
}  # fmt: skip
_WRITTEN_BY_HAND = frozenset({"markdown", "rst", "latex"})
_BEGINNING = 20_000
_LATEX = re.compile(
    r"^[^%\n]*\\(?:documentclass|documentstyle|begin\s*\{(?:document|thebibliography|filecontents\*?)\}|bibitem\b|entry\{[^{}]+\}\{\w+\})",
    re.MULTILINE,
)
_HTML = re.compile(
    r"\A\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|section|main|div|ol|ul|p|h[1-6]|dl|table|cite)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\A\ufeff?\s*<(?:\?xml|!doctype\s+pubmed|xml>|PubmedArticle|b:Sources|Sources\b|records>)", re.IGNORECASE)
_JSON = re.compile(r"\A\ufeff?\s*(?:\[\s*(?:\{\s*(?:\"|\})|\])|\{\s*\")")
_RST = re.compile(r"^\.\. (?:\[[^\]\n]+\]\s|_[^\n]+:|[a-z-]+::)", re.MULTILINE)
_HEADER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n)\s*\S")
FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Word document", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive", b"{\\rtf": "an RTF document", b"SQLite format 3": "a database",
}  # fmt: skip


def container(data: bytes) -> str | None:
    """Return `pdf` or `docx` where the bytes are such a document, `zip` for another archive, else None."""
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024].lstrip()[:32]:
        return "pdf"
    if not data.startswith(b"PK\x03\x04"):
        return None
    return "docx" if b"word/" in data else "zip"


def by_name(path: str) -> str | None:
    """Return the format that a file's name says, or None."""
    name = path.lower()
    return "bibtex" if name.endswith(BIBTEX_SUFFIXES) else next((form for ending, form in _SUFFIXES.items() if name.endswith(ending)), None)


def guess(path: str, text: str) -> str:
    """Return the format of a text: by what it says, else by the file's name, else prose."""
    beginning = text[:_BEGINNING]
    suffix = by_name(path)
    if suffix == "bibtex":
        return suffix
    if suffix not in _WRITTEN_BY_HAND:  # such a text may begin with some HTML, or show what an export looks like
        for form, pattern in (("csl-json", _JSON), ("html", _HTML), ("xml", _XML)):
            if pattern.search(beginning):
                return form
        if found := _tagged(beginning):
            return found
    latex = _LATEX.search(beginning)
    if bibtex.looks_like(text) and not (latex and bibtex.begins(text) > latex.start()):
        return "bibtex"
    if latex and suffix in {None, "latex"}:
        return "latex"
    if suffix == "csl-yaml" and not re.search(r"^(?:- |references:|\s+(?:title|type|id):)", beginning, re.MULTILINE):
        suffix = None
    if suffix:
        return suffix
    return _by_form(beginning)


def _tagged(beginning: str) -> str | None:
    """Return the format of what has tags or keys of its own at the beginnings of lines."""
    for form, pattern in (
        ("ris", r"\A(?:[^\n]*\n){0,8}?\ufeff?[ \t]*TY {1,2}- "),
        ("pubmed", r"\A\ufeff?\s*PMID ?- "),
        ("endnote", r"\A\ufeff?\s*%0 \w"),
        ("cff", r"\A(?:[^\n]*\n){0,8}?\ufeff?cff-version\s*:"),
    ):
        if re.match(pattern, beginning):
            return form
    return None


def _by_form(beginning: str) -> str:
    if re.match(r"\ufeff?(?:---\s*\n)?(?:references:\s*\n\s*)?- +(?:id|type|title|author|DOI):", beginning):
        return "csl-yaml"
    if _HEADER.match(beginning):
        return "markdown"
    return "rst" if _RST.search(beginning) else "prose"
