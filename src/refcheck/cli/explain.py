"""`refcheck explain`: what a rule does and why."""

from __future__ import annotations

import textwrap

import click

from refcheck.cli import output
from refcheck.cli.options import refuse_unknown_rules


@click.command("explain", short_help="What a rule does and why.")
@click.argument("names", nargs=-1, metavar="RULE…")
@click.option("--all", "everything", is_flag=True, help="Every rule.")
def command(names: tuple[str, ...], everything: bool) -> None:  # noqa: FBT001 - click's options
    """Say what a rule does, why it matters and when it can be wrong. RULE is a name or a code."""
    from refcheck.rules import RULES, find  # noqa: PLC0415 - rules are loaded only where they are needed

    if not names and not everything:
        raise click.UsageError("Name a rule (refcheck explain dead-link), or ask for --all.")
    refuse_unknown_rules(names)
    chosen = RULES if everything else tuple(dict.fromkeys(rule for name in names for rule in find(name)))
    for rule in chosen:
        click.echo(f"{rule.code} {rule.name} ({rule.severity})\n")
        for paragraph in rule.documentation.split("\n\n"):
            click.echo(textwrap.fill(" ".join(paragraph.split()), output.width(), break_long_words=False, break_on_hyphens=False) + "\n")
