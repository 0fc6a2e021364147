"""`refcheck sources`: what is asked about works, its state, and whether a key is set."""

from __future__ import annotations

import click

from refcheck.cli import keys
from refcheck.cli.options import configured, refuse_unknown_sources


@click.command("sources", short_help="Which metadata sources are asked, and whether a key is set.")
@click.option("--config", "config_file", metavar="FILE", type=click.Path(dir_okay=False), help="The configuration to use.")
def command(config_file: str | None) -> None:
    """Show each metadata source: what it knows, whether it is asked, and whether the environment has a key for it.

    Nothing is asked. Keys are read from the environment variables named here, and from nowhere else; they go to their own
    service over https, and never into a report, a recording or the store. A mail address is sent only where `contact` is
    configured. `[sources] ignore` in the configuration turns sources off, `--no-sources` all of them.
    """
    from refcheck.sources.registry import SOURCES  # noqa: PLC0415 - only this command needs the list

    settings = configured(config_file)
    refuse_unknown_sources(settings.sources.ignore)
    present = set(keys.present())
    width = max(len(source.title) for source in SOURCES)
    for source in SOURCES:
        state = _state(source.name, source.key, needed=source.needs_key, present=present, ignored=settings.sources.ignore)
        click.echo(f"{source.title:<{width}}  {source.knows}")
        click.echo(f"{'':<{width}}  {state if settings.sources.enabled else 'not asked: turned off in the configuration'}")
    mail = settings.contact if settings.contact and "@" in settings.contact else ""
    click.echo(f"\nMail address in requests: {mail or 'none (configure contact to send one)'}")


def _state(name: str, variable: str, *, needed: bool, present: set[str], ignored: tuple[str, ...]) -> str:
    if name in ignored:
        return "not asked: in sources.ignore of the configuration"
    if not variable:
        return "asked"
    if name in present:
        return f"asked, with the key in {variable}"
    return f"not asked: it needs a key in {variable}" if needed else f"asked; no key in {variable}, so a few queries may be all it allows"
