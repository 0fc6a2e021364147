"""The models that come with the program, compressed, each loaded when it is first asked."""

from __future__ import annotations

import zlib
from functools import lru_cache
from importlib.resources import files

import pycrfsuite

PACKED = ".z"
"""What a packed model's name ends with: CRFsuite's own form takes twice the room."""


@lru_cache(maxsize=8)
def load(name: str) -> pycrfsuite.Tagger:
    """Return a model of `training/train.py` by its name."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_bytes(name))
    return tagger


@lru_cache(maxsize=8)
def _bytes(name: str) -> bytes:
    """The model; a tagger reads in these bytes without keeping them, so they stay here."""
    return zlib.decompress(files("refcheck.prose").joinpath(name + PACKED).read_bytes())
