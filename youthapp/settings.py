"""Settings from the environment: one frozen dataclass. A wrong value is refused at start with a sentence that says what
to write."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlsplit

from . import organisation
from .i18n.languages import LANGUAGES, SOURCE, Language
from .library.betraying import betrays, betrays_joined
from .library.values import is_https
from .organisation import SettingsError as SettingsError
from .places.schema import Place

PREFIX = "PORCHLIGHT_"
CARD_LINE = 48
"""Characters that fit on one line of a printed card; a worker's own line may have as many (outreach/forms.py)."""

T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """What the people who run the app may choose. Nothing in here is about a reader."""

    name: str = "Porchlight"
    """PORCHLIGHT_NAME: the public name in the header and in every title; it must say nothing of what the app is
    about."""
    address: str = "http://127.0.0.1:8000"
    """PORCHLIGHT_ADDRESS: the public address, for short links on cards. https switches on Strict-Transport-Security."""
    exits: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({language.tag: language.exit for language in LANGUAGES})
    )
    """PORCHLIGHT_EXIT_<TAG>: where the exit goes, one https address for each language; left out, the language's own."""
    county: str = ""
    """PORCHLIGHT_COUNTY: a California county such as "los-angeles", whose child-protection line is shown first."""
    contact: str = ""
    """PORCHLIGHT_CONTACT: an e-mail address of the organisation that runs this copy, for the about page and
    security.txt."""
    offline: bool = True
    """PORCHLIGHT_POCKET: "on", or "off" to withdraw the saved book from every phone that comes by (the kill switch)."""
    footer: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """In the file only: a line of words at the foot of every page, by language. No logo: a picture could tell who is
    reading."""
    lines: tuple[str, ...] = ()
    """In the file only: ids of lines that come first on Talk, such as the organisation's own (a record in its own
    folder)."""
    places: tuple[Place, ...] = ()
    """In the file only: the organisation's own places, shown on Talk and offered by the card maker. The list of places
    of an organisation is in its folder of records (youthapp/places/store.py)."""
    records: Path | None = None
    """PORCHLIGHT_RECORDS: a folder with the organisation's own records, laid out like youthapp/content/."""
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False, repr=False)
    """Setting without our prefix ("COUNTY", "LINES") -> file, line and key, for messages about what the library does
    not have."""
    today: date = field(default_factory=date.today)
    """PORCHLIGHT_TODAY: the day against which checks are overdue; set it only to print the same bytes again
    (export)."""

    def named(self, name: str) -> str:
        """Return what messages call a setting: file, line and key, or its variable."""
        return self.where.get(name, PREFIX + name)

    @property
    def https(self) -> bool:
        """Whether the public address is served over https."""
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        """The public address as people write it down: without the scheme."""
        return self.address.partition("://")[2]

    @property
    def loopback(self) -> bool:
        """Whether the address is still this machine's own, so that a printed card would lead nowhere."""
        return urlsplit(self.address).hostname in ("127.0.0.1", "localhost", "::1")

    def exit_of(self, language: Language) -> str:
        """Return where the exit leads in a language."""
        return self.exits.get(language.tag, language.exit)

    def footer_in(self, language: str) -> str:
        """Return the organisation's line at the foot of every page in a language; empty when it wrote none."""
        return self.footer.get(language) or self.footer.get(SOURCE.tag, "")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], languages: Iterable[Language] = LANGUAGES) -> "Settings":
        """Return the settings that the environment describes; what is not set has its default.

        languages: those of the app; each has a setting for its exit.

        PORCHLIGHT_FILE names an organisation's settings file; a variable beside it wins over the file. Raises
        SettingsError with one sentence when a value is wrong or a variable with our prefix is unknown.
        """
        variables = {
            key.removeprefix(PREFIX): value.strip() for key, value in environment.items() if key.startswith(PREFIX)
        }
        languages = tuple(languages)
        known = {"NAME", "ADDRESS", "COUNTY", "CONTACT", "POCKET", "TODAY", "FILE", "RECORDS"} | {
            language.setting for language in languages
        }
        if unknown := sorted(set(variables) - known):
            raise SettingsError(
                f"{PREFIX}{unknown[0]} is not a setting. The settings are: "
                f"{', '.join(PREFIX + name for name in sorted(known))}."
            )
        chosen = (
            organisation.read(variables["FILE"], languages) if variables.get("FILE") else organisation.Organisation()
        )
        given = _Given(
            {**chosen.plain, **variables},
            {name: where for name, where in chosen.where.items() if name not in variables},
        )
        defaults = cls()
        exits = {language.tag: given.checked(language.setting, _exit, language.exit) for language in languages}
        address = given.checked("ADDRESS", _address, defaults.address)
        for language in languages:
            if urlsplit(exits[language.tag]).hostname == urlsplit(address).hostname:
                raise SettingsError(
                    f"{given.name(language.setting)} leads back to {address}. Write an everyday site of somebody else: "
                    f"whoever takes the exit must be away from here."
                )
        return cls(
            name=given.checked("NAME", _name, defaults.name),
            address=address,
            exits=MappingProxyType(exits),
            county=given.checked("COUNTY", _county, ""),
            contact=given.checked("CONTACT", _contact, ""),
            offline=given.checked("POCKET", _switch, defaults.offline),
            footer=chosen.footer,
            lines=chosen.lines,
            places=chosen.places,
            records=organisation.folder(given.values["RECORDS"], given.name("RECORDS"))
            if given.values.get("RECORDS")
            else None,
            where=MappingProxyType(dict(given.where)),
            today=given.checked("TODAY", _day, defaults.today),
        )


@dataclass(frozen=True)
class _Given:
    """Values that somebody set, and where."""

    values: Mapping[str, str]
    where: Mapping[str, str]

    def name(self, name: str) -> str:
        """Return what messages call a setting: its variable, or file, line and key."""
        return self.where.get(name, PREFIX + name)

    def checked(self, name: str, check: Callable[[str], T], default: T) -> T:
        """Return a value after its check, the default when it is not set. Raises SettingsError with the check's
        sentence."""
        if name not in self.values:
            return default
        value = self.values[name]
        try:
            return check(value)
        except ValueError as error:
            raise SettingsError(f'{self.name(name)} is "{value[:80]}". {error}') from None


def cut_for_card(text: str) -> str:
    """Return a line that fits a card, cut after its last whole word."""
    if len(text) <= CARD_LINE:
        return text
    return text[: CARD_LINE + 1].rsplit(" ", 1)[0].rstrip(",; ")[:CARD_LINE]


def _name(value: str) -> str:
    if not 1 <= len(value) <= 24 or not value.isprintable() or re.search(r"[<>&\"|]", value):
        raise ValueError("Write 1 to 24 plain characters, such as Porchlight.")
    if word := betrays(value) or betrays_joined(value):
        raise ValueError(
            f'"{word}" would tell whoever sees the title what this app is about. Choose a name that says nothing of '
            f"it, such as Porchlight."
        )
    return value


def _address(value: str) -> str:
    """The public address: https, or http where nobody else can read along (this machine, the own network, an onion
    service); nothing after the host."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"[\s<>\"'\\]", value):
        raise ValueError("Write a whole address that starts with https:// or http://, such as https://example.org.")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(
            f"Write it without what follows the host: {parts.scheme}://{parts.netloc}. Short links on cards need a "
            f"host of their own."
        )
    host = parts.hostname or ""
    if not host.isascii():
        raise ValueError(
            "Write the host in plain letters: a card cannot be typed from others. Its ASCII form begins xn--."
        )
    if not (_HOST.fullmatch(host) or _is_near(host)):
        raise ValueError(f'"{host}" is no host that a phone can find. Write it whole, such as https://example.org.')
    if parts.scheme == "http" and not (_is_near(host) or host.endswith(".onion")):
        raise ValueError(f"Write https://{parts.netloc}: over http, whoever shares the network reads along.")
    if word := betrays(host) or betrays_joined(host):
        raise ValueError(
            f'"{word}" would tell whoever finds a card what this app is about. Choose an address that says nothing of '
            f"it."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")


def _is_near(host: str) -> bool:
    """Whether a host is this machine or one of its own network, to look at the app from a phone beside it."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".local")


def _exit(value: str) -> str:
    if not is_https(value):
        raise ValueError(
            "Write a whole address that starts with https://, such as https://en.wikipedia.org/wiki/Main_Page."
        )
    if word := betrays(value) or betrays_joined(urlsplit(value).hostname or ""):
        raise ValueError(
            f'"{word}" would stay in the history of the phone. Choose an everyday site, such as a weather page.'
        )
    return value


def _county(value: str) -> str:
    if value and not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", value):
        raise ValueError("Write the county in small letters with hyphens, such as los-angeles, or leave it out.")
    return value


def _contact(value: str) -> str:
    if value and not re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value):
        raise ValueError("Write an e-mail address of the organisation, such as help@example.org, or leave it out.")
    if word := betrays(value) or betrays_joined(value.rpartition("@")[2]):
        raise ValueError(f'"{word}" would tell what this app is about. Choose an address that says nothing of it.')
    return value


def _switch(value: str) -> bool:
    if value not in ("on", "off"):
        raise ValueError("Write on or off.")
    return value == "on"


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("Write a day such as 2026-11-23.") from None
