"""Documents with lists of references in many layouts, whose references are known: for measuring how lists are found and split."""

from __future__ import annotations

import random
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

import labelled
import render

from refcheck.prose.segment import without_marker

_HEADINGS = ("References", "Bibliography", "Works Cited", "REFERENCES", "6. References", "## References", "Literaturverzeichnis", "Références", "**Sources**", "Referencias", "Reference List", "LITERATURE CITED")
_ENDS = ("Appendix A", "Acknowledgements", "## About the author", "Anhang", "License", "")
_BODY = (
    "The argument of this chapter is simple. What is written down is read again, and what is read again is changed (Miller 2004).\n\n"
    "In 1998, when the first of these studies appeared, nobody had asked the question in this form; twenty years later it is asked everywhere.\n"
    "A second point concerns method [3, 7]. The numbers in Table 2 come from 1,204 interviews, held between 2011 and 2013.\n"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document, the layout of its list, and its references as one line each."""

    name: str
    text: str
    references: tuple[str, ...]


def documents(count: int, seed: int = 7) -> list[Document]:
    """Return documents with lists of references; the same for the same seed."""
    chance = random.Random(seed)
    hand = list(labelled.read())
    made = render.Renderer(render.pools(hand), chance)
    found = []
    for number in range(count):
        layout = _LAYOUTS[number % len(_LAYOUTS)]
        size = chance.randint(6, 28)
        if number % 2:
            chosen = [reference.text for reference in chance.sample(hand, size)]
        else:
            style = chance.choice("inmvc")
            chosen = [made.alike(style).text for _ in range(size)]
        chosen = [" ".join(text[without_marker(text) :].split()) for text in chosen]
        chosen = [text for text in chosen if len(text) > 20]
        found.append(Document(f"{number:02d}-{layout.__name__.strip('_')}", _document(layout(chosen, chance), chance), tuple(chosen)))
    return found


def _document(body: str, chance: random.Random) -> str:
    heading = chance.choice(_HEADINGS)
    end = chance.choice(_ENDS)
    contents = "Contents\n\n1. Introduction 3\n2. Method 9\n6. References 41\n\n" if chance.random() < 0.25 else ""
    after = f"\n\n{end}\n\nThis part was written in 2019 and is no reference. It thanks everybody.\n" if end else "\n"
    return f"{contents}An essay\n\n{_BODY}\n{heading}\n\n{body}{after}"


def _one_a_line(references: list[str], _: random.Random) -> str:
    return "\n".join(references)


def _blank_lines(references: list[str], _: random.Random) -> str:
    return "\n\n".join(references)


def _wrapped_blank(references: list[str], chance: random.Random) -> str:
    return "\n\n".join(_wrap(text, chance.randint(60, 95)) for text in references)


def _numbered(references: list[str], chance: random.Random) -> str:
    width = chance.randint(60, 95)
    return "\n".join(_wrap(f"{number}. {text}", width, "   ") for number, text in enumerate(references, 1))


def _bracketed(references: list[str], chance: random.Random) -> str:
    width = chance.randint(60, 95)
    return "\n".join(_wrap(f"[{number}] {text}", width) for number, text in enumerate(references, 1))


def _bulleted(references: list[str], chance: random.Random) -> str:
    bullet, width = chance.choice("-*•"), chance.randint(70, 100)
    return "\n".join(_wrap(f"{bullet} {text}", width, "  ") for text in references)


def _hanging(references: list[str], chance: random.Random) -> str:
    width = chance.randint(60, 95)
    return "\n".join(_wrap(text, width, "    ") for text in references)


def _flush(references: list[str], chance: random.Random) -> str:
    width = chance.randint(70, 95)
    return "\n".join(_wrap(text, width) for text in references)


def _pages(references: list[str], chance: random.Random) -> str:
    lines = _bracketed(references, chance).split("\n")
    out: list[str] = []
    for number, line in enumerate(lines):
        if number and number % 24 == 0:
            out += ["", str(40 + number // 24), "", "A. Miller et al. / On Reading Again", ""]
        out.append(line)
    return "\n".join(out)


def _semicolons(references: list[str], _: random.Random) -> str:
    return "\n".join(text.rstrip(".;") + ";" for text in references)


def _keys(references: list[str], chance: random.Random) -> str:
    return "\n".join(_wrap(f"[{text[:3]}{number:02d}] {text}", 80, "        ") for number, text in enumerate(references))


_LAYOUTS = (_one_a_line, _blank_lines, _wrapped_blank, _numbered, _bracketed, _bulleted, _hanging, _flush, _pages, _semicolons, _keys)


def _wrap(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
