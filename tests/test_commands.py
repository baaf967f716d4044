"""Every command that a message, a document or a comment names is one that can be run."""

import os
import re
import subprocess

import click
import pytest

from tests.conftest import ROOT
from youthapp.cli import main

NAMED = re.compile(r"(?:^|[`/\s])porchlight((?: [a-z][a-z-]*)+)")
MAKE = re.compile(r"`make ([a-z]+)")
READ = (".md", ".py", ".toml", ".service", ".yaml", "Makefile", "Dockerfile", ".conf", "Caddyfile", "run")


def wrong(words: list[str]) -> str:
    """Return the first word that is no command of ours, "" when all of them lead to one. What follows a command is its
    argument."""
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            return ""
        if word not in command.commands:
            return word
        command = command.commands[word]
    return ""


def texts() -> list[tuple[str, str]]:
    """Return the files that name commands; the tests of citations hold a sample of one that is not there."""
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    wanted = [
        name for name in names if name != "tests/test_citations.py" and name.endswith(READ) and (ROOT / name).is_file()
    ]
    return [(name, (ROOT / name).read_text("utf-8")) for name in wanted]


def test_every_command_that_is_named_exists() -> None:
    # In quotes, so that "a porchlight is a lamp" is no command: `porchlight …` in prose, and a line of a script.
    quoted = re.compile(r"`([^`\n]*porchlight [^`\n]*)`|^[\t #]*((?:\S*/)?porchlight [a-z].*)$", re.MULTILINE)
    found, missing = 0, []
    for name, text in texts():
        for match in quoted.finditer(text):
            for named in NAMED.finditer(match.group(1) or match.group(2)):
                found += 1
                if lacking := wrong(named.group(1).split()):
                    missing.append(f"{name}: {named.group().strip()!r}: there is no {lacking!r}")
    assert found > 10
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("words", "lacking"), [("content code", ""), ("content cod", "cod"), ("exports", "exports"), ("export site", "")]
)
def test_a_command_that_does_not_exist_is_found(words: str, lacking: str) -> None:
    assert wrong(words.split()) == lacking


def test_the_old_name_of_the_command_is_nowhere() -> None:
    old = re.compile(r"[`>]youthapp (?:content|language|export|serve|check)|flask --app")
    assert not [
        name
        for name, text in texts()
        if old.search(text) and name not in ("tests/test_commands.py", "tests/test_citations.py")
    ]


def targets() -> dict[str, str]:
    """Return name -> line of every target of the Makefile that a person may ask for."""
    text = (ROOT / "Makefile").read_text("utf-8")
    return {match.group(1): match.group() for match in re.finditer(r"^([a-z][a-z-]*):(?!=).*$", text, re.MULTILINE)}


def test_make_help_lists_every_target_and_nothing_else() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    listed = {line.split()[0]: line.split(maxsplit=1)[1] for line in told.splitlines()}
    assert listed.keys() == targets().keys()
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None
    assert set(phony.group(1).split()) == targets().keys()


def test_every_make_target_that_a_document_names_exists() -> None:
    named = {(name, target) for name, text in texts() if name.endswith(".md") for target in MAKE.findall(text)}
    assert named
    assert not [pair for pair in named if pair[1] not in targets()]


@pytest.mark.xdist_group("together")
def test_what_shares_something_dear_runs_in_one_process(request: pytest.FixtureRequest) -> None:
    """pytest 9.2 no longer lets xdist 3.8 write a group into a test's id, and nobody says so: every process then makes
    the export, the books and the pages that the tests of a group share."""
    assert request.node.nodeid.endswith("@together") == ("PYTEST_XDIST_WORKER" in os.environ)
