"""A visit with every kind of error, made to a server, and the search for it in all that was written."""

import contextlib
import http.client
import re
import socket
import ssl
import subprocess
from pathlib import Path

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
TELLTALE = re.compile(
    rb"marker|WatchedPhone|127\.0\.0\.1:\d+ -|client: |GET |POST |HTTP/1|/en/|/es/|referer|user.agent", re.IGNORECASE
)


def certificate(folder: Path, name: str) -> None:
    """Make a certificate for this machine: porch.pem and porch.key in a folder."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    command += ["-addext", f"subjectAltName={'IP' if name[0].isdigit() else 'DNS'}:{name}"]
    subprocess.run(
        [*command, "-keyout", str(folder / "porch.key"), "-out", str(folder / "porch.pem")],
        check=True,
        capture_output=True,
    )


def line(port: int, *, tls: bool) -> http.client.HTTPConnection:
    """Return a line to a server of this machine."""
    if tls:
        return http.client.HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context(), timeout=20)
    return http.client.HTTPConnection("127.0.0.1", port, timeout=20)


def ask(
    port: int, method: str, path: str, *, tls: bool, body: bytes = b"", headers: dict[str, str] | None = None
) -> int:
    """Ask as a phone that says much about itself, and return the status."""
    asked = line(port, tls=tls)
    says = {
        "User-Agent": AGENT,
        "Referer": "https://marker.example/marker",
        "X-Forwarded-For": "203.0.113.9",
        **(headers or {}),
    }
    asked.request(method, path, body=body or None, headers=says)
    answer = asked.getresponse()
    answer.read()
    asked.close()
    return answer.status


def crawl(port: int, *, tls: bool) -> set[int]:
    """Ask for pages and for every kind of error; return the statuses that came."""
    told = {ask(port, "GET", path, tls=tls) for path in PATHS}
    told.add(ask(port, "POST", "/en/marker", tls=tls, body=b"marker=1"))
    told.add(ask(port, "POST", "/en/", tls=tls, body=b"marker=1"))
    told.add(ask(port, "POST", "/x", tls=tls, body=b"marker" * 100))
    told.add(ask(port, "POST", "/x", tls=tls, headers={"Sec-Fetch-Site": "cross-site"}))
    told.add(ask(port, "POST", "/x", tls=tls, headers={"Sec-Fetch-Site": "same-origin", "Content-Length": "0"}))
    told.add(ask(port, "DELETE", "/en/marker", tls=tls))
    for nonsense in (
        b"GET /en/marker HTTP/9.9\r\nmarker\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfcmarker",
        b"GET http://marker.example/marker HTTP/1.1\r\n\r\n",
    ):
        said(port, nonsense)
    return told


def said(port: int, bytes_: bytes) -> bytes:
    """Send what no browser sends, and return the answer, if any."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(bytes_)
        answer = b""
        with contextlib.suppress(OSError):
            raw.shutdown(socket.SHUT_WR)
            while more := raw.recv(4096):
                answer += more
        return answer


def written(folder: Path) -> bytes:
    """Return all that was written into a folder, but for configurations and keys."""
    files = (
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in (".pem", ".key", ".conf")
    )
    return b"\n".join(path.read_bytes() for path in files)
