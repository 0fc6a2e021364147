"""The main job on a whole document, over real sockets: from an essay to a checked, cleaned bibliography."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from support.program import refcheck
from support.server import serving

ROOT = Path(__file__).parents[2]
ESSAY = Path(__file__).with_name("essay.txt")
SCRIPT = """
GET https://www.example.org/essays/how-links-rot -> 404 missing
GET https://www.example.org/essays/how-links-rot/ -> 404
GET https://example.org/essays/how-links-rot -> 404
GET http://archive.example.org/field-guide -> 301 https://archive.example.org/field-guide
GET https://archive.example.org/field-guide -> 200 page "A Field Guide to Web Archives"
GET https://journal.example.net/counting.pdf -> 503, 200 pdf "Counting What Is Gone in 2022"
GET https://web.archive.org/web/20180701000000id_/https://www.example.org/essays/how-links-rot -> 302 https://web.archive.org/web/20180604101112id_/https://www.example.org/essays/how-links-rot
GET https://web.archive.org/web/20180604101112id_/https://www.example.org/essays/how-links-rot -> 200 {memento} page "How Links Rot"
GET https://web.archive.org/cdx/search/cdx?url=www.example.org&matchType=host&output=json&fl=original&collapse=urlkey&limit=20&filter=original%3A.%2Ah-%3Fo-%3Fw-%3Fl-%3Fi-%3Fn-%3Fk-%3Fs-%3Fr-%3Fo-%3Ft.%2A -> 200
    []
"""


def test_check_tells_what_is_wrong_and_leaves_the_essay_alone(tmp_path: Path) -> None:
    before = ESSAY.read_bytes()
    with serving(SCRIPT, tmp_path) as server:
        ran = refcheck("check", ESSAY, "--format", "json", env=server.environment)
    assert ran.code == 1, ran.err
    report = json.loads(ran.out)
    jsonschema.validate(report, json.loads((ROOT / "docs/report.schema.json").read_text("utf-8")))
    assert [r["key"] for r in report["references"]] == [
        "harbourgroup2018how", "willow2021field", "lakecourier2021counting", "lakecourier2021countingb", "marsh2019memory",
    ]  # fmt: skip
    assert {link["url"]: link["verdict"] for link in report["links"]} == {
        "https://www.example.org/essays/how-links-rot": "dead",
        "http://archive.example.org/field-guide": "moved",
        "https://journal.example.net/counting.pdf": "alive",
    }
    dead = report["links"][0]
    assert dead["archive"]["url"] == "https://web.archive.org/web/20180604101112/https://www.example.org/essays/how-links-rot"
    assert [d["keys"] for d in report["duplicates"]] == [["lakecourier2021counting", "lakecourier2021countingb"]]
    assert {(f["rule"], f["key"]) for f in report["findings"]} == {
        ("dead-link", "harbourgroup2018how"),
        ("archived-copy-available", "harbourgroup2018how"),
        ("orphan-year-suffix", "harbourgroup2018how"),
        ("moved-link", "willow2021field"),
        ("year-in-title", "willow2021field"),
        ("contradicting-year", "lakecourier2021counting"),
        ("contradicting-year", "lakecourier2021countingb"),
        ("duplicate-reference", "lakecourier2021countingb"),
    }
    assert report["coverage"]["links"] == {"checked": 3, "skipped": {}, "unknown": {}}
    assert ESSAY.read_bytes() == before


def test_every_request_says_who_asks_and_no_address_is_asked_twice_for_two_references(tmp_path: Path) -> None:
    with serving(SCRIPT, tmp_path) as server:
        refcheck(ESSAY, env=server.environment)
    agents = {headers["user-agent"] for headers in server.headers}
    assert len(agents) == 1
    assert agents.pop().startswith("Mozilla/5.0 (compatible; refcheck/")
    assert server.web.counts["GET", "https://journal.example.net/counting.pdf"] == 2, "one failure, one answer; not once a reference"


def test_clean_writes_bibtex_that_is_clean_when_cleaned_again(tmp_path: Path) -> None:
    with serving(SCRIPT, tmp_path) as server:
        ran = refcheck("clean", ESSAY, "-o", "out.bib", env=server.environment)
    assert ran.code == 0, "what is left is information: the exit code is about the cleaned bibliography"
    assert "lakecourier2021counting instead of lakecourier2021countingb" in ran.err
    cleaned = Path("out.bib").read_text("utf-8")
    assert cleaned == (ESSAY.with_name("expected.bib")).read_text("utf-8")
    script = """
GET https://www.example.org/essays/how-links-rot -> 410
GET https://web.archive.org/web/20180604101112id_/https://www.example.org/essays/how-links-rot -> 200 {memento} page "How Links Rot"
GET https://archive.example.org/field-guide -> 200 page "A Field Guide to Web Archives"
GET https://journal.example.net/counting.pdf -> 200 pdf "Counting What Is Gone in 2022"
"""
    with serving(script, tmp_path) as server:
        again = refcheck("clean", "out.bib", "--in-place", env=server.environment)
    assert again.code == 0, again.err
    assert "out.bib: nothing to change" in again.err
    assert Path("out.bib").read_text("utf-8") == cleaned


def test_a_recording_replays_to_the_same_report_without_a_network(tmp_path: Path) -> None:
    with serving(SCRIPT, tmp_path) as server:
        first = refcheck(ESSAY, "--record", "run.jsonl", "--format", "json", env=server.environment)
    again = refcheck(ESSAY, "--replay", "run.jsonl", "--format", "json", env=server.environment)
    assert again.code == first.code == 1
    assert json.loads(again.out) == json.loads(first.out)


def test_without_a_network_nothing_is_dead_and_the_rest_is_told() -> None:
    env = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
    ran = refcheck(ESSAY, "--format", "json", env=env)
    assert ran.code == 4
    report = json.loads(ran.out)
    assert {link["verdict"] for link in report["links"]} == {"unknown"}
    assert {"duplicate-reference", "orphan-year-suffix"} <= {f["rule"] for f in report["findings"]}
    assert not {f["rule"] for f in report["findings"]} & {"dead-link", "link-down", "no-archived-copy"}
    assert report["coverage"]["links"]["unknown"] == {"offline": 3}


def test_offline_asks_nothing_and_is_no_failure() -> None:
    ran = refcheck(ESSAY, "--offline", "--format", "json", env={"HTTPS_PROXY": "http://127.0.0.1:9"})
    assert ran.code == 0
    assert json.loads(ran.out)["coverage"]["links"] == {"checked": 0, "skipped": {"offline": 3}, "unknown": {}}


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("warning", 1), ("error", 0)])
def test_fail_on_decides_the_exit_code(fail_on: str, code: int) -> None:
    assert refcheck(ESSAY, "--offline", "--fail-on", fail_on).code == code
