"""A wheel of the app, installed into an environment of its own: what `pip install .` gives, made without a network."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.conftest import ROOT

NOT_BUILT_FROM = shutil.ignore_patterns("__pycache__", ".library", "*.mo", "*.egg-info")


def wheel(place: Path) -> Path:
    """Build the wheel from a copy of the tree in `place`, since setuptools writes beside what it builds, and return its
    path."""
    tree = place / "tree"
    tree.mkdir(parents=True)
    for name in ("youthapp", "static", "translations", "deploy"):
        shutil.copytree(ROOT / name, tree / name, ignore=NOT_BUILT_FROM)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
    ]
    subprocess.run([*command, "--wheel-dir", str(place), str(tree)], check=True, capture_output=True)
    return next(place.glob("*.whl"))


def environment(place: Path, *, with_pip: bool = False) -> Path:
    """Make an environment in `place` that sees the packages we depend on, and not this checkout. Return its folder of
    commands."""
    venv.create(place, with_pip=with_pip)
    commands = place / "bin"
    purelib = subprocess.run(
        [commands / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # Python 3.11 puts an old setuptools beside pip, which would hide ours.
    for old in (*Path(purelib).glob("setuptools*"), Path(purelib) / "pkg_resources", Path(purelib) / "_distutils_hack"):
        shutil.rmtree(old, ignore_errors=True)
    (Path(purelib) / "distutils-precedence.pth").unlink(missing_ok=True)
    # A line of a .pth file is a folder to look in; the .pth files of that folder (one names this checkout) are not
    # read.
    (Path(purelib) / "shared.pth").write_text(sysconfig.get_path("purelib"))
    return commands


def install(wheel: Path, commands: Path) -> None:
    """Install a wheel into an environment, without a network."""
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(commands / "python"),
        "install",
        "-q",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)


def outside(commands: Path) -> dict[str, str]:
    """Return an environment whose PATH has these commands first, and that does not know the checkout."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "PORCHLIGHT"))
    }
    return {**kept, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
