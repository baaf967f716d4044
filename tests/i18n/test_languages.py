"""Two languages always, and room for one that is written from right to left."""

import dataclasses
import re
from pathlib import Path

import pytest
from babel.support import Translations

from youthapp import create_app
from youthapp.i18n import translator as translators
from youthapp.i18n.translator import LANGUAGES, Language, LanguageError
from youthapp.library.library import Library
from youthapp.settings import Settings


def test_a_missing_word_keeps_the_app_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec

    library = Library.load()
    changed = msgspec.structs.replace(library.get("lube"), short="A sentence that nobody translated.")
    from youthapp.library.schema import Text

    changed = msgspec.structs.replace(changed, short=Text("A sentence that nobody translated."))
    library = dataclasses.replace(library, records={**library.records, "lube": changed})
    with pytest.raises(LanguageError, match="tips/lube: short"):
        create_app(Settings(), library=library)


def test_an_old_catalogue_keeps_the_app_from_starting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(translators.TRANSLATIONS, tmp_path / "translations")
    folder = tmp_path / "translations"
    monkeypatch.setattr(translators, "TRANSLATIONS", folder)
    (folder / "es" / "LC_MESSAGES" / "tips.mo").unlink()
    with pytest.raises(LanguageError, match="language compile"):
        create_app(Settings())


def test_a_language_from_right_to_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pretend language: the frame turns, numbers stay as they are, and no CSS names left or right."""
    pretend = Language("ar", "Pretend", "rtl")
    monkeypatch.setattr(translators, "_catalogues", lambda language, library: {kind: Translations() for kind in {"messages", *library.kinds.values()}})
    monkeypatch.setattr(translators.Translator, "missing", lambda self: [])
    client = create_app(Settings(), spoken=(*LANGUAGES, pretend)).test_client()
    page = client.get("/ar/talk").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in page
    assert '<bdi class="num">988</bdi>' in page
    assert 'href="/ar/"' in page


def test_css_names_no_side() -> None:
    from youthapp.web.static_files import styles

    css = "".join(styles().values())
    sided = re.findall(r"(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right):|text-align:(?:left|right)", css)
    assert not sided
