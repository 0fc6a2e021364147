"""What a person sees while it works: how many, how fast, how long, and who is waited for."""

from __future__ import annotations

import io

from refcheck.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def progress(stream: io.StringIO) -> tuple[Progress, Clock, list[str]]:
    clock = Clock()
    shown = Progress(stream, clock)
    names = [f"link https://h{n}.example.org/a" for n in range(40)]
    shown.planned(names)
    for name in names:
        shown.began(name)
    return shown, clock, names


def test_the_line_says_count_rate_time_left_and_who_is_waited_for() -> None:
    stream = Terminal()
    shown, clock, names = progress(stream)
    with shown:
        clock.now += 10
        for name in names[:20]:
            shown.ended(name)
        assert shown.text("link") == (
            "Checking links: 20 of 40 · 2/s · 10 s left · waiting for h20.example.org, h21.example.org and 18 more"
        )
    assert stream.getvalue().endswith("\r"), "the line is wiped at the end"
    assert max(map(len, stream.getvalue().split("\r"))) <= 79


def test_where_nobody_watches_a_line_comes_now_and_then() -> None:
    stream = io.StringIO()
    shown, clock, names = progress(stream)
    for name in names:
        clock.now += 0.5
        shown.ended(name)
    assert stream.getvalue().count("\n") == 2
    assert "\r" not in stream.getvalue()
    assert "20 of 40, 2/s, 10 s left" in stream.getvalue()


def test_steps_within_a_flow_are_not_counted() -> None:
    shown, _, _ = progress(io.StringIO())
    shown.planned(["sibling:https://example.org/", "control https://example.com/"])
    assert shown.counts["link"].planned == 40
