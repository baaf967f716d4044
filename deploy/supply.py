"""What a copy is made of: every dependency by name, version, hash and licence, and every file by its licence.

    python -m deploy.supply check    names each dependency that is not pinned or has no hash, each licence outside of
                                     deploy/licences.toml, each file that no line there names; ends with 1 then
    python -m deploy.supply bill     prints the bill of materials (CycloneDX 1.5, JSON), the same bytes each time

Reads files of this checkout and the metadata of what is installed beside it, never a network.
"""

import base64
import fnmatch
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RUN_LOCK = "run.txt"
"""The lock of what runs on a server; the others build and test."""

_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\,]+)")
_HASH = re.compile(r"--hash=(\S+)")
_GOOD_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_EXACT = re.compile(r"\d[\w.+-]*")


@dataclass(frozen=True)
class Part:
    """A dependency. hashes: algorithm -> digests in hex; shipped: it reaches a server or a reader."""

    kind: str
    name: str
    version: str
    licence: str
    shipped: bool
    hashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def canonical(name: str) -> str:
    """Return a Python package's name as PyPI compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(lock: str) -> Iterator[str]:
    """Yield each requirement of a requirements file with its hashes: what stands at the start of a line, and the lines
    that follow it."""
    text = re.sub(r"(?m)^\s*#.*$", "", lock)
    yield from (entry.strip() for entry in re.split(r"\n(?=\S)", text) if entry.strip())


def locked(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (name of the lock, entry) of every Python lock."""
    for path in sorted((root / "requirements").glob("*.txt")):
        yield from ((path.name, entry) for entry in entries(path.read_text("utf-8")))


def unpinned(root: Path) -> Iterator[str]:
    """Yield what is wrong with pins and hashes: in the locks, and in the two files that people write."""
    pins: dict[str, str] = {}
    for lock, entry in locked(root):
        pin = _PIN.match(entry)
        if not pin:
            yield f"requirements/{lock}: {entry.split()[0]} is not pinned to one version (==)"
            continue
        pins[canonical(pin[1])] = pin[2]
        hashes = _HASH.findall(entry)
        if not hashes or not all(map(_GOOD_HASH.fullmatch, hashes)):
            yield f"requirements/{lock}: {pin[1]} has no SHA-256 hash for each of its files"
    yield from _wanted_and_not_locked(tomllib.loads((root / "pyproject.toml").read_text("utf-8")), pins)
    yield from _npm_unpinned(root)


def _wanted_and_not_locked(project: dict[str, Any], pins: Mapping[str, str]) -> Iterator[str]:
    groups = project.get("dependency-groups", {}).values()
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    wanted += [name for group in groups for name in group if isinstance(name, str)]
    for requirement in wanted:
        pin = _PIN.fullmatch(requirement)
        if not pin:
            yield f"pyproject.toml: {requirement} is not pinned to one version (==)"
        elif pins.get(canonical(pin[1])) != pin[2]:
            yield f"pyproject.toml: {requirement} is not what the locks hold; see CONTRIBUTING.md, Dependencies"


def _npm_unpinned(root: Path) -> Iterator[str]:
    package = json.loads((root / "package.json").read_text("utf-8"))
    packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in {**package.get("dependencies", {}), **package.get("devDependencies", {})}.items():
        if not _EXACT.fullmatch(version):
            yield f"package.json: {name} {version} is not pinned to one version"
        elif packages.get(f"node_modules/{name}", {}).get("version") != version:
            yield f"package.json: {name} {version} is not what package-lock.json holds; run `npm run lock`"
    for name, entry in packages.items():
        if name and not str(entry.get("integrity", "")).startswith("sha512-"):
            yield f"package-lock.json: {name.removeprefix('node_modules/')} has no SHA-512 hash"


def parts(root: Path) -> list[Part]:
    """Return every dependency, sorted; a licence that is not known is empty."""
    known: dict[str, str] = tomllib.loads((root / "deploy" / "licences.toml").read_text("utf-8"))["python"]
    found: dict[tuple[str, str], Part] = {}
    shipped = {canonical(pin[1]) for lock, entry in locked(root) if lock == RUN_LOCK and (pin := _PIN.match(entry))}
    for _lock, entry in locked(root):
        if pin := _PIN.match(entry):
            name = canonical(pin[1])
            hashes = {"SHA-256": tuple(sorted(text.removeprefix("sha256:") for text in _HASH.findall(entry)))}
            found["pypi", name] = Part("pypi", name, pin[2], known.get(name, ""), name in shipped, hashes)
    for path, entry in json.loads((root / "package-lock.json").read_text("utf-8"))["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            digest = base64.b64decode(str(entry.get("integrity", "")).removeprefix("sha512-")).hex()
            hashes = {"SHA-512": (digest,)}
            found["npm", name] = Part(
                "npm", name, entry["version"], entry.get("license", ""), not entry.get("dev", False), hashes
            )
    return [found[key] for key in sorted(found)]


def permits(expression: str, allowed: Iterable[str]) -> bool:
    """Whether an SPDX expression of licences joined by AND or OR is allowed: one side of an OR is enough."""
    good = set(allowed)
    choices = expression.replace("(", "").replace(")", "").split(" OR ")
    return any(all(term in good for term in choice.split(" AND ")) for choice in choices)


def unlicensed(root: Path) -> Iterator[str]:
    """Yield each dependency whose licence is not known, not allowed, or not what the package says itself."""
    lists = tomllib.loads((root / "deploy" / "licences.toml").read_text("utf-8"))["allowed"]
    for part in parts(root):
        allowed = lists["shipped"] if part.shipped else [*lists["shipped"], *lists["development"]]
        if not part.licence:
            yield f"{part.name}: no licence is written down in deploy/licences.toml"
        elif not permits(part.licence, allowed):
            where = "what is shipped" if part.shipped else "what builds and tests"
            yield f"{part.name}: {part.licence} is not allowed for {where} (deploy/licences.toml)"
        elif part.kind == "pypi" and (said := _said(part.name)) and said != part.licence:
            yield f"{part.name}: it says {said}, deploy/licences.toml says {part.licence}"


def _said(name: str) -> str:
    """Return the SPDX expression in an installed package's own metadata, "" where there is none."""
    try:
        return importlib.metadata.metadata(name).get("License-Expression") or ""
    except importlib.metadata.PackageNotFoundError:
        return ""


def licence_of(path: str, files: Mapping[str, list[str]]) -> str:
    """Return the licence of a file of the repository by the patterns of licences.toml, "" when none names it."""
    for licence, patterns in files.items():
        for pattern in patterns:
            flat = pattern.replace("**/", "")
            # fnmatch's * crosses folders: a pattern without a folder means files at the top only.
            if ("/" in pattern or "/" not in path) and (fnmatch.fnmatch(path, pattern) or fnmatch.fnmatch(path, flat)):
                return licence
    return ""


def tracked(root: Path) -> list[str]:
    """Return the files that git knows here. Raises CalledProcessError where this is no checkout."""
    listed = subprocess.run(["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True)
    return listed.stdout.splitlines()


def unnamed(root: Path, names: Iterable[str]) -> Iterator[str]:
    """Yield each file that no manifest names: of the repository, and of what the build of the scripts left."""
    files = tomllib.loads((root / "deploy" / "licences.toml").read_text("utf-8"))["files"]
    yield from (f"{name}: no line of deploy/licences.toml names it" for name in names if not licence_of(name, files))
    built = root / "static" / "app"
    made = {
        output for metafile in built.glob("*.json") for output in json.loads(metafile.read_text("utf-8"))["outputs"]
    }
    for path in sorted(built.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path.suffix != ".json" and name not in made:
            yield f"{name}: no build made it; `make clean setup`"


def faults(root: Path) -> list[str]:
    """Return all that `check` complains of."""
    return [*unpinned(root), *unlicensed(root), *unnamed(root, tracked(root))]


def bill(root: Path) -> dict[str, Any]:
    """Return the bill of materials as CycloneDX 1.5. No day, no serial number: the same locks give the same bytes."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    components = [
        {
            "type": "library",
            "bom-ref": (purl := f"pkg:{part.kind}/{part.name.replace('@', '%40')}@{part.version}"),
            "name": part.name,
            "version": part.version,
            "scope": "required" if part.shipped else "excluded",
            "purl": purl,
            "licenses": [{"expression": part.licence.strip("()")}],
            "hashes": [{"alg": alg, "content": digest} for alg, all_ in part.hashes.items() for digest in all_],
        }
        for part in parts(root)
    ]
    ours = {"type": "application", "name": project["name"], "version": project["version"]}
    ours["licenses"] = [{"expression": project["license"]}]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": ours},
        "components": components,
    }


def main(arguments: list[str]) -> int:
    """Run the command that is named. Returns how the program ends."""
    if arguments == ["bill"]:
        print(json.dumps(bill(ROOT), indent=1, ensure_ascii=False))
        return 0
    if arguments != ["check"]:
        print(__doc__)
        return 2
    found = faults(ROOT)
    print("\n".join(found) or f"{len(parts(ROOT))} dependencies pinned, hashed and licensed; every file is named.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
