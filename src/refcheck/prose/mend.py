"""What a model labelled and cannot be right: each mend takes the runs of a reference and returns them, better or as they were."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from refcheck.prose import authors, by_address, lexicon, when
from refcheck.prose.features import QUOTES
from refcheck.prose.runs import Run
from refcheck.text import dates

if TYPE_CHECKING:
    from refcheck.prose.mask import Masked

_JOURNAL = re.compile(r"(?:,|\bin)\s+«\s*([^«»]{3,120}?)[\s,]*»(?=,?\s*(?:[(\d]|[IVXLCDM]+\b|(?:s|a|n|vol|fasc|ser|nr|t)\.))")
_VOLUME = re.compile(r"\s*,?\s*(?:v|vol|Vol|t|Bd)?\.?\s*")
_MARK = re.compile(r"\s*[,.;:]\s*(?:[Vv]ol(?:ume)?|VOL|Bd|Band|[Nn]o|[Nn]r|t|tome)\.?$")
_NUMERAL = re.compile(r"[\dIVXLCDM\s.,-]+")
_IN = re.compile(r"\b[Ii]n:?\s+$")
_SPOKEN = re.compile(r"[^\W\d_a-z]\.(?:.*[\s,&]|\s*)[^\W\d_a-z]\.|[^\W\d_a-z]\.", re.DOTALL)  # initials first, initials last
_EDITORS = re.compile(
    r"[\s,.]*[(\[]?\s*(?:[Ee]ds?|[Ee]ditors?|EDS?|Hrsg|Hgg?|Herausgeber|[Cc]oords?|a cura di)\b(?!\.?\s*(?:by|von|v\.))(?=[\s.,:;)\]])"
)
_QUOTED = 0.7  # how sure what only marks and places tell is
_QUOTATION = re.compile(r"“([^“”]{3,400})”|„([^„“”]{3,400})[“”]|«([^«»]{3,400})»|(?<!\w)\"([^\"]{3,400})\"(?!\w)")
_WHO = re.compile(r"([A-Z][^,.:\"“„«]{2,50})[,.:]\s+")
_DATED = re.compile(rf"{dates.YEAR}[a-z]?$")
_DATED_END = re.compile(rf",\s*{dates.YEAR}[a-z]?\s*[.,]?\s*$")
_PAIR = re.compile(r"(\d{1,4})(?:\s*,\s*|\s+)([A-Z]?\d{1,7})")
_YEAR_BEHIND = re.compile(r"\s*,?\s*\(\d{4}\)|\s*\.?\s*$")
_ROLE = re.compile(r"\(?(?:[Ee]ds?|[Hh]rsg|[Hh]gg?)\b(?:\.\)?|\))[\s,.:]*(?=\w)")
_ROLE_ALONE = re.compile(r"\(?(?:[Ee]ds?|[Hh]rsg|[Hh]gg?)\.?\)?")
_POINTER = re.compile(r"(?:See(?:\s+also)?|Cf\.|Vgl\.|Siehe|Voir|Ver)\s+(?=[^\W\d_a-z])")
_HOUSE_BEHIND = re.compile(r"\s+\(([A-Z][^():,]{2,40}(?:, [A-Z]{2})?):\s+([A-Z][^():]{2,60})$")
_LAST_WORDS = re.compile(r"\s*,\s*([A-Z][\w .]{1,30}?)\.?\s*$")
_TOWN = re.compile(r"[.,:;(]\s*([A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}),\s*$")
_BY = re.compile(r",?\s+by\s+([A-Z][^\d()\[\]:]{3,60})$")
_BEHIND = re.compile(r",\s+([A-Z][^\W\d_]+(?:\s+[A-Z]\.)?(?:\s+[A-Z][^\W\d_]*(?:[-'’][A-Z]?[^\W\d_]+)?){1,2})$")
_MONTH_BEHIND = re.compile(r",?\s+([^\W\d_]{3,10})\.?(?:\s+\d{1,2}(?!\d))?(?=\s*[).,;])")
_YEAR_ALONE = re.compile(rf"{dates.YEAR}[a-z]?")
_NAMES_YEAR = re.compile(
    rf"(?P<who>[A-Z][^()\d:]{{1,80}}?)(?P<others>\s+et\s+al\.?)?\s*\((?P<year>{dates.YEAR}[a-z]?)\)[\s\x00]*[-–—:.,]\s*(?=\w)"
)
_NO_TITLE = re.compile(r"(?:online|available|web|print|internet|pdf|retrieved|accessed|en ligne|en línea|\W)+", re.IGNORECASE)
_OF_NAMES = frozenset("of for the in on at to und für des pour".split())
_FIRST_WORD = re.compile(r"\b(No|In)\s+$")
_ON = re.compile(r"\s+(?:by|with|for|of|and|to|from|on|at|as)\s+[a-z][^.,;:()\[\]\"“”\x00-\x02]*[^\W_](?=\s*(?:[.,;:(\x00-\x02]|$))")
_ON_BEHIND_A_QUOTATION = re.compile(
    r"[\"”’»]\s+(?!(?:in|by|from|at|on|available|retrieved|accessed|trans|ed|eds|hg|hrsg)\b)[a-z][^.;()\[\]\"“”\x00-\x02]*[^\W_](?=\s*[.;(])"
)
_REST = re.compile(r"(?:\s+[—–-]\s+[^.;()\[\]\"“”/\x00-\x02]{2,120}(?<=\w))?(?:\s+\([^.;()\[\]\"“”/\x00-\x02]{2,80}\))?(?=\.(?:\s|$))")
_TITLES_TOO = frozenset("note number series container publisher location".split())


def mended(found: list[Run], masked: Masked) -> list[Run]:
    """Return the runs of a masked reference without what cannot be right."""
    for mend in (
        *(_cut_names, _whole_names, _edited, _quoted_journal, _quoted_title, _journal, _contained, _small_tails, _numbered, _ruled),
        *(_placed, _housed, _shortened, _dated, _opened, _by, _signed, _titled, _begun, _led, _gone_on, _to_the_stop, _unmarked),
    ):
        found = mend(found, masked.text)
    return by_address.mended(found, masked)


def _cut_names(found: list[Run], text: str) -> list[Run]:
    """Begin names behind a "see", and end them at the full stop behind a whole word, where numbers follow: no name has such."""
    cut = []
    for run in found:
        if run.label == "author" and (pointer := _POINTER.match(text, run.start, run.end)):
            run = replace(run, start=pointer.end())  # noqa: PLW2901 - the same names
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


def _quoted_title(found: list[Run], text: str) -> list[Run]:
    """Let the title be all that stands in the quotation marks which it begins or ends within, or that no part has."""
    quoted = _quotation(text)
    if not quoted:
        return found
    start, end = quoted
    found = [run for run in (_behind(run, quoted, text) for run in found) if run.end > run.start]
    titles = [run for run in found if run.label == "title"]
    inside = [run for run in found if run.start < end and run.end > start]
    if any(run.label not in {"title", "author"} and (run.start < start - 1 or run.end > end + 1) for run in inside):
        return found
    own = next((run for run in titles if run in inside), None)
    if own is None and any(run.end <= start for run in titles):
        return found
    if own is None and any(run.label not in {"author", "title"} for run in inside):
        return found
    title = replace(own, start=start, end=max(own.end, end)) if own else Run("title", start, end, (_QUOTED,))
    if own and (who := _WHO.fullmatch(text, own.start, start - 1)) and not any(run.label in {"author", "editor"} for run in found):
        found = [Run("author", own.start, own.start + len(who[1]), own.probabilities), *found]
    kept = [replace(run, end=_before(text, run.start, start)) if run.label == "author" and run in inside else run for run in found]
    kept = [run for run in kept if run.end > run.start and run.label != "title" and not (run.start >= title.start and run.end <= title.end)]
    return sorted([*kept, title], key=lambda run: run.start)


def _behind(run: Run, quoted: tuple[int, int], text: str) -> Run:
    """Let what begins within a quotation and ends behind it begin behind it, but for the title."""
    start, end = quoted
    closing = re.compile(r"[\s.,]*[\"”“»]\W*").match(text, end) if start < run.start < end < run.end and run.label != "title" else None
    return replace(run, start=min(closing.end(), run.end)) if closing else run


def _quotation(text: str) -> tuple[int, int] | None:
    """Return where the first quotation stands that can be a title: set off from what stands before and behind it."""
    for match in _QUOTATION.finditer(text):
        group = next(number for number in range(1, 5) if match[number] is not None)
        start = match.start(group)
        before, behind = text[: match.start()].rstrip(), text[match.end() :].lstrip("*_ \x00")
        apart = not before or not before[-1].isalnum() or bool(_DATED.search(before))
        goes_on = re.match(r"[a-z]", behind) and not re.match(
            r"(?:in|by|from|at|on|available|retrieved|accessed|trans|ed|eds|hg|hrsg)\b", behind
        )
        if apart and not goes_on and re.search(r"[^\W\d_]{2}", match[group]):
            return start, start + len(_DATED_END.sub("", match[group]).rstrip(" ,."))
        if not apart or goes_on:
            return None
    return None


def _before(text: str, start: int, quoted: int) -> int:
    """Return where names end that stand before a quotation."""
    return start + len(text[start : quoted - 1].rstrip(" ,.:;(\x00"))


def _edited(found: list[Run], text: str) -> list[Run]:
    """Make editors of the names that are called so behind them, authors of those at the beginning that are not."""
    if any(run.label == "editor" for run in found):
        first = found[0]
        said = _EDITORS.match(text, first.end) or re.search(r"\b[Ee]d", text[first.start : first.end])
        plain = first.label == "editor" and not said and not re.search(r"\w", text[: first.start])
        others = {"author", "container"} & {run.label for run in found}
        return [replace(first, label="author"), *found[1:]] if plain and not others else found
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
    """Make a container of a publisher or a note whose volume with its issue or pages follows at once: houses count none, journals do."""
    labels = {run.label for run in found}
    if "container" in labels or not labels & {"issue", "pages"}:
        return found
    for number, (run, following) in enumerate(pairwise(found)):
        counted = following.label in {"volume", "issue"} and _VOLUME.fullmatch(text, run.end, following.start)
        if run.label in {"publisher", "note"} and counted and not _is_house(text[run.start : run.end]):
            following = following if "volume" in labels else replace(following, label="volume")  # noqa: PLW2901 - the same number
            return [*found[:number], replace(run, label="container"), following, *found[number + 2 :]]
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
    """Make the author of what stands where the author stands, before the title or a date and the title, where nobody else is named."""
    labels = [run.label for run in found]
    alone = labels[:2] == ["container", "title"] or labels[:3] == ["title", "date", "title"]
    alone = alone and not {"author", "editor"} & set(labels)
    if not alone or re.search(r"\w", text[: found[0].start]) or not re.match(r"\s*[.:|–—(-]", text[found[0].end :]):
        return found
    return [replace(found[0], label="author"), *found[1:]]


def _small_tails(found: list[Run], text: str) -> list[Run]:
    """Give back to titles and journals what follows their colon, to titles what begins small behind a comma: no house does."""
    kept: list[Run] = []
    for run in found:
        before = text[kept[-1].end : run.start].strip() if kept and kept[-1].label == "title" else ""
        if kept and kept[-1].label == "container" and run.label == "publisher" and text[kept[-1].end : run.start].strip() == ":":
            before = ":"  # a journal with a subtitle
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


def _numbered(found: list[Run], text: str) -> list[Run]:
    """Part the pages from the volume that they stand behind (JHEP 0407, 018), where no other pages are told."""
    if any(run.label == "pages" for run in found):
        return found
    parted: list[Run] = []
    for run in found:
        pair = _PAIR.fullmatch(text, run.start, run.end) if run.label == "volume" else None
        after = parted[-1] if parted else None
        if pair:
            parted += [replace(run, end=pair.end(1)), replace(run, label="pages", start=pair.start(2))]
        elif run.label == "issue" and after and after.label == "volume" and re.fullmatch(r"\s*,\s*|\s+", text[after.end : run.start]):
            follows = _YEAR_BEHIND.match(text, run.end)
            parted.append(replace(run, label="pages") if follows else run)
        else:
            parted.append(run)
    return parted


def _ruled(found: list[Run], text: str) -> list[Run]:
    """Take from the beginning of a title the word that says what the persons before it did: (eds.) Rivers and Stones."""
    if not any(run.label == "title" and not _ROLE_ALONE.fullmatch(text, run.start, run.end) for run in found):
        found = [run for run in found if run.label != "title"]  # nothing but the word: what follows is the title
        names = [run for run in found if run.label in {"author", "editor"}]
        found = [replace(run, label="title") if run in names[1:2] and run.label == "editor" else run for run in found]
    return [
        replace(run, start=run.start + word.end()) if run.label == "title" and (word := _ROLE.match(text[run.start : run.end])) else run
        for run in found
    ]


def _placed(found: list[Run], text: str) -> list[Run]:
    """Part a title from the place and the house in brackets behind it, and give a state its town: College Station, TX."""
    labels = {run.label for run in found}
    whole: list[Run] = []
    for run in found:
        house = _HOUSE_BEHIND.search(text, run.start, run.end) if run.label == "title" and not {"publisher", "location"} & labels else None
        town = _TOWN.search(text, whole[-1].end if whole else 0, run.start) if run.label == "location" and _is_state(text, run) else None
        if house and re.match(r"\s*,\s*\d{4}", text[run.end :]):
            whole.append(replace(run, end=house.start()))
            whole += [Run("location", *house.span(1), (_QUOTED,)), Run("publisher", *house.span(2), (_QUOTED,))]
        elif town:
            whole.append(replace(run, start=town.start(1)))
        else:
            whole.append(run)
    last = _LAST_WORDS.match(text, whole[-1].end) if whole and not {"location", "title"} & {whole[-1].label} else None
    if last and "location" not in labels and _is_place(last[1]):
        whole.append(Run("location", *last.span(1), (_QUOTED,)))
    return whole


def _is_state(text: str, run: Run) -> bool:
    return re.fullmatch(r"[A-Z]{2}", text[run.start : run.end]) is not None


def _housed(found: list[Run], text: str) -> list[Run]:
    """Make a place of a publisher that is nothing but a known place, where no other place is told."""
    if any(run.label == "location" for run in found):
        return found
    house = any(run.label == "publisher" for run in found)
    return [
        replace(run, label="location")
        if (run.label == "publisher" or (house and run.label == "container" and run is found[-1])) and _is_place(text[run.start : run.end])
        else run
        for run in found
    ]


def _shortened(found: list[Run], text: str) -> list[Run]:
    """Give a name the letters in brackets behind it that are short for it: National Public Radio (NPR)."""
    whole: list[Run] = []
    for run in found:
        letters, before = text[run.start : run.end], whole[-1] if whole else None
        initials = "".join(word[0] for word in re.findall(r"[A-Z][^\W_]+", text[before.start : before.end])) if before else ""
        inside = before and text[before.end : run.start].strip() == "(" and text[run.end : run.end + 1] == ")"
        if before and inside and before.label in {"container", "publisher"} and letters.isupper() and letters == initials:
            whole[-1] = replace(before, end=run.end + 1)
        else:
            whole.append(run)
    return whole


def _dated(found: list[Run], text: str) -> list[Run]:
    """Give a year the month and day behind it: 2019, March 12."""
    dated = []
    for run in found:
        behind = _MONTH_BEHIND.match(text, run.end) if run.label == "date" and _YEAR_ALONE.fullmatch(text, run.start, run.end) else None
        known = behind and behind[1].lower() in lexicon.MONTHS
        dated.append(replace(run, end=behind.end()) if behind and known else run)
    return dated


def _opened(found: list[Run], text: str) -> list[Run]:
    """Part names and year from the title behind them, where no other names are: Stone et al. (1986) - Rivers and winds."""
    opening = next((run for run in found if run.label == "title"), None)
    match = _NAMES_YEAR.match(text, opening.start, opening.end) if opening and not any(run.label == "author" for run in found) else None
    if opening is None or match is None or not (match["others"] or authors.end(f"{match['who']}.")):
        return found
    kept = [run for run in found if run is not opening and not (run.label == "date" and opening.start <= run.start < opening.end)]
    sure = opening.probabilities
    parts = [Run("author", *match.span("who"), sure), Run("date", *match.span("year"), sure), replace(opening, start=match.end())]
    return sorted([*kept, *parts], key=lambda run: run.start)


def _is_place(text: str) -> bool:
    kinds = [lexicon.classes(word) for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in lexicon.AND_WORDS]
    return bool(kinds) and all("place" in kind for kind in kinds) and not any("publisher" in kind for kind in kinds)


def _titled(found: list[Run], text: str) -> list[Run]:
    """Make the words behind the names the title where the model saw none, unless a journal with volume or pages does without."""
    labels = {run.label for run in found}
    if "title" in labels:
        return found
    first = next((run for run in found if run.label == "author"), None)
    if first and "container" in labels and _is_sentence(text[first.start : first.end]):
        return [replace(run, label="title") if run is first else run for run in found]
    if "container" in labels and labels & {"volume", "pages"}:
        return found
    instead = next((run for run in found if run.label == "container"), None)
    if instead and not labels & {"issue", "editor", "publisher"}:
        return [replace(run, label="title") if run is instead else run for run in found]
    names = next((run for run in found if run.label in {"author", "editor"}), None)
    start = names.end if names else 0
    for begin in (start, *(run.end for run in found if run.end > start and run.label == "date" and text[run.end : run.end + 1] == ")")):
        end = min((run.start for run in found if run.start > begin and run.label not in _TITLES_TOO), default=len(text))
        if title := _first_sentence(text, begin, end):
            return sorted([*(run for run in found if run.end <= title.start or run.start >= title.end), title], key=lambda run: run.start)
    return found


def _first_sentence(text: str, start: int, end: int) -> Run | None:
    """Return the first sentence between two places as a title, or None where nothing is that may be one."""
    undated = when.UNDATED.match(text, start + len(text[start:end]) - len(text[start:end].lstrip(" ,.;:")))
    start = undated.end() if undated and undated.end() < end else start
    words = re.search(r"[^\W_][^\x00-\x02]*[^\W_]", text[start:end])
    sentence = re.search(r"(?<=[^\W\d_]{3})[.?!]\s", words[0]) if words else None
    if not words or not re.search(r"[^\W\d_]{2}", words[0]) or _NO_TITLE.fullmatch(words[0]):
        return None
    return Run("title", start + words.start(), start + (words.start() + sentence.start() if sentence else words.end()), (0.5,))


def _is_sentence(words: str) -> bool:
    """Whether words taken for names have several written small that no name has: Team to train at home."""
    small = [word for word in re.findall(r"[^\W\d_]+", words) if word.islower()]
    return "," not in words and sum(word not in lexicon.PARTICLES | lexicon.AND_WORDS | _OF_NAMES for word in small) > 1


def _by(found: list[Run], text: str) -> list[Run]:
    """Part a title from the person at its end, behind a "by" or a comma, where no others are named: The Bitter Lesson by Rich Sutton."""
    if {"author", "editor"} & {run.label for run in found}:
        return found
    parted: list[Run] = []
    for run in found:
        by = (_BY.search(text, run.start, run.end) or _BEHIND.search(text, run.start, run.end)) if run.label == "title" else None
        given = re.match(r"[^\W\d_]+", by[1].lower()) if by else None
        known = given and (given[0] in lexicon.GIVEN_NAMES or (len(given[0]) == 1 and by and by[0].lstrip(", ").startswith("by")))
        if by and known and (authors.end(f"{by[1]}.") or 0) >= len(by[1]):
            parted += [replace(run, end=by.start()), replace(run, label="author", start=by.start(1))]
        else:
            parted.append(run)
    return parted


def _signed(found: list[Run], text: str) -> list[Run]:
    """Make the author of a person who stands behind a dash behind the title, where nobody else is named: “Silent Spring” – Rachel Carson."""
    if {"author", "editor"} & {run.label for run in found}:
        return found
    signed = list(found)
    for number, (title, run) in enumerate(pairwise(found), 1):
        words = text[run.start : run.end]
        dash = re.fullmatch(r"[\s\"”’»*\x00-\x02]*[–—-]+\s+", text[title.end : run.start])
        known = re.match(r"[^\W\d_]+(?=\s)", words.lower())
        site = re.sub(r"\W", "", words.lower()) in lexicon.PRESS_SITES
        if (
            title.label == "title"
            and run.label in {"container", "publisher"}
            and dash
            and known
            and known[0] in lexicon.GIVEN_NAMES
            and not site
        ):
            whole = (authors.end(f"{words}.") or 0) >= len(words)
            signed[number] = replace(run, label="author") if whole else run
    return signed


def _gone_on(found: list[Run], text: str) -> list[Run]:
    """Give a title the words behind it that go on with it: "Never again" in ten years; Learning representations by back-propagating errors."""
    whole = list(found)
    for number, run in enumerate(found):
        room = min((other.start for other in found if other.start >= run.end), default=len(text))
        quoted = (
            _ON_BEHIND_A_QUOTATION.match(text, run.end, room)
            if run.label == "title" and text[run.start - 1 : run.start] in QUOTES
            else None
        )
        plain = _ON.match(text, run.end, room) if run.label == "title" else None
        if quoted and run.start:
            whole[number] = replace(run, start=run.start - 1, end=quoted.end())
        elif plain:
            whole[number] = replace(run, end=plain.end())
    return whole


def _to_the_stop(found: list[Run], text: str) -> list[Run]:
    """Let a title behind the year go on to the full stop where a dash or a bracket cuts it short: Services Statistics — November 2016 (Final)."""
    for date, run in pairwise(found):
        rest = _REST.match(text, run.end) if run.label == "title" else None
        if not rest or not rest[0] or date.label != "date" or re.search(r"\w", text[date.end : run.start]):
            continue
        inside = [other for other in found if run.end <= other.start < rest.end()]
        if all(other.label in {"date", "location"} and other.end <= rest.end() for other in inside):
            return [replace(run, end=rest.end()) if other is run else other for other in found if other not in inside]
    return found
