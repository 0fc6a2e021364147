"""Look for BibTeX files that the reader does not survive: made-up files, broken in random ways, must keep the laws of `fault`.

    python scripts/fuzz_bibtex.py                        # 20 seconds, from seed 1
    python scripts/fuzz_bibtex.py --seconds 300 --seed 7
    python scripts/fuzz_bibtex.py fuzz-bibtex-1.bib      # one file that was found, once more

The same seed makes the same inputs in the same order. What breaks a law is made as small as it gets and
written to a file; each law is reported once. The exit code is 1 where something was found.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from refcheck.bibtex import document
from refcheck.engine.clean import Cleaned, clean
from refcheck.engine.examine import report, selected
from refcheck.engine.gathered import Gathered
from refcheck.model.settings import Settings
from refcheck.readers import Unreadable, bibtex, decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from refcheck.model.reference import Bibliography
    from refcheck.model.source import Source

LIMIT = 5.0  # seconds for one input
LONGEST = 20_000  # bytes of one input
_STARTED = datetime(2026, 1, 1, tzinfo=UTC)
_SETTINGS = Settings(offline=True)
_RULES = selected(_SETTINGS)

SEEDS: tuple[bytes, ...] = (
    b"@misc{a, title = {One}, year = 2001}\n@misc{b,\n  title = {Two},\n  url = {https://example.org/b},\n}\n",
    rb"""@string{acm = "ACM Press"}
@preamble{"\newcommand{\x}{y}"}
@comment{a {braced} one}
@Book(knuth,
  author = "Donald E. {Knuth}",
  title  = {The {\TeX}book, 1984},
  publisher = acm # { and } # acm,
  month = jan,
  year = 1984
)
""",
    r"""% refcheck: ignore RC302 -- on purpose
@article{x, author = {M{\"u}ller, J. and Źródło, A.}, title = {Über 50\% of \{sets\}},
  journal = {J}, note = {Seen
@someone{on} a network}, doi = {10.1000/182}, pages = {1--2}}

@article{x2, title = {Über 50\% of sets}, doi = {10.1000/182}}
""".encode(),
    (
        b"\xef\xbb\xbf@online{Web:1,\r\n  TITLE = {A Page},\r\n  URL = {http://www.example.org/a_b?c=d%20e\\#f},\r\n"
        b"  urldate = {2020-02-30},\r\n  title = {Twice}\r\n}\r\nText, me@example.org.\r\n"
    ),
    "@misc{é,\n title = {Café – naïve},\n howpublished = {\\url{https://example.org/é}},\n}\n".encode("cp1252"),
    "@misc{w, title = {Wide}, year = {2024b}}\n".encode("utf-16"),
)

TOKENS: tuple[bytes, ...] = (
    *rb"""@ { } ( ) , = # " % \ \} \{ \" $ ~ & {{ }} {} "" , } :// 10.1000/ 20 title author url jan""".split(),
    *rb"""@misc{ @book( @string{ @comment{ @preamble{ @comment @string \title \url{ \emph \begin{x} \verb|""".split(),
    *(b"\n", b"\r", b"\r\n", b" ", b"\t", b"\f", b"\x0b", b"\0", b"\x1b", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc2\x85", b"\xe2\x80\xa8"),
    *(b"\n@", b"\n@x{y,", b"\n% refcheck: ignore\n", b", title = {One}", b"year = 2001,", b"@misc{a, b = {c}}\n"),
    *(b"{" * 200, b"}" * 200, b"@misc{" * 30),
)


class SlowError(Exception):
    """An input took longer than the limit."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A law that an input breaks, in words that are the same for every such input, and the smallest input found."""

    law: str
    data: bytes
    detail: str


@dataclass(slots=True)
class Outcome:
    """How many inputs were tried, and what broke a law."""

    tried: int = 0
    failures: list[Failure] = field(default_factory=list)


def fault(data: bytes) -> tuple[str, str] | None:
    """Return the law that an input breaks and what was seen, or None where it keeps all of them."""
    try:
        with limited(LIMIT):
            broken = next(_broken_laws(data), None)
    except SlowError:
        return f"it takes longer than {LIMIT:g} seconds", ""
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(last.filename).name}, {last.name}", traceback.format_exc()
    return broken


def _broken_laws(data: bytes) -> Iterator[tuple[str, str]]:
    bibliography = read("fuzzed.bib", data, "bibtex")
    if bibliography != read("fuzzed.bib", data, "bibtex"):
        yield "reading twice gives two answers", ""
    if isinstance(bibliography, Unreadable):
        return
    source = bibliography.source
    if decode.back(source.text, decode.encoding(data)) != data:
        yield "the text is not the bytes of the file", ""
    yield from _misplaced(bibliography)
    yield from _spoilt(source, _cleaned(source, bibliography))


def _misplaced(bibliography: Bibliography) -> Iterator[tuple[str, str]]:
    source = bibliography.source
    position = 0
    for block in document.blocks(source.text):
        if block.span.start != position or block.span.end <= position:
            yield "the blocks do not tile the text", f"{block.kind} at {block.span}, expected at {position}"
        position = block.span.end
    if position != len(source.text):
        yield "the blocks do not tile the text", f"they end at {position} of {len(source.text)}"
    for reference in bibliography.references:
        if source.slice(reference.span) != reference.raw or source.slice(reference.key_span) != reference.key:
            yield "a reference is not at its place", f"{reference.key!r} at {reference.span}"
        for found in reference.fields.values():
            if found.literal and source.slice(found.span) != found.raw:
                yield "a field is not at its place", f"{found.name!r} of {reference.key!r} at {found.span}"
    for problem in bibliography.problems:
        if not 0 <= problem.span.start < problem.span.end <= len(source.text):
            yield "a problem is not in the text", f"{problem.message} at {problem.span}"


def _cleaned(source: Source, bibliography: Bibliography) -> Cleaned:
    said = report([bibliography], _SETTINGS, _RULES, _STARTED, Gathered(offline=True))
    return clean(source, said, _RULES, _SETTINGS, unsafe=False)


def _spoilt(source: Source, cleaned: Cleaned) -> Iterator[tuple[str, str]]:
    """Yield what cleaning spoils: a text without fixes, a broken block, or its own result."""
    if not cleaned.applied:
        if cleaned.text != source.text:
            yield "cleaning changes a text in which it fixes nothing", repr(cleaned.text)
        return
    position = 0
    for block in document.blocks(source.text):
        if block.kind == "broken":
            broken = source.slice(block.span).rstrip()  # the blank lines behind it go with an entry that is removed
            position = cleaned.text.find(broken, position)
            if position < 0:
                yield "cleaning changes a broken block", repr(cleaned.text)
                return
            position += len(broken)
    anew = type(source)(source.path, cleaned.text, source.format)
    again = _cleaned(anew, bibtex.read(anew))
    if again.text != cleaned.text:
        yield "cleaning twice changes more", f"{cleaned.text!r}\n{again.text!r}"


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise SlowError where the body takes more CPU time than this; without such alarms in the system, it may take its time."""
    if sys.platform == "win32":
        yield
        return

    def give_up(_number: int, _frame: object) -> None:
        raise SlowError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def mutated(chance: random.Random, data: bytes) -> bytes:
    """Return a text with a few random changes."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 1, 2, 5, 20, 100)))
        way = chance.randrange(8)
        if way == 0 and at < len(data):  # one bit
            data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        elif way == 1:  # lost
            data = data[:at] + data[to:]
        elif way == 2:  # doubled
            data = data[:to] + data[at:to] * chance.choice((1, 1, 1, 10)) + data[to:]
        elif way == 3:  # moved
            rest, place = data[:at] + data[to:], chance.randrange(len(data) - (to - at) + 1)
            data = rest[:place] + data[at:to] + rest[place:]
        elif way == 4:  # a part of another file
            other = chance.choice(SEEDS)
            start = chance.randrange(len(other))
            data = data[:at] + other[start : start + chance.choice((5, 50, 500))] + data[at:]
        elif way == 5 and chance.random() < 0.2:  # cut off
            data = data[:at]
        else:
            data = data[:at] + chance.choice(TOKENS) + data[at:]
    return data[:LONGEST]


def reduced(data: bytes, is_bad: Callable[[bytes], bool], seconds: float = 30.0) -> bytes:
    """Return a smaller text that is bad, too: parts are left out, first large ones, then single bytes."""
    stop = time.monotonic() + seconds
    size = len(data) // 2
    while size:
        at, smaller = 0, False
        while at < len(data) and time.monotonic() < stop:
            shorter = data[:at] + data[at + size :]
            if is_bad(shorter):
                data, smaller = shorter, True
            else:
                at += size
        if time.monotonic() >= stop:
            break
        size = min(size, len(data)) if smaller and size == 1 else size // 2
    return data


def fuzz(seed: int, *, inputs: int | None = None, seconds: float | None = None) -> Outcome:
    """Try so many inputs, or for so long; report each broken law once, with a small input."""
    chance = random.Random(seed)  # noqa: S311 - the same inputs for the same seed
    outcome = Outcome()
    stop = time.monotonic() + seconds if seconds is not None else None
    while (inputs is None or outcome.tried < inputs) and (stop is None or time.monotonic() < stop):
        data = mutated(chance, chance.choice(SEEDS))
        outcome.tried += 1
        found = fault(data)
        if found and found[0] not in {failure.law for failure in outcome.failures}:
            outcome.failures.append(_small(found[0], data))
    return outcome


def _small(law: str, data: bytes) -> Failure:
    data = reduced(data, lambda shorter: (fault(shorter) or ("", ""))[0] == law)
    return Failure(law, data, (fault(data) or ("", ""))[1])


def _say(failures: list[Failure], name: str) -> None:
    for number, failure in enumerate(failures, 1):
        path = Path(f"{name}-{number}.bib")
        path.write_bytes(failure.data)
        print(f"{failure.law}: {failure.data[:500]!r}\n{failure.detail}\n  again: python scripts/fuzz_bibtex.py {path}")


def main() -> None:
    """Try the files that are named, or made-up ones for a time."""
    parser = argparse.ArgumentParser(description="Look for BibTeX files that the reader does not survive.")
    parser.add_argument("files", nargs="*", type=Path, help="files to try instead of made-up ones")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.files:
        broken = [(path, found) for path in options.files if (found := fault(path.read_bytes()))]
        for path, (law, detail) in broken:
            print(f"{path}: {law}\n{detail}")
        sys.exit(1 if broken else 0)
    started = time.monotonic()
    outcome = fuzz(options.seed, seconds=options.seconds)
    took = time.monotonic() - started
    _say(outcome.failures, f"fuzz-bibtex-{options.seed}")
    print(
        f"seed {options.seed}: {outcome.tried} inputs in {took:.0f} s ({outcome.tried / took:.0f} a second), {len(outcome.failures)} broken laws"
    )
    sys.exit(1 if outcome.failures else 0)


if __name__ == "__main__":
    main()
