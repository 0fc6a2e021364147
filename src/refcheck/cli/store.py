"""The store of a run: where it is, and what to do when it cannot be used."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import getproxies

from refcheck.cli import output

if TYPE_CHECKING:
    from refcheck.model.settings import Settings
    from refcheck.net.store import Store

VARIABLE = "REFCHECK_STORE"
NAME = "store.sqlite3"


def default_path() -> Path:
    """Return where the store is unless the user says otherwise: the variable's file, else the platform's cache folder."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only needed where a store is

    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_cache_path("refcheck", appauthor=False) / NAME


def opened(path: str | None, identity: str) -> Store | None:
    """Open the named store, or the usual one.

    A named store that cannot be used is an error; without the usual one a run goes on, and says so.

    Raises:
        Refused: the named store cannot be used.
    """
    from refcheck.net.store import StoreError, open_store  # noqa: PLC0415 - only needed where a store is

    try:
        return open_store(Path(path) if path else default_path(), identity)
    except StoreError as error:
        if path or os.environ.get(VARIABLE):
            raise output.Refused(f"{error} (or run with --no-store)") from error
        output.say(f"refcheck: {error}; this run remembers nothing")
        return None


def existing(path: str | None, settings: Settings) -> Store | None:
    """Open the store that an online run would use, where there is one."""
    file = Path(path) if path else default_path()
    return opened(path, identity(settings, settings.links.user_agent or "")) if file.is_file() else None


def closed(memory: Store | None) -> None:
    """Close the store of a run, and say what kept it from remembering."""
    if memory:
        memory.close()
        if memory.trouble:
            output.say(f"refcheck: {memory.trouble}; some of this run is not remembered")


def identity(settings: Settings, agent: str) -> str:
    """Return who asks and by which way, as a hash: what a browser's name, a login or another proxy saw is not what we would see."""
    headers = sorted((host, sorted(own.headers.items())) for host, own in settings.hosts.items() if own.headers)
    asked_by = agent if settings.links.user_agent else "refcheck"
    return sha256(repr((asked_by, headers, sorted(getproxies().items()), settings.allow_private)).encode()).hexdigest()
