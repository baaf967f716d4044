"""The card maker's form. All of it is checked; what is wrong is said beside the field, and nothing is kept."""

import re
import unicodedata

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from ..i18n import languages
from ..i18n.languages import Language, by_tag
from ..library.betraying import betrays
from ..settings import CARD_LINE
from ..web.permalinks import library
from . import handouts, layout
from .formats import FORMATS, MOST_PAGES, MOST_TOGETHER, PAPERS, on_paper

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

    find = StringField(filters=[lambda value: _normalised(value or "")[:MOST_TYPED]])
    """Words to find the page by."""
    page = SelectField(validate_choice=False, default="home")
    more = SelectMultipleField(validate_choice=False)
    """Pages that share the sheet with it."""
    language = SelectField(
        validate_choice=False, default=ALL, filters=[lambda value: ALL if value == _ALL_BEFORE else value]
    )
    format = SelectField(validate_choice=False, default="card")
    paper = SelectField(validate_choice=False, default="letter")
    face = SelectField(validate_choice=False, default="words")
    words = SelectField(validate_choice=False, default="use")
    number = SelectField(validate_choice=False, default="")
    note = StringField(filters=[lambda value: _normalised(value or "")])
    note2 = StringField(filters=[lambda value: _normalised(value or "")])
    rule = BooleanField()
    dark = BooleanField()
    pages = StringField(default="1")
    nothing_found = False
    count_found = 0
    issued = ""
    """The year and month on the card. Empty on the maker's page, which is cached and must not depend on the day."""

    def fill(self) -> "CardForm":
        """Set the choices of the fields in the reader's language, and return the form."""
        self.page.choices = self._pages()
        self.paper.choices = [("letter", _("Letter")), ("a4", "A4")]
        every = _("Both") if len(languages()) == 2 else _("All languages")
        self.language.choices = [(ALL, every), *((language.tag, language.own_name) for language in languages())]
        self.format.choices = [
            ("card", _("Card, ten to a sheet (3.5 × 2 in)")), ("micro", _("Very small card (2 × 1.25 in)")),
            ("quarter", _("Quarter of a sheet")),
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

    def _pages(self) -> dict[str, list[tuple[str, str]]]:
        """The pages to choose from: all, or those that were looked for and the one that is chosen."""
        every = handouts.groups()
        found = handouts.found(self.find.data) if self.find.data else {}
        if not found:
            self.nothing_found = bool(self.find.data)
            return every
        offered = [page for pages in found.values() for page in pages]
        self.count_found = len(offered)
        chosen = [page for pages in every.values() for page in pages if page[0] == self.page.data]
        return {_("Chosen now"): chosen, **found} if chosen and chosen[0] not in offered else found

    @property
    def together(self) -> list[str]:
        """The pages whose codes stand on the sheet, the chosen one last."""
        return list(dict.fromkeys([*(self.more.data or ()), self.page.data]))

    def keep_and_go_on(self) -> None:
        """Keep the chosen page on the sheet, so that another can be chosen beside it."""
        self.more.data = self.together

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

    validate_page = validate_language = validate_format = validate_paper = validate_face = validate_words = (
        validate_number
    ) = lambda self, field: self._one_of(field)

    def validate_more(self, field: SelectMultipleField) -> None:
        """Refuse pages that cannot be handed on, and more of them than can be told apart on a sheet."""
        field.data = list(dict.fromkeys(field.data or ()))[: MOST_TOGETHER + 1]  # no more is sent back
        if wrong := [page for page in field.data if not handouts.known(page)]:
            field.data = [page for page in field.data if page not in wrong]
            raise ValidationError(_("Choose one from the list."))
        if len(self.together) > MOST_TOGETHER:
            field.data = field.data[:MOST_TOGETHER]
            raise ValidationError(_("A sheet has room for %(most)s different pages. Untick one.", most=MOST_TOGETHER))

    def validate_note2(self, field: StringField) -> None:
        """Refuse a second line as the first one is refused."""
        self.validate_note(field)

    def validate_note(self, field: StringField) -> None:
        """Refuse a line that a card cannot show, and say what to change."""
        text = field.data or ""
        if len(text) > CARD_LINE:
            field.data = text[:MOST_TYPED]
            raise ValidationError(
                _("That is %(count)s characters. A card has room for %(most)s.", count=len(text), most=CARD_LINE)
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

    def order(self, page: str = "") -> layout.Order:
        """Return what to print for a page, else for the chosen one. The form must be valid."""
        line = library().get(self.number.data) if self.number.data else None
        page = page or self.page.data
        return layout.Order(
            address=handouts.code_text(page),
            shown=handouts.shown(page),
            words=tuple(handouts.phrases(language)[self.words.data] for language in self._languages()),
            format=on_paper(FORMATS[self.format.data], self.paper.data),
            face=self.face.data,
            dark=self.dark.data,
            number=line.call.shown if line else "",  # type: ignore[attr-defined]
            notes=tuple(note for note in (self.note.data, self.note2.data) if note),
            rule=self.rule.data,
            issued=self.issued,
        )

    def sheets(self) -> list[layout.Sheet]:
        """Return the different sheets to print: one, or one for each page where a sheet holds a single card."""
        return layout.sheets([self.order(page) for page in self.together])

    def file_name(self, kind: str) -> str:
        """Return the name of a file to keep: the size, the paper and the month, and nothing of what it is about."""
        form = self.order().format
        paper = f"-{form.paper}" if form.paper in PAPERS else ""
        return f"{form.key}{paper}-{self.issued}.{kind}"
