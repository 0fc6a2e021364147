"""Where in a list of references each one begins, line by line.

Where the first line has a marker and others have its like, markers decide; where a list hangs, the indent does; where every line could stand alone,
each does. Else every sign that a list may use is a hint: markers and how many lines have them, blank lines, indentation, lines that end early, full
stops, names and years. A linear-chain model, made by `training/train.py`, weighs them over the whole list, so that the sign that
this list uses throughout wins.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.prose import authors, lexicon, models
from refcheck.prose.sections import BULLET, CONTINUES, MARKER, YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.prose.sections import Line

MODEL = "breaks.crfsuite"
_ENOUGH = 0.35  # two references in one lose one of them; one torn in two is often put together again
_SEVERAL = 4
ONLY_ADDRESS = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?[.,;]?", re.IGNORECASE)
_BEHIND = re.compile(  # what stands behind a reference's title, never before it
    r"[\W_]*(?:https?|www|doi|urls?|isbn|retrieved|accessed|available|archived|online|in|abgerufen|verfügbar|zugriff|stand|consulté|disponib|disponív|acesso)\b",
    re.IGNORECASE,
)
_STRETCH, _AROUND = 2000, 40  # lines: a long list is not in memory with all its hints at once
_MARKS = (re.compile(r"`?\\?\["), re.compile(r"\("), re.compile(r"\d"), re.compile(rf"{BULLET}|[・^↑]"), re.compile(r"[ivx]"))
_COUNTED = 3
_NAMES_AND_YEAR = re.compile(r"^[^\d]*\(\d{4}[a-z]?\)[.,:]?\s*$")
_BARE_NUMBER = re.compile(r"[ \t]*(\d{1,3})[ \t]+(?=[^\W\d_]*[^\W\d_a-zß-ÿ]|[\"“‘«„‹(*_])")
_LED_TO = re.compile(r"(?:\|\s*)?[^\W_|].*?\s<?(?:https?|ftp|file):/\S+(?:\s*\|)?")  # words and then an address, and nothing behind it
_NUMBER = re.compile(r"[\[(]?(\d{1,4})[\]).]")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:|10\.\d{4,9}/)\S*$", re.IGNORECASE)


def begins(told: Sequence[Line], after_blank: Sequence[bool]) -> list[bool]:
    """Return for each line that is not blank whether a reference begins in it; the first always does."""
    if not told:
        return []
    first = marker_kind(told[0])
    if first is not None and sum(marker_kind(line) == first for line in told) > 1:
        return ended(told, after_blank, [marker_kind(line) == first for line in told])
    if _hangs(told, after_blank):
        return [_indent(line) == _indent(told[0]) for line in told]
    if _stand_alone(told):
        return [True] * len(told)
    if _in_blocks(told, after_blank):
        return [index == 0 or blank for index, blank in enumerate(after_blank)]
    whole, found = _whole(told, after_blank), [True]
    for start in range(0, len(told), _STRETCH):
        found += _begins_in(range(max(start, 1), min(start + _STRETCH, len(told))), told, after_blank, whole)
    return [
        begins and not (index and not after_blank[index] and _goes_on(told[index - 1].text, found[index - 1]))
        for index, begins in enumerate(found)
    ]


def _goes_on(before: str, is_first: bool) -> bool:  # noqa: FBT001
    """Whether a line must go on: a reference's first has nothing but names and a year, or it ends with Markdown's sign for a new line."""
    return before.rstrip().endswith("\\") or (is_first and bool(_NAMES_AND_YEAR.search(before)))


def ended(told: Sequence[Line], after_blank: Sequence[bool], marked: Sequence[bool]) -> list[bool]:
    """Part what follows a marked list from its last reference, and headings within it from the one before them.

    Lines without a mark behind a blank one are that, unless the list's references have paragraphs.
    """
    apart = [
        blank and not mark and marker_kind(line) is None and _indent(line) <= _indent(told[0])
        for line, blank, mark in zip(told, after_blank, marked, strict=True)
    ]
    last = max(index for index, mark in enumerate(marked) if mark)
    heads = [False] * len(told)
    following = last
    for index in range(last - 1, 0, -1):
        following = index if marked[index] else following
        heads[index] = apart[index] and (
            _is_first(told[following]) or (following == index + 1 and after_blank[following] and _is_short(told[index]))
        )
    paragraphs = any(there and not head for there, head in zip(apart[:last], heads[:last], strict=True))
    return [mark or heads[index] or (index > last and apart[index] and not paragraphs) for index, mark in enumerate(marked)]


def _is_first(line: Line) -> bool:
    """Whether a line begins reference number 1: what went before it ended."""
    number = _NUMBER.match(line.text.lstrip())
    return number is not None and number[1] == "1"


def _is_short(line: Line) -> bool:
    """Whether a line may be a heading: a few words without numbers or addresses."""
    return len(line.text.strip()) < 60 and not re.search(r"\d|://", line.text)


def counted(told: Sequence[Line]) -> dict[int, int]:
    """Return the lines that begin with a bare number which counts the references (`1 Poe`, `2 Doe`), and the length of each number.

    One number alone tells nothing, but 1, 2, 3 do. Footnotes have such numbers when they are copied out of a page.
    """
    found: dict[int, int] = {}
    expected = 0
    for index, line in enumerate(told):
        match = _BARE_NUMBER.match(line.text)
        if match and (int(match[1]) == expected if expected else index == 0 or match[1] == "1"):
            found[index] = match.end()
            expected = int(match[1]) + 1
    return found if len(found) >= _COUNTED else {}


def _begins_in(stretch: range, told: Sequence[Line], after_blank: Sequence[bool], whole: _List) -> list[bool]:
    """Return for each line of a stretch whether a reference begins in it; some lines around it are looked at, too."""
    seen = range(max(0, stretch.start - _AROUND), min(len(told), stretch.stop + _AROUND))
    model = models.load(MODEL)
    model.set(_hints(seen, told, after_blank, whole))
    model.tag()
    return [model.marginal("B", index - seen.start) >= _ENOUGH for index in stretch]


def _hangs(told: Sequence[Line], after_blank: Sequence[bool]) -> bool:
    """Whether the list hangs: it has two indents, the first line has the smaller one, and no line of that goes on with another."""
    indents = [_indent(line) for line in told]
    deeper = sum(indent > indents[0] for indent in indents) / len(told)
    return (
        len(set(indents)) == 2
        and min(indents) == indents[0]
        and deeper > 0.15
        and not any(blank and indent > indents[0] for blank, indent in zip(after_blank, indents, strict=True))
        and not any(indent == indents[0] and CONTINUES.match(line.text) for line, indent in zip(told, indents, strict=True))
    )


def _stand_alone(told: Sequence[Line]) -> bool:
    """Whether each of several lines is a reference: all are addresses, most are words that lead to one; or all are dated, none goes on with another, most begin with a name."""
    bodies = [line.text.strip() for line in told]
    if len(bodies) >= _COUNTED and sum(bool(_LED_TO.fullmatch(body)) for body in bodies) >= 0.75 * len(bodies):
        return True
    if len(bodies) > 1 and all(ONLY_ADDRESS.fullmatch(body) for body in bodies):
        return True
    dated = all((YEAR.search(body) or "://" in body) and not CONTINUES.match(body) and not _BEHIND.match(body) for body in bodies)
    return len(told) >= _SEVERAL and dated and sum(authors.end(body[:200]) is not None for body in bodies) > len(told) / 2


def _in_blocks(told: Sequence[Line], after_blank: Sequence[bool]) -> bool:
    """Whether blank lines part the references, of which most have several lines: a title, an address, a word about it."""
    blocks: list[list[str]] = []
    for line, blank in zip(told, after_blank, strict=True):
        if blank or not blocks:
            blocks.append([])
        blocks[-1].append(line.text.strip())
    if len(blocks) < _COUNTED or len(told) < 1.5 * len(blocks):
        return False
    behind = [line for block in blocks for line in block[1:]]
    named = sum(authors.end(line[:200]) is not None and YEAR.search(line) is not None for line in behind)
    return named <= 0.2 * len(behind) and sum(_is_block(block) for block in blocks) > 0.8 * len(blocks)


def _is_block(lines: Sequence[str]) -> bool:
    text = " ".join(lines)
    addresses, years = text.count("://"), len({match[0] for match in YEAR.finditer(re.sub(r"https?://\S+", "", text))})
    return len(text) < 900 and addresses < 2 and years < 4 and bool(addresses or years) and not CONTINUES.match(text)


@dataclass(frozen=True, slots=True)
class _List:
    """What holds for a list as a whole."""

    margin: int
    width: int
    indented: str
    blanks: str
    marker: int | None
    marked: str
    wrapped: str
    dated: str
    ends: dict[str, str]


def hints(told: Sequence[Line], after_blank: Sequence[bool]) -> list[list[str]]:
    """Return the hints for each line."""
    return _hints(range(len(told)), told, after_blank, _whole(told, after_blank))


def _hints(stretch: range, told: Sequence[Line], after_blank: Sequence[bool], whole: _List) -> list[list[str]]:
    rows = []
    for index in stretch:
        line = told[index]
        before = told[index - 1] if index else None
        rows.append(
            [
                *_layout(line, before, whole, blank=after_blank[index]),
                *_words(line, before, told[index + 1] if index + 1 < len(told) else None, whole),
            ]
        )
    for row in rows:
        first, second = row[0], row[1]
        dated, ended = row[5], row[6]
        row += [f"{first}&{part}" for part in row[2:10]]
        row += [f"{first}&{second}&{row[4]}", f"{dated}&{ended}", f"{dated}&{row[2]}&{row[8]}"]
    return rows


def _whole(told: Sequence[Line], after_blank: Sequence[bool]) -> _List:
    indents = [_indent(line) for line in told]
    margin = min(indents)
    kinds = Counter(kind for line in told if (kind := marker_kind(line)) is not None)
    marker, times = kinds.most_common(1)[0] if kinds else (None, 0)
    lengths = sorted(len(line.text.rstrip()) for line in told)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    deeper = sum(indent > margin for indent in indents) / len(told)
    return _List(
        margin, width, _share(deeper), _share(sum(after_blank[1:]) / max(1, len(told) - 1)), marker if times > 1 else None,
        _share(times / len(told)), "long" if lengths[-1] > 140 else "wrapped" if sum(length > 0.8 * width for length in lengths) > 0.4 * len(lengths) else "ragged",
        _share(sum(bool(YEAR.search(line.text) or "://" in line.text) for line in told) / len(told)),
        {mark: _share(times / len(told)) for mark, times in Counter(_ending(line) for line in told).items()},
    )  # fmt: skip


def _share(part: float) -> str:
    return (
        "0" if part == 0 else "few" if part < 0.1 else "some" if part < 0.35 else "half" if part < 0.7 else "most" if part < 0.97 else "all"
    )


def _layout(line: Line, before: Line | None, whole: _List, *, blank: bool) -> tuple[str, ...]:
    deeper = _indent(line) > whole.margin
    change = 0 if before is None else (_indent(line) > _indent(before)) - (_indent(line) < _indent(before))
    marked = marker_kind(line)
    if marked is None:
        marking = f"none|{whole.marker is not None}"
    else:
        marking = f"main|{_follows(line, before)}" if marked == whole.marker else f"other{marked}"
    room = "^"
    if before is not None:
        first = re.match(r"\s*(\S+)", line.text)
        filled = len(before.text.rstrip()) + 1 + (len(first[1]) if first else 0)
        room = (
            "short"
            if filled < 0.75 * whole.width
            else "room"
            if filled <= 0.92 * whole.width
            else "tight"
            if filled <= whole.width + 1
            else "full"
        )
    return (
        f"mk:{marking}|{whole.marked}", f"in:{deeper:d}{change:+d}|{whole.indented}", f"bl:{blank:d}|{whole.blanks}", f"rm:{room}|{whole.wrapped}",
        f"dt:{blank:d}{room}|{whole.dated}|{whole.blanks}", f"dw:{whole.dated}|{whole.wrapped}|{whole.blanks}",
    )  # fmt: skip


def _ending(line: Line) -> str:
    """What a line ends with: an address, a mark, a digit or a letter."""
    text = line.text.rstrip()
    return (
        "url"
        if _ADDRESS.search(text) and text[-1] != ";"
        else text[-1]
        if not text[-1].isalnum()
        else "digit"
        if text[-1].isdigit()
        else "letter"
    )


def _words(line: Line, before: Line | None, after: Line | None, whole: _List) -> tuple[str, ...]:
    body = MARKER.sub("", line.text.strip(), count=1)
    last = before.text.rstrip() if before else ""
    ended = _ending(before) if before else "^"
    named = authors.end(body[:200]) is not None
    return (
        f"end:{ended}|{whole.ends.get(ended, '')}", f"go:{bool(CONTINUES.match(body)):d}", f"nm:{named:d}", f"fst:{_first(body)}", f"yr:{bool(last and YEAR.search(last)):d}",
        f"my:{bool(YEAR.search(body[:80])):d}{bool(YEAR.search(body)):d}", f"len:{min(len(body) // 25, 6)}", f"pl:{min(len(last) // 25, 6)}",
        f"nx:{'$' if after is None else int(authors.end(MARKER.sub('', after.text.strip(), count=1)[:200]) is not None)}",
        f"pu:{bool(re.search(r'https?://', last)):d}{bool(re.search(r'https?://', body)):d}",
    )  # fmt: skip


def _first(body: str) -> str:
    """What a line begins with."""
    match = re.match(r"[^\W_]+", body)
    if not match:
        return body[:1] or "$"
    word = match[0]
    low = word.lower()
    if low in lexicon.IN_WORDS or low in lexicon.NUMBER_WORDS or low in lexicon.AND_WORDS:
        return low
    kinds = lexicon.classes(low)
    shape = (
        "digit" if word[0].isdigit() else "small" if word[0].islower() else "capitals" if word.isupper() and len(word) > 1 else "capital"
    )
    following = body[match.end() : match.end() + 1]
    return f"{shape}{following if following in ',.;:' else ''}{'g' if 'given' in kinds else 'p' if 'publisher' in kinds or 'place' in kinds else ''}"


def marker_kind(line: Line) -> int | None:
    """Return which kind of marker a line begins with, or None."""
    if not MARKER.match(line.text):
        return None
    body = line.text.lstrip()
    return next(number for number, kind in enumerate(_MARKS) if kind.match(body))


def _follows(line: Line, before: Line | None) -> str:
    """Whether a marker holds a number; those that do not count on are told by their neighbours."""
    number = _NUMBER.match(line.text.lstrip())
    return "" if before is None else "n" if number else "s"


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())
