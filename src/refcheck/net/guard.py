"""Which addresses may be asked: public ones, and those the user allowed.

A bibliography comes from anywhere, and any page may redirect: neither may make this machine ask
addresses of the network it stands in. Names are judged by every address they resolve to, at the
moment of connecting (see `client`); behind a proxy, which resolves for us, by their spelling only.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAME = re.compile(r"(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa|onion)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guard:
    """Judges addresses; `allowed` are networks that may be asked although they are private."""

    allowed: tuple[Network, ...] = ()

    @classmethod
    def of(cls, networks: Iterable[str]) -> Guard:
        """Make a guard that allows the networks, written as CIDR.

        Raises:
            ValueError: one of them is no network.
        """
        return cls(tuple(ipaddress.ip_network(text, strict=False) for text in networks))

    def permits(self, address: Address) -> bool:
        """Whether an address may be asked: it and every address hidden in it is public, or allowed."""
        return all(self._is_allowed(one) or is_public(one) for one in _unwrapped(address))

    def _is_allowed(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.allowed)

    def permits_host(self, host: str) -> bool:
        """Whether a host may be asked, by its spelling alone; a name that may resolve to anything passes."""
        literal = literal_of(host)
        if literal is not None:
            return self.permits(literal)
        return not _LOCAL_NAME.search(host.rstrip(".")) or any(network.is_loopback for network in self.allowed)


def is_public(address: Address) -> bool:
    """Whether an address is reachable from everywhere and belongs to a single host."""
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _unwrapped(address: Address) -> Iterator[Address]:
    """Yield the address and the IPv4 addresses that it carries (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo


def literal_of(host: str) -> Address | None:
    """Return the address that a host spells, in any of the ways that resolvers accept (2852039166, 0x7f.1, 0177.0.0.1)."""
    bare = host.strip("[]").rstrip(".")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    parts = bare.split(".")
    if not 1 <= len(parts) <= 4 or not all(re.fullmatch(r"0[xX][0-9a-fA-F]*|\d+", part) for part in parts):
        return None
    try:
        numbers = [int(p, 16) if p[:2].lower() == "0x" else int(p, 8) if len(p) > 1 and p[0] == "0" else int(p) for p in parts]
    except ValueError:
        return None
    value = 0
    for number in numbers[:-1]:
        if number > 255:
            return None
        value = value << 8 | number
    spare = 8 * (5 - len(numbers))
    value = value << spare | numbers[-1] if numbers[-1] < 1 << spare else -1
    return ipaddress.IPv4Address(value) if 0 <= value < 1 << 32 else None
