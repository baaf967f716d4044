"""Sentences to say or show to staff or police: in another language than theirs, with the English under it, in one block
made to be shown; and all of a card's in big letters, to hold up to another person."""

from itertools import zip_longest

from flask import Flask, g
from markupsafe import Markup

from ..i18n.languages import SOURCE
from ..library.quotations import (
    QUOTED,
    asks,
    has_english,
    is_for_a_lawyer,
    is_law,
    names_a_deed,
    names_staff,
    names_staff_beside,
    sentences,
)
from ..library.schema import Card
from .permalinks import library

_WORDS_TO_HOLD_UP = 5
"""On a card that is no right, what is shorter is to be typed or said ("not waking, not breathing")."""

LAWS = 3
"""The most laws that a right names in big letters."""


def step_to_show(card: Card, index: int) -> Markup:
    """Return the block of a step's sentences: the reader's words with the English under them. Empty in English, and
    where there is nothing to say.

    card: a record in the reader's language. index: the place of the step. A step that quotes its English itself gets no
    second one.
    """
    source = library().get(card.id)
    if g.language == SOURCE or not isinstance(source, Card):
        return Markup()
    text = source.do[index].text
    is_right = library().kinds[source.id] == "rights"
    is_for_staff = is_right or names_staff(text) or names_staff_beside(_without_quotations(text))
    english, own = sentences(text) if is_for_staff else [], sentences(card.do[index].text)
    if not english or not own or len(_not_english(own, english)) < len(own):
        return Markup()
    lines = [Markup("<q>{}</q>").format(sentence) for sentence in own]
    lines += [Markup('<q lang="{}">{}</q>').format(SOURCE.tag, sentence) for sentence in english]
    return Markup('<span class="to-show">{}</span>').format(Markup().join(lines))


def sentences_to_show(card: Card) -> list[tuple[str, str]]:
    """Return (English, the reader's words) of all that a card has to show to staff; no words in English.

    card: a record in the reader's language. A right says its short answer first, unless that is for a lawyer alone.
    """
    source = library().get(card.id)
    if not isinstance(source, Card):
        return []
    is_right = library().kinds[card.id] == "rights"
    texts = [(act.text, translated.text) for act, translated in zip(source.do, card.do, strict=True)]
    if not is_right:
        texts = [(source.short, card.short), *texts, (source.cannot_call, card.cannot_call)]
    pairs = [(str(source.short), str(card.short))] if is_right and not is_for_a_lawyer(card.id) else []
    for text, translated in texts:
        english = sentences(text) if is_right or _is_held_up(text) else []
        own = _not_english(sentences(translated), english)
        pairs += zip_longest(english, own[: len(english)], fillvalue="")
    shown = dict(pairs) if is_right else {said: own for said, own in pairs if len(said.split()) >= _WORDS_TO_HOLD_UP}
    return [(said, "" if g.language == SOURCE else own) for said, own in shown.items()]


def laws_of(card: Card) -> list[str]:
    """Return the laws that a card holds up, as a page names them: the first ones of its sources that are laws and do
    not name what its reader may have done. None where the card is about what only a lawyer is told."""
    if is_for_a_lawyer(card.id):
        return []
    names = library().authorities_of(library().get(card.id))
    return [name for name in names if is_law(name) and not names_a_deed(name)][:LAWS]


def _is_held_up(text: str) -> bool:
    """Whether the sentences of a card's text are for staff. Staff named only inside of a quotation are not spoken to
    ("my worker checks on me tonight"), unless it asks for something."""
    if names_staff_beside(_without_quotations(text)):
        return True
    return names_staff(text) and all(asks(said) for said in sentences(text))


def _without_quotations(text: str) -> str:
    """Return a text without its quotations."""
    return QUOTED.sub("", text)


def _not_english(own: list[str], english: list[str]) -> list[str]:
    """Return those of a translation's sentences that are no English: a translation may quote the English itself."""
    known = {_bare(sentence) for sentence in english}
    return [sentence for sentence in own if _bare(sentence) not in known and not has_english(sentence)]


def _bare(sentence: str) -> str:
    return sentence.casefold().strip(" .,;:!?")


def init_app(app: Flask) -> None:
    """Give templates ``step_to_show(card, index)``, ``sentences_to_show(card)``, ``laws_of(card)`` and the tag of the
    language that staff read."""
    app.jinja_env.globals.update(
        step_to_show=step_to_show, sentences_to_show=sentences_to_show, laws_of=laws_of, source_tag=SOURCE.tag
    )
