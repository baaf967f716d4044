"""Caddy 2: the Caddyfile of an export. A test serves it with a real Caddy and holds every answer against the live
app's."""

import re
from collections.abc import Iterable, Mapping

from ..web.page_cache import compressible
from .site import FOR_HOSTS, Site

_PLAIN_PATH = "^((?:/[A-Za-z0-9._-]+)*/?)$"
"""What our addresses are made of. Only what this caught is repeated in a redirect: {path} may begin with
"//elsewhere.example"."""

_PATH = "{http.request.orig_uri.path}"
"""The path that was asked for, also where it has been rewritten since."""


def configuration(site: Site) -> str:
    """Return the whole Caddyfile: what is not logged, the maps, the answers, the errors."""
    host = site.address if site.address.startswith("https://") else "http://127.0.0.1:8000"
    server = [
        "root * /srv/porchlight/site    # HERE: this folder",
        *_maps(site),
        *_headers(site),
        "route {",
        *_indented(_redirects(site)),
        *_indented(_files(site)),
        "}",
        *_errors(site),
    ]
    return "\n".join([*_heading(site), f"{host} {{", *_indented(server), "}", ""])


def _heading(site: Site) -> list[str]:
    return [
        f"# Release {site.release}, written by `porchlight export`. Change the line marked HERE; with "
        f"PORCHLIGHT_ADDRESS=https://… at the export,",
        "# Caddy gets the certificate by itself. Nothing about a reader is written down: no `log` in the site means "
        "no log of requests, and of",
        "# what Caddy itself says, the request is taken out.",
        "{",
        "\tlog default {",
        "\t\toutput stderr",
        "\t\tlevel ERROR",
        "\t\tformat filter {",
        "\t\t\twrap json",
        "\t\t\tfields {",
        *(f"\t\t\t\t{field} delete" for field in ("request", "remote_ip", "remote_addr", "uri")),
        "\t\t\t}",
        "\t\t}",
        "\t\texclude http.log.access http.log.error",
        "\t}",
        "\tservers {",
        "\t\ttimeouts {",
        "\t\t\tread_header 10s",
        "\t\t\tread_body 10s",
        "\t\t\tidle 2m",
        "\t\t}",
        "\t}",
        "}",
    ]


def _maps(site: Site) -> list[str]:
    named = "|".join(sorted(site.languages, key=len, reverse=True))
    first = site.languages[0]
    short = {f"~(?i)^{address}$": path for address, path in site.short.items()}
    codes = {f"~^/(?:{named})/(?i:{code})$": f"/{code}" for code in site.codes}
    asked = {f"~^/({named})(?:/|$)": "${1}", f"~(?i) (?:[^ ].*,)?? *({named})(?:[^a-z]|$)": "${1}"}
    return [
        "# The language of an address, else the first of ours that the phone asks for.",
        *_map(_quoted(f"{_PATH} {{header.Accept-Language}}"), "{named}", asked, ""),
        *_map("{named}", "{language}", {f"~(?i)^{tag}$": tag for tag in site.languages}, first),
        "# Short addresses on paper, in any case of letters.",
        *_map(_PATH, "{short}", short, ""),
        *_map(_PATH, "{code}", codes, ""),
    ]


def _map(source: str, target: str, values: Mapping[str, str], default: str) -> list[str]:
    lines = (f"\t{_quoted(key)} {_quoted(value)}" for key, value in values.items())
    return [f"map {source} {target} {{", *lines, f"\tdefault {_quoted(default)}", "}"]


def _quoted(value: str) -> str:
    return f"`{value}`" if '"' in value or "\\" in value else f'"{value}"'


def _headers(site: Site) -> list[str]:
    always = (f"\t{name} {_quoted(value)}" for name, value in [*site.always, *site.of_errors])
    # Apart: with something to take away, Caddy would set all of them at the moment of sending, over what a file has.
    return ["header -Server", "header {", *always, "}"]


def _header(match: str, name: str, value: str) -> str:
    return f"header {match}{name} {_quoted(value)}" if value else f"header {match}-{name}"


def _redirects(site: Site) -> list[str]:
    tags = "|".join(site.languages)
    words = "|".join(address[1:] for address in site.short)
    return [
        "# One address a page: no query, no slash at the end.",
        "@query {",
        f"\tpath_regexp query {_quoted(_PLAIN_PATH)}",
        '\texpression {query} != ""',
        "}",
        "redir @query {re.query.1} 301",
        f"@slash path_regexp slash {_quoted('^(/[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)+)/+$')}",
        "redir @slash {re.slash.1} 301",
        f"@slash_on_short path_regexp slash {_quoted(f'(?i)^(/(?:{words}))/+$')}",
        "redir @slash_on_short {re.slash.1} 301",
        f"@bare_language path_regexp bare {_quoted(f'^(/(?:{tags}))$')}",
        "redir @bare_language {re.bare.1}/ 301",
        "@paper {",
        f"\tpath_regexp {_quoted(f'(?i)^/(?:{words})?$')}",
        "}",
        "header @paper Vary Accept-Language",
        '@door path_regexp "^/$"',
        "redir @door /{language}/ 302",
        "redir @paper /{language}{short} 302",
        "@capitals {",
        f"\tpath_regexp capitals {_quoted(f'^/({tags})/[A-Za-z0-9]*[A-Z][A-Za-z0-9]*$')}",
        '\texpression {code} != ""',
        "}",
        "redir @capitals /{re.capitals.1}{code} 301",
        *_forget(site),
        "@writes not method GET HEAD",
        "error @writes 405",
    ]


def _forget(site: Site) -> list[str]:
    """The one POST: empty, and from our own pages only (Sec-Fetch-Site where the browser sends it, else Origin against
    Host)."""
    tags = "|".join(site.languages)
    own = (
        '{header.Sec-Fetch-Site} in ["same-origin", "none"] || ({header.Sec-Fetch-Site} == "" && '
        '({header.Origin} == "" || {header.Origin}.matches("^[a-z]+://[^/]+$") && {header.Origin}.endsWith("://" + '
        "{hostport})))"
    )
    return [
        "@asks_to_forget {",
        "\tmethod POST",
        f"\tpath_regexp {_quoted(f'^(?:/(?:{tags}))?{site.forget.path}$')}",
        "}",
        "route @asks_to_forget {",
        "\t@body header_regexp Content-Length [1-9]",
        "\terror @body 413",
        f"\t@foreign not expression `{own}`",
        "\terror @foreign 403",
        f"\theader Clear-Site-Data {_quoted(site.forget.clears)}",
        f"\tredir * /{{language}}{site.forget.to} 303",
        "}",
    ]


def _files(site: Site) -> list[str]:
    tags = "|".join(site.languages)
    stand_ins = "|".join(map(re.escape, site.needs_server))
    inside = r"\.(?:html|br|gz)$|^/(?:" + "|".join(map(re.escape, FOR_HOSTS)) + ")$"
    lines = [
        "# What a page is written to is no address of its own.",
        f"@inside path_regexp {_quoted(inside)}",
        "error @inside 404",
        f"@stand_in path_regexp stand_in {_quoted(f'^/({tags})(?:{stand_ins})(?:/[^/]+)?$')}",
        f"rewrite @stand_in /{{re.stand_in.1}}{site.stand_in}",
        "try_files {path}.html {path}index.html {path}",
        *(f"@ending{number} path *{ending}" for number, ending in enumerate(site.types)),
        *(f"header @ending{number} Content-Type {_quoted(kind)}" for number, kind in enumerate(site.types.values())),
        *(f"header {address} Content-Type {_quoted(kind)}" for address, kind in site.own_types.items()),
    ]
    whole = [leaf for leaf in site.leaves if not leaf.compressed or not compressible(leaf.copy.content_type)]
    ours = sorted({f"*{leaf.ending}" if leaf.ending else leaf.address for leaf in whole})
    lines += [
        "# At the moment of sending: Caddy says this itself, with compressed files only (2.6) or with all (2.11).",
        f"@varies not path {' '.join(ours)}",
        "header @varies {",
        "\tVary Accept-Encoding",
        "\tdefer",
        "}",
        f"@same path {' '.join(ours)}",
        "header @same {",
        "\t-Vary",
        "\tdefer",
        "}",
    ]
    for name in site.extra:
        usual, static, rest = site.usual(name)
        lines += [_header("", name, usual), _header("/static/* ", name, static)]
        lines += [_header(f"/{leaf.file} ", name, value) for leaf, value in rest.items()]
    return [*lines, "file_server {", "\tprecompressed br gzip", "\tindex off", "}"]


def _errors(site: Site) -> list[str]:
    known = ", ".join(map(str, site.errors))
    kind = site.errors[404][site.languages[0]].content_type
    return [
        "# Caddy forgets the headers of the site for an error, and keeps those of a file that was not found.",
        "handle_errors {",
        *(f"\theader -{name}" for name in site.extra if name not in dict(site.of_errors)),
        *_indented(_headers(site)),
        "\theader Vary Accept-Language",
        "\t@method expression `{err.status_code} == 405`",
        '\theader @method Allow "GET, HEAD"',
        f"\t@known expression `{{err.status_code}} in [{known}]`",
        "\thandle @known {",
        "\t\trewrite * /{language}/{err.status_code}.html",
        f"\t\theader Content-Type {_quoted(kind)}",
        "\t\tfile_server {",
        "\t\t\tprecompressed br gzip",
        "\t\t}",
        "\t}",
        "}",
    ]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"\t{line}" for line in lines]
