"""Whatever comes in: a clear message with the file, the right exit code, and the sound rest is still checked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from support import office
from support.program import refcheck
from support.server import serving

ROOT = Path(__file__).parents[2]
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
        ("paper.pdf", b"%PDF-1.7\n...", "the PDF is damaged and cannot be opened"),
        ("slides.pptx", b"PK\x03\x04....", "it is a zip archive"),
        ("essay.docx", b"PK\x03\x04word/document.xml", "the Word document is damaged"),
        ("scan.pdf", office.pdf(""), "the PDF has no text, only pictures of pages; run a text recognition (OCR) over it first"),
        ("old.doc", b"\xd0\xcf\x11\xe0....", "it is an old Word document"),
        ("settings.json", b'{"editor": "vi"}', "it is JSON, but it has no CSL items"),
        ("broken.json", b'[{"id": "a", "type": "book", ]', "it is JSON, but it does not parse"),
        ("feed.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "it is XML, but has no records of EndNote, PubMed or Word"),
        ("bomb.xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "it declares entities of its own"),
        ("CITATION.cff", b"cff-version: 1.2.0\ntitle: [a\n", "it is no YAML that can be read: "),
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


def test_what_could_not_be_read_stands_in_the_report_too() -> None:
    Path("good.bib").write_text(GOOD)
    ran = refcheck("good.bib", "nowhere.bib", "--offline", "--format", "json")
    assert ran.code == 2
    report = json.loads(ran.out)
    jsonschema.validate(report, json.loads((ROOT / "docs/report.schema.json").read_text("utf-8")))
    assert [(i["path"], i["format"], [p["message"] for p in i["problems"]]) for i in report["inputs"]] == [
        ("good.bib", "bibtex", []),
        ("nowhere.bib", None, ["no such file"]),
    ]


def test_bytes_that_are_no_text_are_refused_and_an_old_encoding_is_named() -> None:
    Path("bad.bib").write_bytes(b"@misc{a, title = {x\x81\x9d}}")
    assert "neither UTF-8 nor CP1252" in refcheck("bad.bib", "--offline").err
    Path("old.bib").write_bytes("@misc{a, title = {Größe}}".encode("latin-1"))
    assert "old.bib: it is not UTF-8 and was read as CP1252" in refcheck("old.bib", "--offline").err


def test_a_bibliography_that_a_document_names_is_read_with_it() -> None:
    Path("paper").mkdir()
    Path("paper/paper.tex").write_text("\\documentclass{article}\\begin{document}\\cite{good}\\bibliography{refs, gone}\\end{document}")
    Path("paper/refs.bib").write_text(GOOD)
    ran = refcheck("paper/paper.tex", "--offline")
    assert ran.code == 2
    assert f"{Path('paper/gone.bib')}: no such file; paper/paper.tex names it" in ran.err
    assert "no references found" not in ran.err
    assert "orphan-year-suffix" in ran.out


def test_a_file_that_is_only_named_by_a_document_is_not_changed() -> None:
    Path("paper.tex").write_text("\\documentclass{article}\\bibliography{refs}")
    Path("refs.bib").write_text(GOOD)
    ran = refcheck("clean", "paper.tex", "--in-place", "--offline")
    assert ran.code == 2
    assert "refs.bib: was not changed, because only paper.tex names it" in ran.err
    assert refcheck("clean", "paper.tex", "-o", "refs.bib", "--offline").code == 2
    assert refcheck("convert", "paper.tex", "-o", "refs.bib").code == 2
    assert Path("refs.bib").read_text() == GOOD
    assert refcheck("clean", "paper.tex", "-o", "new.bib", "--offline").code == 0
    assert "{2024}" in Path("new.bib").read_text()


def test_a_latex_document_without_references_says_where_they_may_be() -> None:
    Path("a.tex").write_text("\\documentclass{article}\n\\begin{document}\nSmith.\n\\end{document}\n")
    ran = refcheck("a.tex", "--offline")
    assert ran.code == 3
    assert r"a LaTeX document has \bibitem, or names its .bib files" in ran.err


def test_nothing_is_written_where_nothing_was_read() -> None:
    Path("letter.txt").write_text("Dear friend,\n\nNothing to cite here.\n")
    Path("refs.bib").write_text(GOOD)
    assert refcheck("clean", "letter.txt", "-o", "refs.bib", "--offline").code == 3
    assert refcheck("convert", "letter.txt", "-o", "refs.bib").code == 3
    assert Path("refs.bib").read_text() == GOOD


def test_two_files_into_one_are_checked_as_one() -> None:
    Path("a.bib").write_text("@book{k, title = {One}, author = {Lee, A.}, publisher = {P}, year = 2001}\n")
    Path("b.bib").write_text("@book{k, title = {Two}, author = {Lee, A.}, publisher = {P}, year = 2002}\n")
    ran = refcheck("clean", "a.bib", "b.bib", "-o", "both.bib", "--offline")
    assert ran.code == 1, "the same key twice is an error that is left"
    assert Path("both.bib").read_text() == Path("a.bib").read_text() + "\n" + Path("b.bib").read_text()


def test_convert_says_what_it_leaves_out() -> None:
    Path("broken.bib").write_text(GOOD + "@book{bad, title = {No end, year = 2001}\n")
    ran = refcheck("convert", "broken.bib", "--to", "csl-json")
    assert "broken.bib:2: left out: the value of 'title' holds other fields" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_a_full_disk_is_no_error_of_ours() -> None:
    Path("good.bib").write_text(GOOD)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "refcheck", "good.bib", "--offline"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"cannot write: No space left on device" in done.stderr


def test_a_report_that_cannot_be_written_is_printed_after_all() -> None:
    Path("good.bib").write_text(GOOD)
    ran = refcheck("good.bib", "--offline", "-o", "missing/report.txt")
    assert ran.code == 2
    assert "orphan-year-suffix" in ran.out


def test_without_a_network_machines_are_told_too() -> None:
    Path("a.bib").write_text("@misc{a, url = {https://example.org/a}}\n")
    env = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
    ran = refcheck("a.bib", "--format", "github", env=env)
    assert ran.code == 4
    assert "::error title=refcheck::No network" in ran.out
    assert "no network" in ran.err


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_while_the_archive_is_asked_is_an_interruption_too(tmp_path: Path) -> None:
    Path("a.bib").write_text("@misc{a, title = {A Study of Links}, year = 2018, url = {https://example.org/a}}\n")
    gate = "https://web.archive.org/web/20180701000000id_/https://example.org/a"
    with serving(f"GET https://example.org/a -> 410\nGET {gate} -> 404", tmp_path) as server:
        server.hang_on = "web.archive.org"
        process = subprocess.Popen(
            [sys.executable, "-m", "refcheck", "clean", "a.bib", "-o", "out.bib"],
            env={**os.environ, **server.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert server.hanging.wait(30)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert b"dead-link" in err
    assert not Path("out.bib").exists()


def test_a_recording_that_cannot_be_written_is_said_before_anything_is_asked() -> None:
    Path("a.bib").write_text("@misc{a, url = {https://example.org/a}}\n")
    ran = refcheck("a.bib", "--record", "missing/run.jsonl")
    assert ran.code == 2
    assert "missing/run.jsonl: cannot be written" in ran.err
