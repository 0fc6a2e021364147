"""Exactly what a person sees."""

from __future__ import annotations

from inline_snapshot import snapshot

from refcheck.engine.examine import examine, selected
from refcheck.model.flow import play
from refcheck.model.reference import Bibliography
from refcheck.model.report import Report
from refcheck.model.settings import Settings, SourceSettings
from refcheck.readers import read
from refcheck.render import terminal
from support.web import WHEN, Web

BIB = b"""@online{gone,
  title = {A Study of Links, Which Has a Title That Is Rather Long for One Line of a Terminal},
  date  = {2018-06-01},
  url   = {https://example.org/a},
}

@online{fine, title = {Another Study}, date = {2020}, url = {https://example.org/b}}

@book{broken, title = {No end, year = 2001}
"""
SCRIPT = """
GET https://example.org/a -> 410
GET https://example.org/b -> 200 page "Another Study"
GET https://web.archive.org/web/20180601120000id_/https://example.org/a -> 302 https://web.archive.org/web/20190604101112id_/https://example.org/a
GET https://web.archive.org/web/20190604101112id_/https://example.org/a -> 200 {memento} page "A Study of Links, Which Has a Title"
"""


def report(data: bytes = BIB, script: str = SCRIPT) -> Report:
    bibliography = read("a.bib", data)
    assert isinstance(bibliography, Bibliography)
    settings = Settings(sources=SourceSettings(enabled=False))
    return play(examine([bibliography], settings, selected(settings), WHEN), Web.of(script).answer)


def test_the_report_at_80_columns() -> None:
    assert terminal.render(report(), advice="Try this next.") == snapshot("""\
a.bib

line 1  gone  A Study of Links, Which Has a Title That Is Rather Long for One…
  ✗ dead-link  RC101
    https://example.org/a
    example.org answers 410 Gone
  · archived-copy-available  RC401
    copy of 4 Jun 2019, 12 months from the reference's date; it has the cited
    title
    → add https://web.archive.org/web/20190604101112/https://example.org/a

line 9
  ✗ broken-block  RC003
    the value of 'title' holds other fields: its own closing brace is missing
    (line 9, column 23): the entry was not read; mend it and run again

2 references, 2 links: 1 alive, 1 dead.
2 errors, 1 note.
Try this next.
""")


def test_nothing_to_complain_about() -> None:
    shown = terminal.render(report(b"@misc{a, title = {Another Study}, url = {https://example.org/b}}", SCRIPT))
    assert shown == snapshot("""\
1 reference, 1 link: 1 alive.
Nothing to complain about.
""")


def test_plain_characters_and_a_narrow_terminal() -> None:
    shown = terminal.render(report(), width=50, ascii_only=True)
    assert shown.isascii()
    assert max(len(line) for line in shown.splitlines() if "http" not in line) <= 50


def test_colour_changes_nothing_but_colour() -> None:
    import re  # noqa: PLC0415 - to take the colour away again

    colored = terminal.render(report(), color=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == terminal.render(report())
