"""Lists of 1,024 short, plain words a language. Six of them, drawn by the phone, open a backup: 60 bits, behind a slow
hash."""

from functools import cache

from ..paths import CONTENT

FOLDER = CONTENT / "passphrases"

COUNT = 1024
"""A power of two, so that ten random bits choose a word and each is as likely as any other."""


def has_passphrases(language: str) -> bool:
    """Whether a language has a list of its own; where it has none, another language's words open a backup just as
    well."""
    return (FOLDER / f"{language}.txt").is_file()


@cache
def passphrase_words(language: str) -> tuple[str, ...]:
    """Return the words of a language that has a list."""
    return tuple((FOLDER / f"{language}.txt").read_text("utf-8").split())
