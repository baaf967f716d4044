"""The whole site as plain files, for any host that serves files: a CDN, an object store, an onion service, a box in a shelter.

A page is a pure function of (release, language, path), so what the page cache would answer is written down: a page as ``<path>.html`` (where
hosts of plain files look for ``/en/talk``), everything else under its own name, each with a ``.br`` and a ``.gz`` beside it. The rules of
the host stand in ``nginx.conf``, ``Caddyfile`` and, for Netlify and Cloudflare Pages, ``_headers`` and ``_redirects``.

What needs the server (a worker's card maker) is a page that says so. Two exports of one commit are the same to the byte (``--check``).
"""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from flask import Flask

from ..i18n.languages import SOURCE, Language
from ..library.library import Library
from ..web.page_cache import CachedResponse, PageCache, encode
from ..web.release import STATIC

RULES = ("nginx.conf", "Caddyfile", "_headers", "_redirects")
"""Files for the host; not part of the site."""

NEEDS_SERVER = "offline.needs_server"
"""Endpoint of the page that stands where a page would need the server."""

_LINK = re.compile(r'(?:href|src)="(/[^"#?]*)"')


@dataclass(frozen=True)
class Leaf:
    """One address and what stands there."""

    address: str
    copy: CachedResponse

    @property
    def file(self) -> str:
        """Where it is written, from the export's root."""
        if not self.copy.content_type.startswith("text/html"):
            return self.address[1:]
        return f"{self.address[1:]}index.html" if self.address.endswith("/") else f"{self.address[1:]}.html"

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """All but the Content-Type, which the host knows by the ending or is told by address."""
        return tuple(pair for pair in self.copy.headers if pair[0].lower() != "content-type")


def leaves(app: Flask) -> list[Leaf]:
    """Return all that is printed, in a fixed order: what takes nothing but a language and the release, every record, every file, and whatever those link to."""
    cache: PageCache = app.extensions["page_cache"]
    library: Library = app.extensions["library"]
    site, client = app.url_map.bind("localhost"), app.test_client()
    waiting = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= {"lang", "release"}:
            asked = ({"lang": language.tag, "release": app.config["RELEASE"]} for language in _languages(app))
            waiting += [site.build(rule.endpoint, {name: values[name] for name in rule.arguments}) for values in asked]
    waiting += [
        site.build("permalinks.record", {"lang": language.tag, "code": record.code}) for language in _languages(app) for record in library.records.values() if library.shown(record)
    ]
    names = (path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
    waiting += [site.build("static_files.file", {"release": app.config["RELEASE"], "name": name}) for name in names]
    found: dict[str, Leaf | None] = {}
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        copy = cache.get(address)
        if copy is None and address.count("/") > 1:
            answer = client.get(address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                copy = cache.get(site.build(NEEDS_SERVER, {"lang": address.split("/")[1]}))
        found[address] = Leaf(address, copy) if copy else None
        if copy and copy.content_type.startswith("text/html"):
            waiting += _LINK.findall(copy.body.decode())
    return sorted((leaf for leaf in found.values() if leaf), key=lambda leaf: leaf.address)


def write(app: Flask, folder: Path) -> int:
    """Write the site into a folder that is empty or not there yet and return how many addresses it has.

    Raises FileExistsError when there is something in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"There is something in {folder} already. Name an empty folder.")
    all_leaves = leaves(app)
    # One time for all files, so that a host's ETag, which is often made of time and size, is the same on every replica.
    stamp = int(datetime.combine(app.config["SETTINGS"].today, time(), UTC).timestamp())

    def put(name: str, copy: CachedResponse) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for encoding, body in encode(copy).items():
            coded = path.with_name(path.name + {"identity": "", "gzip": ".gz", "br": ".br"}[encoding])
            coded.write_bytes(body)
            os.utime(coded, (stamp, stamp))

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # compression lets go of the interpreter's lock
        list(pool.map(lambda leaf: put(leaf.file, leaf.copy), all_leaves))
    for language in _languages(app):
        answer = app.test_client().get(f"/{language.tag}/-", headers={"Accept-Language": language.tag})
        gone = CachedResponse([(name, value) for name, value in answer.headers if name.lower() != "content-length"], answer.get_data())
        put(f"{language.tag}/404.html", gone)
        if language == SOURCE:
            put("404.html", gone)
            put("index.html", next(leaf.copy for leaf in all_leaves if leaf.address == f"/{language.tag}/"))
    for name, text in (("nginx.conf", nginx(app, all_leaves)), ("Caddyfile", caddy(app, all_leaves)), ("_headers", headers_file(all_leaves)), ("_redirects", redirects(app))):
        (folder / name).write_text(text, "utf-8")
        os.utime(folder / name, (stamp, stamp))
    return len(all_leaves)


def digests(folder: Path) -> dict[str, str]:
    """Return file -> SHA-256 of a folder."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def _languages(app: Flask) -> list[Language]:
    return list(app.extensions["languages"].values())


def _usual(all_leaves: list[Leaf]) -> tuple[tuple[str, str], ...]:
    """Return the headers that most addresses wear."""
    return Counter(leaf.headers for leaf in all_leaves).most_common(1)[0][0]


def _types(all_leaves: list[Leaf]) -> dict[str, str]:
    """Return ending -> Content-Type, as most files with that ending wear it."""
    endings = sorted({Path(leaf.file).suffix for leaf in all_leaves} - {""})
    return {ending: Counter(leaf.copy.content_type for leaf in all_leaves if leaf.file.endswith(ending)).most_common(1)[0][0] for ending in endings}


def _own_types(all_leaves: list[Leaf]) -> Iterator[Leaf]:
    """Yield what a host cannot know by its ending."""
    types = _types(all_leaves)
    for leaf in all_leaves:
        if types.get(Path(leaf.file).suffix) != leaf.copy.content_type:
            yield leaf


def _codes(app: Flask) -> list[str]:
    library: Library = app.extensions["library"]
    return sorted(record.code for record in library.records.values() if library.shown(record))


def nginx(app: Flask, all_leaves: list[Leaf]) -> str:
    """Return a server block (and the maps before it) for nginx's http context. Tested against the live app, byte by byte."""
    usual = _usual(all_leaves)
    static = next(leaf.headers for leaf in all_leaves if leaf.address.startswith("/static/"))

    def add(headers: tuple[tuple[str, str], ...], indent: str) -> str:
        return "".join(f'{indent}add_header {name} "{value}" always;\n' for name, value in headers)

    languages = "".join(f"    ~*^{language.tag} {language.tag};\n" for language in _languages(app) if language != SOURCE)
    codes = "".join(f"    /{code} /{code};\n" for code in _codes(app))
    types = "".join(f'        "{kind}" {ending[1:]};\n' for ending, kind in _types(all_leaves).items())
    exact = "".join(
        f'    location = {leaf.address} {{ types {{}} default_type "{leaf.copy.content_type}"; {"" if leaf.headers == usual else add(leaf.headers, "").replace(chr(10), " ")}}}\n'
        for leaf in _own_types(all_leaves)
        if not leaf.address.startswith("/static/")
    )
    homes = "".join(f"    location = /{language.tag} {{ return 301 /{language.tag}/; }}\n" for language in _languages(app))
    gone = "".join(f"    location /{language.tag}/ {{ error_page 404 /{language.tag}/404.html; try_files $uri.html $uri/index.html $uri =404; }}\n" for language in _languages(app))
    return f"""# Release {app.config["RELEASE"]}. Include this in nginx's http block; change listen and root. Written by `youthapp export`.
map $http_accept_language $youthapp_language {{
    default {SOURCE.tag};
{languages}}}
map $uri $youthapp_code {{
    default "";
{codes}}}
server {{
    listen 127.0.0.1:8000;
    root .;

    # No line about any reader: not in a log of requests, and not in one of errors.
    access_log off;
    error_log /dev/null crit;
    server_tokens off;
    absolute_redirect off;

    gzip_static on;
    gzip_vary on;
    # brotli_static on;   # saves a fifth more, where nginx has the module

    types {{
{types}    }}
{add(usual, "    ")}
    error_page 404 /404.html;
    if ($is_args) {{ rewrite ^(.*)$ $1? permanent; }}
    rewrite ^(/[^/]+/.*[^/])/+$ $1 permanent;
    if ($youthapp_code) {{ return 302 /$youthapp_language$youthapp_code; }}
    location = / {{ return 302 /$youthapp_language/; }}
{homes}{exact}{gone}    location ~ \\.(?:html|br|gz)$ {{ internal; }}
    location ~ ^/(?:{"|".join(re.escape(name) for name in RULES)})$ {{ internal; }}
    location ^~ /static/ {{
{add(static, "        ")}    }}
    location / {{ try_files $uri.html $uri =404; }}
}}
"""


def caddy(app: Flask, all_leaves: list[Leaf]) -> str:
    """Return a Caddyfile. Not tested on a Caddy; nginx.conf is."""
    usual = _usual(all_leaves)
    static = set(next(leaf.headers for leaf in all_leaves if leaf.address.startswith("/static/"))) - set(usual)
    lines = [f"# Release {app.config['RELEASE']}. Written by `youthapp export`.", ":8000 {", "\troot * .", "\theader {", "\t\t-Server"]
    lines += [f'\t\t{name} "{value}"' for name, value in usual] + ["\t}"]
    lines += [f'\theader /static/* {name} "{value}"' for name, value in sorted(static)]
    lines += [f'\theader {leaf.address} Content-Type "{leaf.copy.content_type}"' for leaf in _own_types(all_leaves) if not leaf.address.startswith("/static/")]
    lines += [
        f"\t@{language.tag} header_regexp Accept-Language ^{language.tag}\n\tredir @{language.tag} / /{language.tag}/ 302" for language in _languages(app) if language != SOURCE
    ]
    lines += [f"\tredir / /{SOURCE.tag}/ 302"]
    lines += [f"\tredir /{code} /{SOURCE.tag}/{code} 302" for code in _codes(app)]
    lines += ["\t@query expression {query} != ''", "\tredir @query {path} 301", "\ttry_files {path}.html {path}/index.html {path}", "\tfile_server {", "\t\tprecompressed br gzip"]
    lines += [f"\t\thide {' '.join(RULES)}", "\t}", "\thandle_errors {", "\t\trewrite * /404.html", "\t\tfile_server", "\t}", "}"]
    return "\n".join(lines) + "\n"


def headers_file(all_leaves: list[Leaf]) -> str:
    """Return _headers for Netlify and Cloudflare Pages."""
    usual = _usual(all_leaves)
    static = set(next(leaf.headers for leaf in all_leaves if leaf.address.startswith("/static/"))) - set(usual)
    lines = ["/*", *(f"  {name}: {value}" for name, value in usual), "/static/*"]
    # "! Name" takes a header of a wider rule away, so that it is not told twice.
    lines += [line for name, value in sorted(static) for line in (f"  ! {name}", f"  {name}: {value}")]
    for leaf in _own_types(all_leaves):
        lines += [leaf.address, f"  Content-Type: {leaf.copy.content_type}"]
    return "\n".join(lines) + "\n"


def redirects(app: Flask) -> str:
    """Return _redirects: the door, and the codes on paper in both cases of letters."""
    others = [language.tag for language in _languages(app) if language != SOURCE]
    lines = [f"/ /{code}/ 302 Language={code}" for code in others] + [f"/ /{SOURCE.tag}/ 302"]
    for code in _codes(app):
        for written in (code, code.upper()):
            lines += [f"/{written} /{other}/{code} 302 Language={other}" for other in others] + [f"/{written} /{SOURCE.tag}/{code} 302"]
    return "\n".join(lines) + "\n"
