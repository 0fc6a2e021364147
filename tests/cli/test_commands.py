from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from support.program import refcheck

TWICE = """% head comment

@misc{one,
  title = {A Study of Links},
  year  = {2024b},
  url   = {https://example.org/a},
}

@misc{two,
  title = {A Study of Links},
  year  = {2024},
  url   = {https://example.org/a},
}

Text between, with @ sign.
"""


def test_a_diff_shows_what_would_change_and_changes_nothing() -> None:
    Path("a.bib").write_text(TWICE)
    ran = refcheck("clean", "a.bib", "--diff", "--offline")
    assert ran.out.startswith("--- a.bib\n+++ a.bib (cleaned)\n@@ ")
    assert "\n-  year  = {2024b},\n" in ran.out
    assert "\n-@misc{two,\n" in ran.out
    assert Path("a.bib").read_text() == TWICE


def test_cleaning_touches_only_what_is_reported_and_settles() -> None:
    Path("a.bib").write_text(TWICE)
    assert refcheck("clean", "a.bib", "--in-place", "--offline").code == 0
    once = Path("a.bib").read_text()
    assert once == TWICE.replace("2024b", "2024").replace(TWICE[TWICE.index("@misc{two") : TWICE.index("Text between")], "")
    assert "nothing to change" in refcheck("clean", "a.bib", "--in-place", "--offline").err
    assert Path("a.bib").read_text() == once


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_permissions_and_links_are_kept() -> None:
    Path("real.bib").write_text(TWICE)
    Path("real.bib").chmod(0o640)
    Path("link.bib").symlink_to("real.bib")
    refcheck("clean", "link.bib", "--in-place", "--offline")
    assert Path("link.bib").is_symlink()
    assert stat.S_IMODE(Path("real.bib").stat().st_mode) == 0o640
    assert "2024b" not in Path("real.bib").read_text()
    assert sorted(p.name for p in Path().iterdir()) == ["link.bib", "real.bib"], "no temporary file is left"


@pytest.mark.parametrize("arguments", [[], ["-o", "x.bib", "--diff"], ["--in-place", "--diff"]])
def test_clean_wants_to_know_where_to(arguments: list[str]) -> None:
    Path("a.bib").write_text(TWICE)
    ran = refcheck("clean", "a.bib", *arguments, "--offline")
    assert ran.code == 2
    assert "Say where the cleaned bibliography goes" in ran.err


def test_keys_that_the_output_has_are_kept_when_references_come_and_go() -> None:
    first = "References\n\nKurzweil, R. The Singularity is Near, 2005;\n\nVinge, V. The Technological Singularity, 2003;\n"
    Path("essay.txt").write_text(first)
    refcheck("clean", "essay.txt", "-o", "out.bib", "--offline")
    Path("out.bib").write_text(Path("out.bib").read_text().replace("vinge2003technological", "my-own-key"))
    Path("essay.txt").write_text(
        first.replace("Kurzweil, R. The Singularity is Near, 2005;", "Vinge, V. The Technological Frontier, 2003;")
    )
    refcheck("clean", "essay.txt", "-o", "out.bib", "--offline")
    text = Path("out.bib").read_text()
    assert "@misc{my-own-key," in text
    assert "@misc{vinge2003technological," in text
    assert "kurzweil" not in text


def test_an_ignore_comment_silences_the_entry_below_it() -> None:
    Path("a.bib").write_text(
        "% refcheck: ignore orphan-year-suffix -- the other one is in print\n" + TWICE.removeprefix("% head comment\n\n")
    )
    ran = refcheck("a.bib", "--offline", "--format", "json")
    report = json.loads(ran.out)
    assert [f["rule"] for f in report["findings"]] == ["duplicate-reference"]
    assert [(f["rule"], f["suppressed_by"]) for f in report["suppressed"]] == [("orphan-year-suffix", "the other one is in print")]


def test_select_and_ignore_take_names_codes_and_families() -> None:
    Path("a.bib").write_text(TWICE)

    def rules(*arguments: str) -> set[str]:
        return {f["rule"] for f in json.loads(refcheck("a.bib", "--offline", "--format", "json", *arguments).out)["findings"]}

    assert rules() == {"orphan-year-suffix", "duplicate-reference"}
    assert rules("--select", "RC6") == {"orphan-year-suffix"}
    assert rules("--select", "RC302,orphan-year-suffix") == {"orphan-year-suffix", "duplicate-reference"}
    assert rules("--ignore", "RC604") == {"duplicate-reference"}


def test_the_configuration_is_found_above_and_the_command_line_wins() -> None:
    Path("pyproject.toml").write_text(
        '[tool.refcheck]\nfiles = ["bib/a.bib"]\nignore = ["RC302"]\nfail-on = "warning"\n[tool.refcheck.severity]\norphan-year-suffix = "error"\n'
    )
    Path("bib").mkdir()
    Path("bib/a.bib").write_text(TWICE)
    ran = refcheck("--offline", "--format", "json")
    assert ran.code == 1
    assert [(f["rule"], f["severity"]) for f in json.loads(ran.out)["findings"]] == [("orphan-year-suffix", "error")]
    assert refcheck("--offline", "--fail-on", "never").code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.refcheck]\nfile = []\n", "'file' is no setting; did you mean 'files'?"),
        ("[tool.refcheck]\nfiles = 3\n", "files must be a list of texts, not 3"),
        ("[tool.refcheck.links]\ntimeout = 'long'\n", "links.timeout is 'long'; it should be like 20.0"),
        ("[tool.refcheck.links]\npase = 1\n", "did you mean 'pace'?"),
        ("[tool.refcheck.severity]\ndead-link = 'fatal'\n", "it can be error, warning, info"),
        ("[tool.refcheck.hosts.'example.org']\npace = 'x'\n", "pace is 'x'; it should be seconds"),
        ("[tool.refcheck.duplicates]\ndistinkt = []\n", "did you mean 'distinct'?"),
        ("[tool.refcheck.duplicates]\ndistinct = ['a', 'b']\n", "it should be lists of citation keys"),
        ("[tool.refcheck.duplicates]\ndistinct = [['a', 'a']]\n", "it should be lists of citation keys"),
        ("[tool.refcheck]\nfail-on = 'maybe'\n", "it can be error, warning, never"),
        ("[tool.refcheck]\nselect = ['RC9']\n", "There is no rule 'RC9'"),
        ("[tool.refcheck\n", "not valid TOML"),
    ],
)
def test_a_wrong_configuration_says_what_is_wrong(text: str, message: str) -> None:
    Path("pyproject.toml").write_text(text)
    Path("a.bib").write_text(TWICE)
    ran = refcheck("a.bib", "--offline")
    assert ran.code == 2
    assert message in " ".join(ran.err.split())


def test_convert_writes_each_format() -> None:
    Path("essay.txt").write_text('References\n\nNagel, T. (1974). "What Is It Like to Be a Bat?" Philosophical Review, 83, 435-450;\n')
    assert "journal = {Philosophical Review}" in refcheck("convert", "essay.txt").out
    assert "journaltitle = {Philosophical Review}" in refcheck("convert", "essay.txt", "--to", "biblatex").out
    (item,) = json.loads(refcheck("convert", "essay.txt", "--to", "csl-json").out)
    assert item["type"] == "article-journal"
    assert item["author"] == [{"family": "Nagel", "given": "T."}]
    assert item["issued"] == {"date-parts": [[1974]]}
    assert item["page"] == "435–450"
    assert item["custom"]["confidence"]["title"] > 0.9


def test_convert_each_line_answers_every_line_in_order() -> None:
    lines = [
        "Kurzweil, R. The Singularity is Near, 2005",
        "",
        "???",
        'Nagel, T. (1974). "What Is It Like to Be a Bat?" Philosophical Review, 83, 435-450',
    ]
    ran = refcheck("convert", "--each-line", "-", "--to", "csl-json", stdin="\n".join(lines).encode())
    items = [json.loads(line) for line in ran.out.splitlines()]
    assert [item.get("title") for item in items] == ["The Singularity is Near", None, items[2].get("title"), "What Is It Like to Be a Bat?"]
    assert len(items) == 4


def test_output_goes_to_a_file_and_the_terminal_stays_quiet() -> None:
    Path("a.bib").write_text(TWICE)
    ran = refcheck("a.bib", "--offline", "-o", "report.txt")
    assert ran.out == ""
    assert "orphan-year-suffix" in Path("report.txt").read_text("utf-8")


def test_no_colour_in_a_pipe_and_colour_on_demand() -> None:
    Path("a.bib").write_text(TWICE)
    assert "\x1b" not in refcheck("a.bib", "--offline").out
    assert "\x1b" in refcheck("a.bib", "--offline", env={"FORCE_COLOR": "1"}).out
    assert "\x1b" not in refcheck("a.bib", "--offline", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_a_terminal_that_knows_only_ascii() -> None:
    Path("a.bib").write_text("@misc{a, title = {Größe — and more}, year = {2024b}}\n", "utf-8")
    ran = refcheck("a.bib", "--offline", env={"PYTHONIOENCODING": "ascii", "COLUMNS": "60"})
    assert ran.code == 0, ran.err
    assert ran.out.isascii()
    assert max(map(len, ran.out.splitlines())) <= 60


def test_names_from_a_document_cannot_steer_the_terminal_or_an_annotation() -> None:
    Path("a.bib").write_text("@misc{a, title = {x\x1b[2Jy}, year = {2024b}, url = {https://example.org/a b\x1b]0;owned\x07}}\n")
    for form in ("terminal", "github"):
        ran = refcheck("a.bib", "--offline", "--format", form)
        assert "\x1b" not in ran.out
        assert "\x07" not in ran.out
        assert "malformed-url" in ran.out


def test_github_annotations_stand_at_the_right_line_and_column() -> None:
    Path("a.bib").write_text(TWICE)
    ran = refcheck("a.bib", "--offline", "--format", "github", "--select", "RC604")
    assert ran.out == (
        "::warning file=a.bib,line=5,endLine=5,col=12,endColumn=17,title=RC604 orphan-year-suffix::"
        "one: 2024b stands alone: there is no 2024a by this author (write 2024)\n"
    )


def test_windows_line_ends_survive() -> None:
    Path("a.bib").write_bytes(TWICE.replace("\n", "\r\n").encode())
    refcheck("clean", "a.bib", "--in-place", "--offline")
    data = Path("a.bib").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert os.linesep or data
