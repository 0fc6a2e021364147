"""The shape is held by a machine: layers, no I/O in the core, a quick start, documents that are true."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from refcheck.cli.keys import KEYS
from refcheck.model.source import FORMATS
from refcheck.model.verdict import Agreement, Grounds, Reason, Standing, Verdict
from refcheck.sources.registry import SOURCES
from support.program import refcheck

ROOT = Path(__file__).parent.parent


def test_imports_go_downwards_and_the_core_does_no_io() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [["explain", "dead-link"], ["--version"], ["--help"]])
def test_what_needs_no_network_does_not_load_one(arguments: list[str]) -> None:
    code = f"import sys; from refcheck.cli import main\ntry: main({arguments!r})\nexcept SystemExit: pass\nassert not {{'httpx', 'asyncio', 'rich'}} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_reaches_past_loopback() -> None:
    with pytest.raises(RuntimeError, match="past loopback"):
        socket.getaddrinfo("example.org", 443)
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "past loopback" in done.stderr, "the programs that the tests start are held, too"


def test_the_demo_shows_each_kind_of_trouble_without_a_network() -> None:
    ran = refcheck("demo")
    assert ran.code == 0, ran.err
    for rule in ("dead-link", "archived-copy-available", "moved-link", "soft-404", "blocked-link", "duplicate-reference"):
        assert rule in ran.out
    assert "simulated" in ran.out.splitlines()[0]
    assert max(len(line) for line in ran.out.splitlines() if "http" not in line) <= 80


def test_the_pages_about_rules_are_what_the_rules_say() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from write_rule_pages import pages  # noqa: PLC0415 - a script of the repository

    for path, text in pages().items():
        assert path.read_text("utf-8") == text, f"run `python scripts/write_rule_pages.py`: {path.name} is out of date"


def test_the_schema_knows_every_reason_and_verdict() -> None:
    schema = json.loads((ROOT / "docs/report.schema.json").read_text("utf-8"))
    reasons = schema["$defs"]["reason"]["anyOf"][1]["enum"]
    verdicts = schema["properties"]["links"]["items"]["properties"]["verdict"]["enum"]
    assert (sorted(reasons), sorted(verdicts)) == (sorted(Reason), sorted(Verdict))
    formats = schema["properties"]["inputs"]["items"]["properties"]["format"]["enum"]
    assert formats == [*FORMATS, None]
    record = schema["properties"]["records"]["items"]["properties"]
    assert sorted(record["verdict"]["enum"]) == sorted(Standing)
    assert sorted(record["reason"]["enum"]) == sorted(Grounds)
    assert sorted(record["fields"]["additionalProperties"]["properties"]["verdict"]["enum"]) == sorted(Agreement)


def test_every_source_with_a_key_says_where_it_goes() -> None:
    assert {source.name: source.key for source in SOURCES if source.key} == {name: row[0] for name, row in KEYS.items()}


def test_a_bibtex_file_is_read_without_the_other_readers() -> None:
    code = (
        "import sys; from refcheck.cli.inputs import load\nload(['a.bib'])\n"
        "heavy = {'yaml', 'pypdfium2', 'zipfile', 'xml', 'selectolax', 'refcheck.readers.prose', 'refcheck.readers.citations', 'refcheck.readers.extract'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    Path("a.bib").write_text("@misc{a, title = {One}}\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_explain_says_it_all_and_suggests_the_nearest_name() -> None:
    assert "RC101 dead-link (error)" in refcheck("explain", "--all").out
    ran = refcheck("explain", "ded-link")
    assert ran.code == 2
    assert "Did you mean dead-link?" in ran.err
    assert refcheck("explain").code == 2


def test_a_file_named_like_a_command_is_reached_by_its_path() -> None:
    Path("clean").write_text("@misc{a, title = {One}, year = {2024b}}\n")
    assert "orphan-year-suffix" in refcheck("./clean", "--offline", "--from", "bibtex").out
    assert refcheck("clean").code == 2
