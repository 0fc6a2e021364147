"""YAML with the places of its values; every value is text, as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refcheck.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 4_000_000
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no YAML that can be read, and where."""

    message: str
    line: int

    def __str__(self) -> str:
        """A clause for a message."""
        return f"{self.message} (line {self.line})"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML document; `offset` is where the document begins in the source."""

    node: Any  # of PyYAML: a scalar, a sequence or a mapping
    offset: int

    @property
    def span(self) -> Span:
        """The place in the source."""
        return Span(self.offset + self.node.start_mark.index, self.offset + self.node.end_mark.index)

    def get(self, name: str) -> Node | None:
        """Return the value of a key of a mapping, or None."""
        if self.node.id != "mapping":
            return None
        return next((Node(value, self.offset) for key, value in self.node.value if key.value == name), None)

    def items(self) -> list[Node]:
        """Return the values of a list; a single value is a list of one."""
        return [Node(node, self.offset) for node in self.node.value] if self.node.id == "sequence" else [self]

    def plain(self, depth: int = 0) -> Any:  # noqa: ANN401 - texts, lists and tables of them
        """Return texts, lists and tables, without places."""
        if self.node.id == "scalar":
            return self.node.value if self.node.value not in {"~", "null"} or self.node.style else ""
        if depth > _DEEPEST:
            return ""
        if self.node.id == "sequence":
            return [item.plain(depth + 1) for item in self.items()]
        return {str(key.value): Node(value, self.offset).plain(depth + 1) for key, value in self.node.value}


def load(text: str, offset: int = 0) -> Node | Fault | None:
    """Return the first document of a YAML text, or None where it is empty.

    Aliases and deep nesting are refused: no bibliography needs them, and they can take more memory, or stack, than there is.
    """
    import yaml as pyyaml  # noqa: PLC0415 - only where there is YAML to read

    mark = 1 if text.startswith("\ufeff") else 0
    if len(text) > LONGEST:
        return Fault(f"it has more than {LONGEST // 1_000_000} million characters", 1)
    loader_class = getattr(pyyaml, "CBaseLoader", pyyaml.BaseLoader)
    try:
        if refused := _refused(pyyaml.parse(text[mark:], loader_class)):
            return Fault(refused, 1)
        node = next(iter(pyyaml.compose_all(text[mark:], loader_class)), None)
    except pyyaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        return Fault(error.problem or "it does not parse", place.line + 1 if place else 1)
    except (pyyaml.YAMLError, RecursionError, ValueError) as error:
        return Fault(str(error).split("\n", 1)[0] or "it does not parse", 1)
    return Node(node, offset + mark) if node is not None else None


def _refused(events: Iterable[Any]) -> str:
    """Return why a stream of events is not made into nodes, or ''."""
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if name == "AliasEvent":
            return "it has aliases (*name)"
        if depth > _DEEPEST:
            return f"it is nested deeper than {_DEEPEST} levels"
    return ""
