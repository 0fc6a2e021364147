"""Inputs: files, folders, standard input and addresses, read into bibliographies."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from refcheck.cli import COMMANDS
from refcheck.readers import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.model.reference import Bibliography


_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "build", "dist", "site-packages"})
STANDARD_INPUT = "<stdin>"


@dataclass(frozen=True, slots=True)
class Input:
    """One document: where it is from, its bytes, and what was read from it."""

    path: str
    data: bytes
    bibliography: Bibliography


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the arguments gave: the inputs that could be read, and (path, why) for each that could not."""

    inputs: tuple[Input, ...]
    errors: tuple[tuple[str, str], ...]

    @property
    def bibliographies(self) -> tuple[Bibliography, ...]:
        """The bibliographies, in the order of the arguments."""
        return tuple(item.bibliography for item in self.inputs)

    @property
    def has_references(self) -> bool:
        """Whether any input has a reference, or a block that was meant to be one."""
        return any(b.references or any(p.kind == "broken-block" for p in b.problems) for b in self.bibliographies)


def load(paths: Sequence[str], form: str | None = None) -> Loaded:
    """Read every input; what cannot be read is told and the rest is read."""
    inputs: list[Input] = []
    errors: list[tuple[str, str]] = []
    taken: set[str] = set()
    seen: set[str] = set()
    for path in paths:
        for name, result in _documents(path):
            if name in seen:
                continue
            seen.add(name)
            if isinstance(result, str):
                errors.append((name, result))
                continue
            found = read(name, result, form, taken)
            if isinstance(found, Unreadable):
                errors.append((name, found.reason))
                continue
            taken.update(reference.key for reference in found.references)
            inputs.append(Input(name, result, found))
    return Loaded(tuple(inputs), tuple(errors))


def _documents(path: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield (name, its bytes, or a sentence why it has none) for an argument."""
    if path == "-":
        data = sys.stdin.buffer.read()
        yield STANDARD_INPUT, data if data.strip() else "nothing came in; pipe a bibliography into refcheck -"
    elif path.lower().startswith(("http://", "https://")):
        from refcheck.cli.web import download  # noqa: PLC0415 - httpx is loaded only where a network is needed

        yield path, download(path)
    elif Path(path).is_dir():
        files = sorted(bibliographies_below(Path(path)))
        if not files:
            yield path, "no .bib file in this folder; name the document itself"
        for file in files:
            yield str(file), _bytes(file)
    else:
        yield path, _bytes(Path(path))


def bibliographies_below(folder: Path) -> Iterator[Path]:
    """Yield the .bib files of a folder and the folders below it; hidden and installed ones are left out."""
    for path in folder.rglob("*.bib"):
        inner = path.relative_to(folder).parts[:-1]
        if path.is_file() and not any(part.startswith(".") or part in _SKIPPED_FOLDERS for part in inner):
            yield path


def _bytes(path: Path) -> bytes | str:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _no_such_file(path)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"


def _no_such_file(path: Path) -> str:
    near = get_close_matches(str(path), COMMANDS, 1, 0.75)
    return f"no such file, and no command; did you mean refcheck {near[0]}?" if near else "no such file"
