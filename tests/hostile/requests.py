"""Hostile requests: every route, method, kind of header, encoding, path and form, bent in all the ways that break
parsers. One seed gives the same requests each time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask

from tests.outreach.test_pages import GOOD

MARKER = "Mrkr7Q"
"""Stands in everything that a request carries; no answer and no log may hold it, the card maker's form excepted."""

METHODS = (
    "GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get",
    MARKER,
)  # fmt: skip

WORDS = (
    "", "..", ".", "%2e%2e", "%2f", "%00", "%ff%fe", "%c0%ae", "%F0%9F%92%94", "%0d%0aX-A:%20b", "'\"><script>",
    "{{7*7}}", "${x}", "%25%32%65", "a" * 250, "a" * 4000, "/" * 40, "../" * 20 + "etc/passwd", ";x=1", "\\..\\",
    "~root", ".git", "wp-login.php", "%e2%80%ae", "%u0041", "+", "*", "?", "#", "&amp;", MARKER,
)  # fmt: skip
"""Pieces of a path, a query or a value."""

HEADERS = (
    ("Accept-Encoding", ("br", "gzip", "br;q=0, *", "identity;q=0", "gzip," * 900, "\xff", "deflate", "*;q=", "")),
    ("Accept-Language", ("es", "xx-" * 90, "es;q=9e99,en;q=-1", "," * 3000, "\xe9", "en;q=nan", "*", "")),
    ("Cookie", (f"session={MARKER}", "=" * 2000, ";;;", f"a={'b' * 6000}")),
    ("Host", ("localhost", "evil.example", "a..b", "[::1", "x" * 400, "localhost:99999", f"{MARKER}.example", "\xff")),
    ("If-None-Match", ("*", 'W/"x"', '"' * 500, f'"{MARKER}"')),
    ("If-Modified-Since", ("Sat, 29 Oct 1994 19:43:31 GMT", "yesterday")),
    ("Range", ("bytes=0-0", "bytes=-1", "bytes=9-1,2-3", "bytes=" + "0-1," * 900)),
    ("Origin", ("null", "https://evil.example", "http://localhost", MARKER)),
    ("Sec-Fetch-Site", ("same-origin", "cross-site", "none", "")),
    ("Content-Type", (
        "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
        'multipart/form-data; boundary="' + "b" * 900, "application/json", "text/plain; charset=utf-7", "x/\xff", "",
    )),
    ("HX-Request", ("true", MARKER)),
    ("HX-Current-URL", (f"https://{MARKER}.example/", "javascript:x")),
    ("X-Forwarded-Host", (f"{MARKER}.example",)),
    ("X-Forwarded-Proto", ("https", MARKER)),
    ("X-HTTP-Method-Override", ("DELETE",)),
    ("Referer", (f"https://{MARKER}.example/",)),
    ("User-Agent", (MARKER, "", "() { :; }; echo x")),
    ("Expect", ("100-continue", "200-ok")),
    ("Upgrade", ("websocket", "h2c")),
    ("Content-Encoding", ("gzip", "br")),
    ("Authorization", (f"Basic {MARKER}", "Bearer " + "x" * 3000)),
    (MARKER, (MARKER,)),
)  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """One request. path: as it is sent, percent-encoded; headers: without Content-Length and Connection."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    chunked: bool = False

    def wire(self) -> bytes:
        """Return the bytes of the request in HTTP/1.1, on a connection of its own."""
        named = {name.lower() for name, _ in self.headers}
        lines = [f"{self.method} {self.path} HTTP/1.1", *([] if "host" in named else ["Host: localhost"])]
        lines += [f"{name}: {value}" for name, value in self.headers]
        body = self.body
        if self.chunked:
            lines.append("Transfer-Encoding: chunked")
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        elif body or self.method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("latin-1", "replace") + body


def routes(app: Flask) -> list[str]:
    """Return an address for each rule of the app, with values that fit and values that do not."""
    library, release = app.extensions["library"], app.config["RELEASE"]
    codes = [record.code for record in library.records.values()][:12]
    values = {
        "lang:lang": ("en", "es", "xx", MARKER), "release:release": (release, "0" * len(release)),
        "static_name:name": ("js/exit.js", "css/base.css", "app/modules.json", "icons/icon.svg"),
        "code:code": (*codes, "zzz"), "word": ("talk", "PLAN", MARKER), "section:word": ("talk", "Plan", "ayuda"),
        "chosen": (*codes[:3], "home", MARKER), "name": ("notes", "list", MARKER),
        "any(sheet, piece, print, pdf, png, svg):made": ("pdf", "png"),
    }  # fmt: skip
    found = []
    for rule in app.url_map.iter_rules():
        paths = [rule.rule]
        for hole, choices in values.items():
            paths = [path.replace(f"<{hole}>", choice) for path in paths for choice in choices]
        found += sorted(set(paths))
    return sorted(set(found))


def hostile(app: Flask, seed: int, *, heavy: bool = True) -> Iterator[Hostile]:
    """Yield requests without end. heavy: books, PDFs and pictures too, which take a second each."""
    chance, known = random.Random(seed), routes(app)
    if not heavy:
        known = [path for path in known if "/book" not in path and not path.endswith(("/pdf", "/png"))]
    while True:
        yield _one(chance, known)


def _one(chance: random.Random, known: list[str]) -> Hostile:
    method, path = chance.choice(METHODS), chance.choice(known)
    if chance.random() < 0.3:
        path = _bent(chance, path)
    if chance.random() < 0.3:
        path += f"?{chance.choice(WORDS)}={chance.choice(WORDS)}"
    headers = tuple(
        (name, chance.choice(values)) for name, values in chance.sample(HEADERS, chance.choice((0, 1, 2, 3, 8)))
    )
    body = _body(chance) if method in ("POST", "PUT", "PATCH") or chance.random() < 0.05 else b""
    # A path of bytes that no HTTP line may hold would be refused by the server's own parser every time.
    path = quote(path, safe="/%?=&;#*+~'\"(){}$:@!,\\<>" if chance.random() < 0.2 else "/%?=&;*+~():@!,")
    return Hostile(method, path or "/", headers, body, chance.random() < 0.1)


def _bent(chance: random.Random, path: str) -> str:
    kind = chance.randrange(7)
    parts = path.split("/")
    place = chance.randrange(1, len(parts) + 1)
    if kind == 0:
        return "/".join([*parts[:place], chance.choice(WORDS), *parts[place:]])
    if kind == 1:
        return path + chance.choice(WORDS)
    if kind == 2:
        return path.swapcase()
    if kind == 3:
        return "".join(f"%{ord(letter):02x}" if chance.random() < 0.3 else letter for letter in path)
    if kind == 4:
        return path.replace("/", "//", 1) + "/"
    if kind == 5:
        return f"http://evil.example{path}"
    return path[: chance.randrange(1, len(path) + 1)]


def _body(chance: random.Random) -> bytes:
    kind = chance.randrange(8)
    if kind == 0:
        return b""
    if kind == 1:
        return chance.randbytes(chance.choice((1, 100, 3000, 20_000)))
    if kind == 2:
        return b"--b\r\nContent-Disposition: form-data; name=note\r\n\r\n" + chance.randbytes(200) + b"\r\n--b--"
    if kind == 3:
        return b"[" * chance.choice((10, 9000))
    if kind == 4:
        return b"&".join(b"%d=" % number for number in range(chance.choice((10, 2000))))
    fields: dict[str, str] = {name: str(value) for name, value in GOOD.items()}
    for name in chance.sample(sorted(fields), chance.randrange(len(fields))):
        fields[name] = chance.choice(
            (*WORDS, "\u0301" * 300, "\u202e" + MARKER, "-1", "1e9", "9" * 30, "\x00", "988" * 5)
        )
    return "&".join(f"{name}={quote(value)}" for name, value in fields.items()).encode()
