"""Progress on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from types import TracebackType

_EVERY = 10.0
_KINDS = {"link": "Checking links", "archive": "Looking for archived copies"}


class Progress:
    """Hears named flows begin and end, and shows how many are done."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.is_terminal = stream.isatty()
        self.begun: dict[str, int] = dict.fromkeys(_KINDS, 0)
        self.ended: dict[str, int] = dict.fromkeys(_KINDS, 0)
        self.last_line = monotonic()
        self.width = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the line clean for what comes."""
        if self.width:
            self.stream.write("\r" + " " * self.width + "\r")
            self.stream.flush()

    def listen(self, path: str, ended: bool) -> None:  # noqa: FBT001 - the driver's interface
        """Hear that a flow began or ended."""
        kind = path.split(" ", 1)[0]
        if kind not in _KINDS or "|" in path.partition("://")[0]:
            return
        counts = self.ended if ended else self.begun
        counts[kind] += 1
        text = f"{_KINDS[kind]}: {self.ended[kind]} of {self.begun[kind]}"
        if self.is_terminal:
            self.stream.write("\r" + text.ljust(self.width))
            self.width = max(self.width, len(text))
            self.stream.flush()
        elif monotonic() - self.last_line > _EVERY:
            self.last_line = monotonic()
            self.stream.write(text + "\n")
            self.stream.flush()
