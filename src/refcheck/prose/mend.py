"""What a model labelled and cannot be right: each mend takes the runs of a reference and returns them, better or as they were."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from refcheck.prose import lexicon
from refcheck.prose.runs import Run

_JOURNAL = re.compile(r"(?:,|\bin)\s+«\s*([^«»]{3,120}?)[\s,]*»(?=,?\s*(?:[(\d]|[IVXLCDM]+\b|(?:s|a|n|vol|fasc|ser|nr|t)\.))")
_VOLUME = re.compile(r"\s*,?\s*(?:v|vol|Vol|t|Bd)?\.?\s*")
_MARK = re.compile(r"\s*[,.;:]\s*(?:[Vv]ol(?:ume)?|VOL|Bd|Band|[Nn]o|[Nn]r|t|tome)\.?$")
_NUMERAL = re.compile(r"[\dIVXLCDM\s.,-]+")
_IN = re.compile(r"\b[Ii]n:?\s+$")
_SPOKEN = re.compile(r"[^\W\d_a-z]\.(?:.*[\s,&]|\s*)[^\W\d_a-z]\.|[^\W\d_a-z]\.", re.DOTALL)  # initials first, initials last
_EDITORS = re.compile(
    r"[\s,.]*[(\[]?\s*(?:[Ee]ds?|[Ee]ditors?|EDS?|Hrsg|Hgg?|Herausgeber|[Cc]oords?|a cura di)\b(?!\.?\s*(?:by|von|v\.))(?=[\s.,:;)\]])"
)
_FIRST_WORD = re.compile(r"\b(No|In)\s+$")
_TITLES_TOO = frozenset("note number series container publisher location".split())


def mended(found: list[Run], text: str) -> list[Run]:
    """Return the runs of a masked reference without what cannot be right."""
    for mend in (_cut_names, _whole_names, _edited, _quoted_journal, _journal, _contained, _small_tails, _titled, _begun, _led, _unmarked):
        found = mend(found, text)
    return found


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


def _edited(found: list[Run], text: str) -> list[Run]:
    """Make editors of the names that are called so behind them."""
    if any(run.label == "editor" for run in found):
        return found
    return [replace(run, label="editor") if run.label == "author" and _EDITORS.match(text, run.end) else run for run in found]


def _quoted_journal(found: list[Run], text: str) -> list[Run]:
    """Part a title from the journal that stands in guillemets behind it, before its number: Rivers and Stones, «Studi veneziani», XII."""
    if any(run.label == "container" and not _NUMERAL.fullmatch(text, run.start, run.end) for run in found):
        return found
    parted: list[Run] = []
    for run in found:
        journal = _JOURNAL.search(text, run.start + 3) if run.label == "title" else None
        if journal and journal.start() < run.end:
            parted.append(replace(run, end=run.start + len(text[run.start : journal.start()].rstrip(" ,."))))
            parted.append(Run("container", *journal.span(1), run.probabilities))
        elif run.label == "container" and parted and parted[-1].label == "container":
            parted.append(replace(run, label="volume"))
        else:
            parted.append(run)
    return parted


def _journal(found: list[Run], text: str) -> list[Run]:
    """Make a container of a publisher whose volume with its issue or pages follows at once: houses count none, journals do."""
    labels = {run.label for run in found}
    if "container" in labels or not labels & {"issue", "pages"}:
        return found
    for number, (run, following) in enumerate(pairwise(found)):
        counted = following.label == "volume" and _VOLUME.fullmatch(text, run.end, following.start)
        if run.label == "publisher" and counted and not _is_house(text[run.start : run.end]):
            return [*found[:number], replace(run, label="container"), *found[number + 1 :]]
    return found


def _is_house(text: str) -> bool:
    return any("publisher" in lexicon.classes(word) for word in re.findall(r"\w+", text.lower()))


def _contained(found: list[Run], text: str) -> list[Run]:
    """Make a container of what stands behind editors that an "in" opens, where it is taken for a first of two publishers or titles."""
    if any(run.label == "container" for run in found):
        return found
    for number, (editors, run) in enumerate(pairwise(found), 1):
        again = any(other.label == run.label for other in found if other is not run)
        opened = _IN.search(text, 0, editors.start) and _EDITORS.match(text, editors.end)
        if editors.label == "editor" and run.label in {"publisher", "title"} and again and opened:
            return [*found[:number], replace(run, label="container"), *found[number + 1 :]]
    return found


def _begun(found: list[Run], text: str) -> list[Run]:
    """Give titles their first word where it looks like a mark: No Room for Man, In the Wake of Chaos."""
    ends = [0, *(run.end for run in found)]
    whole = []
    for before, run in zip(ends, found, strict=False):
        first = _FIRST_WORD.search(text[before : run.start]) if run.label == "title" else None
        goes_on = first and text[run.start].isalpha() and (first[1] == "No" or re.match(r"[Tt]he\b|[Aa]n?\b|[a-z]", text[run.start :]))
        whole.append(replace(run, start=before + first.start()) if first and goes_on else run)
    return whole


def _led(found: list[Run], text: str) -> list[Run]:
    """Make the author of a newspaper or site that stands where the author stands, before the title, where nobody else is named."""
    labels = [run.label for run in found]
    alone = labels[:2] == ["container", "title"] and not {"author", "editor"} & set(labels)
    if not alone or re.search(r"\w", text[: found[0].start]) or not re.match(r"\s*[.:|–—-]", text[found[0].end :]):
        return found
    return [replace(found[0], label="author"), *found[1:]]


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


def _unmarked(found: list[Run], text: str) -> list[Run]:
    """Take the word that announces a number from the end of what stands before that number: Rivers and Stones, Vol. 7."""
    whole = list(found)
    for number, (run, following) in enumerate(pairwise(found)):
        mark = _MARK.search(text, run.start, run.end) if run.label in {"title", "container"} else None
        if mark and following.label in {"volume", "issue", "number"} and not text[run.end : following.start].strip(" .:\n"):
            whole[number] = replace(run, end=mark.start())
    return whole


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
