"""The references labelled by hand: read them, and say what is wrong with their tags.

`python training/labelled.py [FILE…]` checks the files (all of `training/labelled/` by default) and counts them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "labelled"
TYPES = frozenset("article news book incollection inproceedings thesis report online software dataset video standard misc".split())
TAGS = frozenset(
    "author editor translator title container series date volume issue pages edition publisher location number note "
    "url doi arxiv isbn issn pmid accessed".split()
)
_TAG = re.compile(rf"<(/?)({'|'.join(sorted(TAGS))})>")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reference, its type, and for each labelled part (tag, start, end) in the text."""

    type: str
    text: str
    parts: tuple[tuple[str, int, int], ...]


class TagError(ValueError):
    """A line whose tags do not fit."""


def parse(line: str) -> Labelled:
    """Read one line; raises TagError."""
    kind, tab, tagged = line.rstrip("\n").partition("\t")
    if not tab or kind not in TYPES:
        raise TagError(f"it has to begin with a type and a tab, not {kind[:30]!r}")
    text: list[str] = []
    parts: list[tuple[str, int, int]] = []
    opened: tuple[str, int] | None = None
    length = last = 0
    for match in _TAG.finditer(tagged):
        text.append(tagged[last : match.start()])
        length += match.start() - last
        last = match.end()
        if not match[1]:
            if opened:
                raise TagError(f"<{match[2]}> stands inside <{opened[0]}>")
            opened = (match[2], length)
        elif not opened or opened[0] != match[2]:
            raise TagError(f"</{match[2]}> closes nothing")
        else:
            parts.append((match[2], opened[1], length))
            opened = None
    if opened:
        raise TagError(f"<{opened[0]}> is not closed")
    whole = "".join([*text, tagged[last:]])
    _hold(whole, parts)
    return Labelled(kind, whole, tuple(parts))


def _hold(whole: str, parts: list[tuple[str, int, int]]) -> None:
    """Raise TagError where a part holds what does not belong to it, or a tag is not known."""
    for tag, start, end in parts:
        value = whole[start:end]
        if not value or value != value.strip():
            raise TagError(f"<{tag}> holds {value!r}, with a space at an end")
        if tag in {"title", "container", "publisher", "location"} and value[-1] in ",;:":
            raise TagError(f"<{tag}> ends with {value[-1]!r}")
    if re.search(r"</?>|</\w+>", re.sub(r"</(?:i|em|b|italic)>", "", whole)):
        raise TagError("it has a tag that is not known")


def read(folder: Path = FOLDER) -> Iterator[Labelled]:
    """Yield the references of all files of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("# "):
                yield parse(line)


def _main(paths: list[Path]) -> int:
    types: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    faults = 0
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("# "):
                continue
            try:
                found = parse(line)
            except TagError as error:
                print(f"{path}:{number}: {error}")
                faults += 1
                continue
            types[found.type] += 1
            tags.update(tag for tag, _, _ in found.parts)
    print(f"{sum(types.values())} references; {dict(types.most_common())}; {dict(tags.most_common())}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(_main([Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))))
