"""Options that several commands share, and the settings they make together with the configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from refcheck import config
from refcheck.cli import keys, output
from refcheck.model.reference import Dialect
from refcheck.model.settings import Settings
from refcheck.model.source import FORMATS

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Running:
    """How a run is carried out: what to record or replay, the store to use, and how many seconds it may take."""

    record: str | None = None
    replay: str | None = None
    store: str | None = None
    remembers: bool = True
    max_time: float | None = None


_OPTIONS = (
    click.option("--offline", is_flag=True, help="Ask nothing of the network; report what needs none."),
    click.option("--no-archives", is_flag=True, help="Do not look for archived copies."),
    click.option("--no-sources", is_flag=True, help="Do not ask metadata sources about the works: drafts stay private."),
    click.option("--select", metavar="RULE,…", multiple=True, help="Only these rules (names, codes, or beginnings of codes)."),
    click.option("--ignore", metavar="RULE,…", multiple=True, help="Not these rules."),
    click.option(
        "--fail-on", type=click.Choice(config.FAIL_ON), help="Exit with 1 at findings of this severity or worse.  [default: error]"
    ),
    click.option("--allow-private", metavar="CIDR", multiple=True, help="Ask addresses of this private network too (repeatable)."),
    click.option("--user-agent", metavar="TEXT", help="Say this instead of who is really asking."),
    click.option("--from", "form", type=click.Choice(FORMATS), help="Read the inputs as this format."),
    click.option("--dialect", "read_dialect", type=click.Choice([str(d) for d in Dialect]), help="Take BibTeX files for this dialect."),
    click.option("--config", "config_file", metavar="FILE", type=click.Path(dir_okay=False), help="The configuration to use."),
    click.option("--store", metavar="FILE", help="Remember in this file, not in the user's cache folder.  [env: REFCHECK_STORE]"),
    click.option("--no-store", is_flag=True, help="Remember nothing, and ask everything anew."),
    click.option("--max-time", metavar="SECONDS", type=click.FloatRange(min=0.1), help="Report what is known by then."),
    click.option("--record", metavar="FILE", help="Write the run's replies to a file, secrets removed."),
    click.option("--replay", metavar="FILE", help="Play a recorded run again, without a network."),
)


def run_options(command: _Command) -> _Command:
    """Add the options of a command that checks."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settings(values: dict[str, Any]) -> tuple[Settings, Running]:
    """Return the settings of the configuration with the command line's on top.

    Raises:
        click.UsageError: one of them cannot be.
    """
    found = configured(values.get("config_file"))
    refuse_unknown_sources(found.sources.ignore)
    select, ignore = _names(values["select"]), _names(values["ignore"])
    refuse_unknown_rules((*select, *ignore, *found.select, *found.ignore, *found.severity))
    _refuse_bad_networks((*found.allow_private, *values["allow_private"]))
    if values["record"] and values["replay"]:
        raise click.UsageError("--record and --replay exclude each other: a replay asks nothing new.")
    if values["record"] and values["offline"]:
        raise click.UsageError("--record has nothing to write in an --offline run.")
    found = replace(
        found,
        select=select or found.select,
        ignore=(*found.ignore, *ignore),
        fail_on=values["fail_on"] or found.fail_on,
        offline=values["offline"],
        dialect=Dialect(values["read_dialect"]) if values["read_dialect"] else None,
        allow_private=(*found.allow_private, *values["allow_private"]),
        keyed=frozenset(keys.present()),
    )
    if values["no_archives"]:
        found = replace(found, archives=replace(found.archives, enabled=False))
    if values["no_sources"]:
        found = replace(found, sources=replace(found.sources, enabled=False))
    if values["user_agent"]:
        _refuse_bad_agent(values["user_agent"])
        found = replace(found, links=replace(found.links, user_agent=values["user_agent"]))
    if values["store"] and values["no_store"]:
        raise click.UsageError("--store and --no-store exclude each other.")
    remembers = not values["no_store"] and not values["record"]  # a recording has every answer of its run
    return found, Running(values["record"], values["replay"], values["store"], remembers, values["max_time"])


def _refuse_bad_agent(text: str) -> None:
    try:
        config.refuse_unsendable(text, "--user-agent")
    except config.ConfigurationError as error:
        raise output.Refused(str(error)) from error


def configured(path: str | None) -> Settings:
    """Return the settings of the configuration file: the one named, else the nearest one, else the defaults."""
    try:
        file = Path(path) if path else config.find(Path.cwd())
        return config.load(file) if file else Settings()
    except config.ConfigurationError as error:
        raise output.Refused(str(error)) from error


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def refuse_unknown_rules(names: tuple[str, ...]) -> None:
    """Raise a usage error that names a rule that does not exist, and the nearest that does."""
    from difflib import get_close_matches  # noqa: PLC0415 - only needed to name rules

    from refcheck.rules import RULES, find  # noqa: PLC0415 - rules are loaded only where they are needed

    for name in names:
        if not find(name):
            near = get_close_matches(name.lower(), [rule.name for rule in RULES], 1) or get_close_matches(
                name.upper(), [rule.code for rule in RULES], 1
            )
            meant = f" Did you mean {near[0]}?" if near else " `refcheck explain --all` lists them."
            raise output.Refused(f"There is no rule {name!r}.{meant}")


def refuse_unknown_sources(names: tuple[str, ...]) -> None:
    """Raise where the configuration names a source that does not exist."""
    if not names:
        return
    from refcheck.sources.registry import BY_NAME  # noqa: PLC0415 - sources are loaded only where they are needed

    for name in names:
        if name not in BY_NAME:
            raise output.Refused(f"sources.ignore has {name!r}; the sources are {', '.join(sorted(BY_NAME))}.")


def _refuse_bad_networks(networks: tuple[str, ...]) -> None:
    import ipaddress  # noqa: PLC0415 - only needed to read networks

    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            raise click.UsageError(f"--allow-private {network}: not a network like 10.0.0.0/8 ({error}).") from error
