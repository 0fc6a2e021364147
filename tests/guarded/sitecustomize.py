"""Loaded by every Python that the tests start: nothing may reach past this machine."""

import sys

ALLOWED = ("127.", "::1", "localhost")


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = str(address[0]) if isinstance(address, tuple) else "localhost"  # a path: a Unix socket
    elif event == "socket.getaddrinfo":
        host = str(arguments[0])
    else:
        return
    if not host.startswith(ALLOWED) and host not in {"None", "", "0.0.0.0"}:
        raise RuntimeError(f"the tests tried to reach {host!r}, past loopback")


sys.addaudithook(_hook)
