"""Case files: Markdown with one case under each heading, its parts in fenced blocks.

Blocks: `bib`, `prose`, `markdown` or `latex` (the input; beside a document, `bib` is the file refs.bib), `web` (see `support.web`), `works` (what
metadata sources know; see `support.library`), `findings` (one
line each: code, key, colon, message; empty for none), `fixed` (the text after the fixes that the case
allows: safe ones, or `fixed unsafe`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from refcheck.engine.clean import as_bibtex, clean
from refcheck.engine.examine import examine
from refcheck.model.finding import Finding
from refcheck.model.flow import Reply, Request, play
from refcheck.model.reference import Bibliography
from refcheck.model.report import Report
from refcheck.model.settings import ArchiveSettings, Settings, SourceSettings
from refcheck.model.source import Source
from refcheck.readers import Unreadable, bibtex, read
from refcheck.rules import RULES
from refcheck.rules.base import Need, Rule
from support.library import Library
from support.web import WHEN, Web

NAMES = {"latex": "latex", "prose": "prose", "markdown": "markdown", "bib": "bibtex"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule."""

    rule: str
    title: str
    form: str
    text: str
    web: str
    findings: str
    fixed: str | None
    unsafe: bool
    beside: str | None = None
    works: str = ""

    @property
    def only(self) -> Rule:
        return next(rule for rule in RULES if rule.name == self.rule)

    def bibliography(self, text: str | None = None, form: str | None = None) -> Bibliography:
        found = read("case", (self.text if text is None else text).encode(), NAMES[form or self.form])
        assert not isinstance(found, Unreadable), found
        return found

    def settings(self) -> Settings:
        archives = ArchiveSettings(enabled=Need.ARCHIVES in self.only.needs or "web.archive.org" in self.web)
        return Settings(select=(self.rule,), archives=archives, sources=SourceSettings(enabled=Need.RECORDS in self.only.needs))

    def check(self) -> tuple[Report, Bibliography]:
        bibliography = self.bibliography()
        web, library = Web.of(self.web), Library.of(self.works)

        def answer(path: str, request: Request) -> Reply:
            return library.answer(path, request) if self.works.strip() and library.knows(request.url) else web.answer(path, request)

        rules = RULES if Need.FINDINGS in self.only.needs else (self.only,)
        others = [bibtex.read(Source("refs.bib", self.beside, "bibtex"))] if self.beside is not None else []
        report = play(examine([bibliography, *others], self.settings(), rules, WHEN), answer)
        report = replace(report, findings=tuple(f for f in report.findings if f.name == self.rule))
        unasked = set(web.replies) - set(web.asked)
        assert not unasked, f"scripted, but not asked: {sorted(unasked)}"
        return report, bibliography

    def cleaned(self, report: Report, bibliography: Bibliography) -> tuple[str, tuple[Finding, ...]]:
        source = as_bibtex(bibliography, bibliography.dialect)
        result = clean(source, report, (self.only,), self.settings(), unsafe=self.unsafe)
        return result.text, result.left


def load(path: Path) -> list[Case]:
    """Read a case file.

    Raises:
        ValueError: a case has no input or no findings block.
    """
    cases = []
    for section in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        blocks = {name.strip(): text for name, text in re.findall(r"^```([a-z ]+)\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)}
        form = next((name for name in NAMES if name in blocks), None)
        if form is None or "findings" not in blocks:
            raise ValueError(f"{path.name}, {title}: a case needs an input (bib, prose, markdown or latex) and findings")
        fixed = next((blocks[name] for name in ("fixed", "fixed unsafe") if name in blocks), None)
        beside = blocks.get("bib") if form != "bib" else None
        unsafe = "fixed unsafe" in blocks
        web, works = blocks.get("web", ""), blocks.get("works", "")
        cases.append(Case(path.stem, title.strip(), form, blocks[form], web, blocks["findings"], fixed, unsafe, beside, works))
    return cases


def shown(findings: tuple[Finding, ...]) -> str:
    return "".join(f"{f.code} {f.key}: {f.message}\n" if f.key else f"{f.code}: {f.message}\n" for f in findings)
