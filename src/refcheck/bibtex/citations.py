r"""Citations in LaTeX and Markdown: which keys a document names, and other keys in their place.

In LaTeX, read are the commands whose name has `cite` in it (natbib, BibLaTeX and their like), with their optional arguments and
the lists of keys in braces; of the plural ones (`\cites`) all lists. In Markdown, `@key` and `@{key}` as Pandoc reads them (its
manual, "Citation syntax"), outside code; and the commands of LaTeX, which Pandoc lets through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COMMAND = re.compile(r"\\([A-Za-z]*[cC]ite[A-Za-z]*)\*?")
_LIST = re.compile(r"\s*(?:\([^()]*\)\s*){0,2}(?:\[[^\[\]]*\]\s*){0,2}\{([^{}]*)\}")

_KEY = r"\w+(?:[:.#$%&+?<>~/-]\w+)*"
_MARK = re.compile(
    r"^\ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^\ {0,3}(?P=fence)|\Z)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    rf"|(?<![\w\\@])@(?P<key>{_KEY}|\{{[^{{}}\n]+\}})",
    re.MULTILINE | re.DOTALL,
)


def lists(text: str) -> Iterator[Span]:
    """Yield the place of each list of keys."""
    for command in _COMMAND.finditer(text):
        position = command.end()
        while found := _LIST.match(text, position):
            yield Span(*found.span(1))
            position = found.end()
            if not command[1].endswith("s"):
                break


def renamed(text: str, names: Mapping[str, str]) -> list[Edit]:
    """Return the edits that write other keys in a document; one that is named twice in a list then, stands once."""
    edits = []
    for span in lists(text):
        written = text[span.start : span.end]
        keys = re.split(r"(\s*,\s*)", written)
        if not any(key.strip() in names for key in keys[::2]):
            continue
        kept: dict[str, str] = {}
        for at, key in enumerate(keys[::2]):
            bare = key.strip()
            new = names.get(bare, bare)
            kept.setdefault(new, (keys[2 * at - 1] if at else "") + key.replace(bare, new))
        first, *rest = kept.values()
        edits.append(Edit(span, "".join((first, *rest))))
    return edits


def renamed_in_markdown(text: str, names: Mapping[str, str]) -> list[Edit]:
    """Return the edits that write other keys in a Markdown document; code stays as it is."""
    edits: list[Edit] = []
    code: list[Span] = []
    for mark in _MARK.finditer(text):
        if mark["key"] is None:
            code.append(Span(*mark.span()))
        elif new := names.get(mark["key"].strip("{}")):
            edits.append(Edit(Span(*mark.span("key")), new if re.fullmatch(_KEY, new) else f"{{{new}}}"))
    commands = renamed(text, names)
    return edits + [edit for edit in commands if not any(start <= edit.span.start < end for start, end in code)]
