"""A plain nginx over an export, with the configuration that the export wrote: the site without the app."""

import http.client
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import Server, free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")


def serve(folder: Path, place: Path) -> Server:
    """Start nginx over the export in `folder`, with its own files in `place`, and wait until it answers. Skips the test where there is no nginx."""
    if NGINX is None:
        pytest.skip("nginx is not installed here (Debian: apt install nginx-light); the export is tested against it")
    port = free_port()
    rules = (folder / "nginx.conf").read_text().replace("127.0.0.1:8000", f"127.0.0.1:{port}").replace("root .;", f"root {folder};")
    temp = "".join(f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    # Started by root, nginx would serve as nobody, who may not look into a test's folder.
    user = "user root; " if os.geteuid() == 0 else ""
    (place / "nginx.conf").write_text(f"{user}daemon off; worker_processes 1; pid {place}/pid; error_log {place}/log; events {{}} http {{ {temp}\n{rules}\n}}")
    process = subprocess.Popen([NGINX, "-p", str(place), "-c", str(place / "nginx.conf")], stderr=subprocess.PIPE)
    for _ in range(50):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=10).connect()
            break
        except OSError:
            assert process.poll() is None, process.stderr.read()  # type: ignore[union-attr]
            time.sleep(0.1)
    return Server(f"http://127.0.0.1:{port}", process, place / "log")
