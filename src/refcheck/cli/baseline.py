"""A baseline: the findings that are known, so that only new ones count.

A finding is known by its rule, its file and its citation key, and by how many there are of it: words and
dates of a message may change, and lines move. Paths are kept as seen from the baseline's own folder.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from refcheck.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refcheck.model.finding import Finding

_FORMAT = 1
_Known = Counter[tuple[str, str, str]]


def read(file: str) -> _Known:
    """Read a baseline.

    Raises:
        Refused: it cannot be read, or is none.
    """
    try:
        data = json.loads(Path(file).read_text("utf-8"))
        if data["refcheck-baseline"] != _FORMAT:
            raise output.Refused(f"--baseline {file}: is of version {data['refcheck-baseline']}; write it anew with --write-baseline")
        return Counter({(row["code"], row["path"], row["key"]): int(row["count"]) for row in data["findings"]})
    except OSError as error:
        raise output.Refused(f"--baseline {file}: cannot be read: {error.strerror or error}; --write-baseline makes one") from error
    except (ValueError, KeyError, TypeError) as error:
        raise output.Refused(f"--baseline {file}: is no baseline; write it anew with --write-baseline") from error


def write(file: str, findings: Iterable[Finding]) -> int:
    """Write the findings of a run as a baseline; return how many there are."""
    counts = Counter(_identity(finding, file) for finding in findings)
    rows = [{"code": code, "path": path, "key": key, "count": count} for (code, path, key), count in sorted(counts.items())]
    lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
    text = f'{{\n  "refcheck-baseline": {_FORMAT},\n  "findings": [' + (f"\n{lines}\n  " if rows else "") + "]\n}\n"
    output.write(file, text.encode("utf-8"))
    return counts.total()


def silenced(findings: Iterable[Finding], file: str, known: _Known) -> tuple[Finding, ...]:
    """Mark the findings that a baseline knows, as many of each as it knows."""
    left = known.copy()
    marked = []
    for finding in findings:
        identity = _identity(finding, file)
        is_known = finding.suppressed_by is None and left[identity] > 0
        if is_known:
            left[identity] -= 1
        marked.append(replace(finding, suppressed_by="the baseline") if is_known else finding)
    return tuple(marked)


def _identity(finding: Finding, file: str) -> tuple[str, str, str]:
    path = finding.path
    if not path.startswith(("<", "http://", "https://")):
        path = Path(os.path.relpath(path, Path(file).resolve().parent)).as_posix()
    return finding.code, path, finding.key
