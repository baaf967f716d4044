"""What a fact says never to say, looked for in the records that rest on it, as far as its plain words can be seen.

A fact's ``never_say`` holds sentences parted by " / ". Each with at least three words is looked for as it is written.
What is said in other words is for the rules of wording.toml that name the fact, and for the people who read.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..library.library import Library

_DENIED = re.compile(r"\b(?:not|no|never|n['’]t|skip|without|instead of|avoid|cannot|nobody|don['’]t)\b", re.IGNORECASE)
_LEAST_WORDS = 3


def breaches(library: Library, facts: Iterable[str], text: str) -> Iterator[tuple[str, str]]:
    """Yield (fact, phrase) for each phrase of some facts' ``never_say`` that a text holds in a sentence that does not
    deny it."""
    sentences = [_plain(sentence) for sentence in re.split(r"(?<=[.!?:;])\s+", text)]
    for key in facts:
        fact = library.facts.get(key)
        for phrase in _phrases(fact.never_say) if fact else ():
            for sentence in sentences:
                # "Don't sleep it off" warns; "You can't get arrested" is the phrase itself, with its own "n't".
                rest = sentence.replace(f" {phrase} ", " ", 1)
                if rest != sentence and not _DENIED.search(rest):
                    yield key, phrase


@lru_cache(maxsize=4096)
def _phrases(never_say: str) -> tuple[str, ...]:
    """Return the phrases that a machine can look for: without brackets and quotes, of three words or more."""
    plain = [_plain(re.sub(r"\([^)]*\)", " ", part)).strip() for part in re.split(r" / |; ", never_say)]
    return tuple(phrase for phrase in plain if len(phrase.split()) >= _LEAST_WORDS)


def _plain(text: str) -> str:
    """Return a text in small letters, words only, one blank between and around them, apostrophes kept."""
    words = re.findall(r"[a-z0-9%]+(?:'[a-z]+)*", text.lower().replace("’", "'"))
    return f" {' '.join(words)} "
