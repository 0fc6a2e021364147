"""How long a check of W2 takes at least: no scheduler that keeps the limits for a host can be faster.

A host's requests take at least as long as its longest conversation about one page; as all of them together, shared
among the slots; and as the pace asks between the first start and the last. The web takes as long as its slowest host.
A host that hangs costs one time-out, because nobody can know sooner that it hangs. A retry costs no pause, and a body
no time, though they do in truth.

With `manners` it is the bound of what refcheck does on purpose: a host that answers 429 is left alone for as long as it
asks, and not only the page; and to be sure of a verdict a 404 is looked at again when its host has answered some other
requests, or after some seconds, with and without a slash at its end, and an address that cannot exist is asked for, once
for each folder with a page that does not show the cited title.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass

from webs import HUNG, Kind, Page, Web, w2

try:
    from refcheck.links.probe import OR_ANSWERS, SECOND_LOOK_AFTER
except ModuleNotFoundError as error:
    sys.exit(f"{error.name} is missing for this Python ({sys.executable}): pip install -e '.[bench]'")


_RETRY_AFTER = 1.0  # seconds, as the web says


@dataclass(frozen=True, slots=True)
class Limits:
    """What a checker must keep to. `pace` is in seconds between two starts at one host; `retries` is what lychee is told."""

    concurrency: int = 128
    per_host: int = 4
    pace: float = 0.05
    timeout: float = 10.0
    retries: int = 1


def lower_bound(web: Web, limits: Limits, *, manners: bool = False) -> float:
    """Return the fewest seconds in which every page of a web can be judged."""
    by_host: dict[str, list[Page]] = defaultdict(list)
    for page in web.pages:
        by_host[page.host].append(page)
    slowest = busy = 0.0
    for host, pages in by_host.items():
        if pages[0].kind in HUNG:
            slowest, busy = max(slowest, limits.timeout), busy + limits.timeout
            continue
        again = min(SECOND_LOOK_AFTER, OR_ANSWERS * limits.pace) if len(pages) > OR_ANSWERS else SECOND_LOOK_AFTER
        talks = [_talk(page, web.latencies[host], again if manners else None) for page in pages]
        requests = [seconds for asked, _ in talks for seconds in asked]
        if manners and any(_is_doubtful(page) for page in pages):
            requests.append(web.latencies[host])
        longest = max(sum(asked) + pauses for asked, pauses in talks)
        silence = _RETRY_AFTER if manners and any(page.kind is Kind.RATE_LIMITED for page in pages) else limits.pace
        paced = (len(requests) - 2) * limits.pace + silence + min(requests)
        slowest, busy = max(slowest, longest, sum(requests) / limits.per_host, paced), busy + sum(requests)
    return max(slowest, busy / limits.concurrency)


def _talk(page: Page, of_host: float, again: float | None) -> tuple[list[float], float]:
    """Return the seconds that each request for a page takes, and the pauses that must lie between them: `again` before a second look."""
    match page.kind:
        case Kind.REFUSED:
            return [0.0], 0.0
        case Kind.RATE_LIMITED:
            return [page.latency] * 2, _RETRY_AFTER
        case Kind.PASSING:
            return [page.latency] * 2, 0.0
        case Kind.NOT_FOUND if again is not None:
            slash = [] if page.path.endswith(".pdf") else [of_host]
            return [page.latency, page.latency, *slash], again
        case _:
            return [page.latency], 0.0


def _is_doubtful(page: Page) -> bool:
    """Whether a page answers, but does not show the cited title."""
    return not (page.titled or page.is_dead or page.path.endswith(".pdf"))


def main() -> None:
    """Print the bounds of W2 and W2n."""
    for web in (w2(), w2(hung=False)):
        for manners in (False, True):
            how = "with refcheck's manners" if manners else "one answer a page"
            print(f"{web.name:4} {how:30} {lower_bound(web, Limits(), manners=manners):6.2f} s")


if __name__ == "__main__":
    main()
