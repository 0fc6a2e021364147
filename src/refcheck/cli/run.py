"""Run the examination: against the web, from a recording, or without either."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refcheck.cli import output
from refcheck.engine.examine import examine
from refcheck.model.flow import Failure, FailureKind, Kept, Request, Response, play
from refcheck.net.recording import Recording, RecordingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.cli.options import Running
    from refcheck.model.reference import Bibliography
    from refcheck.model.report import Report
    from refcheck.model.settings import Settings
    from refcheck.rules.base import Rule


def run(bibliographies: Sequence[Bibliography], settings: Settings, rules: Sequence[Rule], running: Running) -> Report:
    """Examine bibliographies; the report says itself whether it was interrupted or offline."""
    if running.replay:
        try:
            text = Path(running.replay).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise output.Refused(f"--replay {running.replay}: cannot be read: {error}") from error
        return replay(bibliographies, settings, rules, text, running.replay)
    started = datetime.now(UTC).replace(microsecond=0)
    if settings.offline:
        return _recalled(bibliographies, settings, rules, running, started)
    from refcheck.cli import web  # noqa: PLC0415 - httpx is loaded only where a network is needed

    return web.run(bibliographies, settings, rules, running, started)


def replay(bibliographies: Sequence[Bibliography], settings: Settings, rules: Sequence[Rule], text: str, name: str) -> Report:
    """Examine bibliographies with the replies of a recording, at the recording's time."""
    try:
        recording = Recording.read(text, name)
        return play(examine(bibliographies, settings, rules, recording.started), recording.answer)
    except RecordingError as error:
        raise output.Refused(str(error)) from error


def _recalled(
    bibliographies: Sequence[Bibliography], settings: Settings, rules: Sequence[Rule], running: Running, started: datetime
) -> Report:
    """Examine bibliographies with what the store has of the metadata sources' answers, and nothing else."""
    from refcheck.cli import store  # noqa: PLC0415 - only needed where a store is

    memory = store.existing(running.store, settings) if running.remembers else None
    if memory is None:
        return play(examine(bibliographies, settings, rules, started), _nothing)

    def recall(step: Kept) -> Any:  # noqa: ANN401 - a flow's result is its own business
        data = memory.get(step.key)
        return step.load(data) if data is not None else None

    def away(_path: str, _request: Request) -> Failure:
        return Failure(FailureKind.OFFLINE, "not asked: --offline", transient=True, at=started)

    try:
        return play(examine(bibliographies, replace(settings, recalls=True), rules, started), away, recall=recall)
    finally:
        store.closed(memory)


def _nothing(path: str, request: Request) -> Response:
    raise RuntimeError(f"{path} asks for {request.url} in a run that asks nothing")
