"""Drawings in pages: inline, so that no request of its own names what is read, and colours follow light and dark."""

from flask import Flask
from markupsafe import Markup

from ..i18n.translator import translator
from ..library import drawings
from ..library.drawings import Drawing, Drawn


def drawn_svg(drawn: Drawn) -> Markup:
    """Return a picture as inline SVG with its name in the reader's language."""
    shows = translator().in_language(drawn.picture.shows)
    svg = '<svg class="drawing" viewBox="0 0 120 90" role="img" aria-label="{}">{}</svg>'
    return Markup(svg).format(shows, Markup(drawn.lines))  # our own shapes (drawings.problems)


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
        words_of=lambda words: translator().in_language(words),
    )
