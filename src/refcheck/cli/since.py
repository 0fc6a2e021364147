"""`--since REV`: only the references that a change added or touched, as git tells."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from refcheck.cli import output

if TYPE_CHECKING:
    from refcheck.cli.inputs import Input, Loaded
    from refcheck.model.reference import Reference
    from refcheck.model.source import Source

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def touched(loaded: Loaded, revision: str) -> Loaded:
    """Mark the references of each input that did not change since a revision; what git does not know counts as new.

    Raises:
        Refused: git is not there, or knows no such revision.
    """
    return replace(loaded, inputs=tuple(_marked(item, revision) for item in loaded.inputs))


def _marked(item: Input, revision: str) -> Input:
    path = Path(item.path)
    if not path.is_file():
        return item
    lines = _changed_lines(path, revision)
    if lines is None:
        return item
    source = item.bibliography.source
    references = tuple(replace(reference, touched=_has_line(source, reference, lines)) for reference in item.bibliography.references)
    return replace(item, bibliography=replace(item.bibliography, references=references))


def _has_line(source: Source, reference: Reference, lines: set[int]) -> bool:
    start = min([reference.span.start, *(ignore.span.start for ignore in reference.ignored)])
    first, last = source.position(start).line, source.position(max(start, reference.span.end - 1)).line
    return any(line in lines for line in range(first, last + 1))


def _changed_lines(path: Path, revision: str) -> set[int] | None:
    """Return the lines of a file that a change since the revision added or touched; None where the file is new to git."""
    known = _git(path, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known is None:
        raise output.Refused(f"--since {revision}: git knows no such revision for {path}; in CI, fetch the history first")
    if _git(path, "cat-file", "-e", f"{known.strip()}:./{path.name}") is None:
        return None
    diff = _git(path, "diff", "--unified=0", "--no-color", "--no-ext-diff", known.strip(), "--", path.name) or ""
    lines: set[int] = set()
    for match in _HUNK.finditer(diff):
        start, count = int(match[1]), int(match[2] or 1)
        lines.update(range(start, start + count) if count else (start, start + 1))  # what was deleted stood between these two
    return lines


def _git(path: Path, *arguments: str) -> str | None:
    """Return what git says, or None where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - arguments only, no shell
            ["git", "-C", str(path.resolve().parent), *arguments],  # noqa: S607 - the user's git
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise output.Refused(f"--since needs git, which cannot be run: {error.strerror or error}") from error
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
