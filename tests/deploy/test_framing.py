"""Requests whose end two servers could see in two places, sent to both proxies as we ship them: nothing behind such a
request is answered as a request of its own, and the next reader gets the page that was asked for."""

import re
import socket
import ssl
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import Server
from tests.deploy import test_caddy, test_nginx

pytestmark = pytest.mark.xdist_group("deploy-framing")

HOST = b"Host: porch.example\r\n"
HIDDEN = b"GET /es/forget HTTP/1.1\r\n" + HOST + b"\r\n"
"""A second request, for a page that the probes never ask for by themselves."""
POST = b"POST /x HTTP/1.1\r\n" + HOST + b"Sec-Fetch-Site: same-origin\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"

PROBES = {
    "both lengths": POST + b"Content-Length: %d\r\n" % (5 + len(HIDDEN)) + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN,
    "chunks first": POST + CHUNKED + b"Content-Length: 4\r\n\r\n0\r\n\r\n" + HIDDEN,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a list of lengths": POST + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a length in hex": POST + b"Content-Length: 0x0\r\n\r\n" + HIDDEN,
    "a length below nothing": POST + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "a space before the colon": POST + b"Content-Length : 0\r\n" + CHUNKED.replace(b":", b" :") + b"\r\n" + HIDDEN,
    "a folded line": POST + b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 3\r\n\r\n0\r\n" + HIDDEN,
    "an unknown coding": POST + b"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "chunked twice": POST + CHUNKED + CHUNKED + b"Content-Length: 0\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunked not last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a tab in the coding": POST + b"Transfer-Encoding:\tchunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a chunk of endless size": POST + CHUNKED + b"\r\nffffffffffffffffffff\r\n" + HIDDEN,
    "a chunk that is no number": POST + CHUNKED + b"\r\n0x0\r\n\r\n" + HIDDEN,
    "bare line feeds": POST.replace(b"\r\n", b"\n") + CHUNKED.replace(b"\r\n", b"\n") + b"\n0\n\n" + HIDDEN,
    "a bare return in a value": POST + b"X: a\rContent-Length: 0\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN,
    "a zero byte": POST + b"X: a\x00b\r\n\r\n" + HIDDEN,
    "a body of GET": b"GET /x HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "HTTP/1.0 with chunks": POST.replace(b"1.1", b"1.0") + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN,
    "upgrade to h2c": b"GET /x HTTP/1.1\r\n" + HOST + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
    b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n",
    "an upgrade that ends in a request": b"GET /x HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
}  # fmt: skip


@dataclass
class Proxy:
    """A proxy with our configuration, and the name that it serves."""

    port: int
    name: bytes


def sent(proxy: Proxy, data: bytes) -> bytes:
    """Send bytes to a proxy over TLS, and return what came until it closed or said nothing more."""
    port, data = proxy.port, data.replace(b"porch.example", proxy.name)
    context = ssl._create_unverified_context()
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as raw, context.wrap_socket(raw) as line:
        line.settimeout(3)
        try:
            line.sendall(data)
            while more := line.recv(65536):
                got += more
        except (TimeoutError, OSError):
            return got
    return got


def page(proxy: Proxy) -> bytes:
    """Read one page on a new connection, without its headers."""
    answer = sent(proxy, b"GET /en/phone HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:200]
    return answer.partition(b"\r\n\r\n")[2]


@pytest.fixture(params=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, own: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder, upstream = tmp_path_factory.mktemp("proxy"), urllib.parse.urlsplit(own.url).netloc
    if request.param == "nginx":
        running = test_nginx.started(test_nginx.SHIPPED, folder, upstream)
        yield Proxy(running.secure, b"porch.example")
        running.process.terminate()
        running.process.wait(10)
    else:
        with test_caddy.served(test_caddy.SHIPPED, folder, upstream) as port:
            yield Proxy(port, b"127.0.0.1:%d" % port)


def test_no_request_is_hidden_behind_another(proxy: Proxy, own: Server) -> None:
    good, wrong = page(proxy), []
    assert b'href="/en/talk"' in good
    for name, probe in PROBES.items():
        answer = sent(proxy, probe)
        # 501 is a proxy's own word for a coding that it does not know. Two answers to the sender's own two requests
        # harm nobody; more would be a request that nobody sent.
        failed = re.search(rb"HTTP/1\.[01] (?:101|50[0234-9])", answer)
        if failed or len(re.findall(rb"HTTP/1\.[01] \d", answer)) > 2:
            wrong.append((name, answer[:200]))
        # A line to the app that is one answer behind would show here, to the next readers.
        if [page(proxy) for _ in range(3)] != [good] * 3:
            wrong.append((name, b"the next reader gets another page"))
    assert wrong == []
    assert own.said() == ""
