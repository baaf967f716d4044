"""Plain hosts over an export, each with the configuration that the export wrote for it: the site without the app."""

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import Server, free_port

_PATH = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin"
NGINX = shutil.which("nginx", path=_PATH)
CADDY = os.environ.get("CADDY") or shutil.which("caddy", path=_PATH)


def nginx() -> str:
    """Return the nginx of this machine; skip the test, and say so, where there is none."""
    return NGINX or pytest.skip(
        "nginx is not installed here (Debian: apt-get install nginx-light): what it would answer was not looked at"
    )


def caddy() -> str:
    """Return the Caddy of this machine; skip the test, and say so, where there is none."""
    return CADDY or pytest.skip(
        "Caddy is not installed here (Debian: apt-get install caddy; CADDY=/path/to/caddy): what it would answer was "
        "not looked at"
    )


def listening(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until a port of this machine takes connections. Raises AssertionError with what was written when the process
    ends before."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert process.poll() is None, log.read_text("utf-8", "replace")
            time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}: " + log.read_text("utf-8", "replace"))


def here(configuration: str, ours: dict[str, str]) -> str:
    """Return a shipped configuration with some lines changed for this machine. Raises AssertionError when a line is not
    there once."""
    for shipped, changed in ours.items():
        assert configuration.count(shipped) == 1, shipped
        configuration = configuration.replace(shipped, changed)
    return configuration


def run_nginx(place: Path, port: int, *, http: str, main: str = "") -> "subprocess.Popen[bytes]":
    """Start nginx with what is in its http context; its own files and its standard output go to `place`."""
    temporary = " ".join(
        f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Started by root, nginx would serve as nobody, who may not look into a test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (place / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {place}/pid.conf; {main}\nevents {{ }}\nhttp "
        f"{{\n{temporary}\n{http}\n}}\n",
        "utf-8",
    )
    command = [nginx(), "-p", str(place), "-c", str(place / "nginx.conf"), "-e", str(place / "start.log")]
    process = subprocess.Popen(command, stdout=(place / "out").open("wb"), stderr=subprocess.STDOUT)
    listening(process, port, place / "out")
    return process


def run_caddy(place: Path, port: int, configuration: str) -> "subprocess.Popen[bytes]":
    """Start Caddy with a Caddyfile; its own files and its output go to `place`."""
    (place / "site.conf").write_text(configuration, "utf-8")
    homes = {name: str(place / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    command = [caddy(), "run", "--config", str(place / "site.conf"), "--adapter", "caddyfile"]
    process = subprocess.Popen(
        command, stdout=(place / "out").open("wb"), stderr=subprocess.STDOUT, env={**os.environ, **homes}
    )
    listening(process, port, place / "out")
    return process


NGINX_LINES = ("listen 127.0.0.1:8000;", "root /srv/porchlight/site;")
CADDY_LINES = ("\nhttp://127.0.0.1:8000 {", "root * /srv/porchlight/site ", "\n{\n")


def serve(folder: Path, place: Path) -> Server:
    """Serve the export in `folder` by nginx, with its own files in `place`, and wait until it answers.

    Outside the export's own server, nginx is told to log all it can: what it writes all the same is in `place`.
    """
    port = free_port()
    listen, root = NGINX_LINES
    rules = here(
        (folder / "nginx.conf").read_text("utf-8"), {listen: f"listen 127.0.0.1:{port};", root: f"root {folder};"}
    )
    logs = f"access_log {place}/access.log; error_log {place}/error.log info;"
    return Server(f"http://127.0.0.1:{port}", run_nginx(place, port, http=f"{logs}\n{rules}"), place / "out")


def serve_by_caddy(folder: Path, place: Path) -> Server:
    """Serve the export in `folder` by Caddy, with its own files in `place`, and wait until it answers."""
    port = free_port()
    name, root, options = CADDY_LINES
    changed = {
        name: f"\nhttp://127.0.0.1:{port} {{",
        root: f"root * {folder} ",
        # Other programs of this machine may hold the port for Caddy's own orders.
        options: "\n{\n\tadmin off\n",
    }
    rules = here((folder / "Caddyfile").read_text("utf-8"), changed)
    return Server(f"http://127.0.0.1:{port}", run_caddy(place, port, rules), place / "out")


def without_comments(configuration: str) -> str:
    """Return a configuration without what follows a #."""
    return re.sub(r"(?m)(?:^|\s)#.*$", "", configuration)
