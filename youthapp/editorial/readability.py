"""How hard a text is to read: our own syllable counters, with the published formulas.

Which formula a language uses, and the hardest score that a record may have, is in its entry of the language registry
(i18n/languages.py). A language without a formula gets its words and sentences counted, and no score.

Own counters, because the packages measured for this project either download a dictionary at run time or undercount
Spanish syllables ("día" as one, "emergencia" as three), which makes a text look easier than it is. A number from here
is a guard, not proof: only a reader can say that a text reads well.

Formulas
- English: Flesch-Kincaid grade = 0.39 * words/sentences + 11.8 * syllables/words - 15.59
  (Kincaid, Fishburne, Rogers and Chissom, 1975, "Derivation of new readability formulas for Navy enlisted personnel").
- Spanish: Szigriszt's perspicuity on the INFLESZ scale = 206.835 - 62.3 * syllables/words - words/sentences; 65 to 80
  is "bastante fácil", 80 and above "muy fácil" (Barrio-Cantalejo and others, 2008, Anales del Sistema Sanitario de
  Navarra 31(2)).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..library import tables

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])[\"”’)\]]*\s+")

# English: vowel groups, then the usual silent letters. Words that this gets wrong are in content/syllables.toml.
_ENGLISH_GROUP = re.compile(r"[aeiouy]+")
_ENGLISH_SPLIT = re.compile(r"ia(?!n$|l$)|io(?!n)|eo|iu|ua(?!r)|uou|ying|dnt$|[aeiou]ing")
_SPANISH_STRONG = set("aeoáéóíú")
_SPANISH_VOWEL = set("aeiouáéíóúü")


@dataclass(frozen=True)
class Level:
    """What was counted in one text, and its score on the scale of the formula; 0 syllables and no score without a
    formula."""

    words: int
    sentences: int
    syllables: int
    score: float | None

    @property
    def words_per_sentence(self) -> float:
        """Words in an average sentence."""
        return self.words / self.sentences if self.sentences else 0.0


@cache
def _exact() -> Mapping[str, int]:
    """Return English word -> syllables where the rule is wrong (syllables.toml)."""
    found: Mapping[str, Mapping[str, int]] = tables.load("syllables", dict[str, dict[str, int]])
    return found["en"]


def words(text: str) -> list[str]:
    """Return the words of a text in order; a number such as 24/7 or 1,000 is one word."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text. A colon or semicolon ends one too, as in Flesch's own counting rule (1949)."""
    return [part for part in _SENTENCE_END.split(text.strip()) if _WORD.search(part)]


_ONE_SYLLABLE_NOT = frozenset({"don", "won", "can", "aren", "weren", "ain"})
"""What stands before "'t" in the words that have no syllable more for their "not"."""


def english_syllables(word: str) -> int:
    """Return how many syllables an English word has, at least one. Numbers count as one: they are read at a glance."""
    word = word.lower().replace("’", "'")
    if not word or word[0].isdigit():
        return 1
    if "'" in word:
        head, _, tail = word.partition("'")
        # "doesn't" has a syllable more than "does"; "don't" and its like have none.
        if tail == "t" and head.endswith("n") and head not in _ONE_SYLLABLE_NOT:
            return english_syllables(head[:-1]) + 1
        return english_syllables(head) + (1 if tail == "ve" and head.endswith(("d", "t")) else 0)
    if word in _exact():
        return _exact()[word]
    count = len(_ENGLISH_GROUP.findall(word)) + len(_ENGLISH_SPLIT.findall(word))
    ends_in_silent_e = word.endswith("e") and not word.endswith(("le", "ee", "ye", "oe"))
    if (
        ends_in_silent_e
        or (word.endswith("le") and len(word) > 2 and word[-3] in "aeiouy")
        or (word.endswith("es") and not re.search(r"(?:[sxz]|ch|sh|[cg]|[^aeiouy]l|ee|i)es$", word))
        or (word.endswith("ed") and not re.search(r"(?:[td]|ee|i)ed$", word))
    ):
        count -= 1
    if re.search(r"[aeiouy][^aeiouy]e(?:ly|ment|ful|less|ness|where)$", word):
        count -= 1
    return max(count, 1)


def spanish_syllables(word: str) -> int:
    """Return how many syllables a Spanish word has, at least one, by the rules of diphthong and hiatus."""
    word = word.lower()
    if not word or word[0].isdigit():
        return 1
    word = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "k", word)
    word = re.sub(r"y$", "i", word)
    count, previous = 0, ""
    for letter in word:
        if letter in _SPANISH_VOWEL:
            both_strong = previous in _SPANISH_STRONG and letter in _SPANISH_STRONG
            if previous not in _SPANISH_VOWEL or both_strong:
                count += 1
        previous = letter
    return max(count, 1)


@dataclass(frozen=True)
class Formula:
    """A published reading formula."""

    name: str
    """What its score is called: "grade 4.2", "INFLESZ 80"."""
    syllables: Callable[[str], int]
    score: Callable[[float, float], float]
    """(words in a sentence, syllables in a word), both averages -> the score."""
    higher_is_harder: bool
    easiest: float
    """The score of no words at all."""

    def too_hard(self, score: float, limit: float) -> bool:
        """Whether a score is past a limit, on the harder side."""
        return score > limit if self.higher_is_harder else score < limit


FORMULAS = {
    "flesch-kincaid": Formula(
        "grade", english_syllables, lambda words, syllables: 0.39 * words + 11.8 * syllables - 15.59, True, 0.0
    ),
    "inflesz": Formula(
        "INFLESZ", spanish_syllables, lambda words, syllables: 206.835 - 62.3 * syllables - words, False, 100.0
    ),
}
"""Formulas by the name that a language's entry gives (``Reading.formula``)."""


def measure(texts: Iterable[str], formula: str | None, easy: frozenset[str] = frozenset()) -> Level:
    """Return the reading level of several texts taken together.

    texts: each a run of whole sentences; one without a full stop counts as one sentence.
    formula: a key of FORMULAS; None counts words and sentences only.
    easy: names (lower case, one or more words) that count as one word of one syllable: medicines and official names
    that a reader needs to recognise and cannot be said in another way.
    """
    chosen = FORMULAS[formula] if formula else None
    pattern = (
        re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(easy, key=len, reverse=True)), re.IGNORECASE)
        if easy
        else None
    )
    word_count = sentence_count = syllable_count = 0
    for text in texts:
        plain = pattern.sub("x", text) if pattern else text
        found = words(plain)
        if not found:
            continue
        word_count += len(found)
        sentence_count += len(sentences(plain))
        syllable_count += sum(chosen.syllables(word) for word in found) if chosen else 0
    if not chosen:
        return Level(word_count, sentence_count, 0, None)
    if not word_count:
        return Level(0, 0, 0, chosen.easiest)
    score = chosen.score(word_count / sentence_count, syllable_count / word_count)
    return Level(word_count, sentence_count, syllable_count, round(score, 1))
