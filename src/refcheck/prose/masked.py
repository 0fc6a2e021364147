"""A reference some of whose parts are masked: what was recognised of it, and the text that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MASK, ADDRESS, ACCESSED = "\x00", "\x01", "\x02"
MASKS = re.compile(r"[\x00-\x02]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something recognised: the field it fills, its value and the offsets of the value."""

    name: str
    value: str
    start: int
    end: int


@dataclass(slots=True)
class Masked:
    """A reference with what was recognised masked out of `text`; `emphasis` and `linked` hold offsets without the marks."""

    text: str
    pieces: list[Piece] = field(default_factory=list)
    emphasis: list[tuple[int, int]] = field(default_factory=list)
    linked: list[tuple[int, int]] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """The addresses that were recognised, each with a scheme."""
        return [piece.value if "://" in piece.value else f"http://{piece.value}" for piece in self.pieces if piece.name == "url"]

    def take(self, name: str, value: str, value_place: tuple[int, int], place: tuple[int, int]) -> None:
        """Note a piece and mask the place it takes with its label."""
        self.pieces.append(Piece(name, value, *value_place))
        self.hide(*place, ACCESSED if name == "urldate" else ADDRESS)

    def hide(self, start: int, end: int, mark: str = MASK) -> None:
        """Mask a place."""
        self.text = self.text[:start] + mark * (end - start) + self.text[end:]
