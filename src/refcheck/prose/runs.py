"""From labelled tokens to the parts of a reference: runs of one label, joined, mended where they cannot be right, and chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from refcheck.prose.mask import MASKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refcheck.prose.tag import Tagged

_JOINED = 3  # how many tokens may stand between two runs of one part
_ONCE = frozenset("volume issue pages edition publisher location number".split())
_SPOKEN = re.compile(r"[^\W\d_a-z]\.(?:.*[\s,&]|\s*)[^\W\d_a-z]\.|[^\W\d_a-z]\.", re.DOTALL)  # initials first, initials last
_TITLES_TOO = frozenset("note number series container publisher location".split())


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of tokens with one label: its offsets and the probabilities of its tokens."""

    label: str
    start: int
    end: int
    probabilities: tuple[float, ...]

    @property
    def weight(self) -> float:
        """How much the model saw there: one for each token that it is sure of."""
        return sum(self.probabilities)


def read(tagged: Tagged, text: str) -> list[Run]:
    """Return the parts of a tagged reference, in order."""
    found = list(_joined(tagged, text))
    found = [run for run in found if not re.fullmatch(r"[Tt]he|[Aa]n?|[Ii]n", text[run.start : run.end])]
    return _titled(_small_tails(_whole_names(_cut_names(found, text), text), text), text)


def _joined(tagged: Tagged, text: str) -> Iterator[Run]:
    """Yield the stretches of one label, joined over the marks that stand between them."""
    open_run: Run | None = None
    between = 0
    for token, label, probability in zip(tagged.tokens, tagged.labels, tagged.probabilities, strict=True):
        if label == "O":
            between += 1 if not MASKS.match(token.text) else _JOINED
            continue
        if open_run and open_run.label == label and _belongs(text[open_run.end : token.start], label, between):
            open_run = Run(label, open_run.start, token.end, (*open_run.probabilities, probability))
        else:
            if open_run:
                yield open_run
            open_run = Run(label, token.start, token.end, (probability,))
        between = 0
    if open_run:
        yield open_run


def _belongs(between: str, label: str, count: int) -> bool:
    if count == 0:
        return True
    limit = {"author": _JOINED, "editor": _JOINED, "title": _JOINED, "date": 2}.get(label, 2)
    return count < limit and not re.search(r"\w{3}", between) and not (label in _ONCE and re.search(r"[;()\[\]:]", between))


# What cannot be right


def _cut_names(found: list[Run], text: str) -> list[Run]:
    """End names at the full stop behind a whole word, where numbers follow: no name has such."""
    cut = []
    for run in found:
        inside = text[run.start : run.end]
        stop = re.search(r"(?<=[^\W\d_]{3})\.\s+(?=.*\d)", inside) if run.label == "author" else None
        cut.append(replace(run, end=run.start + stop.start()) if stop else run)
    return cut


def _whole_names(found: list[Run], text: str) -> list[Run]:
    """Give names in spoken order that end with an initial the word behind it: the family name."""
    whole = list(found)
    for number, (run, following) in enumerate(pairwise(whole)):
        if run.label not in {"author", "editor"} or not _SPOKEN.fullmatch(text[run.start : run.end].rstrip(". ") + "."):
            continue
        word = re.match(r"[.\s]*[^\W\d_]+(?:[-'’][^\W\d_]+)*(?=[\s,.])", text[run.end :])
        if word and run.end + word.end() <= following.end and following.label in {"container", "title"}:
            whole[number] = replace(run, end=run.end + word.end())
            begin = re.compile(r"[\s,.]*").match(text, run.end + word.end())
            whole[number + 1] = replace(following, start=max(following.start, begin.end() if begin else following.start))
    return [run for run in whole if run.end > run.start]


def _small_tails(found: list[Run], text: str) -> list[Run]:
    """Give back to the title what follows its colon, or begins with a small letter behind its comma: no publisher or journal does."""
    kept: list[Run] = []
    for run in found:
        before = text[kept[-1].end : run.start].strip() if kept and kept[-1].label == "title" else ""
        apart = run.label in {"publisher", "location", "container"}
        if apart and (before == ":" or (before == "," and text[run.start].islower())):
            kept[-1] = replace(kept[-1], end=run.end, probabilities=(*kept[-1].probabilities, *run.probabilities))
        else:
            kept.append(run)
    return kept


def _titled(found: list[Run], text: str) -> list[Run]:
    """Make the words behind the names the title where the model saw none, unless a journal with volume or pages does without."""
    labels = {run.label for run in found}
    if "title" in labels or ("container" in labels and labels & {"volume", "pages"}):
        return found
    names = next((run for run in found if run.label in {"author", "editor"}), None)
    start = names.end if names else 0
    end = min((run.start for run in found if run.start > start and run.label not in _TITLES_TOO), default=len(text))
    words = re.search(r"[^\W_][^\x00-\x02]*[^\W_]", text[start:end])
    sentence = re.search(r"(?<=[^\W\d_]{3})[.?!]\s", words[0]) if words else None
    if not words or not re.search(r"[^\W\d_]{2}", words[0]):
        return found
    last = start + (words.start() + sentence.start() if sentence else words.end())
    title = Run("title", start + words.start(), last, (0.5,))
    return sorted([*(run for run in found if run.end <= title.start or run.start >= title.end), title], key=lambda run: run.start)


# Which of several


def chosen(found: Sequence[Run]) -> Iterator[Run]:
    """Yield one run for each label but the date: the heaviest, for names and containers the first unless another is much heavier."""
    best: dict[str, Run] = {}
    for run in found:
        known = best.get(run.label)
        heavier = known is None or (run.weight > known.weight * (1.5 if run.label in {"author", "container"} else 1.0))
        if heavier and run.label != "date":
            best[run.label] = run
    yield from sorted(best.values(), key=lambda run: run.start)
