"""CONTRIBUTING, "Add a language", followed word by word in a copy of the project."""

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.i18n import made_up
from youthapp.i18n.languages import Language
from youthapp.library import snapshot
from youthapp.library.library import Library

ROOT = Path(__file__).parent.parent.parent

START = """
import json
from youthapp import create_app
client = create_app().test_client()
paths = ("/fr/", "/fr/talk", "/fr/plan/backup", "/fr/ask", "/fr/zzz")
door = client.get("/", headers={"Accept-Language": "fr-CA,fr"}).location
print(json.dumps([door, [client.get(path).status_code for path in paths], client.get("/fr/talk").text]))
"""


@pytest.fixture
def section() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return text.split("## Add a language\n", 1)[1].split("\n## ", 1)[0]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("youthapp", "translations", "static"):
        ignored = shutil.ignore_patterns("__pycache__", snapshot.FILE.name, "app")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored, copy_function=shutil.copy2)
    return tmp_path


def blocks(section: str, kind: str) -> list[str]:
    return [
        textwrap.dedent(block) for block in re.findall(rf"^ *```{kind}\n(.*?)^ *```", section, re.MULTILINE | re.DOTALL)
    ]


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=project, capture_output=True, text=True, check=False)


def follow(project: Path, block: str) -> str:
    """Run the commands of a block, which must all go well, and return what they printed."""
    said = ""
    for line in block.splitlines():
        program, *rest = line.split()
        assert program == "porchlight"
        made = run(project, "-m", "youthapp", *rest)  # the same command, and surely the copy's own
        assert made.returncode == 0, made.stdout + made.stderr
        said += made.stdout
    return said


@pytest.mark.slow
def test_the_steps_of_contributing_add_a_language(section: str, project: Path) -> None:
    (entry,) = blocks(section, "python")
    write, check = blocks(section, "sh")
    registry = project / "youthapp" / "i18n" / "languages.py"
    text = registry.read_text("utf-8")
    end = text.index("\n)\n", text.index("LANGUAGES: tuple"))
    registry.write_text(text[:end] + "\n" + textwrap.indent(entry.rstrip() + ",", "    ") + text[end:], "utf-8")

    refused = run(project, "-c", START)
    assert "There is no translations/fr/LC_MESSAGES/messages.po. Run `porchlight language update`." in refused.stderr

    assert re.search(r"^fr: [1-9]\d{3} words to translate$", follow(project, write), re.MULTILINE)
    french = Language("fr", "Français", "https://fr.wikipedia.org/wiki/Accueil", translations=project / "translations")
    made_up.fill(french, made_up.lengthened, Library.load())  # step 3, which is work for people
    assert "is newer than what was compiled from it" in run(project, "-c", START).stderr

    assert "0 problems" in follow(project, check)
    started = run(project, "-c", START)
    assert started.returncode == 0, started.stderr
    door, statuses, page = json.loads(started.stdout)
    assert door == "/fr/"
    assert statuses == [200, 200, 200, 200, 404]
    assert '<html lang="fr" dir="ltr">' in page
    assert made_up.lengthened("Talk to someone") in page
    assert 'href="/es/talk">Español</a>' in page


def test_every_file_that_the_section_names_is_there(section: str) -> None:
    named = [name for name in re.findall(r"`((?:youthapp|tests)/[\w/.-]+)`", section) if not name.endswith("/fr.txt")]
    assert len(named) > 5
    assert not [name for name in named if not (ROOT / name).exists()]
    assert (ROOT / "youthapp/content/passphrases/es.txt").exists()
