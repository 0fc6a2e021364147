"""A run's replies in a file, to be played again without a network.

JSON Lines: the first line says what it is and when the run started; each further line is one reply,
with the path of its flow and the request it answers. Replies are keyed by flow and by order. Secrets
are removed: request headers are not written, cookies are left out, and passwords, keys and tokens in
addresses are masked. Bodies are text where they are UTF-8, else base64.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response
from refcheck.net.secrets import masked, without_secrets

FORMAT = 1
_SECRET_HEADERS = frozenset(
    {"set-cookie", "set-cookie2", "www-authenticate", "authorization", "proxy-authorization", "authentication-info"}
)


class RecordingError(Exception):
    """A recording cannot be read, or does not fit the run."""


@dataclass(slots=True)
class Recorder:
    """Collects the replies of a run."""

    started: datetime
    tool: str
    lines: list[str] = field(default_factory=list)

    def add(self, path: str, request: Request, reply: Reply) -> None:
        """Note one reply."""
        row = {"flow": masked(path), "method": request.method, "url": without_secrets(request.url), **_written(reply)}
        self.lines.append(json.dumps(row, ensure_ascii=False, sort_keys=True))

    def text(self) -> str:
        """Return the recording; the flows are sorted, the replies of one flow in their order."""
        head = {"refcheck-recording": FORMAT, "tool": self.tool, "started": self.started.isoformat()}
        rows = sorted(self.lines, key=lambda line: json.loads(line)["flow"])
        return "\n".join([json.dumps(head), *rows]) + "\n"


def _written(reply: Reply) -> dict[str, Any]:
    common = {"at": reply.at.isoformat(), "attempts": reply.attempts}
    if isinstance(reply, Failure):
        return common | {"failure": reply.kind.value, "detail": without_secrets(reply.detail), "transient": reply.transient}
    headers = {name: without_secrets(value) for name, value in reply.headers.items() if name not in _SECRET_HEADERS}
    try:
        body = {"body": reply.body.decode("utf-8")}
    except UnicodeDecodeError:
        body = {"base64": base64.b64encode(reply.body).decode("ascii")}
    return common | {"status": reply.status, "headers": headers, "truncated": reply.truncated, **body}


@dataclass(slots=True)
class Recording:
    """A recording, ready to answer. `started` is the run's clock."""

    started: datetime
    rows: dict[str, list[dict[str, Any]]]
    used: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def read(cls, text: str, name: str) -> Recording:
        """Read a recording.

        Raises:
            RecordingError: it is none, or of a version that this program does not know.
        """
        parsed: list[dict[str, Any]] = []
        for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise RecordingError(f"{name}:{number}: not JSON ({error}); is this a file that --record wrote?") from error
            if not isinstance(row, dict):
                raise RecordingError(f"{name}:{number}: not a recording; give a file that --record wrote")
            parsed.append(row)
        if not parsed or parsed[0].get("refcheck-recording") != FORMAT:
            raise RecordingError(f"{name}: not a recording of version {FORMAT}; give a file that --record wrote")
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        try:
            started = datetime.fromisoformat(parsed[0]["started"])
            for row in parsed[1:]:
                rows[row["flow"]].append(row)
        except (KeyError, TypeError, ValueError) as error:
            raise RecordingError(f"{name}: a line lacks {error}; the file is damaged") from error
        return cls(started.astimezone(UTC), dict(rows))

    def answer(self, path: str, request: Request) -> Reply:
        """Return the next reply of a flow.

        Raises:
            RecordingError: the run asks for something else than the recorded one did.
        """
        key = masked(path)
        position = self.used[key]
        rows = self.rows.get(key, [])
        url = without_secrets(request.url)
        asked = (rows[position].get("method"), rows[position].get("url")) if position < len(rows) else None
        if asked != (request.method, url):
            raise RecordingError(
                f"the recording has no answer to {request.method} {url}; replay it with the same input, options and version"
            )
        self.used[key] += 1
        try:
            return _reply(request.url, rows[position])
        except (KeyError, TypeError, ValueError, binascii.Error) as error:
            raise RecordingError(f"the recorded answer to {request.method} {url} is damaged ({error})") from error


def _reply(url: str, row: dict[str, Any]) -> Reply:
    at = datetime.fromisoformat(row["at"])
    if "failure" in row:
        return Failure(FailureKind(row["failure"]), row["detail"], row["transient"], at, row["attempts"])
    body = base64.b64decode(row["base64"]) if "base64" in row else row["body"].encode("utf-8")
    return Response(url, row["status"], row["headers"], body, row["truncated"], at, row["attempts"])
