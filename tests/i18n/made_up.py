"""Two languages that nobody speaks, made from the English by rule: what holds for them holds for the next real one.

- ``en-xa``: accented, and about 40 % longer: what does not fit shows.
- ``ar-xb``: in Arabic letters, from right to left: what names a side, or takes a word to be of a to z, shows.

Both tags are CLDR's own for pseudo-locales. Their catalogues are written into a folder of the test by the same
steps that CONTRIBUTING, "Add a language", names: update, translate, compile. They are no translations and are
never committed.
"""

import dataclasses
import io
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from babel.messages.pofile import write_po
from flask import Flask
from werkzeug.serving import make_server

from youthapp import create_app
from youthapp.editorial import catalogues
from youthapp.i18n.catalogues import domains, read
from youthapp.i18n.languages import LANGUAGES, SOURCE, Language
from youthapp.library.library import Library
from youthapp.library.schema import Record
from youthapp.settings import Settings

LONG, MIRRORED = "en-xa", "ar-xb"

# What a translator must leave as it is: holes, numbers, addresses, and the names that people hear.
_KEPT = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|https?://\S+|\d+(?:[.,:/-]\d+)*")
_LETTERS = "AaCcEeIiNnOoSsUuYyZz"
_ACCENTED = str.maketrans(_LETTERS, "ÁáÇçÉéÎîÑñÖöŠšÜüÝýŽž")
"""Letters that the fonts of every PDF reader have, so that this language can be printed and the other one cannot."""
_FILLING = "nadorelisu"
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابجدهفغحيقكلمنوصقرسطعثضخظز")


def lengthened(text: str) -> str:
    """Return a text with accents and with each word half as long again, which makes it about 40 % longer with its
    spaces.
    """
    return _by_word(text, lambda word: word.translate(_ACCENTED) + _FILLING[: round(len(word) * 0.5 + 0.3)])


def mirrored(text: str) -> str:
    """Return a text in Arabic letters, one for one."""
    return _by_word(text, lambda word: word.lower().translate(_ARABIC))


RULES: dict[str, Callable[[str], str]] = {LONG: lengthened, MIRRORED: mirrored}


def _by_word(text: str, change: Callable[[str], str]) -> str:
    parts, last = [], 0
    for kept in [*_KEPT.finditer(text), None]:
        piece = text[last : kept.start()] if kept else text[last:]
        parts.append(re.sub(r"[^\W\d_]+", lambda match: change(match.group()), piece))
        if kept:
            parts.append(kept.group())
            last = kept.end()
    return "".join(parts)


def languages(folder: Path) -> tuple[Language, Language]:
    """Return the entries of both, with their catalogues in a folder (which may be empty yet)."""
    return (
        Language(LONG, lengthened("English"), SOURCE.exit, locale="en", translations=folder),
        Language(
            MIRRORED,
            mirrored("English"),
            "https://ar.wikipedia.org/",
            direction="rtl",
            locale="ar",
            translations=folder,
        ),
    )


def library() -> Library:
    """Return our library, with each English question asked in both languages too."""
    ours = Library.load()
    return dataclasses.replace(ours, records={key: _asked_in_both(record) for key, record in ours.records.items()})


def _asked_in_both(record: Record) -> Record:
    asks = tuple(
        msgspec.structs.replace(
            each,
            typed={
                **each.typed,
                **{
                    tag: tuple(rule(question) for question in each.typed.get(SOURCE.tag, ()))
                    for tag, rule in RULES.items()
                },
            },
        )
        for each in record.asks
    )
    return msgspec.structs.replace(record, asks=asks)


def fill(language: Language, rule: Callable[[str], str], ours: Library) -> None:
    """Do a translator's work: write each message of a language's .po files by a rule."""
    for domain in domains(ours):
        words = read(language, domain)
        for message in words:
            if isinstance(message.id, tuple):
                message.string = tuple(rule(message.id[min(form, 1)]) for form in range(words.num_plurals))
            elif message.id:
                message.string = rule(str(message.id))
        out = io.BytesIO()
        write_po(out, words, width=100)
        (language.catalogues / f"{domain}.po").write_bytes(out.getvalue())


def translate(language: Language, ours: Library) -> None:
    """Write the catalogues of a language: update, translate, compile."""
    catalogues.update(language, ours)
    fill(language, RULES[language.tag], ours)
    catalogues.compile_language(language)


def app_with_both(folder: Path) -> Flask:
    """Return the app in its own languages and both made-up ones; their catalogues are made in the folder when it has
    none.
    """
    ours, both = library(), languages(folder)
    for language in both:
        if not (language.catalogues / "messages.mo").exists():
            translate(language, ours)
    exits = {language.tag: language.exit for language in (*LANGUAGES, *both)}
    return create_app(Settings(exits=exits), library=ours, languages=(*LANGUAGES, *both))


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an app on loopback while the block runs; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
