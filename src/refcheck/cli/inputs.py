"""Inputs: files, folders, standard input and addresses, read into bibliographies."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from refcheck.cli import COMMANDS
from refcheck.readers import Unreadable, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.model.reference import Bibliography


_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "build", "dist", "site-packages"})
STANDARD_INPUT = "<stdin>"


@dataclass(frozen=True, slots=True)
class Input:
    """One document: where it is from, its encoding (None for binary data), what was read from it, and which document named it."""

    path: str
    encoding: str | None
    bibliography: Bibliography
    named_by: str = ""


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
    """Read every input, and the bibliographies that documents name; what cannot be read is told and the rest is read."""
    loading = _Loading()
    for path in paths:
        for name, result in _documents(path):
            loading.add(name, result, form)
    for item in list(loading.inputs):
        loading.add_included(item)
    return Loaded(tuple(loading.inputs), tuple(loading.errors))


class _Loading:
    """What was loaded so far; a file that is named twice is read once."""

    def __init__(self) -> None:
        self.inputs: list[Input] = []
        self.errors: list[tuple[str, str]] = []
        self.taken: set[str] = set()
        self.seen: dict[str, str] = {}

    def add(self, name: str, result: bytes | str, form: str | None, named_by: str = "") -> str:
        """Read a document; return the name that it goes by."""
        same = _resolved(name)
        if same in self.seen:
            return self.seen[same]
        self.seen[same] = name
        if isinstance(result, str):
            self.errors.append((name, f"{result}; {named_by} names it" if named_by else result))
            return name
        found = read(name, result, form, self.taken)
        if isinstance(found, Unreadable):
            self.errors.append((name, found.reason))
            return name
        self.taken.update(reference.key for reference in found.references)
        self.inputs.append(Input(name, decode.encoding(result), found, named_by))
        return name

    def add_included(self, item: Input) -> None:
        """Read the bibliographies that a document names, relative to it, and note the names that they go by."""
        if not item.bibliography.includes or item.path.startswith(("http://", "https://")):
            return
        folder = Path() if item.path == STANDARD_INPUT else Path(item.path).parent
        names = (str(folder / name) for name in item.bibliography.includes)
        includes = tuple(self.add(name, _bytes(Path(name)), None, item.path) for name in names)
        at = self.inputs.index(item)
        self.inputs[at] = replace(item, bibliography=replace(item.bibliography, includes=includes))


def _resolved(name: str) -> str:
    """Return one name for a file, however it is written."""
    if name == STANDARD_INPUT or name.startswith(("http://", "https://")):
        return name
    return str(Path(name).absolute().resolve()) if "\0" not in name else name


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
    except ValueError:  # a null byte, in a name that a document gives
        return "is no name of a file"


def _no_such_file(path: Path) -> str:
    near = get_close_matches(str(path), COMMANDS, 1, 0.75)
    return f"no such file, and no command; did you mean refcheck {near[0]}?" if near else "no such file"
