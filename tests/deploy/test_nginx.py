"""No log line says who read what: the app, its server, and nginx with the configuration we ship are crawled, errors included, and all they wrote is read."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Server, free_port, start_server

pytestmark = pytest.mark.xdist_group("deploy")

AGENT = "WatchedPhone/7.1"
PATHS = (
    "/en/",
    "/es/talk",
    "/en/phone",
    "/en/forget",
    "/en/marker-not-here",
    "/en/?marker=query",
    "/xx/marker",
    "/%2e%2e/marker",
    "/en/" + "marker" * 400,
    "/x",
    "/quiet",
    "/static/none/marker.js",
)
TELLTALE = re.compile(rb"marker|WatchedPhone|127\.0\.0\.1:\d+ -|GET |POST |HTTP/1|/en/|/es/|referer|user.agent", re.IGNORECASE)


def ask(port: int, method: str, path: str, *, tls: bool, body: bytes = b"", headers: dict[str, str] | None = None) -> int:
    if tls:
        line: http.client.HTTPConnection = http.client.HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context(), timeout=10)
    else:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request(method, path, body=body or None, headers={"User-Agent": AGENT, "Referer": "https://marker.example/marker", "X-Forwarded-For": "203.0.113.9", **(headers or {})})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def crawl(port: int, *, tls: bool) -> set[int]:
    """Ask for pages and for every kind of error; return the states that came."""
    told = {ask(port, "GET", path, tls=tls) for path in PATHS}
    told.add(ask(port, "POST", "/en/marker", tls=tls, body=b"marker=1"))
    told.add(ask(port, "POST", "/en/", tls=tls, body=b"marker=1"))
    told.add(ask(port, "POST", "/x", tls=tls, body=b"marker" * 100))
    told.add(ask(port, "POST", "/x", tls=tls, headers={"Sec-Fetch-Site": "cross-site"}))
    told.add(ask(port, "POST", "/x", tls=tls, headers={"Sec-Fetch-Site": "same-origin", "Content-Length": "0"}))
    told.add(ask(port, "DELETE", "/en/marker", tls=tls))
    # What no browser sends.
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        raw.sendall(b"GET /en/marker HTTP/9.9\r\nmarker\r\n\r\n")
        raw.settimeout(2)
        with contextlib.suppress(OSError):
            raw.recv(400)
    return told


def written(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in (".pem", ".key", ".conf"))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server(tmp_path_factory.mktemp("app") / "log", environment={"PORCHLIGHT_ADDRESS": "https://porch.example"})
    yield running
    running.process.terminate()
    running.process.wait(15)


def test_t31_the_app_and_its_server_write_nothing_about_a_visit(own: Server) -> None:
    states = crawl(urllib.parse.urlsplit(own.url).port or 0, tls=False)
    assert {200, 301, 303, 403, 404, 405, 413} <= states
    assert TELLTALE.findall(own.log.read_bytes()) == [], own.said()


def test_the_search_of_the_logs_finds_a_line_of_the_usual_kind() -> None:
    assert TELLTALE.search(b'203.0.113.9 - - [23/Nov/2026] "GET /en/talk HTTP/1.1" 200')
    assert TELLTALE.search(b"client: 203.0.113.9, request: marker")


@pytest.fixture(scope="module")
def nginx(own: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The shipped configuration with the three marked lines and the ports changed, nothing else."""
    program = shutil.which("nginx") or ("/usr/sbin/nginx" if os.access("/usr/sbin/nginx", os.X_OK) else None)
    if program is None:
        pytest.skip("no nginx on this machine: the example configuration was not served (Debian: apt-get install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=porch.example", "-keyout", str(folder / "porch.key"), "-out", str(folder / "porch.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    shipped = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for ours, here in {
        "/var/log/nginx/porchlight.log": str(folder / "error.log"), "/etc/ssl/porch.example": str(folder / "porch"), "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "server 127.0.0.1:8000": f"server {urllib.parse.urlsplit(own.url).netloc}",
    }.items():  # fmt: skip
        assert ours in shipped
        shipped = shipped.replace(ours, here)
    (folder / "site.conf").write_text(shipped, "utf-8")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"pid {folder}/pid.conf; error_log {folder}/error.log crit; events {{}} http {{ {temporary} include {folder}/site.conf; }}", "utf-8")
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-g", "daemon off;" + "".join(user[1:])],
        stdout=(folder / "out").open("wb"),
        stderr=subprocess.STDOUT,
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert process.poll() is None, (folder / "out").read_text()
            time.sleep(0.05)
    yield port, folder
    process.terminate()
    process.wait(10)


def test_t31_nginx_as_we_ship_it_writes_nothing_about_a_visit(nginx: tuple[int, Path], own: Server) -> None:
    port, folder = nginx
    states = crawl(port, tls=True)
    assert {200, 301, 303, 403, 404, 405, 413} <= states
    # The app away: a gateway error is the line that nginx most likes to write.
    own.process.terminate()
    own.process.wait(15)
    assert crawl(port, tls=True) <= {400, 405, 413, 414, 502}
    assert TELLTALE.findall(written(folder)) == [], written(folder)
    assert TELLTALE.findall(own.log.read_bytes()) == [], own.said()


def test_the_same_crawl_with_the_usual_settings_is_found(nginx: tuple[int, Path], tmp_path: Path) -> None:
    """The guard bites: with nginx's own defaults the same reading of logs finds the visit."""
    _port, folder = nginx
    text = (
        (folder / "site.conf")
        .read_text()
        .replace("access_log off;", f"access_log {tmp_path}/access.log;")
        .replace(f"error_log {folder}/error.log crit;", f"error_log {tmp_path}/error.log error;")
    )
    port = free_port()
    text = re.sub(r"listen 127\.0\.0\.1:\d+ ssl", f"listen 127.0.0.1:{port} ssl", text)
    (tmp_path / "site.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text((folder / "nginx.conf").read_text().replace(str(folder), str(tmp_path)))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    user = "user root;" if os.geteuid() == 0 else ""
    process = subprocess.Popen(
        [program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "start.log"), "-g", "daemon off;" + user],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    ask(port, "GET", "/en/marker", tls=True)
    process.terminate()
    process.wait(10)
    assert TELLTALE.search(written(tmp_path))
