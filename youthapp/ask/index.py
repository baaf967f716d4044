"""The index of the search: what the phone needs to answer a question in one language, as one small JSON file.

Built once per release and language (the press prints it). It holds no whole texts: titles, short answers and ``asks``
as they stand, of the rest only the words that none of these has. The ranking is static/js/ask/search.js; words that
mean the same, text-speak, stop words and words of danger are data (content/search-words.toml), so that the phone's code
knows no language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec

from ..library.library import Library
from ..library.schema import Card, Line, Moment, Need, Note, Record, Shelf, Step
from ..library.tables import tables

OFTEN = (3, 6)
"""In so many asks of a record a word counts more, and more again: the record is about it."""

_WORD = re.compile(r"[^\W_]+")
"""A word of any script."""


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = msgspec.to_builtins(tables().search_words)
    for group in (*words["danger"], *words["idiom"]):  # the phone needs no languages: one list of phrases a group
        group["when"] = [phrase for phrases in group.pop("says") for said in phrases.values() for phrase in said]
    return words


@cache
def stop_words() -> frozenset[str]:
    """Return the words of both languages that say nothing about what is asked, in small letters without accents."""
    return frozenset(_words()["stop"].split())


def searchable(library: Library) -> Iterator[Record]:
    """Yield the records that a question can lead to, in the order of the kinds: only what a reader may see."""
    for kind in tables().search.kinds:
        yield from (record for record in library.of_kind(kind) if library.shown(record))


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
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] != "M" and letter not in "'’")


def build(
    library: Library, language: str, say: Callable[[Any], Any], act_of: Callable[[Line], dict[str, Any]]
) -> dict[str, Any]:
    """Return the index of a language as JSON data.

    say: gives a record in that language. act_of: gives what a reader may do with a line at once (its buttons), in that
    language.
    """
    words, stop = _words(), stop_words()
    topics = list(library.topics)
    told = []
    fields: dict[str, list[dict[str, int]]] = {"asks": [], "other": []}
    lines: dict[str, dict[str, Any]] = {}
    for source in searchable(library):
        record = say(source)
        own = source.questions(language)
        other = tuple(question for tag in source.asked_in if tag != language for question in source.questions(tag))
        short = short_of(record)
        line = source.id if isinstance(source, Line) else next(iter(getattr(source, "lines", ())), "")
        if line and line not in lines:
            lines[line] = act_of(say(library.get(line)))
        fields["asks"].append(_counted(own, stop))
        fields["other"].append(dict.fromkeys(_one_spelling_each(_counted(other, stop)), 1))
        told.append({
            "id": source.id, "code": source.code, "kind": library.kinds[source.id], "title": record.title,
            "short": short,
            "topics": [topics.index(topic) for topic in source.topics], "line": line,
            **({"urgent": 1} if getattr(source, "urgent", False) else {}),
            **({"place": plain(source.area)} if isinstance(source, Line) and source.area not in ("US", "CA") else {}),
            **({"clock": _clock(record)} if isinstance(source, Card) and source.clocks else {}),
        })  # fmt: skip
    return {
        "topics": topics,
        "words": words,
        "lines": lines,
        "records": told,
        "fields": {name: _turned(bags) for name, bags in fields.items()},
    }


def _counted(asks: tuple[str, ...], stop: frozenset[str]) -> dict[str, int]:
    """Return the words of some asks without stop words, each with the number of asks that have it."""
    return Counter(word for ask in asks for word in set(_together(_WORD.findall(plain(ask)))) - stop)


def _one_spelling_each(bag: dict[str, int]) -> dict[str, int]:
    """Return a bag with one word for all that mean the same: in the other language's asks a meaning is enough, and its
    spellings are 1.4 KB."""
    first: dict[str, str] = {}
    for word in bag:
        first.setdefault(_meaning(word), word)
    return {word: bag[word] for word in first.values()}


def _meaning(word: str) -> str:
    """Return the one word for all that mean the same, as search.js takes it (termOf)."""
    return _alike().get(_root(word), _root(word))


@cache
def _alike() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in _words()["alike"]:
        words = group.split()
        for word in words:
            found.setdefault(_root(word), _root(words[0]))
    return found


def _root(word: str) -> str:
    """Return a word without its plural and last vowel, as search.js takes it (root)."""
    if len(word) < 5:
        return word
    short = re.sub("(?:es|s)$", "", word)
    return re.sub("[aeo]$", "", short) if len(short) > 4 else short


def _together(words: list[str]) -> list[str]:
    """Return words with each phrase of search-words.toml as its one word, as search.js makes it of a question."""
    text = f" {' '.join(words)} "
    for test, word in _phrases():
        text = test.sub(f" {word}", text)
    return text.split()


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf" (?:{'|'.join(phrases)})(?= )"), word) for word, phrases in _words()["phrases"].items()]


def _turned(bags: list[dict[str, int]]) -> dict[str, str]:
    """Return a field turned round: its words in the order of the alphabet, and for each the records that have it.

    "where" holds a list a word, separated by spaces: steps from one record's place to the next, each a number, with "+"
    after it when three asks or more of the record have the word, and "++" when six or more do. Half the size of the
    asks themselves, compressed, and no text to cut into words.
    """
    places: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for place, bag in enumerate(bags):
        for word, count in bag.items():
            places.setdefault(word, []).append(
                f"{place - last.get(word, -1)}{'+' * sum(count >= often for often in OFTEN)}"
            )
            last[word] = place
    words = sorted(places)
    return {"words": " ".join(words), "where": " ".join(",".join(places[word]) for word in words)}


def _clock(card: Card) -> dict[str, Any]:
    first = card.clocks[0]
    return {"what": first.what, "best": first.best, "limit": first.limit, **({"until": 1} if first.is_limit else {})}
