"""Start the production server: `porchlight serve`, which is what `make run` and deploy/ call.

Granian by itself loses a reader now and then when workers are changed over on Linux (measured on a busy machine,
DECISIONS.md). Two causes:

- Each worker has its own listening socket (SO_REUSEPORT). When a worker goes, the kernel resets the connections in its
  queue. Here all workers accept from one socket that the main process holds, as Granian does on macOS: a connection
  waits until some worker takes it.
- A worker that is told to stop closes the connections that it has accepted and not yet read from. Here it is first told
  to stop accepting, and a moment later to stop.

A browser that is reset on a new connection shows an error instead of the page, so neither is left to chance
(tests/test_server.py).
"""

import errno
import ipaddress
import os
import resource
import signal
import socket
import time
from typing import Any

import click

from . import REFUSALS, app_or_exit, create_app
from .web.request_limits import THREADS

DRAIN_SECONDS = 1.0
"""How long a worker that accepts no more has to read what it has accepted; a request usually comes with its
connection."""


MOST_CONNECTIONS = 4096
"""Connections that a worker holds open at once. Granian's own 512 could be filled by senders who never finish their
first line."""

HEADER_SECONDS = 5
"""How long a request's headers may take, and how long an open connection may wait for its next request. Granian's own
is 30."""

STOP_SECONDS = 30
"""How long a worker that is told to stop may take to answer what it has begun; then it is killed, and whoever still
waited for a page sees an error. On a busy machine a first book takes more than the 10 s that this was."""

MOST_QUICK_DEATHS = 5
"""Workers that may die within seconds of their start in a minute. Granian ends the whole server at the first one, which
a worker that the kernel kills just after a change-over is enough for."""


class Respawned(dict[int, float]):
    """When each worker was started again, by its number: what Granian asks to find out whether workers die as soon as
    they start. Says so only after MOST_QUICK_DEATHS of them in a minute; then the server ends with 1, and whoever
    started it starts it again."""

    QUICK_SECONDS = 5.5
    """Granian's own measure of a quick death."""

    def __init__(self) -> None:
        super().__init__()
        self.quick_deaths: list[float] = []

    def get(self, worker: int, default: float = 0) -> float:  # type: ignore[override]
        """Return when a worker that died was started: long ago, unless too many died as quickly."""
        started, now = super().get(worker, default), time.monotonic()
        if now - started > self.QUICK_SECONDS:
            return started
        self.quick_deaths = [then for then in self.quick_deaths if now - then < 60] + [now]
        return started if len(self.quick_deaths) > MOST_QUICK_DEATHS else 0


def stop_accepting(*_: object) -> None:
    """Let go of every listening socket of this process: the connections in their queues are left to the other workers.

    Each descriptor is pointed at a socket that nobody can reach, since the server's own code has no such order.
    """
    unreachable = socket.create_server(("127.0.0.1", 0))
    unreachable.setblocking(False)
    for descriptor in map(int, os.listdir("/dev/fd")):
        if descriptor != unreachable.fileno() and _listens(descriptor):
            os.dup2(unreachable.fileno(), descriptor)
    unreachable.detach()


def _listens(descriptor: int) -> bool:
    try:
        with socket.socket(fileno=os.dup(descriptor)) as copy:
            return bool(copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # no socket, or closed meanwhile
        return False


def load(app: str) -> Any:
    """Return the WSGI app in a new worker, which from now on obeys SIGUSR1: accept no more.

    app: "module:name" of another app than ours; empty for ours.
    """
    from granian._internal import load_target

    signal.signal(signal.SIGUSR1, stop_accepting)
    # Until the server sets its own handler, a worker has that of the main process, which would ignore an order to stop.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return load_target(app) if app else app_or_exit()


def _refuse_what_is_wrong() -> None:
    """Build the app once, so that a wrong setting or record is one sentence here, and not a traceback from each
    worker."""
    try:
        create_app()
    except REFUSALS as error:
        raise click.ClickException(str(error)) from None


def _refuse_a_taken_port(host: str, port: int) -> None:
    """End with a sentence when the port cannot be had. Granian would share one that another server holds: half of the
    readers would get pages of the other release."""
    try:
        family = socket.AF_INET6 if ipaddress.ip_address(host).version == 6 else socket.AF_INET
    except ValueError:
        raise click.ClickException(
            f'--host is "{host}". Write the number of an address of this machine, such as 127.0.0.1.'
        ) from None
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            what = "Another program is on this port: stop it, or choose another with --port."
        elif error.errno == errno.EACCES:
            what = "Only root may use a port below 1024: choose another, and put nginx or Caddy in front."
        else:
            what = f"This machine cannot listen there ({error.strerror})."
        raise click.ClickException(f"{host}, port {port}: {what}") from None


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1), help="Processes; one for each core is plenty."
)
@click.option(
    "--log-level",
    default="warning",
    show_default=True,
    type=click.Choice(["error", "warning", "info"]),
    help="What the server itself says.",
)
@click.option("--app", default="", help="Another WSGI app, as module:name.")
def serve(host: str, port: int, workers: int, log_level: str, app: str) -> None:
    """Serve the app, with nothing written: not beside the code, and no line about a reader.

    SIGHUP changes the workers over without a failed request, SIGTERM stops when what was begun is answered. What is
    wrong is said in one sentence, and nothing starts.
    """
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # for the workers
    _refuse_a_taken_port(host, port)
    if not app:
        _refuse_what_is_wrong()
    click.echo(f"Porchlight is on http://{host}:{port}  (stop with Ctrl+C)")

    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.net import SocketSpec  # type: ignore[attr-defined]
    from granian.server.mp import MPServer, WorkerProcess

    class Worker(WorkerProcess):
        """A worker that stops accepting before it stops."""

        def terminate(self) -> None:
            self.interrupt_by_parent = True  # so that Granian does not take what follows for a crash
            # When all workers stop, none is left to accept instead.
            if self.inner.is_alive() and not self.parent.interrupt_signal:
                os.kill(self.inner.pid, signal.SIGUSR1)
                time.sleep(DRAIN_SECONDS)
            super().terminate()  # type: ignore[no-untyped-call]

    class Server(MPServer):
        """Granian with one listening socket for all workers."""

        def _init_shared_socket(self) -> None:
            # Granian's own steps for systems other than Linux.
            listening = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
            self._ssp = None
            self._shd = listening  # type: ignore[assignment]
            self._sfd = listening.get_fd()
            self._sso = socket.socket(fileno=listening.get_fd())
            self._sso.set_inheritable(True)

        def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:  # type: ignore[override]
            worker = super()._spawn_worker(idx, target, callback_loader)
            worker.__class__ = Worker
            return worker

    # Most systems start a process with room for 1,024 files and connections, and let it ask for more.
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 2 * MOST_CONNECTIONS, hard))
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        # No line about any reader.
        log_access=False,
        log_level=LogLevels(log_level),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        backpressure=MOST_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
    )
    server.respawned_wrks = Respawned()
    server.serve(target_loader=load)


if __name__ == "__main__":
    serve()
