from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response
from refcheck.net.recording import Recorder, Recording, RecordingError
from refcheck.net.secrets import without_secrets
from support.web import WHEN

replies = st.one_of(
    st.builds(
        lambda kind, detail: Failure(kind, detail, transient=True, at=WHEN), st.sampled_from(list(FailureKind)), st.text(max_size=20)
    ),
    st.builds(
        lambda status, body: Response("https://example.org/a", status, {"content-type": "text/html"}, body, truncated=False, at=WHEN),
        st.integers(100, 999),
        st.binary(max_size=50),
    ),
)


@given(st.lists(st.tuples(st.sampled_from(["a", "b|c"]), replies), max_size=8))
def test_what_was_recorded_is_replayed_in_order(said: list[tuple[str, Reply]]) -> None:
    recorder = Recorder(WHEN, "refcheck test")
    request = Request("https://example.org/a")
    for path, reply in said:
        recorder.add(path, request, reply)
    recording = Recording.read(recorder.text(), "x")
    assert recording.started == WHEN
    for path, reply in said:
        again = recording.answer(path, request)
        if isinstance(reply, Failure) and without_secrets(reply.detail) != reply.detail:
            continue
        assert again == reply


def test_secrets_are_not_written() -> None:
    recorder = Recorder(WHEN, "refcheck test")
    url = "https://user:hunter2@example.org/a?api_key=k123&x=1"
    request = Request(url, headers=(("Authorization", "Bearer t456"),))
    reply = Response(
        url, 302, {"set-cookie": "session=s789", "location": "https://example.org/b?token=t456", "x-ok": "1"}, b"", truncated=False, at=WHEN
    )
    recorder.add(f"link {url}", request, reply)
    text = recorder.text()
    assert not [secret for secret in ("hunter2", "k123", "t456", "s789", "Bearer") if secret in text]
    again = Recording.read(text, "x").answer(f"link {url}", request)
    assert isinstance(again, Response)
    assert again.headers["x-ok"] == "1"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{}"], "not a recording"),
        (["no json"], "x:1: not JSON"),
        (["[]"], "x:1: not a recording"),
        (['{"refcheck-recording": 9}'], "not a recording of version 1"),
        (['{"refcheck-recording": 1}'], "lacks 'started'"),
        (['{"refcheck-recording": 1, "started": "2026-11-23T09:00:00+00:00"}', "{}"], "lacks 'flow'"),
    ],
)
def test_what_is_no_recording_is_said(lines: list[str], message: str) -> None:
    with pytest.raises(RecordingError, match=message.replace("[", r"\[")):
        Recording.read("\n".join(lines), "x")


def test_a_run_that_asks_something_else_is_refused() -> None:
    recording = Recording.read('{"refcheck-recording": 1, "started": "2026-11-23T09:00:00+00:00"}', "x")
    with pytest.raises(RecordingError, match=r"no answer to GET https://example\.org/a"):
        recording.answer("link", Request("https://example.org/a"))
