"""The six words: 1,024 short, plain words a language. Six of them, drawn by the phone, open a backup: 60 bits, behind a slow hash."""

from functools import cache

from .tables import CONTENT

HERE = CONTENT / "passphrases"

COUNT = 1024
"""A power of two, so that ten random bits choose a word and each is as likely as any other."""


@cache
def passphrase_words(language: str) -> tuple[str, ...]:
    """Return the words of a language, English ones where a language has no list yet (any words open what they sealed)."""
    path = HERE / f"{language}.txt"
    return tuple((path if path.is_file() else HERE / "en.txt").read_text("utf-8").split())
