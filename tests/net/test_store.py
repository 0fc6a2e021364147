"""The store: evidence with its age, histories, several processes, and whatever may happen to the file."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from refcheck.model.history import History, Sighting
from refcheck.net.store import Store, StoreError, open_store

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A = "https://example.org/a"

WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from refcheck.model.history import Sighting
from refcheck.net.store import open_store
name, count = sys.argv[2], int(sys.argv[3])
store = open_store(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(count):
    store.put(f"{name} {n}", b"x" * 2000, timedelta(hours=1))
    store.flush()
    store.saw([Sighting(f"https://example.org/{name}/{n}", datetime.now(UTC), alive=n % 2 == 0)])
store.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "store.sqlite3"


def reopened(store: Store) -> Store:
    store.close()
    return open_store(store.path, store.identity)


def test_what_was_kept_is_there_for_the_next_run_until_its_time_is_over(path: Path) -> None:
    store = open_store(path)
    store.put("fresh", b"{}", HOUR)
    store.put("stale", b"{}", timedelta(seconds=-1))
    store = reopened(store)
    assert (store.get("fresh"), store.get("stale"), store.get("never")) == (b"{}", None, None)
    store.close()


def test_what_another_one_saw_is_not_ours(path: Path) -> None:
    store = open_store(path, "as a browser")
    store.put("a", b"1", HOUR)
    store.close()
    store = open_store(path, "as refcheck")
    assert store.get("a") is None
    store.close()


def test_a_secret_never_enters_the_file(path: Path) -> None:
    store = open_store(path)
    store.put("link https://example.org/?token=geheim1", b'{"url": "https://example.org/?token=geheim2"}', HOUR)
    store.put("other", b'{"url": "https://user:geheim3@example.org/"}', HOUR)
    store.saw([Sighting("https://user:geheim4@example.org/?api_key=geheim5", NOW, alive=True)])
    store.close()
    assert b"geheim" not in path.read_bytes()
    store = open_store(path)
    assert store.contents().evidence == 0
    assert store.histories(["https://user:geheim4@example.org/?api_key=geheim5"]), "and yet the link's history is found again"
    store.close()


def test_failures_are_counted_once_each_and_a_living_page_ends_them(path: Path) -> None:
    store = open_store(path)
    for day in (0, 3, 3, 8):
        store.saw([Sighting(A, NOW + timedelta(days=day), alive=False)])
    last = NOW + timedelta(days=8)
    assert store.histories([A, "https://example.org/new"]) == {A: History(None, NOW, last, 3)}
    store.saw([Sighting(A, NOW + timedelta(days=9), alive=True), Sighting(A, NOW + timedelta(days=5), alive=False)])
    assert store.histories([A]) == {A: History(NOW + timedelta(days=9))}, "an older sighting that comes late changes nothing"
    store.close()


def test_two_processes_at_once_lose_nothing(path: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", WRITER, path, name, "60"], stdout=subprocess.DEVNULL) for name in ("one", "two")]
    assert [process.wait(60) for process in both] == [0, 0]
    store = open_store(path)
    assert (store.contents().evidence, store.contents().links) == (120, 120)
    store.close()


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.11])
def test_a_process_that_is_killed_leaves_a_whole_file(path: Path, after: float) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, path, "one", "100000"], stdout=subprocess.PIPE)
    assert writer.stdout
    assert writer.stdout.readline() == b"ready\n"
    time.sleep(after)  # not to wait for anything: this is the moment at which it dies
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait(10)
    writer.stdout.close()
    store = open_store(path)
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.contents().evidence >= store.contents().links >= store.contents().evidence - 1
    store.put("still", b"1", HOUR)
    store = reopened(store)
    assert store.get("still") == b"1"
    store.close()


def test_a_file_that_is_no_store_is_refused_and_not_touched(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"My dissertation.\n" * 200)
    with pytest.raises(StoreError, match="cannot be used"):
        open_store(path)
    assert path.read_bytes() == b"My dissertation.\n" * 200
    other = path.with_name("other.sqlite3")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mine (a)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(other)


def test_a_store_of_a_newer_version_is_left_alone(path: Path) -> None:
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer refcheck"):
        open_store(path)


def test_processes_share_the_turns_of_a_service(path: Path) -> None:
    one, other = open_store(path), open_store(path)
    waits = [store.reserve("wayback", 2.0, 30.0) for store in (one, other, one)]
    assert [round(wait) for wait in waits] == [0, 2, 4]
    assert round(one.reserve("wayback-cdx", 2.6, 30.0)) == 0
    other.postpone("wayback-cdx", 3600)
    assert one.reserve("wayback-cdx", 2.6, 30.0) > 3500
    assert other.reserve("wayback-cdx", 2.6, 30.0) < 3610, "a turn that is too far away is not taken, so it does not move"
    one.close()
    other.close()


def test_a_store_that_fails_amid_a_run_costs_the_run_nothing(path: Path) -> None:
    store = open_store(path)
    store.connection.close()
    store.put("a", b"1", HOUR)
    store.flush()
    store.saw([Sighting(A, NOW, alive=True)])
    assert (store.get("a"), store.histories([A]), store.reserve("wayback", 1.0, 30.0)) == (None, {}, 0.0)
    store.postpone("wayback", 5)
    store.close()
    assert "cannot be used" in store.trouble
    with pytest.raises(StoreError, match="cannot be used"):
        store.contents()
