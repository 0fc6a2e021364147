"""The store: evidence with its age, and the history of each link, in one SQLite file. Never verdicts, never secrets.

Several processes may use one file at once: each writes in short transactions and waits for the others.
A process that is killed loses what it had not yet written; the file stays whole (SQLite's rollback
journal). Keys are hashes and addresses are masked; evidence that holds a password, key or token in an
address is not kept.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from refcheck.model.history import History, Sighting
from refcheck.net.secrets import masked, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_VERSION = 1
_APPLICATION = 0x72666368  # "rfch", so that no other SQLite file is taken for a store
_PATIENCE = 15.0  # seconds to wait for another process
_BATCH = 200
_SCHEMA = """
CREATE TABLE IF NOT EXISTS evidence (key TEXT PRIMARY KEY, at REAL NOT NULL, until REAL NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (lane TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
    target TEXT PRIMARY KEY, last_alive REAL, failing_since REAL, last_failure REAL, failures INTEGER NOT NULL
) WITHOUT ROWID;
"""
_ABOUT = ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
_ALIVE = """
INSERT INTO history VALUES (:target, :at, NULL, NULL, 0) ON CONFLICT (target) DO UPDATE SET
    last_alive = :at, failing_since = NULL, last_failure = NULL, failures = 0
WHERE max(coalesce(last_alive, 0), coalesce(last_failure, 0)) < :at
"""
_FAILED = """
INSERT INTO history VALUES (:target, NULL, :at, :at, 1) ON CONFLICT (target) DO UPDATE SET
    failing_since = coalesce(failing_since, :at), last_failure = :at, failures = failures + 1
WHERE max(coalesce(last_alive, 0), coalesce(last_failure, 0)) < :at
"""
_POSTPONE = "INSERT INTO turns VALUES (:lane, :until) ON CONFLICT (lane) DO UPDATE SET at = max(at, :until)"


class StoreError(Exception):
    """The store cannot be used: its file, and why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a store holds."""

    evidence: int
    expired: int
    links: int
    failing: int
    size: int
    oldest: datetime | None


@dataclass(slots=True)
class Store:
    """A store that is open. `identity` is who asks and by which way: evidence that another one saw is not taken for ours.

    A store that fails while it is used costs no run: `trouble` says why, and from then on nothing is remembered.
    """

    path: Path
    connection: sqlite3.Connection
    identity: str = ""
    waiting: list[tuple[str, float, float, bytes]] = field(default_factory=list)
    trouble: str = ""

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, unless its time is over."""
        row = None
        with self._guarded():
            row = self.connection.execute(
                "SELECT body FROM evidence WHERE key = ? AND until > ?", (self._key(key), datetime.now(UTC).timestamp())
            ).fetchone()
        try:
            return zlib.decompress(row[0]) if row else None
        except zlib.error:
            return None

    def put(self, key: str, value: bytes, lasts: timedelta) -> None:
        """Keep a value for some time; nothing is kept that holds a secret. It is written with others, or at the end."""
        text = value.decode("utf-8")
        if without_secrets(text) != text:
            return
        now = datetime.now(UTC)
        self.waiting.append((self._key(key), now.timestamp(), (now + lasts).timestamp(), zlib.compress(value)))
        if len(self.waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        rows, self.waiting = self.waiting, []
        with self._guarded(), self.connection:
            self.connection.executemany("INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, ?)", rows)

    def histories(self, targets: Iterable[str]) -> dict[str, History]:
        """Return what earlier runs saw of these links."""
        found: dict[str, History] = {}
        with self._guarded():
            for target in targets:
                row = self.connection.execute(
                    "SELECT last_alive, failing_since, last_failure, failures FROM history WHERE target = ?", (masked(target),)
                ).fetchone()
                if row:
                    found[target] = History(_moment(row[0]), _moment(row[1]), _moment(row[2]), row[3])
        return found

    def saw(self, sightings: Iterable[Sighting]) -> None:
        """Add to the history of links; a sighting that is not newer than the last one changes nothing."""
        with self._guarded(), self.connection:
            for sighting in sightings:
                row = {"target": masked(sighting.target), "at": sighting.at.timestamp()}
                self.connection.execute(_ALIVE if sighting.alive else _FAILED, row)

    def reserve(self, lane: str, pace: float, longest: float) -> float:
        """Take the next turn of a service that all processes share; return how many seconds from now it is.

        One that is farther away than the longest wait is not taken.
        """
        now = at = datetime.now(UTC).timestamp()
        with self._guarded(), self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            row = self.connection.execute("SELECT at FROM turns WHERE lane = ?", (lane,)).fetchone()
            at = max(now, row[0] + pace if row else now)
            if at - now <= longest:
                self.connection.execute("INSERT OR REPLACE INTO turns VALUES (?, ?)", (lane, at))
        return at - now

    def postpone(self, lane: str, seconds: float) -> None:
        """Let no process ask a service for some time: it refused."""
        until = datetime.now(UTC).timestamp() + seconds
        with self._guarded(), self.connection:
            self.connection.execute(_POSTPONE, {"lane": lane, "until": until})

    def contents(self) -> Contents:
        """Return how much there is."""
        now = datetime.now(UTC).timestamp()
        with _told(self.path):
            count, expired, oldest = self.connection.execute(
                "SELECT count(*), coalesce(sum(until <= ?), 0), min(at) FROM evidence", (now,)
            ).fetchone()
            links, failing = self.connection.execute("SELECT count(*), coalesce(sum(failures > 0), 0) FROM history").fetchone()
        return Contents(count, expired, links, failing, self.path.stat().st_size, _moment(oldest))

    def close(self) -> None:
        """Write what waits, forget what has been over for a month, and close the file."""
        with closing(self.connection):
            self.flush()
            past = (datetime.now(UTC) - timedelta(days=30)).timestamp()
            with self._guarded(), self.connection:
                self.connection.execute("DELETE FROM evidence WHERE until < ?", (past,))

    def _key(self, key: str) -> str:
        return sha256(f"{self.identity} {key}".encode()).hexdigest()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self.trouble = self.trouble or f"the store {self.path} cannot be used: {error}"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"the store {path} cannot be used: {error}") from error


def open_store(path: Path, identity: str = "") -> Store:
    """Open a store, making it where there is none.

    Raises:
        StoreError: the file cannot be opened, is no store, or is of a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level="IMMEDIATE")
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the store {path} cannot be opened: {error}") from error
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return Store(path, connection, identity)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    try:
        with connection:  # one look at all of it: another process may be making the store meanwhile
            connection.execute("BEGIN")
            application, version, tables = (connection.execute(question).fetchone()[0] for question in _ABOUT)
        if tables and application != _APPLICATION:
            raise StoreError(f"{path} is a database of another program; give another file")
        if version > _VERSION:
            raise StoreError(f"{path} was written by a newer refcheck (store version {version}); give another file, or delete it")
        if not tables or version < _VERSION:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
    except sqlite3.DatabaseError as error:
        hint = "; delete it, or give another file" if "not a database" in str(error) or "malformed" in str(error) else ""
        raise StoreError(f"the store {path} cannot be used: {error}{hint}") from error


def _moment(stamp: float | None) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if stamp else None
