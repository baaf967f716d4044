"""What the benches share: wrk, a bare nginx over given bytes, and how much memory a server takes."""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import free_port, serve_command

NGINX = shutil.which("nginx", path=f"/usr/sbin:/usr/local/sbin:{os.environ.get('PATH', '')}:/opt/homebrew/bin")
WRK = shutil.which("wrk")
MISSING = (
    ""
    if NGINX and WRK
    else "needs nginx and wrk (Debian: apt install nginx-light wrk; macOS: brew install nginx wrk): not measured"
)


@dataclass
class Run:
    """What wrk saw."""

    rate: float
    p50: float
    p99: float


def wrk(url: str, connections: int, seconds: float = 1) -> Run:
    """Ask for a page as fast as it comes. Raises RuntimeError when anything but 200 came, which wrk itself would
    hide."""
    told = subprocess.run(
        [str(WRK), "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: br", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in told or re.search(r"connect [1-9]|read [1-9]|write [1-9]", told):
        raise RuntimeError(told)
    scale = {"us": 0.001, "ms": 1, "s": 1000}
    parts = {
        name: float(number) * scale[unit] for name, number, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)", told)
    }
    return Run(float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), parts["50"], parts["99"])  # type: ignore[index]


@contextmanager
def nginx(place: Path, pages: dict[str, tuple[list[tuple[str, str]], bytes]], workers: int) -> Iterator[str]:
    """Serve these (headers, body) from files by a plain nginx."""
    port, rules = free_port(), []
    for number, (path, (headers, body)) in enumerate(pages.items()):
        (place / f"{number}.body").write_bytes(body)
        kind = next(value for name, value in headers if name == "Content-Type")
        added = " ".join(
            f'add_header {name} "{value}";'
            for name, value in headers
            if name not in ("Content-Type", "Content-Length", "ETag")
        )
        rules.append(
            f'location = {path} {{ types {{}} default_type "{kind}"; {added} try_files /{number}.body =404; }}'
        )
    user = "user root; " if os.geteuid() == 0 else ""
    temp = "".join(f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    config = (
        f"{user}daemon off; worker_processes {workers}; pid {place}/pid; error_log /dev/null; events {{ "
        f"worker_connections 1024; }}"
    )
    config += (
        f" http {{ {temp} access_log off; sendfile on; tcp_nopush on; open_file_cache max=100; "
        f"keepalive_requests 1000000;"
    )
    (place / "nginx.conf").write_text(
        f"{config} server {{ listen 127.0.0.1:{port}; root {place}; {' '.join(rules)} }} }}"
    )
    process = subprocess.Popen([str(NGINX), "-p", str(place), "-c", str(place / "nginx.conf")])
    try:
        _wait(f"http://127.0.0.1:{port}{next(iter(pages))}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def granian(folder: Path, workers: int = 1, app: str = "wsgi:app") -> Iterator[tuple[str, int]]:
    """Serve an app as `make run` does; yields its address and its process id."""
    port = free_port()
    command = serve_command(port, workers, "error", app)
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(20)


def memory_mb(pid: int) -> float:
    """Return the memory of a process and its children, pages they share counted once (PSS); 0 where the system does not
    tell."""
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        own = int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[1]) / 1024  # type: ignore[index]
    except OSError:
        return 0.0
    return own + sum(memory_mb(child) for child in children)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {url}")
