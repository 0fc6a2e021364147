"""Write docs/rules/ from the rules' own documentation: a page for each, and a list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from refcheck.rules import RULES

if TYPE_CHECKING:
    from refcheck.rules.base import Rule

FOLDER = Path(__file__).resolve().parent.parent / "docs/rules"
_NOTE = "<!-- Written by scripts/write_rule_pages.py from the rule's docstring. -->\n"


def page(rule: Rule) -> str:
    """Return a rule's page."""
    body = re.sub(r"^(What it does|Why it matters|Example|When it can be wrong): ", r"## \1\n\n", rule.documentation, flags=re.MULTILINE)
    return f"{_NOTE}# {rule.name} ({rule.code})\n\nSeverity: {rule.severity}.\n\n{body}\n"


def listing() -> str:
    """Return the list of all rules."""
    rows = "".join(f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.severity} | {rule.summary} |\n" for rule in RULES)
    return f"{_NOTE}# Rules\n\n`refcheck explain RULE` says the same.\n\n| code | name | severity | what it is about |\n| --- | --- | --- | --- |\n{rows}"


def pages() -> dict[Path, str]:
    """Return every page by its path."""
    return {FOLDER / "README.md": listing(), **{FOLDER / f"{rule.name}.md": page(rule) for rule in RULES}}


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = pages()
    for path in FOLDER.glob("*.md"):
        if path not in written:
            path.unlink()
    for path, text in written.items():
        path.write_text(text, "utf-8")
    print(f"{FOLDER}: {len(written)} pages")


if __name__ == "__main__":
    main()
