"""The Dockerfile's steps, run as a script, because no container engine is here: each COPY and each RUN in a folder a
stage, then CMD and HEALTHCHECK, with a read-only disk and no capability where this machine allows it.

Not run: what fetches from a network (npm ci; the base image). pip gets the lock files with the network switched off,
which holds when what is installed here is exactly what they name.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import ROOT, free_port
from tests.deploy import installed
from tests.hosts import listening

pytestmark = pytest.mark.xdist_group("deploy-container")

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
IGNORED = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text("utf-8").split()
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text("utf-8")


@dataclass
class Stage:
    """A stage of the Dockerfile: its folder stands for the image's root."""

    name: str
    root: Path
    commands: Path
    work: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    user: str = ""
    health: list[str] = field(default_factory=list)
    start: list[str] = field(default_factory=list)

    def at(self, path: str) -> Path:
        """Return where a path of the image is here."""
        return self.root / os.path.join(self.work, path).lstrip("/")


def instructions() -> Iterator[tuple[str, str]]:
    for line in re.sub(r"\\\n", " ", DOCKERFILE).splitlines():
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


def copied(stage: Stage, sources: list[str], target: str, base: Path) -> None:
    to = stage.at(target)
    for source in sources:
        from_ = base / source.lstrip("/")
        assert from_.exists(), f"COPY {source}: it is not there"
        if from_.is_dir():
            shutil.copytree(
                from_,
                to,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns(*(name.removeprefix("**/") for name in IGNORED), "app"),
            )
        else:
            into = to / from_.name if target.endswith(("/", ".")) else to
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(from_, into)


def run(stage: Stage, command: str) -> None:
    """Run a RUN line in a stage."""
    if command.startswith("npm ci"):
        # Fetches. What it would fetch is installed here from the same lock file.
        (stage.at("node_modules")).symlink_to(ROOT / "node_modules")
        return
    if "requirements/node.txt" in command and shutil.which("npm"):
        return  # This machine has a Node of its own.
    here = re.sub(r"(?<=\s)/(?=wheels\b)", f"{stage.root}/", command)
    surroundings = {
        **installed.outside(stage.commands),
        **stage.environment,
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    surroundings["PATH"] += os.pathsep + str(Path(sys.executable).parent)
    done = subprocess.run(
        ["bash", "-c", here], cwd=stage.at("."), env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"RUN {command}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The last stage, after all its steps."""
    stages: dict[str, Stage] = {}
    stage: Stage | None = None
    for word, rest in instructions():
        if word == "FROM":
            name = rest.partition(" AS ")[2] or "last"
            place = tmp_path_factory.mktemp(name)
            stage = stages[name] = Stage(name, place / "root", installed.environment(place / "venv", with_pip=True))
            continue
        assert stage is not None
        if word == "WORKDIR":
            stage.work = rest
            stage.at(".").mkdir(parents=True)
        elif word == "COPY":
            first, *others = rest.split()
            base = stages[first.removeprefix("--from=")].root if first.startswith("--from=") else ROOT
            *sources, target = others if first.startswith("--from=") else [first, *others]
            copied(stage, sources, target, base)
        elif word == "RUN":
            stage.at(".").mkdir(parents=True, exist_ok=True)
            run(stage, rest)
        elif word == "ENV":
            stage.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif word == "USER":
            stage.user = rest
        elif word == "HEALTHCHECK":
            stage.health = json.loads(rest.removeprefix("CMD "))
        elif word == "CMD":
            stage.start = json.loads(rest)
        else:
            assert word == "EXPOSE", f"{word} is not known to this test"
    assert stage is not None
    return stage


def shut_in() -> list[str]:
    """Return the words before a command that give it a read-only disk and no capability, as compose.yaml does; none
    where that is not allowed."""
    read_only = (
        "mount --make-rprivate / && mount --bind / / && mount -o remount,bind,ro / && exec setpriv "
        '--bounding-set=-all --inh-caps=-all --no-new-privs "$@"'
    )
    words = ["unshare", "-m", "sh", "-c", read_only, "sh"]
    tried = (
        subprocess.run([*words, "sh", "-c", "! touch /marker-of-a-test"], capture_output=True, check=False)
        if shutil.which("unshare")
        else None
    )
    return words if tried is not None and tried.returncode == 0 else []


@pytest.mark.slow
def test_what_is_built_has_the_bundles_and_runs_shut_in(image: Stage) -> None:
    port = free_port()
    before = shut_in()
    python = image.commands / "python"
    log = image.root / "out"
    start = [word.replace("8000", str(port)).replace("0.0.0.0", "127.0.0.1") for word in image.start]
    assert start[0] == "porchlight"
    process = subprocess.Popen(
        [*before, str(image.commands / start[0]), *start[1:]],
        env={**installed.outside(image.commands), **image.environment}, cwd="/", stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        listening(process, port, log)
        program, *words = [word.replace("8000", str(port)) for word in image.health]
        assert program == "python"
        subprocess.run([python, *words], check=True)
        page = subprocess.run(
            [
                python,
                "-c",
                f"from urllib.request import urlopen; print(urlopen('http://127.0.0.1:{port}/en/').read().decode())",
            ],
            check=True,
            capture_output=True,
        )
        assert re.search(rb"/static/[0-9a-f]+/app/", page.stdout), "the image has no bundles of the scripts"
    finally:
        process.terminate()
        process.wait(60)
    if not before:
        pytest.skip("this machine allows no read-only disk for a test: it ran, but not shut in")


@pytest.mark.slow
def test_the_healthcheck_fails_when_nothing_answers(image: Stage) -> None:
    _program, *words = [word.replace("8000", str(free_port())) for word in image.health]
    assert subprocess.run([image.commands / "python", *words], capture_output=True, check=False).returncode == 1


@pytest.mark.slow
def test_the_container_is_nobody_and_writes_nothing(image: Stage) -> None:
    assert image.user == "65534:65534"
    assert image.environment["PYTHONDONTWRITEBYTECODE"] == "1"
    settings = re.sub(r"(?m)\s*#.*$", "", COMPOSE)
    for line in (
        "read_only: true",
        'user: "65534:65534"',
        "cap_drop:\n      - ALL",
        "no-new-privileges:true",
        '"127.0.0.1:8000:8000"',
        "dockerfile: deploy/Dockerfile",
    ):
        assert line in settings


def test_nothing_is_taken_from_the_network_without_its_hash() -> None:
    fetches = [
        rest
        for word, rest in instructions()
        if word == "RUN" and re.search(r"pip (?:install|wheel|download)|npm|curl|wget|apt", rest)
    ]
    for line in fetches:
        assert (
            "--require-hashes" in line
            or "--no-index" in line
            or "--no-deps --no-build-isolation" in line
            or line.startswith(("npm ci --ignore-scripts", "npm run build"))
        ), line
