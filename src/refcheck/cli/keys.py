"""Keys of metadata sources: from the environment only, told to the network and to nobody else."""

from __future__ import annotations

import os

# source: (environment variable, host, where the key goes: a header's name and the text before the key, or a parameter's name)
KEYS: dict[str, tuple[str, str, str, str]] = {
    "openalex": ("OPENALEX_API_KEY", "api.openalex.org", "?api_key", ""),
    "semanticscholar": ("SEMANTIC_SCHOLAR_API_KEY", "api.semanticscholar.org", "x-api-key", ""),
    "googlebooks": ("GOOGLE_BOOKS_API_KEY", "www.googleapis.com", "?key", ""),
    "pubmed": ("NCBI_API_KEY", "eutils.ncbi.nlm.nih.gov", "?api_key", ""),
    "github": ("GITHUB_TOKEN", "api.github.com", "Authorization", "Bearer "),
}


def present() -> tuple[str, ...]:
    """Return the sources for which the environment has a key."""
    return tuple(source for source, (variable, *_) in KEYS.items() if os.environ.get(variable, "").strip())


def headers() -> dict[str, dict[str, str]]:
    """Return the headers that carry keys, by host."""
    return {host: {place: before + key} for host, place, before, key in _found() if not place.startswith("?")}


def parameters() -> dict[str, dict[str, str]]:
    """Return the parameters that carry keys, by host."""
    return {host: {place[1:]: key} for host, place, _, key in _found() if place.startswith("?")}


def _found() -> list[tuple[str, str, str, str]]:
    rows = [(host, place, before, os.environ.get(variable, "").strip()) for variable, host, place, before in KEYS.values()]
    return [row for row in rows if row[3].isascii() and row[3].isprintable() and row[3]]
