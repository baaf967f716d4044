"""Requests per second and latency against nginx serving the same bytes, with rendering live beside it.

One thread of wrk, one second a turn, both servers on this machine, brotli bodies. p50 and p99 in ms under that load.
"""

import tempfile
from pathlib import Path

from tests import load
from youthapp import create_app

ROOT = Path(__file__).parent.parent


def rows() -> list[str]:
    if load.MISSING:
        return [load.MISSING]
    app = create_app()
    library = app.extensions["library"]
    paths = {
        "home": "/en/",
        "a card": f"/en/{library.get('condom-how').code}",
        "a line": f"/en/{library.get('lifeline-988').code}",
    }
    answers = {path: app.test_client().get(path, headers={"Accept-Encoding": "br"}) for path in paths.values()}
    pages = {path: (list(answer.headers), answer.get_data()) for path, answer in answers.items()}
    told = [
        f"{'':8} {'bytes':>6} {'workers':>7} {'conns':>5}  {'nginx req/s':>11} {'p50':>6} {'p99':>7}  "
        f"{'ours req/s':>10} {'p50':>6} {'p99':>7}  ratio"
    ]
    for workers in (1, 2):
        with (
            tempfile.TemporaryDirectory() as place,
            load.nginx(Path(place), pages, workers) as plain,
            load.granian(ROOT, workers) as (ours, pid),
        ):
            for name, path in paths.items():
                load.wrk(ours + path, 16, 1)  # each worker prints the page once
                for connections in (1, 16, 256):
                    theirs, mine = load.wrk(plain + path, connections), load.wrk(ours + path, connections)
                    told.append(
                        f"{name:8} {len(pages[path][1]):6} {workers:7} {connections:5}  {theirs.rate:11,.0f} "
                        f"{theirs.p50:6.2f} {theirs.p99:7.2f}  {mine.rate:10,.0f} {mine.p50:6.2f} {mine.p99:7.2f}  "
                        f"{mine.rate / theirs.rate:.2f}"
                    )
            told.append(f"memory of ours with {workers} worker{'s' * (workers > 1)}: {load.memory_mb(pid):.0f} MB")
    with load.granian(ROOT, 1, "tests.live:app") as (live, _pid):
        for name, path in paths.items():
            run = load.wrk(live + path, 16)
            told.append(
                f"{name}, rendered live, 1 worker, 16 connections: {run.rate:,.0f} req/s, p50 {run.p50:.1f} ms, p99 "
                f"{run.p99:.1f} ms"
            )
    return told
