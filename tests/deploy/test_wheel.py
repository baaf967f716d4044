"""`pip install .` gives the working app: words, templates, styles, translations, and the bundles where they were
made."""

import http.client
import json
import os
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from deploy import supply
from tests.conftest import free_port
from tests.deploy import installed
from youthapp.paths import ROOT, STATIC

pytestmark = pytest.mark.xdist_group("deploy-wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed.wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    commands = installed.environment(tmp_path_factory.mktemp("environment") / "venv")
    installed.install(wheel, commands)
    return commands


def written(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def address(commands: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The installed app, served by its own command from a folder that is not ours. At its end, nothing was written
    beside it."""
    port, elsewhere = free_port(), tmp_path_factory.mktemp("elsewhere")
    before = written(commands.parent)
    process = subprocess.Popen(
        [commands / "porchlight", "serve", "--port", str(port), "--workers", "1"],
        cwd=elsewhere, env={**installed.outside(commands), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=(elsewhere / "out").open("wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    for _ in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
            break
        except OSError:
            assert process.poll() is None, (elsewhere / "out").read_text()
            time.sleep(0.1)
    yield f"127.0.0.1:{port}"
    process.terminate()
    assert process.wait(60) == 0
    assert written(commands.parent) == before
    assert [path.name for path in elsewhere.iterdir()] == ["out"]


def get(address: str, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(address, timeout=20)
    line.request("GET", path)
    answer = line.getresponse()
    return answer.status, answer.read()


def as_on_another_machine(tree: Path) -> None:
    """Other times and other rights of every file, as another person's checkout has them."""
    for path in tree.rglob("*"):
        if path.is_file():
            path.chmod(0o664)
            os.utime(path, (1_900_000_000, 1_900_000_000))


@pytest.mark.slow
def test_the_release_built_twice_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        again = installed.wheel(tmp_path / "elsewhere", changed=as_on_another_machine)
    finally:
        os.umask(before)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_every_file_in_the_wheel_is_one_of_ours_or_made_of_ours(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    ours = {name if name.startswith("youthapp/") else f"youthapp/{name}" for name in supply.tracked(ROOT)}
    ours |= {name.removesuffix(".po") + ".mo" for name in ours if name.endswith(".po")}
    made = {
        f"youthapp/{output}"
        for metafile in STATIC.glob("app/*.json")
        for output in (*json.loads(metafile.read_text("utf-8"))["outputs"], f"static/app/{metafile.name}")
    }
    assert {name for name in names if ".dist-info/" not in name} - ours - made == set()


def test_the_wheel_has_what_the_pages_need_and_nothing_from_the_machine(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("templates/home/index.html", "content/topics.toml", "content/lines/lifeline-988.toml",
        "static/css/base.css", "static/js/exit.js",
                 "translations/es/LC_MESSAGES/messages.po", "translations/es/LC_MESSAGES/messages.mo"):  # fmt: skip
        assert f"youthapp/{name}" in names
    bundles = {f"youthapp/static/{path.relative_to(STATIC)}" for path in STATIC.glob("app/**/*") if path.is_file()}
    assert bundles <= names
    assert all(name.startswith("youthapp/") or ".dist-info/" in name for name in names)
    assert not [name for name in names if "__pycache__" in name or name.endswith((".library", ".pyc"))]


@pytest.mark.parametrize(
    "path", ["/en/", "/es/", "/en/talk", "/es/plan", "/en/cards", "/en/book", "/release", "/sw.js", "/healthz"]
)
def test_the_installed_app_answers_what_the_checkout_answers(app: Flask, address: str, path: str) -> None:
    own = app.test_client().get(path)
    assert get(address, path) == (200, own.get_data())


def test_its_styles_and_scripts_come_under_the_same_release(app: Flask, address: str) -> None:
    release = app.config["RELEASE"]
    for name in (
        "js/exit.js",
        "css/outreach/pages.css",
        "icons/notes-192.png",
        *(f"app/{path.name}" for path in STATIC.glob("app/*.js")),
    ):
        assert get(address, f"/static/{release}/{name}") == (200, (STATIC / name).read_bytes())


@pytest.mark.slow
def test_its_commands_work_without_the_checkout(commands: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        done = subprocess.run(
            [commands / "porchlight", *words],
            cwd=tmp_path,
            env=installed.outside(commands),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert len(run("content", "code", "--own").strip()) == 4
    assert run("content", "check").startswith("0 problems")
    where = (
        run("content", "--help")
        and subprocess.run(
            [commands / "python", "-c", "import youthapp.paths as paths; print(paths.STATIC)"],
            cwd=tmp_path,
            env=installed.outside(commands),
            capture_output=True,
            text=True,
        ).stdout
    )
    assert str(ROOT) not in where


def test_what_is_wrong_is_one_sentence_and_nothing_starts(commands: Path, tmp_path: Path) -> None:
    surroundings = {**installed.outside(commands), "PORCHLIGHT_NAME": "a name that is much too long for a title"}
    done = subprocess.run(
        [commands / "porchlight", "serve"], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: PORCHLIGHT_NAME is")
    assert "Traceback" not in done.stderr
