"""nginx: the server block of an export. A test serves it with a plain nginx and holds every answer against the live
app's."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from .site import FOR_HOSTS, Site

_PLAIN_PATH = "^((?:/[A-Za-z0-9._-]+)*/?)$"
"""What our addresses are made of. Only such a path is repeated in a redirect."""


def configuration(site: Site) -> str:
    """Return what nginx needs in its http context: the maps, then the server."""
    return "\n".join([*_heading(site), *_maps(site), *_server(site), ""])


def _heading(site: Site) -> list[str]:
    return [
        f"# Release {site.release}, written by `porchlight export`. Include this file in nginx's http {'{ }'} and "
        f"change the lines marked HERE.",
        "# Nothing about a reader is written down: both logs are switched off inside the server, whatever nginx.conf "
        "says outside it.",
    ]


def _maps(site: Site) -> list[str]:
    first, others = site.languages[0], site.languages[1:]
    named = "|".join(sorted(site.languages, key=len, reverse=True))
    origin = r"~^POST\|\|[a-z]+://(?<from>[^|/]+)\|(?P=from)$"
    return [
        "# The language of an address, else the first of ours that the phone asks for.",
        *_map(
            "$http_accept_language",
            "$porchlight_asked",
            {"default": "", rf"~*(?:^|,)\s*(?<tag>{named})(?![a-z])": "$tag"},
        ),
        *_map(
            '"$request_uri $porchlight_asked"',
            "$porchlight_language",
            {
                "default": first,
                **{f"~^/{tag}[/?\\s]": tag for tag in site.languages},
                **{f"~* {tag}$": tag for tag in others},
            },
        ),
        "# Short addresses on paper, in any case of letters: nginx compares these without looking at it.",
        *_map("$uri", "$porchlight_short", {"default": "", **site.short}),
        *_map("$uri", "$porchlight_code", _codes_under_languages(site)),
        "# Which headers go with which answer.",
        *_map("$status", "$porchlight_found", {"default": "0", "~^(?:200|206|304)$": "1"}),
        *_map("$status", "$porchlight_vary", {"default": "", "302": "Accept-Language", "~^4": "Accept-Language"}),
        *_map("$status", "$porchlight_allow", {"default": "", "405": "GET, HEAD"}),
        *[
            line
            for name in site.extra
            for line in _map('"$porchlight_found$uri"', _variable(name), _values(site, name))
        ],
        "# Forget asks with an empty POST, from our own pages only (Sec-Fetch-Site where the browser sends it, else "
        "Origin).",
        *_map(
            '"$request_method|$http_sec_fetch_site|$http_origin|$http_host"',
            "$porchlight_forget",
            {
                "default": "",
                r"~^POST\|(?:same-origin|none)\|": "yes",
                r"~^POST\|\|\|": "yes",
                origin: "yes",
                "~^POST": "foreign",
            },
        ),
        *_map('"$status$uri"', "$porchlight_clear", {"default": "", f"~^303.*{site.forget.path}$": site.forget.clears}),
        *_map("$content_length", "$porchlight_body", {"default": "", "~[1-9]": "1"}),
    ]


def _map(source: str, target: str, values: Mapping[str, str]) -> list[str]:
    return [
        f"map {source} {target} {{",
        *(f"    {_quoted(key)} {_quoted(value)};" for key, value in values.items()),
        "}",
    ]


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"' if not re.fullmatch(r"[\w/$-]+", value) else value


def _codes_under_languages(site: Site) -> dict[str, str]:
    return {"default": "", **{f"/{tag}/{code}": f"/{tag}/{code}" for tag in site.languages for code in site.codes}}


def _variable(header: str) -> str:
    return "$porchlight_" + header.lower().replace("-", "_")


def _values(site: Site, header: str) -> dict[str, str]:
    usual, static, rest = site.usual(header)
    exceptions = {f"1/{leaf.file}": value for leaf, value in rest.items()}
    return {"default": dict(site.of_errors).get(header, ""), **exceptions, "~^1/static/": static, "~^1": usual}


def _server(site: Site) -> list[str]:
    return [
        *_door(site),
        "server {",
        *_indented(_listening(site)),
        "    root /srv/porchlight/site;    # HERE: this folder",
        "",
        "    access_log off;",
        "    error_log /dev/null crit;",
        "    server_tokens off;",
        "    absolute_redirect off;",
        "    gzip_static on;",
        "    gzip_vary on;",
        "    # brotli_static on;           # saves a fifth more, where nginx has that module",
        "    client_max_body_size 1k;      # no page here sends anything",
        "    client_body_timeout 10s;",
        "    types {",
        *(f'        "{kind}" {ending[1:]};' for ending, kind in site.types.items()),
        "    }",
        *(f'    add_header {name} "{value}" always;' for name, value in site.always),
        *(f"    add_header {name} {_variable(name)} always;" for name in site.extra),
        "    add_header Vary $porchlight_vary always;",
        "    add_header Allow $porchlight_allow always;",
        "    add_header Clear-Site-Data $porchlight_clear always;",
        *(f"    error_page {status} /$porchlight_language/{status}.html;" for status in site.errors),
        "",
        *_indented(_locations(site)),
        "}",
    ]


def _door(site: Site) -> list[str]:
    """From port 80 to the site, where it has a name and a certificate."""
    host = urlsplit(site.address).hostname
    if not site.address.startswith("https://"):
        return []
    return [
        "server {",
        "    listen 80;",
        "    listen [::]:80;",
        f"    server_name {host};",
        "    access_log off;",
        "    error_log /dev/null crit;",
        "    server_tokens off;",
        f"    return 301 {site.address}$request_uri;",
        "}",
    ]


def _listening(site: Site) -> list[str]:
    host = urlsplit(site.address).hostname
    if not site.address.startswith("https://"):
        return ["listen 127.0.0.1:8000;    # HERE: PORCHLIGHT_ADDRESS=https://… at the export gives ports 80 and 443"]
    return [
        "listen 443 ssl http2;",
        "listen [::]:443 ssl http2;",
        f"server_name {host};",
        f"ssl_certificate     /etc/ssl/{host}.pem;    # HERE",
        f"ssl_certificate_key /etc/ssl/{host}.key;    # HERE",
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "# No session is kept, so that two visits cannot be told to be the same phone's.",
        "ssl_session_cache off;",
        "ssl_session_tickets off;",
    ]


def _locations(site: Site) -> list[str]:
    tags, codes = "|".join(site.languages), "|".join(site.codes)
    words = "|".join(address[1:] for address in site.short)
    stand_ins = "|".join(map(re.escape, site.needs_server))
    forget = site.forget
    return [
        "# One address a page: no query, no slash at the end.",
        f'if ($is_args) {{ rewrite "{_PLAIN_PATH}" $1? permanent; }}',
        'rewrite "^(/[A-Za-z0-9._-]+/[A-Za-z0-9._/-]*[^/])/+$" $1 permanent;',
        f'rewrite "(?i)^(/(?:{words}))/+$" $1 permanent;',
        "location = / { return 302 /$porchlight_language/; }",
        *(f"location = /{tag} {{ return 301 /{tag}/; }}" for tag in site.languages),
        f'location ~* "^/(?:{words})$" {{ return 302 /$porchlight_language$porchlight_short; }}',
        f'location ~ "^/(?:{tags})/(?=.*[A-Z])(?i:{codes})$" {{ return 301 $porchlight_code; }}',
        f'location ~ "^/(?<tag>{tags})(?:{stand_ins})(?:/[^/]+)?$" {{ rewrite ^ /$tag{site.stand_in}.html break; }}',
        f'location ~ "^(?:/(?:{tags}))?{forget.path}$" {{',
        "    if ($porchlight_body) { return 413; }",
        "    if ($porchlight_forget = foreign) { return 403; }",
        f"    if ($porchlight_forget) {{ return 303 /$porchlight_language{forget.to}; }}",
        "    try_files $uri.html =404;",
        "}",
        *(f'location = {address} {{ types {{ }} default_type "{kind}"; }}' for address, kind in site.own_types.items()),
        "# What a page is written to is no address of its own.",
        'location ~ "\\.(?:html|br|gz)$" { internal; }',
        *_hidden(FOR_HOSTS),
        "location / { try_files $uri.html ${uri}index.html $uri =404; }",
    ]


def _hidden(names: Iterable[str]) -> list[str]:
    return [f"location = /{name} {{ internal; }}" for name in names]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
