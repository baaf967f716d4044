"""Finding a page by the words of a worker: titles, and the questions and slang by which the records are asked for
(``asks``).

Words that mean the same (content/search-words.toml, "alike") count as one: the first of their group. The same is done
on the phone by static/js/outreach/find.js, with the words of each row and the groups in the page, so that what is
looked for stays there; the card maker does it here, so that it works without a script.
"""

from collections import Counter
from functools import cache
from itertools import pairwise

from ..library.schema import Record
from ..library.tables import asked_as, stop_words, tables


@cache
def alike() -> tuple[tuple[str, ...], ...]:
    """Return the groups of words that mean the same, each without the words that begin a longer one of it ("friend" and
    "friends"): what was typed is compared with how a word begins, so the longer finds both. The first word stays."""
    return tuple(
        (first, *(word for word in rest if not any(other != word and other.startswith(word) for other in rest)))
        for first, *rest in map(str.split, tables().search_words.alike)
    )


@cache
def _first_of() -> dict[str, str]:
    groups = [group.split() for group in tables().search_words.alike]
    return {word: group[0] for group in reversed(groups) for word in group}


def words_of(record: Record, language: str) -> list[str]:
    """Return the words of the questions of a record in a language, the most asked first: one for all that mean the
    same, without those that say nothing, and without those that begin a longer one, which is found by them too."""
    questions = " ".join(record.questions(language))
    said = (word for word in asked_as(questions).split() if len(word) > 1 and word not in stop_words())
    counts = Counter(_first_of().get(word, word) for word in said)
    for shorter, longer in pairwise(sorted(counts)):
        if longer.startswith(shorter):
            counts[longer] += counts.pop(shorter)
    return [word for word, _ in counts.most_common()]


def meant_by(typed: str) -> list[list[str]]:
    """Return for each word that was typed how the words of a row may begin that mean it."""
    return [
        [word, *(group[0] for group in alike() if any(other.startswith(word) for other in group))]
        for word in asked_as(typed).split()
    ]


def best(typed: str, rows: dict[str, str]) -> list[str]:
    """Return the keys of the rows that have most of the words that were typed; among these, first the rows where they
    come early.

    rows: key -> its words, the weightiest first.
    """
    meant = meant_by(typed)
    places = {key: [place for starts in meant if (place := _place(words, starts)) >= 0] for key, words in rows.items()}
    most = max(map(len, places.values()), default=0)
    found = [key for key, where in places.items() if most and len(where) == most]
    return sorted(found, key=lambda key: sum(places[key]))


def _place(words: str, starts: list[str]) -> int:
    """Return where the first word stands that begins in one of these ways; -1 when there is none."""
    return next((place for place, word in enumerate(words.split()) if word.startswith(tuple(starts))), -1)
