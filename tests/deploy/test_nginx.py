"""No log line says who read what: the app, its server, and nginx with the configuration we ship are crawled, errors
included, and all they wrote is read."""

import http.client
import socket
import ssl
import subprocess
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import hosts
from tests.conftest import ROOT, Server, free_port
from tests.deploy.crawl import TELLTALE, ask, certificate, crawl, line, said, written

pytestmark = pytest.mark.xdist_group("deploy")

SHIPPED = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")


def test_t31_the_app_and_its_server_write_nothing_about_a_visit(own: Server) -> None:
    states = crawl(urllib.parse.urlsplit(own.url).port or 0, tls=False)
    assert {200, 301, 303, 403, 404, 405, 413} <= states
    assert TELLTALE.findall(own.log.read_bytes()) == [], own.said()


def test_the_search_of_the_logs_finds_a_line_of_the_usual_kind() -> None:
    assert TELLTALE.search(b'203.0.113.9 - - [23/Nov/2026] "GET /en/talk HTTP/1.1" 200')
    assert TELLTALE.search(b"client: 203.0.113.9, request: marker")


@dataclass
class Nginx:
    """An nginx with our configuration below a distribution's own http part, which logs all it can."""

    secure: int
    plain: int
    folder: Path
    process: "subprocess.Popen[bytes]"


def started(configuration: str, folder: Path, upstream: str) -> Nginx:
    """Start nginx with the ports, the certificate's place and the app's address of this machine, and nothing else
    changed."""
    certificate(folder, "porch.example")
    secure, plain = free_port(), free_port()
    mine = hosts.here(
        configuration,
        {
            "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
            "listen [::]:443 ssl http2;": f"listen [::1]:{secure} ssl http2;" if ipv6() else "",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen [::]:80;": f"listen [::1]:{plain};" if ipv6() else "",
            "/etc/ssl/porch.example.pem": f"{folder}/porch.pem",
            "/etc/ssl/porch.example.key": f"{folder}/porch.key",
            "server 127.0.0.1:8000;": f"server {upstream};",
        },
    )
    (folder / "site.conf").write_text(mine, "utf-8")
    # As in older distributions: both logs in the http part, here with every line that nginx can write.
    logs = f"access_log {folder}/access.log; error_log {folder}/error.log info;"
    process = hosts.run_nginx(
        folder, secure, http=f"{logs}\ninclude {folder}/site.conf;", main=f"error_log {folder}/main.log notice;"
    )
    return Nginx(secure, plain, folder, process)


def ipv6() -> bool:
    """Whether this machine has IPv6 on its loopback."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def nginx(own: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    running = started(SHIPPED, tmp_path_factory.mktemp("nginx"), urllib.parse.urlsplit(own.url).netloc)
    yield running
    running.process.terminate()
    running.process.wait(10)


def test_port_80_leads_to_the_name_and_repeats_nothing_else(nginx: Nginx) -> None:
    for host in ("porch.example", "elsewhere.example"):
        asked = line(nginx.plain, tls=False)
        asked.request("GET", "/en/talk", headers={"Host": host})
        answer = asked.getresponse()
        assert (answer.status, answer.getheader("Location")) == (301, "https://porch.example/en/talk")


def test_it_speaks_http_2_and_the_app_answers_through_it(nginx: Nginx) -> None:
    offers = ssl._create_unverified_context()
    offers.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", nginx.secure), timeout=20) as raw, offers.wrap_socket(raw) as secure:
        assert secure.selected_alpn_protocol() == "h2"
    asked = line(nginx.secure, tls=True)
    asked.request("GET", "/en/", headers={"Host": "porch.example", "Accept-Encoding": "br"})
    answer = asked.getresponse()
    assert (answer.status, answer.getheader("Content-Encoding"), answer.getheader("Cache-Control")) == (
        200,
        "br",
        "no-store",
    )
    assert answer.getheader("Server") == "nginx"


@pytest.mark.skipif(not ipv6(), reason="no IPv6 on this machine's loopback")
def test_it_answers_over_ipv6(nginx: Nginx) -> None:
    asked = http.client.HTTPSConnection("::1", nginx.secure, context=ssl._create_unverified_context(), timeout=20)
    asked.request("GET", "/es/", headers={"Host": "porch.example"})
    assert asked.getresponse().status == 200


def test_t31_nginx_as_we_ship_it_writes_nothing_about_a_visit(nginx: Nginx, own: Server) -> None:
    states = crawl(nginx.secure, tls=True) | crawl(nginx.plain, tls=False)
    assert {200, 301, 303, 400, 403, 404, 405, 413} <= states | {
        int(said(nginx.secure, b"GET /en/marker HTTP/1.1\r\n\r\n").split()[1])
    }
    # The app away: a gateway error is the line that nginx most likes to write.
    own.process.terminate()
    own.process.wait(60)
    assert crawl(nginx.secure, tls=True) <= {400, 405, 413, 414, 502}
    assert TELLTALE.findall(written(nginx.folder)) == [], written(nginx.folder)
    assert TELLTALE.findall(own.log.read_bytes()) == [], own.said()


def test_the_same_crawl_with_the_logs_left_to_the_distribution_is_found(tmp_path: Path) -> None:
    """The guard bites: without our two lines in the servers, the lines of the http part hold, and the same reading
    finds the visit."""
    bare = SHIPPED.replace("access_log off;", "").replace("error_log /dev/null crit;", "")
    running = started(bare, tmp_path, f"127.0.0.1:{free_port()}")
    assert ask(running.secure, "GET", "/en/marker", tls=True) == 502
    running.process.terminate()
    running.process.wait(10)
    found = written(tmp_path)
    assert b"marker" in found
    assert b"client: 127.0.0.1" in found
    assert (tmp_path / "access.log").read_bytes()
