"""The Caddyfile that we ship, served by a real Caddy, crawled, errors included; all that it wrote is read."""

import re
import socket
import subprocess
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import hosts
from tests.conftest import ROOT, Server, free_port, start_server
from tests.deploy.crawl import TELLTALE, ask, certificate, crawl, written

pytestmark = pytest.mark.xdist_group("deploy-caddy")

SHIPPED = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")


def buffering() -> str:
    """Return the line that takes a body whole, as this machine's Caddy spells it; the Caddyfile names both
    spellings."""
    version = subprocess.run([hosts.caddy(), "version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"(\d+)\.(\d+)", version)
    assert found is not None, version
    new = (int(found.group(1)), int(found.group(2))) >= (2, 7)
    line = "request_buffers 64KB" if new else "buffer_requests"
    assert line in SHIPPED
    return line


@contextmanager
def served(configuration: str, folder: Path, upstream: str, *, tls: bool = True) -> Iterator[int]:
    """Serve a Caddyfile with the name, the certificate and the app's port of this machine, and nothing else changed."""
    port = free_port()
    name = (
        f"https://127.0.0.1:{port} {{\n\ttls {folder}/porch.pem {folder}/porch.key"
        if tls
        else f"http://127.0.0.1:{port} {{"
    )
    certificate(folder, "127.0.0.1")
    ours = {
        "\nporch.example {": f"\n{name}",
        "reverse_proxy 127.0.0.1:8000": f"reverse_proxy {upstream}",
        # No redirect from port 80, and no port for orders: neither is this test's matter, and other programs may hold
        # these ports.
        "\n{\n": "\n{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n",
    }
    process = hosts.run_caddy(
        folder, port, hosts.here(configuration.replace("\t\tbuffer_requests\n", f"\t\t{buffering()}\n"), ours)
    )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(10)


def test_t31_caddy_as_we_ship_it_writes_nothing_about_a_visit(own: Server, tmp_path: Path) -> None:
    with served(SHIPPED, tmp_path, urllib.parse.urlsplit(own.url).netloc) as port:
        states = crawl(port, tls=True)
        assert {200, 301, 303, 403, 404, 405, 413} <= states
        # The app away: a gateway error is the line that a proxy most likely writes.
        own.process.terminate()
        own.process.wait(60)
        assert crawl(port, tls=True) <= {400, 405, 413, 414, 502, 505}
    # Caddy's own copy of its settings names the headers that it takes away.
    (tmp_path / "home" / "caddy" / "autosave.json").unlink()
    assert TELLTALE.findall(written(tmp_path)) == [], written(tmp_path)
    # Nor who rang: the one thing that a server says of a caller who never got as far as asking.
    assert b"127.0.0.1" not in (tmp_path / "out").read_bytes().replace(b"127.0.0.1:%d" % port, b""), (
        tmp_path / "out"
    ).read_text()
    assert TELLTALE.findall(own.log.read_bytes()) == [], own.said()


def test_the_same_crawl_with_a_usual_caddyfile_is_found(tmp_path: Path) -> None:
    """The guard bites: with a log in the site, and no filter, the same reading finds the visit."""
    usual = SHIPPED.replace("\n\trequest_body {", "\n\tlog\n\trequest_body {", 1)
    usual = usual.replace("\t\texclude http.log.access http.log.error http.handlers.reverse_proxy\n", "")
    usual = (
        usual.replace("level ERROR", "level INFO")
        .replace("request delete", "request>nothing delete")
        .replace("uri delete", "nothing delete")
    )
    with served(usual, tmp_path, f"127.0.0.1:{free_port()}") as port:
        assert ask(port, "GET", "/en/marker", tls=True) == 502
    assert TELLTALE.search(written(tmp_path))


def dripping(port: int, stack: ExitStack) -> socket.socket:
    """Send the head of a form and the first letter of its body, and leave the line open."""
    sender = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
    sender.sendall(
        b"POST /en/cards/pdf HTTP/1.1\r\nHost: porch.example\r\nContent-Type: "
        b"application/x-www-form-urlencoded\r\nContent-Length: 60\r\n\r\np"
    )
    return sender


def test_senders_who_drip_hold_no_worker(tmp_path: Path) -> None:
    """Five of them stopped the whole site before: two workers have four threads, and each waited for a body."""
    app = start_server(tmp_path / "app.log", environment={"PORCHLIGHT_ADDRESS": "https://porch.example"})
    try:
        # The senders hang up first: a Caddy that is told to stop waits for lines that are open.
        with served(SHIPPED, tmp_path, urllib.parse.urlsplit(app.url).netloc, tls=False) as port, ExitStack() as stack:
            senders = [dripping(port, stack) for _ in range(8)]
            assert [ask(port, "GET", path, tls=False) for path in ("/en/", "/es/talk", "/en/zzz")] == [200, 200, 404]
            for sender in senders:  # they are still waiting for their answer: what came first was the reader's
                sender.setblocking(False)
                with pytest.raises(BlockingIOError):
                    sender.recv(1)
    finally:
        app.process.terminate()
        app.process.wait(60)
