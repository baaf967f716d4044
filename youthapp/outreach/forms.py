"""The card maker's form. All of it is checked; what is wrong is said beside the field, and nothing is kept."""

import re
import unicodedata

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import ValidationError

from ..i18n import languages
from ..i18n.languages import Language, by_tag
from ..library.betraying import betrays
from ..web.permalinks import library
from . import handouts, layout
from .formats import FORMATS, MOST_PAGES

LONGEST_NOTE = 48
MOST_TYPED = 200
"""Characters of a field that are looked at and sent back. Unicode normalisation takes time that grows with the square
of the length."""


ALL = "all"
"""The choice of every language at once; no tag can be this, since a tag names a language of ours."""
_ALL_BEFORE = "both"
"""How the form said it while there were two languages; a page that stands open since then still sends it."""
_EMOJI_JOINERS = "\u200d\ufe0e\ufe0f"


def _normalised(text: str) -> str:
    """Return a text without spaces at its ends, in Unicode's composed form; one that is too long in any form stays as
    it is."""
    text = text.strip()
    return unicodedata.normalize("NFC", text) if len(text) <= MOST_TYPED else text


class CardForm(FlaskForm):  # type: ignore[misc]
    """What to print. The fields are named as on the page."""

    class Meta:
        """No token: there is no cookie, no session and nothing stored that a foreign page could act on (see the gate in
        __init__.py)."""

        csrf = False

    page = SelectField(validate_choice=False, default="home")
    language = SelectField(
        validate_choice=False, default=ALL, filters=[lambda value: ALL if value == _ALL_BEFORE else value]
    )
    format = SelectField(validate_choice=False, default="card")
    face = SelectField(validate_choice=False, default="words")
    words = SelectField(validate_choice=False, default="use")
    number = SelectField(validate_choice=False, default="")
    note = StringField(filters=[lambda value: _normalised(value or "")])
    rule = BooleanField()
    dark = BooleanField()
    pages = StringField(default="1")
    issued = ""
    """The year and month on the card. Empty on the maker's page, which is cached and must not depend on the day."""

    def fill(self) -> "CardForm":
        """Set the choices of the fields in the reader's language, and return the form."""
        self.page.choices = handouts.groups()
        every = _("Both") if len(languages()) == 2 else _("All languages")
        self.language.choices = [(ALL, every), *((language.tag, language.own_name) for language in languages())]
        self.format.choices = [
            ("card", _("Card, ten to a sheet (3.5 × 2 in)")), ("micro", _("Very small card (2 × 1.25 in)")),
            ("quarter", _("Quarter of a letter sheet")),
            ("a6", _("A6 (105 × 148 mm)")), ("tear", _("Poster with strips to tear off")),
            ("sticker", _("Sticker (2 × 2 in)")), ("screen", _("Picture for a phone screen")),
        ]  # fmt: skip
        self.face.choices = [
            ("words", _("Plain words")),
            ("bars", _("Like a barcode label")),
            ("code", _("The square code only")),
            ("test", _("Test page: outlines only")),
        ]
        spoken = [handouts.phrases(language) for language in self._languages()]
        self.words.choices = [(key, " / ".join(phrases[key] for phrases in spoken)) for key in spoken[0]]
        self.number.choices = [("", _("None")), *handouts.numbers()]
        return self

    def _languages(self) -> list[Language]:
        """The languages of the card's words: the chosen one, else all."""
        chosen = by_tag(languages()).get(self.language.data)
        return [chosen] if chosen else languages()

    def _one_of(self, field: SelectField) -> None:
        choices = field.choices
        pairs = [pair for group in choices.values() for pair in group] if isinstance(choices, dict) else choices
        if field.data not in [value for value, _label in pairs]:
            field.data = field.default
            raise ValidationError(_("Choose one from the list."))

    validate_page = validate_language = validate_format = validate_face = validate_words = validate_number = (
        lambda self, field: self._one_of(field)
    )

    def validate_note(self, field: StringField) -> None:
        """Refuse a line that a card cannot show, and say what to change."""
        text = field.data or ""
        if len(text) > LONGEST_NOTE:
            field.data = text[:MOST_TYPED]
            raise ValidationError(
                _("That is %(count)s characters. A card has room for %(most)s.", count=len(text), most=LONGEST_NOTE)
            )
        if any(
            unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn") and letter not in _EMOJI_JOINERS
            for letter in text
        ):
            raise ValidationError(_("There is a hidden character in it. Type it again rather than paste it."))
        if re.search(r"\S{29}", text):
            raise ValidationError(_("One word is too long for the card. Put a space in it."))
        if sum(map(unicodedata.combining, text)) and re.search(
            r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}", text
        ):
            raise ValidationError(_("There are too many marks on one letter. Type it again rather than paste it."))
        if word := betrays(text):
            raise ValidationError(
                _("“%(word)s” would tell whoever finds the card what it is about. Choose another word.", word=word)
            )

    def validate_pages(self, field: StringField) -> None:
        """Refuse more sheets than one request may ask for."""
        text = (field.data or "").strip()
        if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= MOST_PAGES:
            field.data = text[:9]
            raise ValidationError(
                _(
                    "Write a number from 1 to %(most)s. For more, tell the printer to print more copies.",
                    most=MOST_PAGES,
                )
            )

    def order(self) -> layout.Order:
        """Return what to print. The form must be valid."""
        line = library().get(self.number.data) if self.number.data else None
        page = self.page.data
        return layout.Order(
            address=handouts.code_text(page),
            shown=handouts.shown(page),
            words=tuple(handouts.phrases(language)[self.words.data] for language in self._languages()),
            format=FORMATS[self.format.data],
            face=self.face.data,
            dark=self.dark.data,
            number=line.call.shown if line else "",  # type: ignore[attr-defined]
            note=self.note.data or "",
            rule=self.rule.data and not self.note.data,
            issued=self.issued,
        )
