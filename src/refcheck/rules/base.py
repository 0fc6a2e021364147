"""What a rule is: a pure generator of findings, with a code, a name, a need and a severity."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Flag
from typing import TYPE_CHECKING, Literal, cast

from refcheck.model.finding import Applicability, Finding, Fix, Severity
from refcheck.model.reference import Bibliography, Ignore, Link, Reference, Role
from refcheck.model.source import Edit
from refcheck.model.verdict import Standing, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from refcheck.model.report import Cluster
    from refcheck.model.source import Span
    from refcheck.model.verdict import ArchiveVerdict, LinkVerdict, RecordVerdict


class Need(Flag):
    """What has to be fetched before a rule can speak."""

    NOTHING = 0
    LINKS = 1
    ARCHIVES = 3  # archives are asked for what the links need
    FINDINGS = 4  # those of the other rules: it runs after them
    RECORDS = 16  # metadata sources are asked, and pages for what they say of themselves
    ALL_COPIES = 11  # archives are asked for living pages, too: only where the rule is asked for by its name


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when rules run over one bibliography.

    `rules` are all there are, as (code, name), `ran` those that could look for what they find, and
    `used_ignores` the comments that silenced a finding of theirs: for rules about findings. `documents` are all that
    the run is about: for rules about citations. `about` are the references that rules of that scope look at, all where it is
    None: such a rule knows one reference, and of the bibliography only its dialect and its text.
    """

    bibliography: Bibliography
    links: Mapping[str, LinkVerdict] = field(default_factory=dict)
    archives: Mapping[str, ArchiveVerdict] = field(default_factory=dict)
    clusters: Sequence[Cluster] = ()
    started: datetime | None = None
    rules: tuple[tuple[str, str], ...] = ()
    ran: tuple[tuple[str, str], ...] = ()
    used_ignores: frozenset[Ignore] = frozenset()
    documents: Sequence[Bibliography] = ()
    write_copies_as: str = "note"
    records: Mapping[Span, RecordVerdict] = field(default_factory=dict)
    about: Sequence[Reference] | None = None

    @property
    def editable(self) -> bool:
        """Whether the source can take edits."""
        return self.bibliography.source.format == "bibtex"

    def verdicts(self, reference: Reference) -> Iterator[tuple[Link, LinkVerdict]]:
        """Yield each link of a reference that has a verdict, archived copies apart, each target once."""
        seen: set[str] = set()
        for link in reference.links:
            if link.target and link.target not in seen and link.role is not Role.ARCHIVED_COPY and link.target in self.links:
                seen.add(link.target)
                yield link, self.links[link.target]

    def copies(self, reference: Reference) -> Iterator[tuple[Link, LinkVerdict | None]]:
        """Yield the archived copies that a reference carries, with what is known of each."""
        for link in reference.links:
            if link.role is Role.ARCHIVED_COPY and link.target:
                yield link, self.links.get(link.target)

    def record(self, reference: Reference) -> RecordVerdict | None:
        """Return the verdict on a reference, where metadata sources were asked about it."""
        return self.records.get(reference.span)

    def known(self, name: str) -> bool:
        """Whether a name given by the user is a rule's."""
        return any(answers_to(name, *rule) for rule in self.rules)

    def could_find(self, reference: Reference, names: Sequence[str]) -> bool:
        """Whether the rules of these names (all where none are given) ran, all links of a reference were seen, and its records judged."""
        meant = [rule for rule in self.rules if not names or any(answers_to(name, *rule) for name in names)]
        asked = all(link.target is None or self._is_seen(link.target) for link in reference.links)
        record = self.record(reference)
        open_question = record is None or record.standing is Standing.UNDETERMINED
        judged = not (open_question and any(code.startswith("RC5") for code, _ in meant))
        return asked and judged and all(rule in self.ran for rule in meant)

    def _is_seen(self, target: str) -> bool:
        return target in self.links and self.links[target].verdict is not Verdict.UNKNOWN

    def rewritten(self, link: Link, url: str) -> tuple[Edit, ...]:
        """Return the edit that writes another address for a link; none where the link comes from an expression."""
        return (Edit(link.span, url),) if link.literal else ()

    def fix(self, title: str, applicability: Applicability, *edits: Edit) -> Fix:
        """Return a fix; in a source that takes no edits it only says what to do."""
        return Fix(title, applicability, edits) if self.editable and edits else Fix(title, Applicability.DISPLAY)


def answers_to(name: str, code: str, rule_name: str) -> bool:
    """Whether a name given by the user is a rule's: its name, its code or the beginning of its code, in any case."""
    asked = name.upper()
    return name.lower() == rule_name or (asked.startswith("RC") and code.startswith(asked))


ReferenceCheck = Callable[[Reference, Facts], Iterator[Finding]]
BibliographyCheck = Callable[[Bibliography, Facts], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. Its docstring is its documentation: a sentence, then What it does, Why it matters, Example, When it can be wrong.

    One that is `on_request` runs only where the user names it.
    """

    code: str
    name: str
    severity: Severity
    needs: Need
    scope: Literal["reference", "bibliography"]
    documentation: str
    check: ReferenceCheck | BibliographyCheck
    on_request: bool = False

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.documentation.split("\n", 1)[0]

    def answers_to(self, name: str) -> bool:
        """Whether a name given by the user is this rule's."""
        return answers_to(name, self.code, self.name)

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """Yield what the rule finds in a bibliography, stamped with its code, name, severity and path."""
        if self.scope == "bibliography":
            found = cast("BibliographyCheck", self.check)(facts.bibliography, facts)
            yield from (self._stamped(finding, facts) for finding in found)
            return
        check = cast("ReferenceCheck", self.check)
        for reference in facts.bibliography.references if facts.about is None else facts.about:
            for finding in check(reference, facts) if reference.touched else ():
                yield replace(self._stamped(finding, facts), key=finding.key or reference.key)

    def _stamped(self, finding: Finding, facts: Facts) -> Finding:
        return replace(
            finding,
            code=self.code,
            name=self.name,
            severity=finding.severity or self.severity,
            path=facts.bibliography.source.path,
        )


def rule(  # noqa: PLR0913 - what a rule is
    code: str,
    name: str,
    *,
    severity: Severity = Severity.WARNING,
    needs: Need = Need.NOTHING,
    scope: Literal["reference", "bibliography"] = "reference",
    on_request: bool = False,
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a rule of a generator function: `@rule("RC103", "moved-link", needs=Need.LINKS)`."""

    def make(check: Callable[..., Iterator[Finding]]) -> Rule:
        documentation = re.sub(r"\n{3,}", "\n\n", inspect.getdoc(check) or "")
        return Rule(code, name, severity, needs, scope, documentation, check, on_request)

    return make
