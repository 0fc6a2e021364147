"""Output: files written whole or not at all, and words for the terminal."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

import click

from refcheck.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

USAGE = 2


class Refused(click.ClickException):
    """What cannot be done as asked: said in one line, with the exit code of usage errors."""

    exit_code = USAGE

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - click's interface
        """Say it like everything else."""
        say(f"refcheck: {self.message}")


class OutputError(Refused):
    """A product that cannot be written."""


def write(path: str, data: bytes | Iterable[bytes]) -> None:
    """Write a file atomically, its permissions kept: whoever reads it sees the old or the new one, never a half.

    Raises:
        OutputError: it cannot be written; what was there is still there.
    """
    target = Path(os.path.realpath(path))
    parts = [data] if isinstance(data, bytes) else data
    try:
        if target.is_dir():
            raise OutputError(f"{path}: is a folder; give the name of a file")
        if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
            with target.open("wb") as device:
                device.writelines(parts)
            return
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, temporary)
            else:
                Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def say(message: str) -> None:
    """Say something to the person: on standard error, control characters removed."""
    indent = message[: len(message) - len(message.lstrip(" "))]
    click.echo(indent + printable(message), err=True)


def width() -> int:
    """Return the columns to write for: the terminal's, at most 100, 80 where there is none."""
    return min(shutil.get_terminal_size((80, 24)).columns, 100)


def wants_color(stream: TextIO) -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR or TERM=dumb say otherwise; FORCE_COLOR says so anywhere."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def is_ascii(stream: TextIO) -> bool:
    """Whether a stream can show ASCII only."""
    try:
        "✗·→…".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def stdout_bytes(data: Iterable[bytes]) -> None:
    """Write bytes to standard output as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(data)
    sys.stdout.buffer.flush()
