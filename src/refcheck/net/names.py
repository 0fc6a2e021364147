"""The addresses of host names, each name looked up once a run.

The system's resolver blocks, and one that hangs cannot be stopped: each look-up has a thread of its
own that the end of the program does not wait for.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from ipaddress import ip_address
from threading import Thread

import httpcore

from refcheck.model.flow import FailureKind

_AT_ONCE = 64


class ConnectFailed(httpcore.ConnectError):
    """A connection that was not made, with the kind of failure."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


class Names:
    """Looks names up, and remembers what each one gave."""

    def __init__(self) -> None:
        self.known: dict[str, asyncio.Future[list[str]]] = {}
        self.slots = asyncio.Semaphore(_AT_ONCE)

    async def addresses(self, host: str, timeout: float | None) -> list[str]:  # noqa: ASYNC109 - the connection's
        """Return the addresses of a name, at least one.

        Raises:
            ConnectFailed: the name does not exist, or could not be looked up in time.
        """
        with suppress(ValueError):
            return [str(ip_address(host))]
        if host not in self.known or _failed(self.known[host]):
            self.known[host] = asyncio.ensure_future(self._look_up(host))
            self.known[host].add_done_callback(_failed)  # one that nobody waits for any more is no error
        try:
            async with asyncio.timeout(timeout):
                return await asyncio.shield(self.known[host])
        except TimeoutError as error:
            raise ConnectFailed(FailureKind.DNS, f"no answer about the name in {timeout:g} s") from error
        except socket.gaierror as error:
            missing = error.errno in {socket.EAI_NONAME, getattr(socket, "WSAHOST_NOT_FOUND", 11001)}
            kind = FailureKind.NO_SUCH_NAME if missing else FailureKind.DNS
            raise ConnectFailed(kind, (error.strerror or str(error)).lower()) from error
        except UnicodeError as error:
            raise ConnectFailed(FailureKind.NO_SUCH_NAME, f"{host!r} is no host name") from error

    async def _look_up(self, host: str) -> list[str]:
        async with self.slots:
            loop = asyncio.get_running_loop()
            answer: asyncio.Future[list[str]] = loop.create_future()

            def tell(found: list[str] | Exception) -> None:
                if answer.done():
                    return
                if isinstance(found, Exception):
                    answer.set_exception(found)
                else:
                    answer.set_result(found)

            def ask() -> None:
                found: list[str] | Exception
                try:
                    found = list(dict.fromkeys(str(item[4][0]) for item in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))
                except (OSError, UnicodeError) as error:
                    found = error
                with suppress(RuntimeError):  # the loop has ended meanwhile
                    loop.call_soon_threadsafe(tell, found)

            Thread(target=ask, name=f"resolve {host}", daemon=True).start()
            return await answer


def _failed(answer: asyncio.Future[list[str]]) -> bool:
    """Whether a look-up ended without addresses: another one may have them."""
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
