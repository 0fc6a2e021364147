"""Start what serves the webs, wait until it answers, and end it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import ProxyHandler, build_opener

from webs import CONTROL_PORT, LIVELY_PORT, STATIC_PORT, html, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
_PATIENCE = 10.0
_PAGE_SIZE = 10_240
_NGINX = f"""
daemon off; master_process off; pid nginx.pid; error_log error.log;
events {{ worker_connections 8192; multi_accept on; }}
http {{
    access_log off; default_type text/html; charset utf-8;
    keepalive_timeout 60s; keepalive_requests 1000000; open_file_cache max=10;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    server {{
        listen 0.0.0.0:{STATIC_PORT} backlog=4096;
        root .;
        location ~ ^/p/([a-z-]+)\\.html$ {{ set $title $1; ssi on; try_files /page.html =500; }}
        location / {{ return 404; }}
    }}
}}
"""


def missing(*, needs_nginx: bool = True, needs_server: bool = True) -> list[str]:
    """Return a sentence for each thing that is not there, and how to get it."""
    found: list[str] = []
    if needs_nginx and not _nginx():
        found.append("nginx is missing: apt-get install nginx")
    if needs_server and importlib.util.find_spec("uvloop") is None:
        found.append("uvloop is missing: pip install -e '.[bench]'")
    if sys.platform != "linux":
        found.append("the webs stand on all of 127.0.0.0/8, which only Linux gives without configuration")
    ports = [*([STATIC_PORT] if needs_nginx else []), *([LIVELY_PORT, CONTROL_PORT] if needs_server else [])]
    return [*found, *(f"something listens at port {port} already: end it first" for port in ports if _answers(port))]


@contextmanager
def static_web(folder: Path) -> Iterator[None]:
    """Serve W1 and `many` with nginx: 10 KiB a page, which differ in title and heading."""
    (folder / "page.html").write_text(html('<!--#echo var="title" encoding="none" -->', paragraphs(_PAGE_SIZE - 300)), "utf-8")
    config = folder / "nginx.conf"
    config.write_text(_NGINX, "utf-8")
    with _running([_nginx() or "nginx", "-p", str(folder), "-e", "error.log", "-c", str(config)], STATIC_PORT):
        yield


@contextmanager
def lively_web(name: str) -> Iterator[None]:
    """Serve W2 or W2n, with nothing asked of it yet."""
    with _running([sys.executable, str(HERE / "server.py"), name], CONTROL_PORT):
        yield


def stats() -> dict[str, Any]:
    """Return what the server of W2 saw."""
    opener = build_opener(ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{CONTROL_PORT}/stats", timeout=_PATIENCE) as answer:
        told: dict[str, Any] = json.load(answer)
        return told


def _nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def _answers(port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(1.0)
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                sys.exit(f"{command[0]} does not serve port {port}; what it said stands above")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()
