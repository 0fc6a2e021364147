"""Whatever comes in: a clear message with the file, the right exit code, and the sound rest is still checked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.program import refcheck
from support.server import serving

GOOD = "@misc{good, title = {A Study of Links}, year = {2024b}}\n"


def test_a_missing_file_is_named_and_the_other_is_checked() -> None:
    Path("good.bib").write_text(GOOD)
    ran = refcheck("nowhere.bib", "good.bib", "--offline")
    assert ran.code == 2
    assert "nowhere.bib: no such file" in ran.err
    assert "orphan-year-suffix" in ran.out


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.bib", b"", "empty.bib: the file is empty"),
        ("blank.txt", b" \n\n\t", "blank.txt: the file is empty"),
        ("paper.pdf", b"%PDF-1.7\n...", "it is a PDF, which cannot be read"),
        ("essay.docx", b"PK\x03\x04....", "it is a zip archive"),
        ("data.bin", b"abc\x00\x01\x02" * 40, "it is not a text file"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(name: str, data: bytes, message: str) -> None:
    Path(name).write_bytes(data)
    ran = refcheck(name, "--offline")
    assert ran.code == 2
    assert message in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_any_usual_encoding_is_read_and_kept(encoding: str) -> None:
    text = "@misc{a, author = {Müller, Jürgen}, title = {Größe}, year = {2024b}}\r\n"
    Path("a.bib").write_bytes(text.encode(encoding))
    ran = refcheck("clean", "a.bib", "--in-place", "--offline")
    assert ran.code == 0, ran.err
    assert Path("a.bib").read_bytes() == text.replace("2024b", "2024").encode(encoding)


def test_a_document_without_a_list_says_how_one_begins() -> None:
    Path("letter.txt").write_text("Dear friend,\n\nNothing to cite here.\n")
    ran = refcheck("letter.txt", "--offline")
    assert ran.code == 3
    assert "letter.txt: no references found; a list of references begins with a heading" in ran.err


def test_a_folder_without_bibliographies_says_so() -> None:
    Path("folder").mkdir()
    ran = refcheck("folder", "--offline")
    assert ran.code == 2
    assert "folder: no .bib file in this folder" in ran.err


def test_a_folder_means_its_bib_files_but_not_those_of_installed_packages() -> None:
    Path("folder/node_modules").mkdir(parents=True)
    Path("folder/a.bib").write_text(GOOD)
    Path("folder/node_modules/b.bib").write_text(GOOD)
    ran = refcheck("folder", "--offline", "--format", "github")
    assert ran.out.count("::warning") == 1
    assert f"file=folder{os.sep}a.bib" in ran.out


def test_no_argument_and_no_bib_file_says_what_to_type() -> None:
    ran = refcheck()
    assert ran.code == 3
    assert "Name a document" in ran.err


def test_empty_standard_input() -> None:
    ran = refcheck("-", "--offline")
    assert ran.code == 2
    assert "<stdin>: nothing came in" in ran.err


def test_standard_input_is_read() -> None:
    ran = refcheck("-", "--offline", stdin=GOOD.encode())
    assert ran.code == 0
    assert "orphan-year-suffix" in ran.out


def test_a_bibtex_file_broken_in_the_middle_is_read_around_the_break() -> None:
    text = GOOD + "\n@book{bad,\n  title = {No end,\n  year = 2001\n}\n\n@misc{last, title = {The Last}, year = {2020c}}\n"
    Path("broken.bib").write_text(text)
    ran = refcheck("clean", "broken.bib", "-o", "out.bib", "--offline")
    assert ran.code == 1
    assert "line 3, column 9" not in ran.err
    assert "(line 4, column 11)" in ran.err
    assert Path("out.bib").read_text() == text.replace("2024b", "2024").replace("2020c", "2020")


def test_an_output_that_cannot_be_written_leaves_what_was_there() -> None:
    Path("good.bib").write_text(GOOD)
    ran = refcheck("clean", "good.bib", "-o", "missing/out.bib", "--offline")
    assert ran.code == 2
    assert "missing/out.bib: cannot be written: No such file or directory" in ran.err.replace("\\", "/")
    Path("folder").mkdir()
    assert refcheck("clean", "good.bib", "-o", "folder", "--offline").code == 2


def test_an_input_is_never_the_output() -> None:
    Path("good.bib").write_text(GOOD)
    ran = refcheck("clean", "good.bib", "-o", "good.bib", "--offline")
    assert ran.code == 2
    assert "use --in-place" in ran.err
    assert Path("good.bib").read_text() == GOOD


def test_prose_cannot_be_changed_in_place() -> None:
    Path("essay.txt").write_text("Bibliography\n\nKurzweil, R. The Singularity is Near, 2005;\n")
    ran = refcheck("clean", "essay.txt", "--in-place", "--offline")
    assert ran.code == 2
    assert "essay.txt: cannot be changed in place" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "ded-link"], "There is no rule 'ded-link'. Did you mean dead-link?"),
        (["--allow-private", "10.0.0.0/99"], "--allow-private 10.0.0.0/99: not a network"),
        (["--record", "a", "--replay", "b"], "--record and --replay exclude each other"),
        (["--replay", "nowhere.jsonl"], "nowhere.jsonl: cannot be read"),
        (["--config", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["--fail-on", "maybe"], "'maybe' is not one of"),
    ],
)
def test_a_wrong_option_says_what_is_wrong(arguments: list[str], message: str) -> None:
    Path("good.bib").write_text(GOOD)
    ran = refcheck("good.bib", *arguments)
    assert ran.code == 2
    assert message in " ".join(ran.err.split())


def test_a_file_that_is_no_recording() -> None:
    Path("good.bib").write_text(GOOD)
    Path("not.jsonl").write_text("{}\n")
    ran = refcheck("good.bib", "--replay", "not.jsonl")
    assert ran.code == 2
    assert "not a recording of version 1" in ran.err


def test_a_recording_of_another_input_is_refused() -> None:
    Path("good.bib").write_text("@misc{a, url = {https://example.org/a}}\n")
    Path("run.jsonl").write_text('{"refcheck-recording": 1, "tool": "refcheck", "started": "2026-11-23T09:00:00+00:00"}\n')
    ran = refcheck("good.bib", "--replay", "run.jsonl")
    assert ran.code == 2
    assert "the recording has no answer to GET https://example.org/a" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_prints_what_is_known_and_writes_no_product(tmp_path: Path) -> None:
    Path("a.bib").write_text(
        "@misc{a, title = {A Study of Links}, year = {2024b}, url = {https://example.org/a}}\n"
        "@misc{b, title = {Another Study}, url = {https://slow.example.org/b}}\n"
    )
    script = 'GET https://example.org/a -> 200 page "A Study of Links"\nGET https://slow.example.org/b -> hang'.replace("hang", "timeout")
    with serving(script, tmp_path) as server:
        server.hang_on = "slow.example.org"
        process = subprocess.Popen(
            [sys.executable, "-m", "refcheck", "clean", "a.bib", "-o", "out.bib"],
            env={**os.environ, **server.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert server.hanging.wait(30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert b"Interrupted: this is what was known by then." in err
    assert b"orphan-year-suffix" in err
    assert out == b""
    assert not Path("out.bib").exists()
