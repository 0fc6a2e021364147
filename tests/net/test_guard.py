from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.net.guard import Guard, literal_of

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::",
    "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "192.0.2.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_however_they_are_wrapped(address: str) -> None:
    assert not Guard().permits(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"])
def test_public_addresses_are_asked(address: str) -> None:
    assert Guard().permits(ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        "2852039166",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0x7f000001",
        "[::1]",
        "localhost",
        "printer.local",
        "db.internal",
        "169.254.169.254.",
        "LOCALHOST",
        "a.home.arpa",
    ],
)
def test_odd_spellings_and_local_names_are_refused(host: str) -> None:
    assert not Guard().permits_host(host)


@pytest.mark.parametrize("host", ["example.org", "1.1.1.1", "localhost.example.org", "127.0.0.1.example.org", "16843009"])
def test_ordinary_hosts_are_asked(host: str) -> None:
    assert Guard().permits_host(host)


def test_what_the_user_allows_is_asked_and_nothing_else() -> None:
    guard = Guard.of(["10.0.0.0/8"])
    assert guard.permits_host("10.1.2.3")
    assert not guard.permits_host("192.168.1.1")
    assert Guard.of(["127.0.0.0/8"]).permits_host("localhost")
    with pytest.raises(ValueError, match="99"):
        Guard.of(["10.0.0.0/99"])


@given(st.text(max_size=30))
def test_any_host_is_judged_without_raising(host: str) -> None:
    literal = literal_of(host)
    assert isinstance(Guard().permits_host(host), bool)
    assert literal is None or Guard().permits_host(host) == Guard().permits(literal)
