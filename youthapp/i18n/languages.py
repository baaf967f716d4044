"""The language registry: one entry for each language that the app speaks. No other code names a language.

What else belongs to a language is data, found by its tag: its catalogues (``translations/<tag>/``), how a youth
would ask in it (``asks`` of the records), its words for the search (``content/search-words.toml``), its list of backup
words (``content/passphrases/<tag>.txt``), and which lines answer in it (``languages`` of a line's calls, texts and
chats). CONTRIBUTING, "Add a language", goes through all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ..paths import TRANSLATIONS

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


@dataclass(frozen=True)
class Reading:
    """How the difficulty of a language is measured, and the hardest text that a youth may be given."""

    formula: str
    """A key of ``FORMULAS`` in editorial/readability.py."""
    hardest: float
    """The score, on the formula's own scale, that no record may pass."""
    longest_sentence: int
    """Words in the longest sentence."""
    easiest: float | None = None
    """The score below which a record is told as a hint: chopped sentences read badly too. None where no band is
    known."""
    average_sentence: float | None = None
    """Words in the average sentence of a record; None where the formula's own limit is enough."""


@dataclass(frozen=True)
class Language:
    """One language. Raises ValueError when a field does not have the form that is described here."""

    tag: str
    """BCP 47 in small letters, such as "es" or "pt-br": in addresses, ``lang=`` and the catalogues' folder."""
    own_name: str
    """What its readers call it: the words of the language switch."""
    exit: str
    """Where the exit leads: a dull https page in this language, big, fast, the same for everyone, without an
    account."""
    reading: Reading | None = None
    """None where no formula is published: the check holds no level, and only people can say what is easy."""
    direction: str = "ltr"
    """"ltr", or "rtl" for a script that is written from right to left."""
    locale: str = ""
    """The CLDR locale of its dates, hours and names of languages, such as "es_US"; empty: the tag."""
    translations: Path = field(default=TRANSLATIONS, repr=False, compare=False)
    """The folder that holds a folder of catalogues for each tag."""

    def __post_init__(self) -> None:
        """Refuse an entry that would only be found wrong by a reader."""
        if not _TAG.fullmatch(self.tag):
            raise ValueError(
                f'The tag of a language is "{self.tag}". Write a BCP 47 tag in small letters, such as "fr" or "pt-br".'
            )
        if self.direction not in ("ltr", "rtl"):
            raise ValueError(f'{self.tag}: direction is "{self.direction}". Write "ltr" or "rtl".')
        if urlsplit(self.exit).scheme != "https":
            raise ValueError(f'{self.tag}: exit is "{self.exit}". Write a whole address that starts with https://.')

    @property
    def cldr(self) -> str:
        """The name by which Babel finds its dates, hours and names of languages."""
        return self.locale or self.tag.replace("-", "_")

    @property
    def catalogues(self) -> Path:
        """The folder of its catalogues, one .po file for the interface and one for each kind of record."""
        return self.translations / self.tag / "LC_MESSAGES"

    @property
    def setting(self) -> str:
        """The name of the setting that changes its exit, without the prefix of all settings: "EXIT_ES"."""
        return f"EXIT_{self.tag.upper().replace('-', '_')}"


LANGUAGES: tuple[Language, ...] = (
    # Limits: grade 5 or lower is what health agencies ask of material for everyone; INFLESZ 65 is where "bastante
    # fácil" begins. Spanish says the same in about a fifth more words, hence its longer sentence.
    Language(
        tag="en",
        own_name="English",
        exit="https://en.wikipedia.org/wiki/Main_Page",
        reading=Reading("flesch-kincaid", hardest=5.0, easiest=3.0, longest_sentence=20, average_sentence=12.0),
        locale="en_US",
    ),
    Language(
        tag="es",
        own_name="Español",
        exit="https://es.wikipedia.org/wiki/Wikipedia:Portada",
        reading=Reading("inflesz", hardest=65.0, longest_sentence=24),
        locale="es_US",
    ),
)

SOURCE = LANGUAGES[0]
"""The language that records and templates are written in; it has no catalogues."""


def by_tag(languages: Iterable[Language]) -> dict[str, Language]:
    """Return languages by their tags, in their order."""
    return {language.tag: language for language in languages}
