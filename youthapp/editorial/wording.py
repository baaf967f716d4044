"""The voice and the red lines, as far as a machine can see them: the rules of content/wording.toml, run on every text.

A rule finds wording, not truth: what no rule can see is in the table's [uncaught], for the people who read. Each rule
has a bad sample that it must catch (tests/editorial/test_words.py).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..library import tables, toml_file
from ..library.tables import Table


@dataclass(frozen=True)
class Rule:
    """One thing a text must not say. The fields are those of wording.toml."""

    name: str
    language: str
    pattern: re.Pattern[str]
    why: str
    bad: str
    unless: re.Pattern[str] | None
    mistake: int
    everyone: bool
    facts: frozenset[str]
    """Runs only on records that rest on one of these; empty: on all."""

    def breach(self, text: str) -> str:
        """Return the words of a text that break the rule, empty when none do."""
        match = self.pattern.search(text)
        return (
            match.group().strip() or match.group() if match and not (self.unless and self.unless.search(text)) else ""
        )


class _Entry(Table, frozen=True, kw_only=True):
    name: str
    language: str
    pattern: str
    why: str
    bad: str
    unless: str = ""
    mistake: int = 0
    everyone: bool = False
    facts: tuple[str, ...] = ()


class _Wording(Table, frozen=True, kw_only=True):
    parts: Mapping[str, Mapping[str, str]]
    uncaught: Mapping[str, str]
    rule: tuple[_Entry, ...]


@cache
def _table() -> _Wording:
    found: _Wording = tables.load("wording", _Wording)
    return found


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in the order of the file. Raises FileError when a pattern cannot be read."""
    return tuple(_rule(entry, index) for index, entry in enumerate(_table().rule))


def uncaught() -> Mapping[int, str]:
    """Return the number of each mistake that no rule looks for -> what is on guard instead."""
    return {int(number): guard for number, guard in _table().uncaught.items()}


def problems(text: str, language: str, youth: bool = True, facts: Iterable[str] = ()) -> list[str]:
    """Return what is wrong with one text, each as "rule: why (the words found)".

    youth: the text is read by a youth, so that the rules of voice hold too; else only the rules for everyone.
    facts: those that the text's record rests on, for the rules that belong to a fact.
    """
    found, rests_on = [], set(facts)
    for rule in rules():
        if rule.language != language or not (youth or rule.everyone) or (rule.facts and not rule.facts & rests_on):
            continue
        if breach := rule.breach(text):
            found.append(f"{rule.name}: {rule.why} ({breach})")
    return found


def _rule(entry: _Entry, index: int) -> Rule:
    parts = _table().parts.get(entry.language, {})
    try:
        pattern, unless = _compiled(entry.pattern, parts), _compiled(entry.unless, parts) if entry.unless else None
    except re.error as error:
        raise toml_file.FileError(
            f'wording.toml: rule.{index} ("{entry.name}"): not a regular expression: {error}.'
        ) from None
    facts = frozenset(entry.facts)
    return Rule(entry.name, entry.language, pattern, entry.why, entry.bad, unless, entry.mistake, entry.everyone, facts)


def _compiled(pattern: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return re.compile(pattern, re.IGNORECASE)
