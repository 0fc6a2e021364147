"""What is remembered from run to run, and what it makes of trouble that lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from refcheck.engine.examine import examine, selected
from refcheck.links.content import Cited
from refcheck.links.judge import judge
from refcheck.links.memory import lasts, remembered, sighting
from refcheck.links.probe import probe
from refcheck.model.evidence import LinkEvidence
from refcheck.model.flow import Flow, Kept, play
from refcheck.model.history import History
from refcheck.model.settings import Settings
from refcheck.model.verdict import Verdict
from refcheck.readers import Unreadable, read
from support.web import WHEN, Web

A = "https://example.org/a"
TITLE = Cited(("A Study of Links",))


def seen(web: str, cited: Cited = TITLE) -> LinkEvidence:
    return play(probe(A, cited), Web.of(web).answer)


def ago(**span: float) -> datetime:
    return WHEN - timedelta(**span)


ALIVE = f'GET {A} -> 200 page "A Study of Links"'
GONE = f"GET {A} -> 410"
DOWN = f"GET {A} -> 503"
SILENT = f"GET {A} -> timeout"
NO_NAME = f"GET {A} -> dns-no-such-name\nGET https://www.example.org/a -> dns-no-such-name"


@pytest.mark.parametrize(
    ("web", "failures", "since", "verdict"),
    [
        (DOWN, 0, None, Verdict.DOWN),
        (DOWN, 2, ago(days=6), Verdict.DOWN),
        (DOWN, 1, ago(days=30), Verdict.DOWN),
        (DOWN, 2, ago(days=8), Verdict.DEAD),
        (SILENT, 5, ago(days=30), Verdict.DEAD),
        (f"GET {A} -> 403", 5, ago(days=30), Verdict.BLOCKED),
        (f"GET {A} -> proxy", 5, ago(days=30), Verdict.DOWN),
        (f"GET {A} -> circuit-open", 5, ago(days=30), Verdict.DOWN),
        (ALIVE, 5, ago(days=30), Verdict.ALIVE),
    ],
)
def test_trouble_is_a_death_after_three_failures_over_a_week(web: str, failures: int, since: datetime | None, verdict: Verdict) -> None:
    history = History(None, since, ago(days=1) if since else None, failures)
    assert judge(seen(web), TITLE, history).verdict is verdict


def test_a_name_that_stays_away_for_a_day_is_surer() -> None:
    first = judge(seen(NO_NAME), TITLE)
    again = judge(seen(NO_NAME), TITLE, History(None, ago(days=2), ago(days=2), 1))
    assert (first.confidence, again.confidence) == (0.9, 0.97)
    assert again.since == ago(days=2)
    assert "21 Nov 2026" in again.sentence


def test_evidence_from_the_store_is_not_another_failure() -> None:
    history = History(None, ago(days=30), WHEN, 2)  # the last of the two is this very sighting
    assert judge(seen(DOWN), TITLE, history).verdict is Verdict.DOWN


def test_how_long_evidence_is_trusted_depends_on_what_it_says() -> None:
    assert lasts(seen(ALIVE)) > lasts(seen(GONE)) > lasts(seen(DOWN)) > timedelta()
    for ours in ("interrupted", "max-time", "deadline", "offline", "proxy", "circuit-open"):
        assert lasts(seen(f"GET {A} -> {ours}")) == timedelta(), ours


def test_what_says_nothing_about_the_page_is_no_sighting() -> None:
    assert sighting(A, judge(seen(f"GET {A} -> 403"), TITLE)) is None
    assert sighting(A, judge(seen(f"GET {A} -> proxy"), TITLE)) is None
    alive = sighting(A, judge(seen(ALIVE), TITLE))
    assert alive is not None
    assert alive.alive
    failed = sighting(A, judge(seen(GONE), TITLE))
    assert failed is not None
    assert not failed.alive


def kept_step(cited: Cited) -> Kept:
    def make() -> Flow[LinkEvidence]:
        return probe(A, cited)

    step = next(remembered(A, cited, make))
    assert isinstance(step, Kept)
    return step


@pytest.mark.parametrize("web", [ALIVE, GONE, DOWN, NO_NAME])
def test_evidence_comes_back_as_it_was(web: str) -> None:
    evidence, step = seen(web), kept_step(TITLE)
    assert step.load(step.dump(evidence)) == evidence
    assert step.load(b'{"url": 3}') is None
    assert step.load(b"garbage") is None


def test_another_citation_is_another_question() -> None:
    assert kept_step(TITLE).key == kept_step(TITLE).key != kept_step(Cited(("Another title",))).key
    assert A not in kept_step(TITLE).key


def test_the_report_says_since_when_a_link_fails() -> None:
    bibliography = read("refs.bib", f"@misc{{gone, title = {{A Study of Links}}, url = {{{A}}}}}".encode(), "bibtex")
    assert not isinstance(bibliography, Unreadable)
    settings = Settings(select=("dead-link",))
    histories = {A: History(None, ago(days=12), ago(days=1), 4)}
    report = play(examine([bibliography], settings, selected(settings), WHEN, histories), Web.of(GONE).answer)
    assert [finding.message for finding in report.findings] == [f"{A}: example.org answers 410 Gone; it fails since 11 Nov 2026"]
