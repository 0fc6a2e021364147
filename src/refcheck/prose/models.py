"""The models that come with the program, each loaded when it is first asked."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import pycrfsuite


@lru_cache(maxsize=8)
def load(name: str) -> pycrfsuite.Tagger:
    """Return a model of `training/train.py` by its file's name."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_bytes(name))
    return tagger


@lru_cache(maxsize=8)
def _bytes(name: str) -> bytes:
    """The model file; a tagger reads in these bytes without keeping them, so they stay here."""
    return files("refcheck.prose").joinpath(name).read_bytes()
