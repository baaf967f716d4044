"""Sentences to say or show to staff or police: in another language than theirs, with the English under it, in one block
made to be shown."""

import re

from flask import Flask, g
from markupsafe import Markup

from ..i18n.languages import SOURCE
from ..library.schema import Card
from .permalinks import library

_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_ENGLISH = re.compile(
    r"\b(?:the|and|you|your|my|is|not|want|what|what's|can|have|I'm|I've|I|help|call|please)\b",
)
"""Words that no other language of ours has."""

_WORDS = 3
"""A quotation of fewer words is a name or a term, and not a sentence to say."""

_STAFF = re.compile(
    r"\b(?:911|advocate|caseworker|clinic|counselor|county|defender|doctor|ER|helpline|lawyer|nurse|office"
    r"|officer|pharmacy|police|probation|report|school|shelter|staff|store)\b"
)
"""Who a sentence is for, when it is for staff; every sentence of a right is."""

_STAFF_BESIDE = re.compile(r"\b(?:988|line|worker)\b")
"""The same, where it stands beside the sentence: a partner is told "You can call 988", and a peer "my worker checks on
me"."""


def script_to_show(card: Card, index: int) -> Markup:
    """Return the block of a step's sentences: the reader's words with the English under them. Empty in English, and
    where there is nothing to say.

    card: a record in the reader's language. index: the place of the step. A step that quotes its English itself gets no
    second one.
    """
    source = library().get(card.id)
    if g.language == SOURCE or not isinstance(source, Card):
        return Markup()
    text, translated = source.do[index].text, card.do[index].text
    english, own = _sentences(text), _sentences(translated)
    staff = library().kinds[card.id] == "rights" or _STAFF.search(text) or _STAFF_BESIDE.search(_QUOTED.sub("", text))
    if not english or not own or not staff or any(_ENGLISH.search(sentence) for sentence in own):
        return Markup()
    lines = [Markup("<q>{}</q>").format(sentence) for sentence in own]
    lines += [Markup('<q lang="{}">{}</q>').format(SOURCE.tag, sentence) for sentence in english]
    return Markup('<span class="to-show">{}</span>').format(Markup().join(lines))


def _sentences(text: str) -> list[str]:
    return [quoted for quoted in _QUOTED.findall(text) if len(quoted.split()) >= _WORDS]


def init_app(app: Flask) -> None:
    """Give templates ``script_to_show(card, index)``."""
    app.jinja_env.globals.update(script_to_show=script_to_show)
