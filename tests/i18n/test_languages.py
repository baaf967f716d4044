"""The language registry: what an entry holds, that a language is whole or the app does not start, and that nothing
else names one.
"""

import dataclasses
import os
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from youthapp import create_app
from youthapp.i18n.catalogues import LanguageError
from youthapp.i18n.languages import LANGUAGES, SOURCE, Language
from youthapp.i18n.translator import draft_translators, translators
from youthapp.library import schema
from youthapp.library.library import Library
from youthapp.settings import Settings, SettingsError
from youthapp.web.static_files import styles

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> tuple[Language, ...]:
    """Our languages, with catalogues that a test may change."""
    translations = Path(shutil.copytree(SOURCE.translations, tmp_path / "translations", copy_function=shutil.copy2))
    return tuple(dataclasses.replace(language, translations=translations) for language in LANGUAGES)


def test_a_missing_word_keeps_the_app_from_starting() -> None:
    library = Library.load()
    changed = msgspec.structs.replace(library.get("lube"), short=schema.Text("A sentence that nobody translated."))
    library = dataclasses.replace(library, records={**library.records, "lube": changed})
    with pytest.raises(LanguageError, match="tips/lube: short"):
        create_app(Settings(), library=library)


def test_an_old_or_a_missing_catalogue_keeps_the_app_from_starting(copy: tuple[Language, ...]) -> None:
    spanish = copy[1].catalogues
    words = spanish / "tips.po"
    later = (spanish / "tips.mo").stat().st_mtime + 5
    os.utime(words, (later, later))
    with pytest.raises(LanguageError, match=r"tips.po is newer .* language compile"):
        create_app(Settings(), languages=copy)
    (spanish / "tips.mo").unlink()
    with pytest.raises(LanguageError, match="language compile"):
        create_app(Settings(), languages=copy)
    words.unlink()
    with pytest.raises(
        LanguageError, match=r"There is no translations/es/LC_MESSAGES/tips.po. Run `porchlight language update`"
    ):
        create_app(Settings(), languages=copy)


def test_a_record_is_translated_alike_for_pages_and_for_people_who_write() -> None:
    library = Library.load()
    pages, drafts = translators(library, LANGUAGES), draft_translators(library, LANGUAGES)
    for language in LANGUAGES:
        one, two = pages[language.tag], drafts[language.tag]
        assert all(one.translate(record) == two.translate(record) for record in library.records.values())
        assert one.missing() == two.missing() == []


def test_a_word_that_is_still_to_translate_stays_english_in_a_draft_and_is_named(copy: tuple[Language, ...]) -> None:
    words = copy[1].catalogues / "tips.po"
    words.write_text(
        re.sub(r'(msgctxt "lube"\nmsgid "[^"]+"\nmsgstr )"[^"]+"', r'\1""', words.read_text("utf-8"), count=1), "utf-8"
    )
    library = Library.load()
    draft = draft_translators(library, copy)["es"]
    assert len(draft.missing()) == 1
    path = draft.missing()[0].removeprefix("tips/lube: ")
    assert (
        dict(schema.texts(draft.translate(library.get("lube"))))[path] == dict(schema.texts(library.get("lube")))[path]
    )


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"tag": "ES"}, "tag"), ({"tag": "español"}, "tag"), ({"tag": "es_MX"}, "tag"), ({"tag": ""}, "tag"),
        ({"direction": "right"}, "direction"),
        ({"exit": "http://example.org"}, "exit"), ({"exit": ""}, "exit"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused(change: dict[str, str], refused: str) -> None:
    with pytest.raises(ValueError, match=refused):
        dataclasses.replace(LANGUAGES[1], **change)  # type: ignore[arg-type]


def test_each_language_has_a_setting_for_its_exit() -> None:
    more = (*LANGUAGES, Language("pt-br", "Português", "https://pt.wikipedia.org/"))
    chosen = Settings.from_environment({"PORCHLIGHT_EXIT_PT_BR": "https://example.org/tempo"}, more)
    assert chosen.exits == {"en": SOURCE.exit, "es": LANGUAGES[1].exit, "pt-br": "https://example.org/tempo"}
    with pytest.raises(SettingsError, match="PORCHLIGHT_EXIT_PT_BR is not a setting"):
        Settings.from_environment({"PORCHLIGHT_EXIT_PT_BR": "https://example.org/tempo"})


def test_a_line_says_its_word_and_its_address_in_a_language_that_has_its_own() -> None:
    library = Library.load()
    text, chat = library.get("crisis-text-line").text, library.get("rainn").chat  # type: ignore[attr-defined]
    assert [text.word_in(tag) for tag in ("en", "es", "fr")] == ["HOME", "AYUDA", "HOME"]
    assert [chat.url_in(tag).rsplit("/", 1)[1] for tag in ("en", "es", "fr")] == ["online", "es", "online"]


def test_a_line_speaks_what_its_calls_texts_and_chats_say() -> None:
    library = Library.load()
    assert library.get("lifeline-988").languages == ("en", "es", "ase")  # type: ignore[attr-defined]
    assert all(way.languages for line in library.of_kind("lines") for way in line.channels)


NAMES_A_LANGUAGE = re.compile(
    r"""(?<![\w-])["'`](?:en|es)["'`](?![\w-])"""  # "en" alone, as a value or a key
    r"""|["'`]/?(?:en|es)/[^"'`]*["'`]"""  # "/en/about", "es/…"
    r"""|\b\w+_(?:en|es)\b"""  # word_es, syllables_en
    r"""|\b(?:en|es)\s*=\s*["'\[{]"""  # {en = …}, es=[…]
    r"""|\b(?:language|other|spoken)\.code\b"""  # the field's former name: a template would print nothing
)
ALLOWED = {
    "library/values.py": "the examples in a message about a tag that is none",
    "i18n/languages.py": "the registry itself",
    "editorial/readability.py": '"es" is the ending of an English word there',
}


def code_of(text: str, ending: str) -> str:
    """Return a file's code without its docstrings and comments, which may give examples."""
    if ending == ".py":
        return re.sub(r'^\s*#.*$|"""(?:.|\n)*?"""', "", text, flags=re.MULTILINE)
    if ending == ".js":
        return re.sub(r"/\*(?:.|\n)*?\*/|(?<!:)//[^\n]*", "", text)
    return re.sub(r"\{#(?:.|\n)*?#\}", "", text)


def test_nothing_but_the_registry_names_a_language() -> None:
    found = []
    for root, ending in (("youthapp", ".py"), ("youthapp", ".html"), ("static/js", ".js")):
        for path in (ROOT / root).rglob(f"*{ending}"):
            name = path.relative_to(ROOT / root).as_posix()
            if name in ALLOWED or name.startswith("content/"):
                continue
            code = code_of(path.read_text("utf-8"), ending)
            found += [f"{root}/{name}: {match.group()}" for match in NAMES_A_LANGUAGE.finditer(code)]
    assert not found, "\n".join(found[:20])


BAD = (
    'if language == "en":',
    "text.word_es",
    "{'es': 1}",
    'href="/en/about"',
    "`es`",
    'x.get("en", "")',
    "language.code",
    'f(es="sí")',
)
GOOD = ("en-US", 'word.endswith("ed")', "es un", 'href="/release"', "open_en_route", "record.code", "{{ other.tag }}")


@pytest.mark.parametrize("bad", BAD)
def test_the_look_at_names_of_languages_bites(bad: str) -> None:
    assert NAMES_A_LANGUAGE.search(bad)


@pytest.mark.parametrize("good", GOOD)
def test_the_look_at_names_of_languages_lets_words_pass(good: str) -> None:
    assert not NAMES_A_LANGUAGE.search(good)


SIDES = re.compile(r"(?<![-\w])(?:(\w+(?:-\w+)*)-)?(left|right)(?:-\w+)*\s*:|text-align\s*:\s*(?:left|right)")


def one_sided(css: str) -> list[str]:
    """Return the rules that name one side and have no rule of their own for a page that is written from right to
    left.
    """
    rules = [(selector.strip(), body) for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css)]
    turned = {
        part.strip().removeprefix("[dir=rtl] ")
        for selector, _body in rules
        for part in selector.split(",")
        if "[dir=rtl] " in part
    }
    found = []
    for selector, body in rules:
        named = [(match[1], match[2]) for match in SIDES.finditer(body)]
        lone = [side for side in named if (side[0], {"left": "right", "right": "left"}.get(side[1], "")) not in named]
        if lone and "[dir=rtl]" not in selector and not {part.strip() for part in selector.split(",")} <= turned:
            found.append(f"{selector} {{{body}}}")
    return found


def test_css_names_no_side_alone() -> None:
    """Old phones need left and right by name (tests/house/test_floor.py); then the other direction has its own rule
    (rtl.css).
    """
    assert not one_sided("".join(styles().values()))


def test_the_look_at_sides_bites() -> None:
    assert one_sided(".a{margin-left:1em}")
    assert one_sided(".a{left:0;right:auto}.b{text-align:left}")
    assert not one_sided(
        ".a{left:0;right:0}.b{padding-left:1em;padding-right:1em}.c{left:0}[dir=rtl] .c{left:auto;right:0}"
    )
