"""The Caddyfile that we ship, served by a real Caddy, crawled, errors included; all that it wrote is read."""

import os
import shutil
import socket
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT, Server, free_port
from tests.deploy.test_nginx import TELLTALE, ask, crawl, own, written  # noqa: F401  (own is a fixture)

pytestmark = pytest.mark.xdist_group("deploy-caddy")

CADDY = os.environ.get("CADDY") or shutil.which("caddy")
without_caddy = pytest.mark.skipif(
    CADDY is None, reason="no Caddy on this machine: the example Caddyfile was not served (CADDY=/path/to/caddy names one; Debian: apt-get install caddy)"
)


@contextmanager
def served(shipped: str, folder: Path, upstream: str) -> Iterator[int]:
    """Serve a Caddyfile with the name, the certificate and the app's port of this machine, and nothing else changed."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", str(folder / "porch.key"), "-out", str(folder / "porch.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    for ours, here in {
        "\nporch.example {": f"\nhttps://127.0.0.1:{port} {{\n\ttls {folder}/porch.pem {folder}/porch.key",
        "reverse_proxy 127.0.0.1:8000": f"reverse_proxy {upstream}",
        # No redirect from port 80, and no door for orders: neither is this test's matter, and other programs may hold these ports.
        "\n{\n": "\n{\n\tadmin off\n\tauto_https disable_redirects\n",
    }.items():
        assert shipped.count(ours) == 1, ours
        shipped = shipped.replace(ours, here)
    (folder / "site.conf").write_text(shipped, "utf-8")
    homes = {name: str(folder / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    process = subprocess.Popen(
        [str(CADDY), "run", "--config", str(folder / "site.conf"), "--adapter", "caddyfile"],
        stdout=(folder / "out").open("wb"), stderr=subprocess.STDOUT, env={**os.environ, **homes},
    )  # fmt: skip
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "out").read_text()
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def shipped() -> str:
    return (ROOT / "deploy" / "Caddyfile").read_text("utf-8")


@without_caddy
def test_t31_caddy_as_we_ship_it_writes_nothing_about_a_visit(own: Server, tmp_path: Path) -> None:
    with served(shipped(), tmp_path, urllib.parse.urlsplit(own.url).netloc) as port:
        states = crawl(port, tls=True)
        assert {200, 301, 303, 403, 404, 405, 413} <= states
        # The app away: a gateway error is the line that a proxy most likely writes.
        own.process.terminate()
        own.process.wait(15)
        assert crawl(port, tls=True) <= {400, 405, 413, 414, 502, 505}
    # Caddy's own copy of its settings names the headers that it takes away.
    (tmp_path / "home" / "caddy" / "autosave.json").unlink()
    assert TELLTALE.findall(written(tmp_path)) == [], written(tmp_path)
    # Nor who rang: the one thing that a server says of a caller who never got as far as asking.
    assert b"127.0.0.1" not in (tmp_path / "out").read_bytes().replace(b"127.0.0.1:%d" % port, b""), (tmp_path / "out").read_text()
    assert TELLTALE.findall(own.log.read_bytes()) == [], own.said()


@without_caddy
def test_the_same_crawl_with_a_usual_caddyfile_is_found(tmp_path: Path) -> None:
    """The guard bites: with a log in the site, and no filter, the same reading finds the visit."""
    usual = shipped().replace("\n\trequest_body {", "\n\tlog\n\trequest_body {", 1).replace("\t\texclude http.log.access http.log.error http.handlers.reverse_proxy\n", "")
    usual = usual.replace("level ERROR", "level INFO").replace("request delete", "request>nothing delete").replace("uri delete", "nothing delete")
    with served(usual, tmp_path, f"127.0.0.1:{free_port()}") as port:
        assert ask(port, "GET", "/en/marker", tls=True) == 502
    assert TELLTALE.search(written(tmp_path))
