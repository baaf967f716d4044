"""Every host that an export is offered for serves it: the same bytes and headers as the live app, at every address,
byte by byte."""

import dataclasses
import http.client
import os
import re
import socket
import ssl
import subprocess
import urllib.parse
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from tests import hosts
from tests.conftest import ROOT, Server, free_port
from tests.deploy.crawl import certificate
from youthapp.export import caddy, nginx
from youthapp.export.site import FOR_HOSTS, Site
from youthapp.web.page_cache import PageCache

HOSTS: dict[str, Callable[[Path, Path], Server]] = {"nginx": hosts.serve, "caddy": hosts.serve_by_caddy}
CODINGS = {"nginx": ("identity", "gzip"), "caddy": ("identity", "gzip", "br")}
"""Debian's nginx-light has no module for brotli."""

pytestmark = pytest.mark.xdist_group("export")

HOSTS_OWN = {
    "server",
    "date",
    "connection",
    "last-modified",
    "etag",
    "accept-ranges",
    "transfer-encoding",
    "keep-alive",
}
ABOUT_A_READER = re.compile(
    r"marker|GET |POST |/en/|/es/|user.agent|127\.0\.0\.1:\d+ (?:-|client)|client:", re.IGNORECASE
)
"""What a host says of its own accord, and its own way to say "unchanged"."""

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def live(app: Flask) -> Flask:
    return app


@pytest.fixture(scope="module")
def site(exported_site: Site) -> Site:
    return exported_site


@pytest.fixture(scope="module")
def folder(exported_folder: Path) -> Path:
    return exported_folder


class Host:
    """A host that runs, and how to ask it."""

    def __init__(self, name: str, url: str) -> None:
        self.name, self.netloc = name, urllib.parse.urlsplit(url).netloc
        self.line = http.client.HTTPConnection(self.netloc, timeout=20)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        self.line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = self.line.getresponse()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            known = found.get(name.lower())
            found[name.lower()] = value if known is None else f"{known}, {value}"
        return answer.status, found, answer.read()


@pytest.fixture(scope="module", params=sorted(HOSTS))
def host(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    place = tmp_path_factory.mktemp(request.param)
    running = HOSTS[request.param](folder, place)
    yield Host(request.param, running.url)
    running.process.terminate()
    running.process.wait(10)
    written = "".join(
        path.read_text("utf-8", "replace")
        for path in place.rglob("*")
        if path.is_file() and path.suffix not in (".conf", ".json")
    )
    assert not ABOUT_A_READER.findall(written), written


@cache
def own(live: Flask, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Ask the live app the same; it is asked once for all hosts."""
    answer = live.test_client().open(
        path, method=method, data=body, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return answer.status_code, {name.lower(): value for name, value in answer.headers}, answer.get_data()


def different(mine: dict[str, str], given: dict[str, str], but: frozenset[str] = frozenset()) -> list[str]:
    """Return the headers that two answers do not share."""
    left_out = HOSTS_OWN | but
    return [
        f"{name}: {given.get(name)!r} for {mine.get(name)!r}"
        for name in sorted((mine.keys() | given.keys()) - left_out)
        if mine.get(name) != given.get(name)
    ]


@pytest.fixture(scope="module")
def answers(live: Flask, site: Site) -> dict[tuple[str, str], tuple[int, dict[str, str], str]]:
    """(address, encoding) -> what the live app answers, its body as a digest: asked once for all hosts."""
    codings = sorted({coding for some in CODINGS.values() for coding in some})
    pages: PageCache = live.extensions["page_cache"]
    found = {}
    for leaf in site.leaves:
        if leaf.compressed:
            pages.store(leaf.address, leaf.copy)  # it was rendered for the export, and need not be again
        for coding in codings:
            status, headers, body = own.__wrapped__(live, leaf.address, Accept_Encoding=coding)
            found[leaf.address, coding] = status, headers, sha256(body).hexdigest()
    return found


def test_every_address_has_the_same_bytes_and_headers(
    answers: dict[tuple[str, str], tuple[int, dict[str, str], str]], site: Site, host: Host
) -> None:
    wrong, kinds = [], set()
    for leaf in site.leaves:
        for accepted in CODINGS[host.name]:
            status, mine, digest = answers[leaf.address, accepted]
            assert status == 200
            answer, given, bytes_ = host.ask(leaf.address, Accept_Encoding=accepted)
            if (answer, sha256(bytes_).hexdigest()) != (status, digest):
                wrong.append(f"{leaf.address} {accepted}: {answer}, {len(bytes_)} other bytes")
            # Caddy 2.6 sends a compressed file in pieces, without its length.
            pieces = frozenset({"content-length"} if given.get("transfer-encoding") == "chunked" else ())
            wrong += [f"{leaf.address} {accepted}: {line}" for line in different(mine, given, pieces)]
            kinds.add((given.get("content-type", "").partition(";")[0], given.get("content-encoding", "identity")))
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong[:20])
    for kind in (
        "text/html",
        "text/javascript",
        "text/css",
        "application/json",
        "image/svg+xml",
        "application/manifest+json",
        "text/plain",
    ):
        assert {(kind, accepted) for accepted in CODINGS[host.name]} <= kinds
    assert ("image/png", "identity") in kinds


def test_an_address_asked_for_with_head_has_the_headers_and_no_bytes(live: Flask, host: Host) -> None:
    for path in ("/en/", "/es/talk", "/release", "/healthz"):
        status, given, body = host.ask(path, "HEAD", Accept_Encoding="gzip")
        assert (status, body) == (200, b"")
        lengths = frozenset() if "content-length" in given else frozenset({"content-length"})
        assert not different(own(live, path, Accept_Encoding="gzip")[1], given, lengths)


LANGUAGES = (
    "",
    "en",
    "es",
    "ES",
    "es-MX,es;q=0.9,en;q=0.8",
    "en-US,en;q=0.9,es;q=0.8",
    "fr-FR,fr;q=0.9,es;q=0.8",
    "de",
    "est",
    "*",
    "fr, es-419 ; q=0.3",
)


def test_the_door_and_what_is_on_paper_lead_where_the_live_app_leads(live: Flask, site: Site, host: Host) -> None:
    """Every code and every section word, as printed (capitals), as typed, and as a phone's keyboard begins it."""
    paths = ["/", *(made for word in site.short for made in (word, word.upper(), word.title()))]
    assert {"/plan", "/TALK", "/Meeting", "/cards", "/4g3"} <= {*paths}
    some = {"/", "/PLAN", "/talk", "/Cards", "/MEETING", next(iter(site.short))}
    wrong = []
    for path in paths:
        for language in LANGUAGES if path in some else ("en", "es"):
            mine = own(live, path, Accept_Language=language)
            given = host.ask(path, Accept_Language=language)
            if (mine[0], mine[1]["location"]) != (given[0], given[1].get("location")) or mine[0] != 302:
                wrong.append(f"{path} {language!r}: {given[0]} {given[1].get('location')} for {mine[1]['location']}")
            wrong += [
                f"{path}: {line}"
                for line in different(mine[1], given[1], frozenset({"content-type", "content-length"}))
            ]
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong[:20])


@pytest.mark.parametrize(
    "path",
    [
        "/en",
        "/es",
        "/en/talk/",
        "/en/talk?fbclid=1",
        "/es/?a=b&c",
        "/plan?x=1",
        "/PLAN/",
        "/4g3/",
        "/en/4G3",
        "/es/4g3?utm_source=x",
        "/healthz?x",
        "/x?1",
        "/en/cards/maker?x",
    ],
)
def test_another_way_to_write_an_address_leads_to_the_one_way(live: Flask, host: Host, path: str) -> None:
    mine, given = own(live, path), host.ask(path)
    assert (mine[0], mine[1]["location"]) == (301, given[1].get("location"))
    assert given[0] == 301
    assert not different(mine[1], given[1], frozenset({"content-type", "content-length"}))


@pytest.mark.parametrize(
    "path",
    [
        "//elsewhere.example?x",
        "//elsewhere.example/?x",
        "/\\elsewhere.example?x",
        "/%2f%2felsewhere.example?x",
        "/en/%0d%0aX-Bad:1?x",
        "/en/%0aX-Bad:1/",
        "/en//elsewhere.example/?",
    ],
)
def test_no_address_leads_to_another_site_or_writes_a_header(host: Host, path: str) -> None:
    _status, given, _body = host.ask(path)
    where = urllib.parse.urlsplit(given.get("location", "/"))
    assert (where.scheme, where.netloc) == ("", "")
    assert "x-bad" not in given


MISSING = (
    "/en/zzz", "/es/zzz", "/zzz", "/EN/", "/en/PLAN", "/en/talk/zzz", "/static/000000000000/js/exit.js", "/static/",
    "/en/talk.html", "/en/index.html",
    "/en/talk.html.gz", "/en/404.html", "/404.html", "/index.html", "/wp-login.php", "/.git/config",
    "/en/cards/maker/zzz/zzz", "/%ff",
    *(f"/{name}" for name in FOR_HOSTS), "/es/../nginx.conf", "/_headers",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_what_is_not_there_is_a_whole_page_in_the_language_with_the_headers(
    live: Flask, host: Host, language: str
) -> None:
    wrong = []
    for path in MISSING:
        mine, given = own(live, path, Accept_Language=language), host.ask(path, Accept_Language=language)
        assert mine[0] == 404, path
        if (given[0], given[2]) != (404, mine[2]):
            wrong.append(f"{path}: {given[0]}, {len(given[2])} bytes for {len(mine[2])}")
        # The app sends its errors as they are; a host has them compressed too, and says so.
        vary = sorted(given[1].pop("vary", "").replace("Accept-Encoding", "").replace(",", "").split())
        wrong += [
            f"{path}: {line}"
            for line in different({**mine[1], "vary": "Accept-Language"}, {**given[1], "vary": " ".join(vary)})
        ]
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong[:20])


def test_a_page_that_is_not_there_is_compressed_too(live: Flask, host: Host) -> None:
    status, given, body = host.ask("/en/zzz", Accept_Encoding=CODINGS[host.name][-1])
    plain = own(live, "/en/zzz")[2]
    assert (status, given["content-encoding"]) == (404, CODINGS[host.name][-1])
    assert len(body) < len(plain) / 2


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("below", ["", "/home", "/4g3", "/talk"])
def test_where_the_server_would_be_needed_a_page_says_so(live: Flask, host: Host, language: str, below: str) -> None:
    status, given, body = host.ask(f"/{language}/cards/maker{below}")
    mine = own(live, f"/{language}/needs-server")
    assert (status, body) == (200, mine[2])
    assert not different(mine[1], given)
    assert b"<form" not in re.sub(rb'<template id="forget">.*?</template>', b"", body, flags=re.DOTALL)


GATE: tuple[dict[str, str], ...] = (
    {}, {"Sec_Fetch_Site": "same-origin"}, {"Sec_Fetch_Site": "none"}, {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    {"Origin": "http://elsewhere.example"}, {"Origin": "null"}, {"Origin": "own"},
    {"Origin": "own", "Sec_Fetch_Site": "cross-site"},
    {"Origin": "http://elsewhere.example", "Sec_Fetch_Site": "same-origin"}, {"Origin": "http://own.elsewhere.example"},
)  # fmt: skip


def test_forget_is_answered_as_the_live_app_answers_it(live: Flask, host: Host) -> None:
    wrong = []
    for said in GATE:

        def asked(netloc: str, said: dict[str, str] = said) -> dict[str, str]:
            return {name: f"http://{netloc}" if value == "own" else value for name, value in said.items()}

        mine = own(live, "/x", "POST", b"", Content_Length="0", Accept_Language="es", **asked("localhost"))
        given = host.ask("/x", "POST", b"", Content_Length="0", Accept_Language="es", **asked(host.netloc))
        assert mine[0] in (303, 403)
        assert (mine[0] == 303) == ("clear-site-data" in mine[1])
        if given[0] != mine[0] or (mine[0] == 403 and given[2] != mine[2]):
            wrong.append(f"{said}: {given[0]} for {mine[0]}")
        wrong += [
            f"{said}: {line}"
            for line in different(mine[1], given[1], frozenset({"content-type", "content-length", "vary"}))
        ]
    assert not wrong, "\n".join(wrong)


def test_forget_takes_no_body_and_another_address_no_post(live: Flask, host: Host) -> None:
    for path, method, body in (
        ("/x", "POST", b"x" * 40),
        ("/en/", "POST", b""),
        ("/en/talk", "POST", b"x"),
        ("/es/talk", "DELETE", None),
    ):
        mine, given = (
            own(live, path, method, body, Accept_Language="es"),
            host.ask(path, method, body, Accept_Language="es"),
        )
        assert mine[0] == given[0]
        assert given[0] in (405, 413)
        assert given[2] == mine[2]
        assert "clear-site-data" not in given[1]
        assert not different(mine[1], given[1], frozenset({"allow", "vary"}))
        if given[0] == 405:
            assert given[1]["allow"] == "GET, HEAD"


def test_unchanged_is_said_in_one_line(host: Host) -> None:
    for accepted in CODINGS[host.name]:
        tag = host.ask("/en/talk", Accept_Encoding=accepted)[1]["etag"]
        status, given, body = host.ask("/en/talk", Accept_Encoding=accepted, If_None_Match=tag)
        assert (status, body) == (304, b"")
        assert given["cache-control"] == "no-store"
        assert given["cdn-cache-control"] == "public, max-age=300"


def test_what_no_browser_sends_is_answered_and_not_written_down(host: Host) -> None:
    name, port = host.netloc.split(":")
    for nonsense in (
        b"GET /en/marker HTTP/9.9\r\nmarker\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"GET /en/marker" + b"r" * 20_000 + b" HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection((name, int(port)), timeout=10) as line:
            line.sendall(nonsense)
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass
    # What the host wrote is read when it is stopped (the fixture).


def test_nginx_told_to_log_all_does_log_where_our_lines_are_left_out(folder: Path, tmp_path: Path) -> None:
    """The guard bites: the two lines inside the export's server are what keeps a reader out of the logs."""
    bare = tmp_path / "site"
    bare.mkdir()
    rules = (folder / "nginx.conf").read_text("utf-8")
    (bare / "nginx.conf").write_text(
        rules.replace("    access_log off;\n", "").replace("    error_log /dev/null crit;\n", "")
    )
    (tmp_path / "place").mkdir()
    running = hosts.serve(bare, tmp_path / "place")
    Host("nginx", running.url).ask("/en/marker")
    running.process.terminate()
    running.process.wait(10)
    assert ABOUT_A_READER.search((tmp_path / "place" / "access.log").read_text())


def test_the_whole_nginx_of_deploy_serves_an_export(folder: Path, tmp_path: Path) -> None:
    """deploy/export-nginx.conf: what is around the export's rules on a machine that does nothing else."""
    port = free_port()
    listen, root = hosts.NGINX_LINES
    rules = hosts.here(
        (folder / "nginx.conf").read_text("utf-8"), {listen: f"listen 127.0.0.1:{port};", root: f"root {folder};"}
    )
    (tmp_path / "rules.conf").write_text(rules)
    ours = {
        "user www-data;": "user root; daemon off;" if os.geteuid() == 0 else "daemon off;",
        "pid /run/porchlight-nginx.pid;": f"pid {tmp_path}/pid.conf;",
        "include /srv/porchlight/site/nginx.conf;": f"include {tmp_path}/rules.conf;",
    }
    (tmp_path / "nginx.conf").write_text(hosts.here((ROOT / "deploy" / "export-nginx.conf").read_text("utf-8"), ours))
    command = [
        hosts.nginx(),
        "-p",
        str(tmp_path),
        "-c",
        str(tmp_path / "nginx.conf"),
        "-e",
        str(tmp_path / "start.log"),
    ]
    process = subprocess.Popen(command, stderr=(tmp_path / "out").open("wb"))
    hosts.listening(process, port, tmp_path / "out")
    host = Host("nginx", f"http://127.0.0.1:{port}")
    assert [host.ask(path)[0] for path in ("/en/", "/en/marker", "/TALK", "/healthz")] == [200, 404, 302, 200]
    process.terminate()
    process.wait(10)
    assert not ABOUT_A_READER.search(
        "".join(path.read_text() for path in (tmp_path / "out", tmp_path / "start.log") if path.exists())
    )


# With a public address the host files ask for a certificate.


@pytest.fixture
def secure(site: Site, folder: Path, tmp_path: Path) -> Path:
    """A folder with the host files of an export for https://porch.example, and a certificate for this machine."""
    named = dataclasses.replace(site, address="https://porch.example")
    (tmp_path / "nginx.conf").write_text(nginx.configuration(named), "utf-8")
    (tmp_path / "Caddyfile").write_text(caddy.configuration(named), "utf-8")
    certificate(tmp_path, "porch.example")
    return tmp_path


def over_tls(port: int, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("porch.example", timeout=20)
    line.sock = ssl._create_unverified_context().wrap_socket(
        socket.create_connection(("127.0.0.1", port), timeout=20), server_hostname="porch.example"
    )
    line.request("GET", path)
    answer = line.getresponse()
    return answer.status, answer.read()


def test_nginx_with_a_name_and_a_certificate(secure: Path, folder: Path) -> None:
    port, door = free_port(), free_port()
    ours = {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "listen 80;": f"listen 127.0.0.1:{door};",
        "listen [::]:80;": "",
        "/etc/ssl/porch.example.pem": f"{secure}/porch.pem",
        "/etc/ssl/porch.example.key": f"{secure}/porch.key",
        "root /srv/porchlight/site;": f"root {folder};",
    }
    process = hosts.run_nginx(secure, port, http=hosts.here((secure / "nginx.conf").read_text("utf-8"), ours))
    assert over_tls(port, "/en/talk") == (200, (folder / "en" / "talk.html").read_bytes())
    assert Host("nginx", f"http://127.0.0.1:{door}").ask("/en/talk")[1]["location"] == "https://porch.example/en/talk"
    process.terminate()
    process.wait(10)


def test_caddy_with_a_name_and_a_certificate(secure: Path, folder: Path) -> None:
    port = free_port()
    ours = {
        "\nhttps://porch.example {": (
            f"\nhttps://127.0.0.1:{port}, https://porch.example:{port} {{\n\ttls {secure}/porch.pem {secure}/porch.key"
        ),
        "root * /srv/porchlight/site ": f"root * {folder} ",
        "\n{\n": "\n{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n",
    }
    process = hosts.run_caddy(secure, port, hosts.here((secure / "Caddyfile").read_text("utf-8"), ours))
    assert over_tls(port, "/en/talk") == (200, (folder / "en" / "talk.html").read_bytes())
    process.terminate()
    process.wait(10)
