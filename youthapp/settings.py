"""Settings from the environment: one frozen dataclass. A wrong value is refused at start with a sentence that says what to write."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from . import organisation
from .i18n.languages import LANGUAGES, SOURCE, Language
from .organisation import Place
from .organisation import SettingsError as SettingsError

PREFIX = "PORCHLIGHT_"


@dataclass(frozen=True)
class Settings:
    """What the people who run the app may choose. Nothing in here is about a reader."""

    name: str = "Porchlight"
    """PORCHLIGHT_NAME: the public name in the header and in every title; it must say nothing of what the app is about."""
    address: str = "http://127.0.0.1:8000"
    """PORCHLIGHT_ADDRESS: the public address, for short links on cards. https switches on Strict-Transport-Security."""
    exits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({language.tag: language.exit for language in LANGUAGES}))
    """PORCHLIGHT_EXIT_<TAG>: where the exit goes, one https address for each language; left out, the language's own."""
    county: str = ""
    """PORCHLIGHT_COUNTY: a California county such as "los-angeles", whose child-protection line is shown first."""
    contact: str = ""
    """PORCHLIGHT_CONTACT: an e-mail address of the organisation that runs this copy, for the about page and security.txt."""
    offline: bool = True
    """PORCHLIGHT_POCKET: "on", or "off" to withdraw the saved book from every phone that comes by (the kill switch)."""
    footer: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """In the file only: a line of words at the foot of every page, by language. No logo: a picture could tell who is reading."""
    lines: tuple[str, ...] = ()
    """In the file only: ids of lines that stand first on Talk, such as the organisation's own (a record in its own folder)."""
    places: tuple[Place, ...] = ()
    """In the file only: the organisation's drop-in places, shown on Talk and offered by the card maker."""
    records: Path | None = None
    """PORCHLIGHT_RECORDS: a folder with the organisation's own records, laid out like youthapp/content/."""
    today: date = field(default_factory=date.today)
    """PORCHLIGHT_TODAY: the day against which checks are overdue; set it only to print the same bytes again (export)."""

    @property
    def loopback(self) -> bool:
        """Whether the address is still this machine's own, so that a printed card would lead nowhere."""
        return urlsplit(self.address).hostname in ("127.0.0.1", "localhost", "::1")

    def places_in(self, language: str) -> list[dict[str, str]]:
        """Return the drop-in places in a language: name, where, hours, about, and ``card``, one line for a card."""
        found = [place.words.get(language, place.words[SOURCE.tag]) for place in self.places]
        return [{**words, "card": ", ".join(words[key] for key in ("hours", "where"))[:48]} for words in found]

    def exit_of(self, language: Language) -> str:
        """Return where the exit leads in a language."""
        return self.exits.get(language.tag, language.exit)

    def footer_in(self, language: str) -> str:
        """Return the organisation's line at the foot of every page in a language; empty when it wrote none."""
        return self.footer.get(language) or self.footer.get(SOURCE.tag, "")

    @property
    def https(self) -> bool:
        """Whether the public address is served over https."""
        return self.address.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], languages: Iterable[Language] = LANGUAGES) -> "Settings":
        """Return the settings that the environment describes; what is not set has its default.

        languages: those of the app; each has a setting for its exit.

        PORCHLIGHT_FILE names an organisation's settings file; a variable beside it wins over the file.
        Raises SettingsError when a value is wrong or a variable with our prefix is unknown.
        """
        given = {key.removeprefix(PREFIX): value.strip() for key, value in environment.items() if key.startswith(PREFIX)}
        languages = tuple(languages)
        known = {"NAME", "ADDRESS", "COUNTY", "CONTACT", "POCKET", "TODAY", "FILE", "RECORDS"} | {language.setting for language in languages}
        if unknown := sorted(set(given) - known):
            raise SettingsError(f"{PREFIX}{unknown[0]} is not a setting. The settings are: {', '.join(PREFIX + name for name in sorted(known))}.")
        chosen = organisation.read(given["FILE"], languages) if given.get("FILE") else organisation.Organisation()
        given = {**chosen.plain, **given}
        exits = {language.tag: language.exit for language in languages}
        for language in languages:
            if chosen_exit := given.get(language.setting):
                exits[language.tag] = _address(language.setting, chosen_exit, ("https",))
        defaults = cls()
        return cls(
            name=_name(given["NAME"]) if "NAME" in given else defaults.name,
            address=_address("ADDRESS", given["ADDRESS"], ("https", "http"), bare=True) if "ADDRESS" in given else defaults.address,
            exits=MappingProxyType(exits),
            county=_county(given.get("COUNTY", "")),
            contact=_contact(given.get("CONTACT", "")),
            offline=_switch("POCKET", given["POCKET"]) if "POCKET" in given else defaults.offline,
            footer=chosen.footer,
            lines=chosen.lines,
            places=chosen.places,
            records=organisation.folder(given["RECORDS"]) if given.get("RECORDS") else None,
            today=_day(given["TODAY"]) if "TODAY" in given else defaults.today,
        )


def _name(value: str) -> str:
    if not 1 <= len(value) <= 24 or not value.isprintable() or re.search(r"[<>&\"|]", value):
        raise SettingsError(f'{PREFIX}NAME is "{value[:40]}". Write 1 to 24 plain characters, such as Porchlight.')
    return value


def _address(name: str, value: str, schemes: tuple[str, ...], *, bare: bool = False) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in schemes and bool(parts.hostname) and not parts.username and not re.search(r"[\s<>\"']", value)
        good = good and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if good and bare:
        good = parts.path in ("", "/") and not parts.query and not parts.fragment
    if not good:
        example = "https://example.org" if bare else SOURCE.exit
        raise SettingsError(f'{PREFIX}{name} is "{value[:80]}". Write a whole address that starts with {" or ".join(s + "://" for s in schemes)}, such as {example}.')
    return value.rstrip("/") if bare else value


def _county(value: str) -> str:
    if value and not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", value):
        raise SettingsError(f'{PREFIX}COUNTY is "{value[:40]}". Write the county in small letters with hyphens, such as los-angeles, or leave it out.')
    return value


def _contact(value: str) -> str:
    if value and not re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value):
        raise SettingsError(f'{PREFIX}CONTACT is "{value[:60]}". Write an e-mail address of the organisation, such as help@example.org, or leave it out.')
    return value


def _switch(name: str, value: str) -> bool:
    if value not in ("on", "off"):
        raise SettingsError(f'{PREFIX}{name} is "{value[:20]}". Write on or off.')
    return value == "on"


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise SettingsError(f'{PREFIX}TODAY is "{value[:20]}". Write a day such as 2026-11-23.') from None
