"""Take one reference apart: who, what, where, when.

What has a grammar (addresses, identifiers, access dates) is masked first; the model tags the rest; then the parts that belong
together are joined, and their values are made from the text. What belongs to no field is a doubt, not a loss.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refcheck.model.reference import TELLING, Contributor, PartialDate
from refcheck.prose import authors, confidence, lexicon, mends, runs, tag, when, worktype
from refcheck.prose.mask import clean, mask
from refcheck.text import dates, titles, urls
from refcheck.text.urls import ARCHIVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.prose.masked import Masked, Piece
    from refcheck.prose.runs import Run

LONGEST = 6000
_ADDED = re.compile(
    r"\s*[,:–—-]\s*(?!(?:in|ed|eds|vol|no|pp|hrsg|trans|retrieved|available|accessed|online)\b)[^\W\d_][^\x00-\x02.;()\[\]\"“”«»]*?(?=[\s,.]*$)",
    re.IGNORECASE,
)
_ALONE = 0.3  # what stands alone between two other parts cannot have begun or ended elsewhere
_FIRM = re.compile(r"\s*\((?=[^\W\d_]{2,6}\))[A-Z]+\)|\s*,\s*(?:The\b|(?:Inc|Ltd|LLC|Co|GmbH)\b\.?)")
_QUOTES = {
    '"': re.compile(r'"(?=[\s.,;:)\]]|$)'),
    "“": re.compile('[”“"](?=[\\W_]|$)'),
    "„": re.compile("[“”](?=[\\W_]|$)"),
    "«": re.compile("»"),
}
_DASH = re.compile(r"\s+[—–|·-]\s+")
_DATED_END = re.compile(rf",\s*{dates.YEAR}[a-z]?\s*[.,]?\s*$")
_BOOKISH = frozenset("publisher address isbn edition editor pages volume series translator".split())
_NOT_OF_BOOKS = frozenset("container note number url doi eprint day".split())
_NOT_IN_THE_PRESS = frozenset({"url", "volume", "publisher"})
_OF_JOURNALS = frozenset("volume issue number date year url doi eprint issn".split())
_TYPES = {"news": "article"}
_CONTAINERS = {
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "book": "series",
    "online": "organization",
    "misc": "howpublished",
}
_EXPLAINED = re.compile(r"https?://\w+\.(?:m\.)?wikipedia\.org/wiki/")
_BESIDE = 4  # characters between the words of a link and its address
_PUBLISHERS = {"thesis": "school", "report": "institution", "misc": "howpublished", "standard": "organization"}
_NUMBERS = {"software": "version"}


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a reference: value, offsets in the reference's text, and how sure it is."""

    name: str
    value: str
    start: int
    end: int
    confidence: float


@dataclass(slots=True)
class Parsed:
    """A reference taken apart. `doubts` say what could not be placed or looks odd."""

    contributors: tuple[Contributor, ...] = ()
    issued: PartialDate | None = None
    entry_type: str = "misc"
    type_confidence: float = 0.5
    parts: dict[str, Part] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def put(self, name: str, value: str, place: tuple[int, int], sure: float) -> None:
        """Fill a field that is not filled yet."""
        if value and name not in self.parts:
            self.parts[name] = Part(name, value, *place, sure)


def parse(text: str) -> Parsed:
    """Take a reference apart; the text has no list marker any more."""
    end = len(text.rstrip().rstrip(";").rstrip())
    parsed = Parsed()
    if end > LONGEST:
        parsed.doubts.append(f"it is longer than any reference ({end} characters); only its beginning was read")
        end = LONGEST
    masked = mask(text[:end])
    tagged = tag.tag(masked)
    found = mends.mended(runs.read(tagged, masked.text), masked)
    _take_pieces(masked, parsed, next((run for run in found if run.label == "title"), None))
    _take_date(masked, parsed, [run for run in found if run.label == "date"])
    if tagged.tokens:
        kind, probability = worktype.kind(masked, tagged.tokens, runs.labels(found, tagged.tokens))
        press = any(run.label == "container" and lexicon.is_press(masked.text[run.start : run.end]) for run in found)
        parts = {run.label for run in found} | {piece.name for piece in masked.pieces} | parsed.parts.keys()
        kind = _consistent(kind, parts, in_the_press=press)
        parsed.entry_type, parsed.type_confidence = _TYPES.get(kind, kind), confidence.of("type", probability)
    for run in runs.chosen(found):
        title = parsed.parts.get("title")
        if not title or not title.start <= run.start < title.end:
            before = max((other.end for other in found if other.end <= run.start), default=0)
            following = min((other.start for other in found if other.start >= run.end), default=len(masked.text))
            _take(masked, parsed, run, (before, following))
    _settle(parsed)
    _doubt(parsed, text)
    return parsed


def _take_pieces(masked: Masked, parsed: Parsed, title: Run | None) -> None:
    """Fill the fields of what was recognised; a second address goes into a note, that of a copy beside another into its own field."""
    parsed.pieces = _own_pieces(masked)
    first = next((piece for piece in parsed.pieces if title and _is_linked(masked, piece, title)), None)
    resolved = {(piece.start, piece.end) for piece in parsed.pieces if piece.name == "doi"}
    for piece in sorted(
        parsed.pieces, key=lambda piece: (piece is not first, piece.name == "url" and (piece.start, piece.end) in resolved)
    ):
        place = (piece.start, piece.end)
        archived = piece.name == "url" and ARCHIVES.match(piece.value)
        name = "archiveurl" if archived else piece.name
        if piece.name == "url" and not archived and "url" in parsed.parts:
            if piece.value != parsed.parts["url"].value:
                parsed.put("note", rf"See also \url{{{piece.value}}}", place, 0.9)
        else:
            parsed.put(name, piece.value, place, 0.99)
    if "archiveurl" in parsed.parts and "url" not in parsed.parts:
        parsed.parts["url"] = replace(parsed.parts.pop("archiveurl"), name="url")


def _own_pieces(masked: Masked) -> list[Piece]:
    """Return what was recognised without the articles of Wikipedia that explain a journal or a house, where the work has an address of its own."""
    own = [piece for piece in masked.pieces if not (piece.name == "url" and _EXPLAINED.match(piece.value))]
    found = own if any(piece.name in {"url", "doi", "isbn"} for piece in own) else masked.pieces
    return sorted(found, key=lambda piece: piece.start)


def _is_linked(masked: Masked, piece: Piece, title: Run) -> bool:
    """Whether an address is that of a link whose words are in the title."""
    return piece.name == "url" and any(
        title.start < end and start < title.end and min(abs(piece.start - end), abs(start - piece.end)) <= _BESIDE
        for start, end in masked.linked
    )


def _consistent(kind: str, parts: set[str], *, in_the_press: bool) -> str:
    """Return the type that the parts allow.

    What stands in a journal's volume is an article, what only has a publisher, and no day, a book, what has an ISBN and stands in nothing, too; of what
    stands in a newspaper without an address nobody cites a page; what has pages in a whole without number or year is a part of a book.
    """
    if kind == "misc" and {"title", "publisher"} <= parts and not parts & _NOT_OF_BOOKS:
        return "book"
    if "isbn" in parts and not parts & {"container", "editor"} and kind != "thesis":
        return "book"
    if in_the_press and not parts & _NOT_IN_THE_PRESS and kind in {"online", "misc", "video", "report"}:
        return "news"
    if kind == "article" and {"container", "pages"} <= parts and not parts & _OF_JOURNALS:
        return "incollection"
    if "container" in parts and not parts & {"publisher", "number"}:
        if kind == "report" and "volume" in parts and parts & {"issue", "pages"}:
            return "article"
        if kind in {"book", "standard", "dataset", "thesis"}:
            if "editor" in parts:
                return "incollection"
            return "article" if parts & {"volume", "issue", "pages"} else kind
    return kind


# Values


def _take(masked: Masked, parsed: Parsed, run: Run, room: tuple[int, int]) -> None:
    """Fill the field of a run; `room` is where the part before it ends and the next one begins."""
    start, end = _widened(masked.text, run, room[1])
    value = clean(masked.text[start:end])
    probability = _geometric(run.probabilities)
    if run.label == "title" and not re.search(r"[^\W_]", masked.text[room[0] : start] + masked.text[end : room[1]]):
        probability = 1 - _ALONE * (1 - probability)
    sure = confidence.of(run.label, probability)
    if run.label in {"author", "editor", "translator"}:
        _take_names(parsed, value, run.label, (start, end), sure)
        if run.label == "author" and len(parsed.contributors) == 1 and _is_the_site(value, masked):
            parsed.contributors = (Contributor(literal=value.rstrip(".")),)
        return
    name, value = _named(run.label, value, parsed.entry_type)
    if re.search(r"[^\W_]", value):
        parsed.put(name, value, (start, end), sure)


def _geometric(probabilities: Sequence[float]) -> float:
    return math.sqrt(min(probabilities) * sum(probabilities) / len(probabilities))


def _widened(text: str, run: Run, following: int) -> tuple[int, int]:
    """Take in the full stop of an initial or abbreviation, and the bracket that closes one within."""
    start, end = run.start, run.end
    if run.label == "title":
        end = _to_its_end(text, end, following)
        start, end = _quoted(text, start, end)
        end = run.end if end > following and _DASH.fullmatch(text, run.end, following) else end  # a site's name within the marks
    inside = text[start:end]
    for opening, closing in ("()", "[]"):
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            end += 1
        if inside.count(closing) > inside.count(opening) and text[start - 1 : start] == opening:
            start -= 1
    if (
        text[end : end + 1] == "."
        and run.label in {"author", "editor", "translator"}
        and re.search(r"(?:^|[\s.,-])[^\W\d_a-z]$|\b(?:Jr|Sr|Inc|Ltd|Co)$", text[start:end])
    ):
        end += 1
    if text[end : end + 1] in {"?", "!"} and run.label == "title":
        end += 1
    if run.label in {"publisher", "container"} and (behind := _FIRM.match(text, end)):
        end = behind.end()
    return start, end


def _to_its_end(text: str, end: int, following: int) -> int:
    """Take what stands between a title and the next part, or the year, into the title where nothing but a comma, a colon or a dash parts them."""
    if number := re.match(r"[.,]\d[^\x00-\x02,.;:()\[\]\"“”«»]*", text[end:following]):
        end += len(number[0].rstrip())
    plain = re.match(r"(?: [a-zß-ÿ][^\s\x00-\x02.,;:()\[\]\"“”«»]*)(?: [^\s\x00-\x02.,;:()\[\]\"“”«»]+)*(?=[.,])", text[end:following])
    if plain:
        end += len(plain[0])
    rest = _ADDED.match(text[end:following])
    return end + len(rest[0].rstrip(" ,")) if rest and len(rest[0].split()) > 1 else end


def _quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Let a title in quotation marks end where they close, and one that begins with a quotation begin with its mark."""
    if text[start - 1 : start] in {"'", "‘"} and text[start - 2 : start - 1] in _QUOTES:
        start -= 1  # a title that begins with a quotation
    opening = text[start - 1 : start]
    if opening in _QUOTES and opening:
        closings = [at.start() for at in _QUOTES[opening].finditer(text, start) if at.start() >= start + 2]
        if not closings:
            return start, end
        close = next((at for at in closings if at >= end - 1), closings[-1])
        inside = _DATED_END.sub("", text[start:close])
        return start, start + len(inside.rstrip(" ,.;"))
    single = {"'": "'", "‘": "’"}.get(opening)
    inside = text[start:end]
    if (
        single
        and re.search(rf"[^\W]{single}(?=[\s,])", inside)
        and inside.count(single) % 2
        and not re.match(rf"\s*[.,]?{single}", text[end:])
    ):
        return start - 1, end
    return start, end


def _named(label: str, value: str, entry_type: str) -> tuple[str, str]:
    """Return the field that a part fills in a type of work, and its value."""
    if label == "title":
        return "title", _unquoted(value)
    if label == "container":
        return _CONTAINERS.get(entry_type, "journal"), re.sub(r"^(?:[Ii]n|[Dd]ans|[Ee]n|[Ee]m)\b:?\s+(?=\S)", "", value)
    if label == "publisher":
        return _PUBLISHERS.get(entry_type, "publisher"), value
    if label == "location":
        return "address", value
    if label == "pages":
        return "pages", re.sub(r"\s*[-‐‑–—−_]{1,3}\s*", "--", re.sub(r"^(?:pp?|pages?|S)\b\.?\s*", "", value))
    if label == "issue":
        return "number", _number(value)
    if label == "volume":
        return "volume", _number(value)
    if label == "number":
        return _NUMBERS.get(entry_type, "number"), value
    if label == "edition":
        return "edition", re.sub(r"[\s.,]*\b(?:ed(?:ition|n)?|Aufl(?:age)?)\b\.?$", "", value).strip() or value
    return label, value


def _number(value: str) -> str:
    return re.sub(
        r"^(?:vol(?:ume)?|bd|band|tome?|t|v|no|nr|n|num|heft|h|issue)\b\.?\s*|^[n№][°º]?\s*(?=\d)", "", value, flags=re.IGNORECASE
    )


def _unquoted(title: str) -> str:
    title = re.sub(r"(?<=[^\s.][^\s.])\.$", "", title)
    outer = re.fullmatch(r"[\"“„«'‘](.*)[\"”“»'’]", title)
    return outer[1].strip(" ,") if outer and not re.search(r"[\"”»]\s", outer[1]) else title


def _take_names(parsed: Parsed, value: str, role: str, place: tuple[int, int], sure: float) -> None:
    people, others = authors.read(value, role)
    if people:
        parsed.contributors += people
        parsed.put(role, " and ".join(person.name for person in people) + (" and others" if others else ""), place, sure)


def _is_the_site(names: str, masked: Masked) -> bool:
    """Whether the author is the site that the address names: `Lake Standard` at lakestandard.example."""
    letters = "".join(titles.folded(names).split())
    sites = [urls.host_of(address).replace("-", "") for address in masked.addresses]
    return "," not in names and len(letters) >= 5 and any(letters in site for site in sites)


# When


def _take_date(masked: Masked, parsed: Parsed, runs: Sequence[Run]) -> None:
    """Read the date of issue: one run, or a year and a day apart; the date that stands where one would, where the model saw none."""
    found = [(run, dates.parse(masked.text[run.start : run.end])) for run in runs]
    dated = [(run, date) for run, date in found if date]
    if not dated:
        fallback = when.find(masked) if not any(when.UNDATED.search(masked.text[run.start : run.end]) for run in runs) else None
        if fallback and fallback.worth >= 1.5:
            _put_date(parsed, fallback.date, (fallback.start, fallback.end), 0.75)
        elif not fallback and (named := when.of_meeting(masked.text)):
            _put_date(parsed, named[0], named[1:], 0.9)
        return
    run, date = max(dated, key=lambda item: (item[0].weight > 0.5, item[1].month is not None, -item[0].start))
    for other, alone in found:
        if (
            alone is None
            and date.month is None
            and (whole := dates.parse(f"{masked.text[other.start : other.end]} {date.year}"))
            and whole.month
        ):
            date = whole
    _put_date(parsed, date, (run.start, run.end), confidence.of("date", _geometric(run.probabilities)))


def _put_date(parsed: Parsed, date: PartialDate, place: tuple[int, int], sure: float) -> None:
    parsed.issued = date
    for name, value in (("year", date.year), ("month", date.month), ("day", date.day)):
        parsed.put(name, str(value or ""), place, sure)


# Is it right?


def _settle(parsed: Parsed) -> None:
    container = _CONTAINERS.get(parsed.entry_type, "journal")
    if "series" in parsed.parts and container not in parsed.parts and parsed.entry_type in {"article", "inproceedings", "incollection"}:
        parsed.parts[container] = replace(parsed.parts.pop("series"), name=container)
    if parsed.entry_type in {"article", "online"} and "journal" not in parsed.parts and "eprint" in parsed.parts:
        parsed.entry_type = "misc"  # as arXiv has its preprints cited
    shown = worktype.shown_by([part.value for name, part in parsed.parts.items() if name == "url"])
    if parsed.entry_type == "article" and shown != "article" and not parsed.parts.keys() & {"journal", "doi"} and "url" in parsed.parts:
        parsed.entry_type = "online"
    if parsed.entry_type == "book" and shown != "book" and not parsed.parts.keys() & _BOOKISH:
        parsed.entry_type = "misc"  # nothing but a title shows that it is a book
    if "eprint" in parsed.parts:
        parsed.put("eprinttype", "arxiv", (parsed.parts["eprint"].start, parsed.parts["eprint"].end), 0.99)


def _doubt(parsed: Parsed, text: str) -> None:
    named = parsed.parts.get("title")
    if not named:
        if "journal" not in parsed.parts:
            parsed.doubts.append("no title was found")
    elif len(named.value.split()) > 45:
        parsed.doubts.append("the title is very long: it may hold more than the title")
    elif len(titles.folded(named.value)) < 3:
        parsed.doubts.append(f"the title is very short: {named.value!r}")
    if not parsed.contributors:
        parsed.doubts.append("no author was found")
    if len(re.findall(r"https?://", text)) > 2:
        parsed.doubts.append("it has several addresses: it may be more than one reference")
    for part in parsed.parts.values():
        if part.confidence < (0.7 if part.name in TELLING else 0.5):
            parsed.doubts.append(f"the {part.name} may be wrong: {part.value!r}")
