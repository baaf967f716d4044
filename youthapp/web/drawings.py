"""Drawings in pages: inline, so that no request of its own names what is read, and colours follow light and dark."""

from collections.abc import Mapping

from flask import Flask, g
from markupsafe import Markup, escape

from ..i18n.languages import SOURCE
from ..i18n.translator import translator
from ..library import drawings
from ..library.drawings import Drawing, Drawn


def drawn_svg(drawn: Drawn) -> Markup:
    """Return a picture as inline SVG with its name in the reader's language, or in English with a word that it is."""
    shows = drawn.picture.shows
    svg = '<svg class="drawing" viewBox="0 0 120 90" role="img"{} aria-label="{}">{}</svg>'
    return Markup(svg).format(_spoken_in(shows), translator().in_language(shows), Markup(drawn.lines))


def words_of(words: Mapping[str, str]) -> Markup:
    """Return words of a drawing (language tag -> words) in the reader's language, or in English with a word that it
    is."""
    said = translator().in_language(words)
    other = _spoken_in(words)
    return Markup("<span{}>{}</span>").format(other, said) if other else escape(said)


def _spoken_in(words: Mapping[str, str]) -> Markup:
    """Return the attribute of words that are there in English only, empty where the reader's language has its own."""
    return Markup("") if words.get(g.language.tag) else Markup(' lang="{}"').format(SOURCE.tag)


def init_app(app: Flask) -> None:
    """Give templates ``drawings_beside(record id, path)``, ``drawings_of(record id)``, ``drawn_svg(picture)`` and
    ``words_of(words by language)``."""
    placed = drawings.placed()

    def drawings_beside(record_id: str, path: str) -> tuple[Drawn, ...]:
        """The pictures that are open beside a sentence."""
        return placed.beside.get(f"{record_id}/{path}", ())

    def drawings_of(record_id: str) -> tuple[tuple[Drawing, tuple[Drawn, ...]], ...]:
        """The drawings that are folded on a record's page."""
        return placed.folded.get(record_id, ())

    app.jinja_env.globals.update(
        drawings_beside=drawings_beside,
        drawings_of=drawings_of,
        drawn_svg=drawn_svg,
        words_of=words_of,
    )
