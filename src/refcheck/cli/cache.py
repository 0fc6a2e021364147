"""`refcheck cache`: what is remembered from run to run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from refcheck.cli import output, store
from refcheck.net.store import Store, StoreError, open_store

_STORE = click.option("--store", "path", metavar="FILE", help="The store, where it is not the usual one.")


@click.group("cache", short_help="What is remembered from run to run.")
def command() -> None:
    """Show or clear the store: what links answered, for as long as that is trusted, and since when they fail."""


@command.command("info")
@_STORE
def info(path: str | None) -> None:
    """Say where the store is and what it holds."""
    file = _file(path)
    if not file.exists():
        click.echo(f"{file}: not there yet; a run that asks links makes it")
        return
    held = _opened(file).contents()
    oldest = f", the oldest of {held.oldest:%Y-%m-%d %H:%M} UTC" if held.oldest else ""
    click.echo(f"{file}: {held.size / 1024:.0f} KB")
    click.echo(f"  answers kept      {held.evidence}{oldest}")
    click.echo(f"  of these too old  {held.expired}")
    click.echo(f"  links with a past {held.links}, {held.failing} of them failing")


@command.command("clear")
@_STORE
def clear(path: str | None) -> None:
    """Delete the store: every link is asked anew, and nothing is known of the past."""
    file = _file(path)
    if not file.exists():
        click.echo(f"{file}: not there, nothing to clear")
        return
    _opened(file).close()  # not a file of another program
    for part in (file, Path(f"{file}-journal")):
        part.unlink(missing_ok=True)
    click.echo(f"{file}: cleared")


def _file(path: str | None) -> Path:
    return Path(path) if path else store.default_path()


def _opened(file: Path) -> Store:
    try:
        return open_store(file)
    except (StoreError, sqlite3.Error) as error:
        raise output.Refused(str(error)) from error
