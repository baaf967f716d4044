"""What a document or a comment cites is there: files, headings, make targets, commands, modules that are run, tests."""

import ast
import io
import re
import subprocess
import tokenize
from functools import cache
from pathlib import Path

import click
import pytest

from youthapp.cli import main

ROOT = Path(__file__).parent.parent
TEXTS = (".md", ".py", ".js", ".mjs", ".css", ".html")
NOT_HERE = ("static/app/", "youthapp/content/passphrases/fr.txt")
"""What setup makes and git does not know, and the example of a language that is not here (CONTRIBUTING.md)."""

_FOLDERS = r"(?:youthapp|static|tests|deploy|requirements|translations|\.ci)"
_PATH = re.compile(
    rf"(?<![\w/.<*{{}}-])({_FOLDERS}/[\w./-]*\w\.(?:py|js|mjs|css|html|toml|md|po|json|sh|conf|txt|svg))(?![\w*{{<])"
)
_HEADING = re.compile(r"\b([A-Z]+\.md), \"([^\"]+)\"")
_TEST = re.compile(r"\b(test_[a-z0-9_]+)\b(?!\.py|\w*\(|/)")
_MODULE = re.compile(r"python -m (tests(?:\.\w+)+)")
_TARGET = re.compile(r"`make ([a-z]+)")
_COMMAND = re.compile(r"`(?:python -m youthapp|porchlight) ([a-z]+) ([a-z]+)\b")


def tracked() -> list[str]:
    """Return the files with words for people that git tracks, or would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if name.endswith(TEXTS) and (ROOT / name).is_file()]


def words_of(name: str, text: str) -> str:
    """Return what a file says to people: a document whole, of code its comments and docstrings, each line with two
    spaces or more as one."""
    if name.endswith(".md"):
        said = text
    elif name.endswith(".py"):
        said = "\n".join([*_comments(text), *_docstrings(text)])
    elif name.endswith(".html"):
        said = "\n".join(re.findall(r"\{#.*?#\}", text, re.DOTALL))
    else:
        said = "\n".join(re.findall(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", text, re.DOTALL))
    return re.sub(r"\s+", " ", said)


def _comments(text: str) -> list[str]:
    return [
        token.string for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT
    ]


def _docstrings(text: str) -> list[str]:
    """Return the strings that stand alone: docstrings of modules, functions, classes and constants."""
    lone = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Expr))
    return [value.value for value in lone if isinstance(value, ast.Constant) and isinstance(value.value, str)]


@cache
def headings(document: str) -> set[str]:
    """Return the headings of a document at the top of the tree; none when it is not there."""
    path = ROOT / document
    return set(re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)) if path.is_file() else set()


@cache
def named_tests() -> set[str]:
    """Return the names of all tests, and of the files that hold them."""
    names = set()
    for path in (ROOT / "tests").rglob("*.py"):
        names.add(path.stem)
        names |= {
            node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
        }
    return names


@cache
def targets() -> set[str]:
    """Return the targets of the Makefile that are commands."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@cache
def commands() -> set[tuple[str, str]]:
    """Return the commands of the command line as (group, command)."""
    return {
        (str(group.name), command)
        for group in main.commands.values()
        if isinstance(group, click.Group)
        for command in group.commands
    }


def is_module(name: str) -> bool:
    """Whether `python -m name` finds something to run."""
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()


def missing(name: str, text: str) -> list[str]:
    """Return what a text cites and what is not there."""
    said = words_of(name, text)
    wrong = [path for path in _PATH.findall(said) if not (ROOT / path).is_file() and not path.startswith(NOT_HERE)]
    wrong += [
        f"{document}, {heading}" for document, heading in _HEADING.findall(said) if heading not in headings(document)
    ]
    wrong += [test for test in _TEST.findall(said) if test not in named_tests()]
    wrong += [f"python -m {module}" for module in _MODULE.findall(said) if not is_module(module)]
    wrong += [f"make {target}" for target in _TARGET.findall(said) if target not in targets()]
    groups_here = {group for group, _command in commands()}
    wrong += [
        f"porchlight {group} {command}"
        for group, command in _COMMAND.findall(said)
        if group in groups_here and (group, command) not in commands()
    ]
    return wrong


def test_what_documents_and_comments_cite_is_there() -> None:
    found = {name: wrong for name in tracked() if (wrong := missing(name, (ROOT / name).read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.md", "See `youthapp/press.py`."),
        ("x.js", '/* Measured (DECISIONS.md,\n   "Nowhere"). */'),
        ("x.py", '"""Held by `test_that_nobody_wrote`."""'),
        ("x.py", "value = 1  # python -m tests.nothing"),
        ("x.css", "/* `make nothing` */"),
        ("x.html", "{# `porchlight content nothing` #}"),
    ],
)
def test_a_citation_of_nothing_is_found(name: str, text: str) -> None:
    assert len(missing(name, text)) == 1


def test_code_is_no_citation() -> None:
    assert missing("x.py", 'path = "youthapp/press.py"') == []
    assert missing("x.js", 'const path = "youthapp/press.py";') == []
