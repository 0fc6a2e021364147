"""Documents with lists of references in many layouts, whose references are known.

The model of lines is trained on them; with another seed, `benchmarks/reading/segmentation.py` measures it.
"""

from __future__ import annotations

import random
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import labelled
import render
from refcheck.prose import authors
from refcheck.prose.segment import without_marker

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADINGS = (
    "References", "Bibliography", "Works Cited", "REFERENCES", "6. References", "## References", "Literaturverzeichnis", "Références", "**Sources**",
    "Referencias", "Reference List", "LITERATURE CITED", "Bibliografia", "Further reading", "Notes and references",
)  # fmt: skip
_ENDS = ("Appendix A", "Acknowledgements", "## About the author", "Anhang", "License", "", "", "")
_BODY = (
    "The argument of this chapter is simple. What is written down is read again, and what is read again is changed (Miller 2004).\n\n"
    "In 1998, when the first of these studies appeared, nobody had asked the question in this form; twenty years later it is asked everywhere.\n"
    "A second point concerns method [3, 7]. The numbers in Table 2 come from 1,204 interviews, held between 2011 and 2013.\n"
)

_INTRODUCTIONS = (
    "The following works were used.", "All addresses were last visited in May 2021.", "This list holds what the text cites, and nothing else.", "Primary sources",
    "Books and articles", "In alphabetical order:", "Sources are given in the order of their appearance.", "Die folgenden Werke wurden benutzt.",
)  # fmt: skip

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Document:
    """A document, the references of its list as one line each, and the offsets where they begin."""

    name: str
    text: str
    references: tuple[str, ...]
    starts: tuple[int, ...]


def documents(count: int, seed: int) -> list[Document]:
    """Return documents with lists of references; the same for the same seed."""
    chance = random.Random(seed)
    hand = list(labelled.read())
    made = render.Renderer(render.pools(hand), chance)
    return [_document(number, _chosen(hand, made, chance), chance) for number in range(count)]


def _chosen(hand: list[labelled.Labelled], made: render.Renderer, chance: random.Random) -> list[str]:
    """Draw the references of one list: labelled by hand, or made with names in one form."""
    size = chance.choice((chance.randint(1, 9), chance.randint(4, 28)))
    if chance.random() < 0.5:
        texts = [reference.text for reference in chance.sample(hand, size)]
    else:
        form = chance.choice("iinmvc")
        texts = [made.alike(form).text for _ in range(size)]
    whole = [" ".join(text[without_marker(text) :].split()) for text in texts]
    kept = [text for text in whole if len(text) > 20] or ["A. Miller. On reading again. London: Penguin, 2001."]
    if chance.random() < 0.25:
        end = chance.choice((";", ";", "", "."))
        kept = [text.rstrip(".;") + end for text in kept]
    if chance.random() < 0.4:
        return kept
    kept.sort()
    return [_repeated(text, chance) if number and chance.random() < 0.1 else text for number, text in enumerate(kept)]


def _repeated(text: str, chance: random.Random) -> str:
    """Write a dash for the names of the reference before."""
    names = authors.end(text)
    return chance.choice(("———", "———", "—", "---", "___")) + chance.choice((". ", ", ")) + text[names:].lstrip(" .,:") if names else text


def _document(number: int, references: list[str], chance: random.Random) -> Document:
    layout = _LAYOUTS[number % len(_LAYOUTS)]
    contents = "Contents\n\n1. Introduction 3\n2. Method 9\n6. References 41\n\n" if chance.random() < 0.2 else ""
    text = f"{contents}An essay\n\n{_BODY}\n{chance.choice(_HEADINGS)}\n\n"
    starts = []
    if chance.random() < 0.25:
        starts.append(len(text))
        text += chance.choice(_INTRODUCTIONS) + "\n" * chance.choice((1, 2, 2))
    for part in layout(references, chance):
        blank = next(count for count, line in enumerate(part) if line.strip())
        starts.append(len(text) + sum(len(line) + 1 for line in part[:blank]))
        text += "".join(f"{line}\n" for line in part)
    end = chance.choice(_ENDS)
    if end:
        text += f"\n\n{end}\n\nThis part was written in 2019 and is no reference. It thanks everybody.\n"
    return Document(f"{number:03d}-{layout.__name__.strip('_')}", text, tuple(references), tuple(starts))


# Layouts: for each reference its lines, blank ones included


def _one_a_line(references: Lines, _: random.Random) -> list[Lines]:
    return [[text] for text in references]


def _blank_lines(references: Lines, _: random.Random) -> list[Lines]:
    return [[text, ""] for text in references]


def _wrapped_blank(references: Lines, chance: random.Random) -> list[Lines]:
    width = chance.randint(55, 100)
    return [[*_wrap(text, width), ""] for text in references]


def _numbered(references: Lines, chance: random.Random) -> list[Lines]:
    width, indent, blank = chance.randint(55, 100), " " * chance.choice((0, 3, 4)), [""] * chance.choice((0, 0, 1))
    form = chance.choice(("{}. ", "{}. ", "({}) ", "{}) "))
    return [[*_wrap(form.format(number) + text, width, indent), *blank] for number, text in enumerate(references, 1)]


def _bracketed(references: Lines, chance: random.Random) -> list[Lines]:
    width, indent, blank = chance.randint(40, 100), " " * chance.choice((0, 0, 4)), [""] * chance.choice((0, 0, 1))
    return [[*_wrap(f"[{number}] {text}", width, indent), *blank] for number, text in enumerate(references, 1)]


def _bulleted(references: Lines, chance: random.Random) -> list[Lines]:
    bullet, width = chance.choice("-*•–"), chance.choice((80, 90, 2000))
    return [_wrap(f"{bullet} {text}", width, "  ") for text in references]


def _hanging(references: Lines, chance: random.Random) -> list[Lines]:
    width, indent = chance.randint(55, 95), " " * chance.choice((2, 4, 4, 6, 8))
    margin, blank = " " * chance.choice((0, 0, 0, 3)), [""] * chance.choice((0, 0, 1))
    return [[*(margin + line for line in _wrap(text, width, indent)), *blank] for text in references]


def _first_line(references: Lines, chance: random.Random) -> list[Lines]:
    width, indent = chance.randint(60, 95), " " * chance.choice((2, 4))
    blank = [""] * chance.choice((0, 0, 1))
    return [
        [*textwrap.wrap(text, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False), *blank] for text in references
    ]


def _flush(references: Lines, chance: random.Random) -> list[Lines]:
    width = chance.randint(55, 100)
    return [_wrap(text, width) for text in references]


def _ragged(references: Lines, chance: random.Random) -> list[Lines]:
    """As a page's text layer has it: lines of about one width, words hyphenated at their ends."""
    width = chance.randint(45, 95)
    parts = []
    for text in references:
        lines: Lines = []
        rest = text
        while len(rest) > width:
            at = rest.rfind(" ", 0, width + chance.randint(-5, 5))
            word = rest[at + 1 :].split(" ", 1)[0]
            if at <= 0:
                break
            if word.isalpha() and len(word) > 7 and chance.random() < 0.3:
                lines.append(rest[: at + 4] + "-")
                rest = rest[at + 4 :]
            else:
                lines.append(rest[:at])
                rest = rest[at + 1 :]
        parts.append([*lines, rest])
    return parts


def _pages(references: Lines, chance: random.Random) -> list[Lines]:
    layout = chance.choice((_bracketed, _flush, _hanging))
    parts = layout(references, chance)
    head, height, count, page = (
        chance.choice(("A. Miller et al. / On Reading Again", "On Reading Again", "Journal of Reading 12 (3)")),
        chance.randint(14, 30),
        0,
        41,
    )
    for part in parts:
        for index in range(len(part) - 1, 0, -1):
            if (count + index) % height == 0:
                part[index:index] = chance.choice((["", str(page), "", head, ""], [str(page), head], ["", f"{head}    {page}", ""]))
                page += 1
        count += len(part)
    return parts


def _semicolons(references: Lines, _: random.Random) -> list[Lines]:
    return [[text.rstrip(".;") + ";"] for text in references]


def _keys(references: Lines, chance: random.Random) -> list[Lines]:
    indent = " " * chance.choice((0, 8))
    keys = ["".join(letter for letter in text if letter.isalpha())[:3] or "Key" for text in references]
    return [_wrap(f"[{key}{number:02d}] {text}", 80, indent) for number, (key, text) in enumerate(zip(keys, references, strict=True))]


def _double_spaced(references: Lines, chance: random.Random) -> list[Lines]:
    width, indent = chance.randint(60, 90), " " * chance.choice((4, 8))
    return [[spaced for line in _wrap(text, width, indent) for spaced in (line, "")] for text in references]


_LAYOUTS: tuple[Callable[[Lines, random.Random], list[Lines]], ...] = (
    _one_a_line, _blank_lines, _wrapped_blank, _numbered, _bracketed, _bulleted, _hanging, _first_line, _flush, _ragged, _pages, _semicolons, _keys, _double_spaced, _ragged, _flush,
)  # fmt: skip


def _wrap(text: str, width: int, indent: str = "") -> Lines:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
