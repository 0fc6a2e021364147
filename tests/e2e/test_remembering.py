"""What one run leaves for the next: the store, a baseline, and what changed since a revision."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.program import refcheck
from support.server import Server, serving

A, B = "https://example.org/a", "https://example.net/b"
BIB = f"""@online{{there, title = {{A Study of Links}}, date = {{2020}}, url = {{{A}}}}}

@online{{gone, title = {{Another Study}}, date = {{2020}}, url = {{{B}}}}}
"""
WEB = f'GET {A} -> 200 page "A Study of Links"\nGET {B} -> 410'


def report(server: Server, *options: str, code: int = 1) -> dict[str, Any]:
    ran = refcheck("refs.bib", "--no-archives", "--format", "json", *options, env=server.environment)
    assert ran.code == code, ran.err
    return dict(json.loads(ran.out))


@pytest.fixture
def bib() -> Path:
    path = Path("refs.bib")
    path.write_text(BIB)
    return path


def verdicts(found: dict[str, Any]) -> dict[str, str]:
    return {link["url"]: link["verdict"] for link in found["links"]}


def test_a_second_run_asks_nothing_that_it_remembers(bib: Path, tmp_path: Path) -> None:  # noqa: ARG001 - the fixture writes it
    with serving(WEB, tmp_path) as server:
        first = report(server)
        asked = len(server.web.asked)
        second = report(server)
        assert len(server.web.asked) == asked == 2
        assert verdicts(first) == verdicts(second) == {A: "alive", B: "dead"}
        assert [link["since"] for link in second["links"]] == [None, first["started"][:10]]
        report(server, "--no-store")
        assert len(server.web.asked) == 2 * asked
        report(server, "--store", "other.sqlite3")
        assert len(server.web.asked) == 3 * asked


def test_the_store_is_shown_and_cleared(bib: Path, tmp_path: Path) -> None:  # noqa: ARG001
    assert "not there yet" in refcheck("cache", "info").out
    with serving(WEB, tmp_path) as server:
        report(server)
    told = refcheck("cache", "info").out
    assert "answers kept      2" in told
    assert "links with a past 2, 1 of them failing" in told
    assert refcheck("cache", "clear").out.endswith("store.sqlite3: cleared\n")
    assert not Path(os.environ["REFCHECK_STORE"]).exists()
    assert "nothing to clear" in refcheck("cache", "clear").out


def test_a_named_file_that_is_no_store_is_an_error_and_stays(bib: Path) -> None:  # noqa: ARG001
    Path("thesis.doc").write_bytes(b"My thesis.\n" * 300)
    ran = refcheck("refs.bib", "--store", "thesis.doc")
    assert ran.code == 2
    assert "thesis.doc cannot be used: file is not a database" in ran.err
    assert refcheck("cache", "clear", "--store", "thesis.doc").code == 2
    assert Path("thesis.doc").read_bytes() == b"My thesis.\n" * 300


def test_a_baseline_keeps_known_findings_quiet_and_new_ones_loud(bib: Path, tmp_path: Path) -> None:
    with serving(f"{WEB}\nGET https://example.com/c -> 410", tmp_path) as server:
        wrote = refcheck("refs.bib", "--no-archives", "--write-baseline", "known.json", env=server.environment)
        assert (wrote.code, "a baseline of 1 finding" in wrote.err) == (0, True)
        known = report(server, "--baseline", "known.json", code=0)
        assert [finding["suppressed_by"] for finding in known["suppressed"]] == ["the baseline"]
        bib.write_text(BIB + "@online{new, title = {A Third}, date = {2020}, url = {https://example.com/c}}\n")
        found = report(server, "--baseline", "known.json")
        assert [finding["key"] for finding in found["findings"]] == ["new"]


def test_a_baseline_that_is_none_is_named(bib: Path) -> None:  # noqa: ARG001
    Path("known.json").write_text("[]")
    ran = refcheck("refs.bib", "--offline", "--baseline", "known.json")
    assert (ran.code, "known.json: is no baseline" in ran.err) == (2, True)
    assert "--write-baseline makes one" in refcheck("refs.bib", "--offline", "--baseline", "nowhere.json").err


def git(*arguments: str) -> None:
    names = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *names, *arguments], check=True, capture_output=True)


def test_only_what_changed_is_asked(bib: Path, tmp_path: Path) -> None:
    git("init")
    git("add", "refs.bib")
    git("commit", "-m", "one")
    bib.write_text(BIB.replace("A Study of Links", "A Study of Many Links"))
    with serving(f'GET {A} -> 200 page "A Study of Many Links"', tmp_path) as server:
        found = report(server, "--since", "HEAD", code=0)
        assert [url for _, url in server.web.asked] == [A]
    assert verdicts(found) == {A: "alive", B: "unknown"}
    assert found["coverage"]["links"]["skipped"] == {"not-asked": 1}
    ran = refcheck("refs.bib", "--since", "no-such-branch", "--offline")
    assert (ran.code, "git knows no such revision" in ran.err) == (2, True)


def test_the_time_that_a_run_may_take_is_kept(bib: Path, tmp_path: Path) -> None:  # noqa: ARG001
    with serving(WEB, tmp_path) as server:
        server.hang_on = B
        found = report(server, "--max-time", "1.5", code=0)
    assert verdicts(found) == {A: "alive", B: "unknown"}
    assert found["coverage"]["links"]["unknown"] == {"max-time": 1}
