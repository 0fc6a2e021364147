from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
import guarded.sitecustomize  # noqa: F401  # from here on, nothing in this process reaches past loopback

settings.register_profile("suite", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy, colour or configuration of the machine's own; a folder of its own for every test."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in {"NO_COLOR", "FORCE_COLOR", "SSL_CERT_FILE", "COLUMNS"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "guarded"))
    monkeypatch.setenv("REFCHECK_STORE", str(tmp_path / ".store" / "store.sqlite3"))
    monkeypatch.chdir(tmp_path)
