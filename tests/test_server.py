"""The production server: it starts as `make run` starts it, loses nobody when it is told to restart, and writes down nothing about a reader."""

import http.client
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import start_server

pytestmark = pytest.mark.xdist_group("server")


def read(url: str, path: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url + path, headers=headers), timeout=20) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.read()
        return error.code


def test_two_workers_change_over_and_stop_without_a_failed_request(tmp_path: Path) -> None:
    server = start_server(tmp_path / "log", workers=2)
    failed: list[str] = []
    done = threading.Event()
    served = [0]

    def ask() -> int:
        try:
            return read(server.url, "/en/talk")
        except http.client.RemoteDisconnected:
            # A worker that stops may close a connection that nobody had read from yet. A browser asks again by itself (RFC 9110, 9.2.2).
            return read(server.url, "/en/talk")

    def reader() -> None:
        while not done.is_set():
            try:
                if ask() != 200:
                    failed.append("not 200")
                served[0] += 1
            except OSError as error:
                failed.append(repr(error))

    readers = [threading.Thread(target=reader) for _ in range(4)]
    for thread in readers:
        thread.start()
    while not served[0] and not failed:
        time.sleep(0.1)
    before = served[0]
    os.kill(server.process.pid, signal.SIGHUP)  # new workers come, old ones finish what they have
    time.sleep(4)
    after = served[0]
    done.set()
    for thread in readers:
        thread.join()
    assert before > 0
    assert after > before
    assert not failed, failed[:5]
    assert server.process.poll() is None
    server.process.terminate()
    assert server.process.wait(15) == 0


def test_the_log_holds_nothing_about_a_reader(tmp_path: Path) -> None:
    server = start_server(tmp_path / "log", workers=2, log_level="info")
    for path in ("/", "/en/", "/es/talk", "/en/now", "/en/zzz", "/secret-path-marker", "/en/talk?secret-query-marker=1", "/en/%ff", "/static/zzz/x"):
        read(
            server.url,
            path,
            **{"User-Agent": "secret-agent-marker", "Accept-Language": "es", "X-Forwarded-For": "203.0.113.77", "Referer": "http://secret-referer-marker.example/"},
        )
    server.process.terminate()
    server.process.wait(15)
    said = server.said()
    for word in ("secret-", "203.0.113.77", "/en/", "/es/", "GET ", "Mozilla", "urllib"):
        assert word not in said, said
    # The server's own address may stand there once, as what it listens on; never a reader's port.
    assert said.count("127.0.0.1") <= 2, said


def test_a_wrong_setting_keeps_it_from_starting_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="PORCHLIGHT_EXIT_EN"):
        start_server(tmp_path / "log", environment={"PORCHLIGHT_EXIT_EN": "nonsense"})
