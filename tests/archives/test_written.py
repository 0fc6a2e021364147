"""How a copy is written down, and which day's copy is wanted."""

from __future__ import annotations

from datetime import UTC, datetime

from refcheck.engine.clean import clean
from refcheck.engine.examine import examine, selected
from refcheck.model.finding import Finding
from refcheck.model.flow import play
from refcheck.model.history import History
from refcheck.model.settings import ArchiveSettings, Settings
from refcheck.readers import Unreadable, read
from support.web import WHEN, Web

URL = "https://example.org/a"
COPY = f"https://web.archive.org/web/20180604101112/{URL}"
FIELDS = Settings(select=("archived-copy-available",), archives=ArchiveSettings(write="archiveurl"))


def web(wanted: str) -> Web:
    return Web.of(
        f"GET {URL} -> 410\n"
        f"GET https://web.archive.org/web/{wanted}id_/{URL} -> 302 https://web.archive.org/web/20180604101112id_/{URL}\n"
        f'GET https://web.archive.org/web/20180604101112id_/{URL} -> 200 {{memento}} page "A Study of Links"\n'
    )


def cleaned(text: str, settings: Settings = FIELDS, wanted: str = "20180601120000") -> str:
    bibliography = read("refs.bib", text.encode(), "bibtex")
    assert not isinstance(bibliography, Unreadable)
    report = play(examine([bibliography], settings, selected(settings), WHEN), web(wanted).answer)
    return clean(bibliography.source, report, selected(settings), settings, unsafe=False).text


def test_a_copy_can_be_written_as_fields_of_its_own_and_once() -> None:
    before = f"@online{{gone,\n  title = {{A Study of Links}},\n  date  = {{2018-06-01}},\n  url   = {{{URL}}},\n}}\n"
    after = cleaned(before)
    assert after == before.replace(f"{{{URL}}},\n", f"{{{URL}}},\n  archiveurl = {{{COPY}}},\n  archivedate = {{2018-06-04}},\n")
    again = read("refs.bib", after.encode(), "bibtex")
    assert not isinstance(again, Unreadable)
    assert [link.target for link in again.references[0].links] == [URL, COPY]


def found(form: str) -> Finding:
    text = f"# References\n\n- Doe, J. (2018). *A Study of Links*. <{URL}>\n"
    bibliography = read("essay.md", text.encode(), form)
    assert not isinstance(bibliography, Unreadable)
    settings = Settings(select=("archived-copy-available",))
    report = play(examine([bibliography], settings, selected(settings), WHEN), web("20180701000000").answer)
    return report.findings[0]


def test_a_typed_reference_gets_a_suggested_line_in_its_own_form() -> None:
    assert [fix.title for fix in found("prose").fixes] == [f"add: Archived at {COPY} (2018-06-04)"]
    assert [fix.title for fix in found("markdown").fixes] == [f"add: ([archived 2018-06-04]({COPY}))"]


def test_without_a_date_the_day_is_wanted_on_which_the_page_was_last_seen_alive() -> None:
    text = f"@misc{{gone, title = {{A Study of Links}}, url = {{{URL}}}}}\n"
    bibliography = read("refs.bib", text.encode(), "bibtex")
    assert not isinstance(bibliography, Unreadable)
    alive = {URL: History(datetime(2018, 6, 5, 3, 0, tzinfo=UTC))}
    rules = selected(FIELDS)
    report = play(examine([bibliography], FIELDS, rules, WHEN, alive), web("20180605030000").answer)
    assert [finding.code for finding in report.findings] == ["RC401"]
