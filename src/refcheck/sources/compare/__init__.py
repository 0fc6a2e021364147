"""Compare a reference with a record, field by field."""

from refcheck.sources.compare.whole import compare

__all__ = ["compare"]
