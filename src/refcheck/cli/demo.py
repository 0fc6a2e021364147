"""`refcheck demo`: a recorded, simulated run over a small bibliography that is packaged with the program."""

from __future__ import annotations

import sys
from importlib.resources import files

import click

from refcheck.cli.check import rendered
from refcheck.model.settings import Settings
from refcheck.readers import Unreadable, read

NAME = "demo.bib"


@click.command("demo", short_help="See it work in seconds, without a network.")
def command() -> None:
    """Check a small example bibliography against a simulated web: a dead link with its archived copy, and more."""
    from refcheck.cli.run import replay  # noqa: PLC0415 - loads what checking needs
    from refcheck.engine.examine import selected  # noqa: PLC0415

    folder = files("refcheck.cli") / "data"
    data = (folder / NAME).read_bytes()
    bibliography = read(NAME, data)
    if isinstance(bibliography, Unreadable):
        raise click.ClickException(f"the packaged example cannot be read: {bibliography.reason}")
    recording = (folder / "demo.jsonl").read_text("utf-8")
    settings = Settings()
    report = replay([bibliography], settings, selected(settings), recording, "demo.jsonl")
    click.echo("A simulated run: made-up sites, recorded answers, no network.\n")
    text = "".join(rendered(report, "terminal", sys.stdout, "Now yours: refcheck essay.txt"))
    click.echo(text, nl=False, color=True)
