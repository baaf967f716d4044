"""What the phone needs to answer a question in one language, as two JSON files that are fetched together.

``build`` makes the index: titles, short answers, buttons of lines, and the words of the ``asks`` turned round (word ->
groups of asks). ``sentences`` makes the sentences that answer these groups, in the same order, with their publisher and
their button. Both are made once per release and language (the page cache keeps them) and are the same for everyone. The
ranking is static/js/ask/search.js; which words mean the same, text-speak, stop words and words of danger are data
(content/search-words.toml, manners.toml, replies.toml, follow-ups.toml), so that the phone's code knows no language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from ..library.library import Library
from ..library.schema import Act, Asks, Card, Line, Moment, Need, Note, Record, Shelf, Step, answer, parts_at
from ..library.tables import asked_as, stop_words, tables

MOST_COUNTED = 6
"""Asks of a group with a word that are counted: beyond, the record is about it in any case."""

_ACTS = ("short", "do", "cannot_call")
"""Fields of a guide that say what to do."""

_WORD = re.compile(r"[^\W_]+")
"""A word of any script."""


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = msgspec.to_builtins(tables().search_words)
    for group in (*words["danger"], *words["idiom"]):  # the phone needs no languages: one list of phrases a group
        group["when"] = [phrase for phrases in group.pop("says") for said in phrases.values() for phrase in said]
    words["alike"] = _each_root_once(words["alike"])
    return words


def _each_root_once(groups: list[str]) -> list[str]:
    """Return groups of words that mean the same without the words whose root stands before them ("boyfriends" after
    "boyfriend"): the phone compares roots, and half a kilobyte is saved on the way."""
    words = [{_root(word): word for word in reversed(group.split())} for group in groups]
    seen: set[str] = set()
    kept = []
    for by_root in words:
        kept.append(" ".join(word for root, word in reversed(by_root.items()) if root not in seen))
        seen.update(by_root)
    return kept


def searchable(library: Library) -> Iterator[Record]:
    """Yield the records that a question can lead to, those with the same topics side by side: only what a reader may see.

    Neighbours share words, so the steps of _turned are short: 0.5 KB less a language than in the order of the kinds."""
    order = list(library.topics)
    found = [record for kind in tables().search.kinds for record in library.of_kind(kind) if library.shown(record)]
    yield from sorted(found, key=lambda record: [order.index(topic) for topic in record.topics])


def short_of(record: Record) -> str:
    """Return the sentence that stands under a record's title: its short answer, or what it is for."""
    if isinstance(record, Card | Moment | Note | Shelf):
        return record.short
    if isinstance(record, Need):
        return record.gives
    if isinstance(record, Line):
        return record.for_whom
    return record.prompt if isinstance(record, Step) else ""


def plain(text: str) -> str:
    """Return a text in small letters without accents and apostrophes, as search.js makes it."""
    if text.isascii():  # most English: a tenth of the work
        return text.lower().replace("'", "")
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] != "M" and letter not in "'’")


@dataclass(frozen=True)
class Group:
    """The questions of a record that one sentence answers."""

    record: Record
    answer: str
    """Dotted path of the sentence; empty when the record does not name it yet."""
    asks: tuple[Asks, ...]

    def questions(self, language: str) -> tuple[str, ...]:
        """Return its questions in a language, as they stand in the record."""
        return tuple(question for asks in self.asks for question in asks.typed.get(language, ()))


def groups_of(record: Record) -> list[Group]:
    """Return the groups of a record's questions by the sentence that answers them, in the order of the file; a record
    without questions has one empty group, so that its title finds it."""
    paths = dict.fromkeys(asks.answer for asks in record.asks) or {"": None}
    return [Group(record, path, tuple(asks for asks in record.asks if asks.answer == path)) for path in paths]


def build(
    library: Library,
    language: str,
    say: Callable[[Any], Any],
    act_of: Callable[[Line], dict[str, Any]],
    here: Collection[str] = (),
) -> dict[str, Any]:
    """Return the index of a language as JSON data, its records as columns.

    say: gives a record in that language. act_of: gives what a reader may do with a line at once (its buttons), in that
    language. here: ids of lines that answer without their county being named, because this copy of the app is for
    that county.
    """
    stop = stop_words()
    topics = list(library.topics)
    told = []
    asks: list[dict[str, int]] = []
    lines: dict[str, dict[str, Any]] = {}

    def line_of(key: str) -> str:
        if key and key not in lines:
            lines[key] = act_of(say(library.get(key)))
        return key

    for source in searchable(library):
        record = say(source)
        groups = groups_of(source)
        asks += [counted(group.questions(language), stop) for group in groups]
        line = source.id if isinstance(source, Line) else next(iter(getattr(source, "lines", ())), "")
        for group in groups:
            line_of(button_of(group)[0])
        told.append({
            "id": source.id, "code": source.code, "kind": library.kinds[source.id], "title": record.title,
            "short": short_of(record), "groups": len(groups),
            "topics": [topics.index(topic) for topic in source.topics], "line": line_of(line),
            **({"urgent": 1} if getattr(source, "urgent", False) else {}),
            **({"place": area} if (area := _area(source, here)) else {}),
            **({"clock": _clock(record)} if isinstance(source, Card) and source.clocks else {}),
        })  # fmt: skip
    return {
        "language": language,
        "topics": topics,
        "words": _words() | {"manners": _manners()} | _replies(language),
        "lines": lines,
        "records": _columns(told),
        "asks": _turned(asks),
    }


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return rows as columns, by key, None where a row has no such key: what is alike stands together, and compresses
    2.4 KB smaller than the rows."""
    keys = dict.fromkeys(key for row in rows for key in row)
    return {key: [row.get(key) for row in rows] for key in keys}


def _area(record: Record, here: Collection[str]) -> str:
    """Return the area that a question must name for this record to answer, empty for none: other counties' lines would
    bury the rest."""
    if isinstance(record, Line) and record.area not in ("US", "CA") and record.id not in here:
        return plain(record.area)
    return ""


def _manners() -> dict[str, Any]:
    """Return what the phone needs of manners.toml."""
    manners: dict[str, Any] = msgspec.to_builtins(tables().manners)
    return {key: value for key, value in manners.items() if key not in ("hands", "instead", "elsewhere")}


@cache
def _signs(language: str) -> dict[str, Any]:
    """Return signs.toml as the phone needs it, in the words of one language, sorted so that they compress well."""
    found = tables().signs
    return {
        "undone": found.undone,
        "grave": found.grave,
        "kinds": {name: " ".join(sorted(set(kind.get(language, "").split()))) for name, kind in found.kinds.items()},
        "signs": msgspec.to_builtins(found.sign),
    }


def _replies(language: str) -> dict[str, Any]:
    """Return the replies to what is no question, and the invitation of each other language, in their own words."""
    found = tables().replies
    return {
        "replies": [
            {"name": reply.name, "when": reply.when, "says": reply.says.get(language, "")} for reply in found.reply
        ],
        "languages": [
            {"tag": other.tag, "words": other.words, "offer": other.offer, "button": other.button}
            for other in found.language
        ],
        "other": msgspec.to_builtins(found.other) | {"says": found.other.says.get(language, "")},
    }


def button_of(group: Group) -> tuple[str, str]:
    """Return the line and the card that the sentence of a group leads to: those of its step, where it has one."""
    act = next((part for part in parts_at(group.record, group.answer) if isinstance(part, Act)), None)
    return (act.line, act.card) if act else ("", "")


def sentences(library: Library, language: str, say: Callable[[Any], Any]) -> dict[str, Any]:
    """Return the sentences of a language as JSON data: one entry a group, in the order of the index.

    An entry of "says" is the sentence, 0 where it is the short answer that the index has, and null where the record
    names none. "buttons" holds, by the group's place, the line or the code of the card that its step leads to, with its
    title if the index lacks it. "from" holds for each record the places of the first two publishers that its page rests
    on; "next" the follow-up questions by record id or topic; "hands" what each guide for danger says first (0: its short
    answer); "instead" what it says first of somebody for whom that is wrong; "acts" the groups of these guides that say
    what to do; "signs" the signs of danger (signs.toml); "known" the group of each follow-up, so that a tap on one
    always gets its answer.
    """
    manners = tables().manners
    dangers: list[Any] = [*tables().search_words.danger, *tables().signs.sign, manners.hurt]
    guides = dict.fromkeys(danger.card for danger in dangers)
    acts: list[int] = []
    asked: dict[str, int] = {}
    says: list[Any] = []
    buttons: dict[int, list[str]] = {}
    publishers: dict[str, int] = {}
    told_by = []
    indexed = {record.id for record in searchable(library)}
    for source in searchable(library):
        record = say(source)
        for group in groups_of(source):
            sentence = _alone(answer(record, group.answer) if group.answer else None)
            line, card = button_of(group)
            if line or card:
                target = library.get(card) if card else None
                found = target is None or target.id in indexed
                buttons[len(says)] = [line, target.code if target else "", *([] if found else [say(target).title])]
            if source.id in guides and group.answer.split(".")[0] in _ACTS:
                acts.append(len(says))
            if sentence:
                for question in group.questions(language):
                    asked.setdefault(asked_as(question), len(says))
            says.append(0 if sentence and sentence == short_of(record) else sentence)
        named = [] if isinstance(source, Line) else [publisher_of(text) for text in library.authorities_of(source)]
        told_by.append([publishers.setdefault(name, len(publishers)) for name in list(dict.fromkeys(named))[:2]])
    follow = tables().follow_ups
    offered = {asked_as(pair[language]) for pairs in follow.next.values() for pair in pairs if language in pair}
    known = {question: group for question, group in asked.items() if question in offered}
    return {
        "says": says,
        "buttons": buttons,
        "publishers": list(publishers),
        "from": told_by,
        "hands": {key: _first_said(say(library.get(key)), manners.hands.get(key, "short")) for key in guides},
        "instead": [
            {
                "card": other.card,
                "when": other.when.get(language, ()),
                "says": answer(say(library.get(other.card)), other.answer) or "",
            }
            for other in manners.instead
        ],
        "acts": acts,
        "signs": _signs(language),
        "next": {key: [pair[language] for pair in pairs if language in pair] for key, pairs in follow.next.items()},
        "known": known,
    }


def _first_said(record: Any, path: str) -> str | int:
    """Return what a guide for danger says first: 0 where it is the short answer that the index has, empty where it says
    nothing alone."""
    sentence = _alone(answer(record, path)) or ""
    return 0 if sentence and sentence == short_of(record) else sentence


def _alone(sentence: str | None) -> str | None:
    """Return a sentence that can stand alone; None for one that points to something else on its page."""
    if not sentence:
        return sentence
    said = plain(sentence)
    return None if any(words in said for words in tables().manners.elsewhere) else sentence


def publisher_of(authority: str) -> str:
    """Return the publisher of an authority ("CDC, STI Treatment Guidelines (2021)" is "CDC"); a statute as a whole."""
    return authority.split(";")[0].split(",")[0].split(" (")[0].strip()


def counted(asks: tuple[str, ...], stop: frozenset[str]) -> dict[str, int]:
    """Return the terms of some asks without stop words, each with the number of asks that have it."""
    words = (set(_together(_WORD.findall(plain(ask)))) - stop for ask in asks)
    return Counter(term for ask in words for term in {term_of(word) for word in ask})


def _together(words: list[str]) -> list[str]:
    """Return words with each phrase of search-words.toml as its one word, as search.js makes it of a question."""
    text = f" {' '.join(words)} "
    for test, word in _phrases():
        text = test.sub(f" {word}", text)
    return text.split()


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf" (?:{'|'.join(phrases)})(?= )"), word) for word, phrases in _words()["phrases"].items()]


def term_of(word: str) -> str:
    """Return the one word for all that mean the same, as search.js makes it: without its plural and last vowel."""
    base = _root(word)
    return _alike().get(base, base)


def _root(word: str) -> str:
    if len(word) < 5:
        return word
    short = re.sub(r"(?:es|s)$", "", word)
    return re.sub(r"[aeo]$", "", short) if len(short) > 4 else short


@cache
def _alike() -> dict[str, str]:
    alike: dict[str, str] = {}
    for group in _words()["alike"]:
        words = group.split()
        for word in words:
            alike.setdefault(_root(word), _root(words[0]))
    return alike


def _turned(bags: list[dict[str, int]]) -> dict[str, str]:
    """Return a field turned round: its terms by the first group that has them, and for each the groups that have it.

    "where" holds a word of letters and digits a term, separated by spaces: steps (see _step), the first from the first
    group of the term before to the term's own, the others from one group to the next, each with the number of the
    group's asks that have the term behind it, from two on. A third of the size of the asks themselves, compressed, and
    no text to cut into words; in the order of the alphabet, where each term begins from the start, it was 1.7 KB more.
    """
    places: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    first = 0
    for place, bag in enumerate(bags):
        for word, count in sorted(bag.items()):
            told = str(min(count, MOST_COUNTED)) if count > 1 else ""
            if word in last:
                step = place - last[word] - 1
            else:
                step, first = place - first, place
            places.setdefault(word, []).append(_step(step) + told)
            last[word] = place
    return {"words": " ".join(places), "where": " ".join("".join(steps) for steps in places.values())}


def _step(number: int) -> str:
    """Return a number to the base of 26, its last digit as a small letter and those before as capitals: numbers stand
    one after the other without a sign between them, a tenth smaller than with commas."""
    letters = chr(ord("a") + number % 26)
    while number := number // 26:
        letters = chr(ord("A") + number % 26) + letters
    return letters


def _clock(card: Card) -> dict[str, Any]:
    first = card.clocks[0]
    return {"what": first.what, "best": first.best, "limit": first.limit, **({"until": 1} if first.is_limit else {})}
