"""See that cleaning BibTeX files touches nothing but what a fix is about: `untouched.py PATH…`, folders or .bib files.

Each file is examined without a network and cleaned with the safe fixes. Then it must hold that

- where no finding has a safe fix, every byte is the same;
- else only entries differ that such a fix is about, and blank lines beside those that it takes out;
- the text is written back in the encoding of the file, byte for byte;
- the result reads again, with as many entries less as fixes took out, and no block is broken that was not before;
- cleaning the result again changes nothing.

Ends with 1 where one of these does not hold.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from refcheck.bibtex import document
from refcheck.engine.clean import clean
from refcheck.engine.examine import examine, selected
from refcheck.model.finding import Applicability
from refcheck.model.flow import Failure, FailureKind, Reply, Request, play
from refcheck.model.settings import Settings
from refcheck.readers import Unreadable, bibtex, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refcheck.engine.clean import Cleaned
    from refcheck.model.finding import Finding
    from refcheck.model.reference import Bibliography, Problem
    from refcheck.rules.base import Rule

_OFFLINE = Settings(offline=True)
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_SHOWN = 300


@dataclass(slots=True)
class Tally:
    """What was seen in all files together."""

    counts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    violations: list[tuple[Path, str]] = field(default_factory=list)
    slowest: list[tuple[float, int, Path]] = field(default_factory=list)


def _unanswered(_path: str, _request: Request) -> Reply:
    return Failure(FailureKind.OFFLINE, "", transient=True, at=_WHEN)


def cleaned(bibliography: Bibliography, rules: Sequence[Rule]) -> tuple[Cleaned, tuple[Finding, ...]]:
    """Return what cleaning makes of a bibliography, and what was found before."""
    report = play(examine([bibliography], _OFFLINE, rules, _WHEN), _unanswered)
    return clean(bibliography.source, report, rules, _OFFLINE, unsafe=False), report.findings


def examined(path: Path, rules: Sequence[Rule], tally: Tally) -> Iterator[str]:
    """Yield what is wrong with how a file is cleaned."""
    data = path.read_bytes()
    before = read(str(path), data, "bibtex")
    if isinstance(before, Unreadable):
        tally.counts[f"files unread ({before.reason.partition(';')[0]})"] += 1
        return
    result, found = cleaned(before, rules)
    tally.counts["entries"] += len(before.references)
    tally.counts["broken blocks"] += len(_broken(before))
    tally.counts["fixes applied"] += len(result.applied)
    tally.counts["files changed"] += result.text != before.source.text
    tally.rules.update(finding.name for finding, _ in result.applied)
    if "".join(before.source.slice(block.span) for block in document.blocks(before.source.text)) != before.source.text:
        yield "its blocks are not the whole text"
    yield from _outside(before, result, data, found)
    if result.text == before.source.text:
        return
    after = bibtex.read(type(before.source)(str(path), result.text, "bibtex"))
    yield from _read_again(before, after, result)
    again, _ = cleaned(after, rules)
    if again.text != result.text:
        yield f"cleaning again changes it: {_changes(result.text, again.text)}"


def _outside(before: Bibliography, result: Cleaned, data: bytes, found: Iterable[Finding]) -> Iterator[str]:
    """Yield what differs although no safe fix is about it."""
    source = before.source
    if decode.back(source.text, decode.encoding(data)) != data:
        yield "reading and writing the text does not give the bytes of the file"
    safe = [finding for finding in found if finding.fixes and finding.fixes[0].applicability is Applicability.SAFE]
    if not safe and result.text != source.text:
        yield f"no finding has a safe fix, yet it differs: {_changes(source.text, result.text)}"
    edits = [edit.span for finding in safe for edit in finding.fixes[0].edits]
    touched = {finding.key for finding, _ in result.applied}
    touched |= {ref.key for ref in before.references if any(start <= ref.span.end and ref.span.start <= end for start, end in edits)}
    one, other = _pieces(source.text), _pieces(result.text)
    same = SequenceMatcher(None, one, other, autojunk=False) if result.text != source.text else None
    for tag, a, b, c, d in same.get_opcodes() if same else ():
        if tag != "equal":
            was, now = _untouched(one[a:b], touched), _untouched(other[c:d], touched)
            if was != now or not touched & {piece.key for piece in one[max(a - 1, 0) : b + 1]}:
                texts = ("".join(piece.text for piece in pieces) for pieces in (one[a:b], other[c:d]))
                yield f"no safe fix is about this: {_changes(*texts)}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block with the white space after it; its key where it is an entry."""

    key: str | None
    text: str


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    for block in document.blocks(text):
        written = text[block.span.start : block.span.end]
        if pieces and block.kind == "text" and not written.strip():
            pieces[-1] = _Piece(pieces[-1].key, pieces[-1].text + written)
        else:
            pieces.append(_Piece(block.entry.key if block.kind == "entry" and block.entry else None, written))
    return pieces


def _untouched(pieces: Iterable[_Piece], touched: set[str]) -> str:
    """Return the text of pieces that no fix is about; beside an entry that was taken out, blank lines and ignore comments may go."""
    kept = "".join(piece.text for piece in pieces if piece.key is None or piece.key not in touched)
    return re.sub(r"\s+", " ", re.sub(r"(?m)^[ \t]*%+[ \t]*refcheck:.*$", "", kept)).strip()


def _cut(text: str) -> str:
    return repr(text[:_SHOWN])


def _read_again(before: Bibliography, after: Bibliography, result: Cleaned) -> Iterator[str]:
    """Yield how the result reads otherwise than the input, the entries that were taken out apart."""
    removed = sum(finding.name == "duplicate-reference" for finding, _ in result.applied)
    if len(after.references) != len(before.references) - removed:
        yield f"{len(before.references)} entries, {removed} of them taken out, are {len(after.references)} when read again"
    new = Counter(problem.message.split(" (line", 1)[0] for problem in _broken(after))
    for message, count in (new - Counter(problem.message.split(" (line", 1)[0] for problem in _broken(before))).items():
        yield f"newly broken ({count}): {message}"


def _broken(bibliography: Bibliography) -> list[Problem]:
    return [problem for problem in bibliography.problems if problem.kind == "broken-block"]


def _changes(one: str, other: str) -> str:
    """Return where two texts differ, in words."""
    lines, others = one.splitlines(keepends=True), other.splitlines(keepends=True)
    regions = [op for op in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes() if op[0] != "equal"]
    return "; ".join(f"line {a + 1}: {_cut(''.join(lines[a:b]))} became {_cut(''.join(others[c:d]))}" for _, a, b, c, d in regions[:3])


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are named, and the .bib files of the folders."""
    for path in paths:
        yield from sorted(found for found in path.rglob("*.bib") if found.is_file()) if path.is_dir() else [path]


def main() -> None:
    """Examine every file, and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    tally, rules = Tally(), selected(_OFFLINE)
    for path in files(parser.parse_args().paths):
        tally.counts["files"] += 1
        began = time.process_time()
        for violation in examined(path, rules, tally):
            tally.violations.append((path, violation))
            print(f"{path}: {violation}", flush=True)
        tally.slowest.append((time.process_time() - began, path.stat().st_size, path))
    print(", ".join(f"{count:,} {what}" for what, count in tally.counts.items()))
    print("fixes: " + (", ".join(f"{count:,} {name}" for name, count in tally.rules.most_common()) or "none"))
    for seconds, size, path in sorted(tally.slowest, reverse=True)[:5]:
        print(f"  {seconds:.1f} s for {size / 1000:,.0f} KB: {path}")
    print(f"{len(tally.violations):,} violations in {len({path for path, _ in tally.violations}):,} files")
    sys.exit(bool(tally.violations))


if __name__ == "__main__":
    main()
