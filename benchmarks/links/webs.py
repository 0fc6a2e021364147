"""The made-up webs that link checkers are measured on, all on loopback, and bibliographies that cite them.

Each host is an address of its own below 127.0.0.0/8, so that every tool's limits for a host hold. A web is drawn from
a seed: it is the same in every process, so nothing is handed over between the programs that serve, check and judge it.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 20261123
STATIC_PORT, LIVELY_PORT, UNREACHABLE_PORT, REFUSED_PORT, CONTROL_PORT = range(18180, 18185)

_WORDS = (
    "amber anchor archive autumn basin bridge bronze canal canvas carbon castle cedar circle citadel copper coral cotton crystal "
    "delta desert ember engine fabric falcon feather fern field fjord forest fountain frontier garden garnet glacier granite gravel "
    "harbour harvest hazel heather horizon indigo island ivory jasper juniper kernel lagoon lantern lattice lava lichen lilac linen "
    "lowland magnet maple marble meadow mercury meridian mirror monsoon mosaic mountain nectar needle northern oasis obsidian ocean "
    "olive orchard organ orbit paper parchment pasture pebble pepper phosphor pilgrim pine planet plateau pollen prairie prism quarry "
    "quartz quilt rain raven reef ribbon river saffron salmon sapphire savanna sediment shadow silver slate southern spruce steam "
    "stone summit sulphur summer tapestry thistle thunder tidal timber topaz tundra valley velvet violet volcano walnut water western "
    "willow winter wool yarrow zenith"
).split()
_SURNAMES = ("Alvarez", "Berg", "Chandra", "Dubois", "Eriksen", "Fontana", "Gupta", "Hoffmann", "Ivanova", "Jansen", "Kimura", "Lindqvist")
_GIVEN = ("Ana", "Björn", "Clara", "David", "Elif", "Farid", "Grace", "Hana")


class Kind(StrEnum):
    """What becomes of a request for a page."""

    ANSWERS = "answers"
    NOT_FOUND = "404"
    RATE_LIMITED = "429 once, with Retry-After: 1"
    PASSING = "503 once"
    NO_HEAD = "405 to HEAD"
    SILENT = "accepts, never answers"
    UNREACHABLE = "never connects"
    REFUSED = "refuses the connection"


DEAD = frozenset({Kind.NOT_FOUND, Kind.SILENT, Kind.UNREACHABLE, Kind.REFUSED})
HUNG = frozenset({Kind.SILENT, Kind.UNREACHABLE})
_PORTS = {Kind.UNREACHABLE: UNREACHABLE_PORT, Kind.REFUSED: REFUSED_PORT}


@dataclass(frozen=True, slots=True)
class Page:
    """An address and how it behaves. `title` is what the bibliography cites; the page itself says so if it is `titled`."""

    host: str
    port: int
    path: str
    title: str
    kind: Kind = Kind.ANSWERS
    titled: bool = True
    latency: float = 0.0
    size: int = 10_240

    @property
    def url(self) -> str:
        """The address."""
        return f"http://{self.host}:{self.port}{self.path}"

    @property
    def is_dead(self) -> bool:
        """Whether a checker should report the address."""
        return self.kind in DEAD


@dataclass(frozen=True, slots=True)
class Web:
    """Pages in the order of the bibliography, and the seconds in which each host answers for what it does not have."""

    name: str
    pages: tuple[Page, ...]
    latencies: dict[str, float]


# The webs


def w1() -> Web:
    """5,000 pages on 50 hosts, all of which answer at once: what a checker costs."""
    return Web("W1", tuple(_static(5_000, [f"127.0.0.{number}" for number in range(1, 51)])), {})


def many(count: int) -> Web:
    """As many pages as wanted, 20 on each host, all of which answer at once: how a checker grows."""
    hosts = [f"127.{2 + n // 40_000}.{1 + n // 200 % 200}.{1 + n % 200}" for n in range(max(1, count // 20))]
    return Web(f"{count:,}", tuple(_static(count, hosts)), {})


def _static(count: int, hosts: Sequence[str]) -> Iterator[Page]:
    for index, title in enumerate(_titles(count)):
        yield Page(hosts[index % len(hosts)], STATIC_PORT, f"/p/{title.lower().replace(' ', '-')}.html", title)


def w2(*, hung: bool = True) -> Web:
    """594 pages on 150 hosts, as a bibliography cites them, with faults; without `hung` hosts it is W2n.

    The sizes of hosts fall like rank to the power of -0.85; latencies are log-normal, with a speed of its own for each
    host; bodies are log-normal too, and 3 % are large PDFs. The seventh largest host hangs, as do four small ones.
    """
    draw = random.Random(SEED)
    sizes = _sizes(hosts=150, pages=600)
    small = list(range(25, len(sizes)))
    draw.shuffle(small)
    faults = {rank: (Kind.UNREACHABLE if at % 2 else Kind.SILENT) for at, rank in enumerate([6, *small[:4]]) if hung}
    faults |= dict.fromkeys(small[4:7], Kind.REFUSED)
    titles = _titles(sum(sizes))
    pages: list[Page] = []
    latencies: dict[str, float] = {}
    for rank, size in enumerate(sizes):
        host, kind = f"127.1.1.{1 + rank}", faults.get(rank, Kind.ANSWERS)
        speed = math.log(0.150) + draw.gauss(0, 0.35)
        latencies[host] = math.exp(speed)
        for number in range(size):
            latency = min(8.0, max(0.01, draw.lognormvariate(speed, 0.5)))
            body = int(min(8e6, max(800, draw.lognormvariate(math.log(60_000), 1.0))))
            is_pdf = draw.random() < 0.03
            pages.append(
                Page(
                    host,
                    _PORTS.get(kind, LIVELY_PORT),
                    f"/ref/{rank}/{number}" + (".pdf" if is_pdf else ""),
                    next(titles),
                    kind,
                    titled=number % 5 != 4,
                    latency=latency,
                    size=4_000_000 if is_pdf else body,
                )
            )
    pages = _with_faults(pages, draw)
    draw.shuffle(pages)
    return Web("W2" if hung else "W2n", tuple(pages), latencies)


def _sizes(hosts: int, pages: int) -> list[int]:
    weights = [rank**-0.85 for rank in range(1, hosts + 1)]
    return [max(1, round(pages * weight / sum(weights))) for weight in weights]


def _with_faults(pages: list[Page], draw: random.Random) -> list[Page]:
    """Give some of the pages on hosts that answer a fault of their own."""
    places = [place for place, page in enumerate(pages) if page.kind is Kind.ANSWERS]
    live = len(places)
    draw.shuffle(places)
    faulty = list(pages)
    for kind, share in ((Kind.NOT_FOUND, 0.03), (Kind.RATE_LIMITED, 0.02), (Kind.PASSING, 0.03), (Kind.NO_HEAD, 0.05)):
        for _ in range(round(live * share)):
            place = places.pop(0)
            faulty[place] = replace(pages[place], kind=kind)
    return faulty


def _titles(count: int) -> Iterator[str]:
    """Yield different titles of six words each."""
    draw = random.Random(SEED + 1)
    seen: set[str] = set()
    while len(seen) < count:
        title = " ".join(draw.choices(_WORDS, k=6)).capitalize()
        if title not in seen:
            seen.add(title)
            yield title


# What pages say


def paragraphs(size: int) -> str:
    """Return paragraphs of running text, of about so many bytes."""
    draw = random.Random(SEED + 2)
    parts: list[str] = []
    length = 0
    while length < size:
        sentences = (" ".join(draw.choices(_WORDS, k=draw.randint(6, 18))).capitalize() for _ in range(5))
        parts.append(f"<p>{'. '.join(sentences)}.</p>\n")
        length += len(parts[-1])
    return "".join(parts)


def html(title: str, body: str) -> str:
    """Return a web page."""
    head = f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
    return f"{head}<body><main><h1>{title}</h1>\n{body}</main></body>\n</html>\n"


# What cites them


def bibtex(web: Web) -> str:
    """Return a bibliography with one entry for each page."""
    return "".join(
        f"@online{{ref{number:06},\n  author = {{{surname}, {given}}},\n  title = {{{page.title}}},\n"
        f"  date = {{{year}}},\n  urldate = {{2025-01-15}},\n  url = {{{page.url}}},\n}}\n\n"
        for number, page, surname, given, year in _cited(web)
    )


def prose(web: Web) -> str:
    """Return the same bibliography as it is typed by hand."""
    lines = (f"{surname}, {given[0]}. ({year}). {page.title}. {page.url}\n" for _, page, surname, given, year in _cited(web))
    return "References\n\n" + "\n".join(lines)


def listed(web: Web) -> str:
    """Return the bare addresses, one a line."""
    return "".join(f"{page.url}\n" for page in web.pages)


def _cited(web: Web) -> Iterator[tuple[int, Page, str, str, int]]:
    draw = random.Random(SEED + 3)
    for number, page in enumerate(web.pages, 1):
        yield number, page, draw.choice(_SURNAMES), draw.choice(_GIVEN), draw.randint(1998, 2024)


def main() -> None:
    """Say what is in each web."""
    for web in (w1(), w2(), w2(hung=False)):
        kinds = Counter(str(page.kind) for page in web.pages)
        print(f"{web.name}: {len(web.pages)} pages, {len({page.host for page in web.pages})} hosts; {dict(kinds.most_common())}")


if __name__ == "__main__":
    main()
