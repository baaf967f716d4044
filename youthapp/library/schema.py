"""The shapes of the records: every word a youth or a worker reads and every fact that can age, typed and frozen.

A record is one TOML file in the folder of its kind. A field typed ``Text`` is words: it is translated, and it never
holds a phone number, a link or HTML. A field typed ``str``, ``date``, ``tuple[str, ...]`` and the like is data: it
never enters a catalogue. msgspec refuses an unknown field, a missing one or a wrong type; what one record alone cannot
know (dangling ids, codes used twice) is the library's work.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Literal, TypeVar, get_args

import msgspec

from . import values
from .toml_file import TomlFile

T = TypeVar("T")


class Text(str):
    """Words that a reader sees, in English in the record; translations are in the catalogue of the record's kind."""

    __slots__ = ()


class Confidence(StrEnum):
    """How sure we are of a line or a fact; ``LOW`` stays in the library and is never shown."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of a record."""


class Checked(Part, frozen=True, kw_only=True):
    """When the facts of a record were last held against their sources, and how."""

    on: date
    how: Literal["copies", "live", "rung"]
    """``copies``: stored copies of the public pages were read. ``live``: the page itself was opened. ``rung``: a person
    called or texted."""

    def __post_init__(self) -> None:
        """Refuse a day that has not come yet, and a year that is a slip."""
        values.checked("on", self.on)


class Review(Part, frozen=True, kw_only=True):
    """One person's signature under the words of a record. No entry means "not yet"."""

    role: str
    """One of the roles of review.toml."""
    by: str
    on: date
    seal: str
    """The record's seal on that day (``content seal``): if the words change afterwards, the signature no longer
    counts."""

    def __post_init__(self) -> None:
        """Refuse a day that has not come yet."""
        values.not_future("on", self.on)


class Asks(Part, frozen=True, kw_only=True):
    """Questions as a youth would type them, slang and misspelling included, and the sentence that answers them.

    In a file: ``[[asks]]`` with ``answer = "do.0"`` and one list of questions a language (``en = […]``, ``es = […]``).
    For the search; the questions are never shown.
    """

    answer: str = ""
    """Dotted path of the text in this record that answers these questions, such as ``short``, ``do.0`` (for
    ``do.0.text``) or ``know.2``."""
    unanswered: bool = False
    """Whether no text of this record answers them: they find the page, and no sentence is shown for them."""
    typed: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Language tag -> questions."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every record has. ``id`` is permanent and is the file's name; ``code`` is permanent and may be on paper."""

    id: str
    code: str
    title: Text
    topics: tuple[str, ...] = ()
    asks: tuple[Asks, ...] = ()
    facts: tuple[str, ...] = ()
    """Ids in facts.toml that back every number and claim of this record."""
    sources: tuple[str, ...] = ()
    """Keys in sources.toml, for what comes from practice research and not from a fact."""
    checked: Checked
    reviews: tuple[Review, ...] = ()

    @property
    def asked_in(self) -> tuple[str, ...]:
        """Tags of the languages that have questions, in the order of the file."""
        return tuple(dict.fromkeys(tag for asks in self.asks for tag in asks.typed))

    def questions(self, language: str) -> tuple[str, ...]:
        """Return all questions of this record in a language, in the order of the file."""
        return tuple(question for asks in self.asks for question in asks.typed.get(language, ()))


class Clock(Part, frozen=True, kw_only=True):
    """How long something can still help: shown as a bar with words."""

    what: Text
    best: Text
    limit: Text
    is_limit: bool = True
    """Whether ``limit`` is the end of a window ("until day 5"). ``False``: it says when to repeat, to test or to come
    back, and no page may put "until" before it."""
    after: Text
    """What still helps when the limit has passed: late is still worth a call."""
    hours: int | None = None
    """The outer limit in hours, for the length of the bar; ``None`` draws no bar."""


class Act(Part, frozen=True, kw_only=True):
    """One thing to do, with at most one place to go for it."""

    text: Text
    line: str = ""
    card: str = ""


class Method(Part, frozen=True, kw_only=True):
    """One row of a comparison that a reader makes, such as one kind of birth control; a page shows the rows as a table
    that fits a phone."""

    name: Text
    how_well: Text
    how_long: Text
    who_can_see: Text
    where: Text
    card: str = ""
    """Id of the card with more about it."""


class Card(Record, frozen=True, kw_only=True):
    """A tip, a guide for when something just happened, or a right: which one is the folder's name."""

    short: Text
    """The answer in two sentences."""
    urgent: bool = False
    """Danger to life or body now: the search puts it first."""
    primary: str = ""
    """Id of the line or card that the page's one big button leads to. 911 only where hands and minutes count. A guide
    without it has the first of its other lines; a tip or a right without it has no big button."""
    go_now: tuple[Text, ...] = ()
    """Signs that change the answer to "911 or the ER now": shown in a box of their own, before cost, ID and who will
    know."""
    clocks: tuple[Clock, ...] = ()
    do: tuple[Act, ...] = ()
    """Steps, the most useful first. A page shows at most four unfolded."""
    cannot_call: Text = Text("")
    """What to do for a reader who is watched or has no phone in hand; only where minutes count."""
    warm: Text = Text("")
    """One warm sentence, as a person would say it."""
    know: tuple[Text, ...] = ()
    methods: tuple[Method, ...] = ()
    who_will_know: Text
    cost: Text
    needs_adult_or_id: Text
    next: tuple[str, ...] = ()
    lines: tuple[str, ...]


class Option(Part, frozen=True, kw_only=True):
    """One way to meet a need."""

    text: Text
    no_adult: bool = False
    reports: Text = Text("")
    """Who must report, and when, if this option can lead to a report."""
    line: str = ""
    card: str = ""


class Need(Record, frozen=True, kw_only=True):
    """Something a person needs, in their words, with safer ways to get it: today, this week, later."""

    icon: str
    gives: Text
    """What this need is about, said without blame."""
    today: tuple[Option, ...]
    this_week: tuple[Option, ...]
    later: tuple[Option, ...]
    next: tuple[str, ...] = ()
    lines: tuple[str, ...]


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Opening(Part, frozen=True, kw_only=True):
    """Hours on some weekdays, in the line's own zone."""

    days: tuple[Weekday, ...]
    start: str
    """HH:MM, 24-hour."""
    end: str
    """HH:MM; 24:00 is midnight; smaller than ``start`` means the next day."""

    def __post_init__(self) -> None:
        """Refuse times that are none, no day, and a day named twice."""
        values.clock("start", self.start)
        values.clock("end", self.end, midnight=True)
        if self.start == self.end:
            raise ValueError(
                f'end: it closes at {self.end}, when it opens. For a whole day write start = "00:00" and end = "24:00".'
            )
        if not self.days or len(set(self.days)) != len(self.days):
            raise ValueError('days: name each day once, such as ["mon", "tue"].')


def _twice_open(openings: tuple[Opening, ...]) -> str:
    """Return the first weekday on which two openings overlap, empty when none do. One that ends after midnight counts
    for the day on which it begins, and is not held against the next."""
    for day in get_args(Weekday):
        end = ""
        for opening in sorted((one for one in openings if day in one.days), key=lambda one: one.start):
            if opening.start < end:
                return str(day)
            end = opening.end if opening.end > opening.start else "24:00"
    return ""


class Channel(Part, frozen=True, kw_only=True):
    """One way to reach a line, and when it is open."""

    hours: Literal["always", "listed", "unknown"]
    open: tuple[Opening, ...] = ()
    zone: str = "America/Los_Angeles"
    languages: tuple[str, ...] = ()
    """Tags of the languages that a person answers in; empty when nobody has said."""
    unknown: tuple[str, ...] = ()
    """Tags of languages in which a person may answer: a page claims one that nobody could confirm, or is silent where
    one would expect it."""
    interpreted: bool = False
    """Whether somebody who interprets more languages joins when one asks."""
    sure: bool = True
    """``False`` when the pages read do not agree on this way: it is last among the buttons, and the page says so."""

    def __post_init__(self) -> None:
        """Refuse hours that say two things, or nothing, and a zone or a language that is none."""
        values.zone("zone", self.zone)
        for name, tags in (("languages", self.languages), ("unknown", self.unknown)):
            for language in tags:
                values.language(name, language)
        if both := set(self.languages) & set(self.unknown):
            raise ValueError(
                f'unknown: "{min(both)}" is in languages too. A language is answered, or unknown, or neither.'
            )
        if self.hours == "listed" and not self.open:
            raise ValueError(
                'hours: "listed" without times. Add days, start and end under open, or write "always" or "unknown".'
            )
        if self.open and self.hours != "listed":
            raise ValueError(f'hours: "{self.hours}", and times are listed too. Write "listed", or take the times out.')
        if day := _twice_open(self.open):
            raise ValueError(f"open: two of the times overlap on {day}. Write each hour once.")


class Dialled(Channel, frozen=True, kw_only=True):
    """A number to dial: ``number`` as dialled (E.164 or three digits), ``shown`` as printed."""

    number: str
    shown: str

    def __post_init__(self) -> None:
        """Refuse a number that cannot be dialled, and a printed one that is another number."""
        super().__post_init__()
        values.number("number", self.number)
        values.same_number("shown", self.shown, self.number)


class Call(Dialled, frozen=True, kw_only=True):
    """A telephone number."""

    press: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Language tag -> the key that leads to it."""

    def __post_init__(self) -> None:
        """Refuse a key for a language that nobody answers in."""
        super().__post_init__()
        for tag, key in self.press.items():
            if tag not in self.languages:
                raise ValueError(f'press: "{tag}" is not in languages.')
            if len(key) != 1 or key not in "0123456789*#":
                raise ValueError(f'press: "{key}" is no key of a telephone.')


class TextMessage(Channel, frozen=True, kw_only=True):
    """A number to text, and the word to send, if the line asks for one."""

    to: str
    word: str = ""
    words: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Language tag -> the word to send in that language, where the line publishes one of its own."""
    ready: str = ""
    """A sentence to copy and send, in the language that is read at the other end."""

    def word_in(self, language: str) -> str:
        """Return the word to send in a language, empty when any word will do."""
        return self.words.get(language, self.word)

    def __post_init__(self) -> None:
        """Refuse a number that cannot be texted."""
        super().__post_init__()
        values.text_number("to", self.to)


class Chat(Channel, frozen=True, kw_only=True):
    """A web address with a person, a form or a tool behind it."""

    url: str
    urls: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Language tag -> the address in that language, where there is another one."""
    what: Literal["chat", "form", "tool", "bot", "finder"] = "chat"

    def __post_init__(self) -> None:
        """Refuse an address that a page must not link to."""
        super().__post_init__()
        values.https("url", self.url)
        for tag, url in self.urls.items():
            values.language("urls", tag)
            values.https("urls", url)

    def url_in(self, language: str) -> str:
        """Return the address for a language."""
        return self.urls.get(language, self.url)


class Video(Dialled, frozen=True, kw_only=True):
    """A videophone number for people who sign."""


_READ = re.compile(r"https?://\S+|gh:\d+")


class Evidence(Part, frozen=True, kw_only=True):
    """A page that was read, and what it says. ``address`` may name a document of hotlines research ("gh:…")."""

    address: str
    says: str
    date: str

    def __post_init__(self) -> None:
        """Refuse a page without an address, and a day that has not come yet; a year, a month or "n.d." is allowed
        too."""
        if not _READ.fullmatch(self.address):
            raise ValueError(
                f'address: "{self.address[:80]}" is no address. Write the whole one of the page that was read, such as '
                f'"https://example.org/line".'
            )
        if not self.says.strip():
            raise ValueError("says: nothing. Write what the page says, in its own words.")
        if len(self.date) == len("2026-11-23") and self.date[:4].isdigit():
            try:
                day = date.fromisoformat(self.date)
            except ValueError:
                raise ValueError(
                    f'date: "{self.date}" is no day. Write it such as "2026-11-23", or a year, a month, or "n.d.".'
                ) from None
            values.not_future("date", day)


class Before(Part, frozen=True, kw_only=True):
    """The "before you reach out" card: read before any button."""

    who_answers: Text
    police: Text
    must_report: Text
    report: Literal["yes", "likely", "sometimes", "no", "ask"] = "ask"
    """``must_report`` in one word, for the chip before the buttons. ``ask``: nobody has said, so ask first."""
    leaves: Text
    """What it leaves on the phone and on the bill."""
    cost: Text
    name_needed: Text


class Line(Record, frozen=True, kw_only=True):
    """A helpline or place to reach. ``title`` is its official name; the Spanish one keeps the English name where that
    is what is heard."""

    for_whom: Text
    area: str
    """``US``, ``CA``, or the county's or region's name."""
    ages: str = ""
    confidence: Confidence
    call: Call | None = None
    text: TextMessage | None = None
    chat: Chat | None = None
    video: Video | None = None
    before: Before
    what_happens: Text
    evidence: tuple[Evidence, ...]
    notes: str = ""
    """For the people who ring and check; never shown."""

    def __post_init__(self) -> None:
        """Refuse a line that nobody can reach, and ages that are none."""
        values.ages("ages", self.ages)
        if not (self.call or self.text or self.chat or self.video):
            raise ValueError("call: the line has no way to reach it. Add a [call], [text], [chat] or [video] table.")

    @property
    def shown(self) -> bool:
        """Whether a reader may see this line: not before a person has rung one we are unsure of."""
        return self.confidence is not Confidence.LOW

    @property
    def always_open(self) -> bool:
        """Whether somebody answers at every hour, on at least one way. A form or a tool that is always there is
        nobody."""
        chat = self.chat if self.chat is not None and self.chat.what == "chat" else None
        return any(way is not None and way.hours == "always" for way in (self.call, self.text, chat))

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The ways to reach it: call, text, chat, videophone."""
        return tuple(channel for channel in (self.call, self.text, self.chat, self.video) if channel is not None)

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages in which a person answers on at least one channel, in the order of the channels."""
        return tuple(dict.fromkeys(tag for channel in self.channels for tag in channel.languages))


class Reason(Record, frozen=True, kw_only=True):
    """A reason to reach out, in the reader's words, with the lines that fit it, best first; of two that fit alike, the
    surer first."""

    icon: str
    short: Text = Text("")
    """The first answer, in one to three sentences: what these lines do, or what to say to whom."""
    first_words: tuple[Text, ...] = ()
    """Two or three sentences to say or to copy when it is hard to begin."""
    lines: tuple[str, ...]
    next: tuple[str, ...] = ()
    urgent: bool = False


class Shelf(Record, frozen=True, kw_only=True):
    """A group of cards with a pictogram; a card belongs to the shelf that holds its first topic."""

    icon: str
    short: Text


class Choice(Part, frozen=True, kw_only=True):
    """A ready choice of a step. The id is a letter, the next free one; it is permanent, because plans on phones name
    it, and never given again."""

    id: str
    text: Text
    in_head: bool = False
    """Best kept in the head, because whoever finds it learns of a plan: on the list only when its reader asks for
    that."""


class Step(Record, frozen=True, kw_only=True):
    """A section of the plan, or a piece of the meeting card: a prompt, ready choices, and room for own words."""

    icon: str
    prompt: Text
    choices: tuple[Choice, ...]
    in_head: bool = False
    """All of it is best kept in the head, own words too (see ``Choice.in_head``)."""
    know: tuple[Text, ...] = ()
    """What a reader has to know before picking: who must report, and where a choice has its limits."""
    next: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def for_list(self) -> tuple[Choice, ...]:
        """The choices that go on the list as soon as they are ticked."""
        return tuple(choice for choice in self.choices if not (self.in_head or choice.in_head))

    @property
    def for_head(self) -> tuple[Choice, ...]:
        """The choices that stay on the page unless the reader puts them on the list."""
        return tuple(choice for choice in self.choices if self.in_head or choice.in_head)


class Moment(Record, frozen=True, kw_only=True):
    """A place to start a plan from, in the reader's words; ``steps`` are shown in this order."""

    icon: str
    short: Text
    steps: tuple[str, ...]


class Pair(Record, frozen=True, kw_only=True):
    """For workers and caregivers: a situation, the traditional answer and the harm-reduction answer."""

    traditional: Text
    harm_reduction: Text
    mark: Literal["d", "r", "d/r"]
    """d: the source says it directly; r: our wording, drawn from the source's principle; d/r: some of each."""
    seed: bool = False
    """The pair is one of the deck's own two."""
    aloud: Text = Text("")
    """What to say aloud, word for word, in 25 words or fewer; [brackets] are for the worker to fill."""
    report_first: bool = False
    """The answer can be something that a mandated reporter must report: the talk about reports comes before it."""


class Swap(Record, frozen=True, kw_only=True):
    """For workers: a word to avoid (``title``) and what to say instead."""

    use: Text
    mark: Literal["d", "r", "d/r"]


class Stage(Record, frozen=True, kw_only=True):
    """For workers: a stage of change, how it sounds, and the voice that fits it."""

    says: Text
    voice: Text
    aloud: tuple[Text, ...] = ()
    """Two sentences to say aloud to somebody at this stage."""
    mark: Literal["d", "r", "d/r"]


class Note(Record, frozen=True, kw_only=True):
    """A short page of plain points: what exit and private mode cannot hide, or a page for workers."""

    short: Text
    points: tuple[Text, ...]
    mark: Literal["d", "r", "d/r"] = "d"
    next: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


KINDS: dict[str, type[Record]] = {
    "tips": Card, "now": Card, "rights": Card, "limits": Note, "needs": Need, "lines": Line, "reasons": Reason,
    "shelves": Shelf,
    "plan": Step, "moments": Moment, "meeting": Step, "pairs": Pair, "swaps": Swap, "stages": Stage, "notes": Note,
}  # fmt: skip
"""Folder in ``content/`` (and catalogue in ``translations/``) -> the type of its records."""

YOUTH_KINDS = frozenset(KINDS) - {"pairs", "swaps", "stages", "notes"}
"""Kinds that a youth reads: the voice rules and the reading level hold for these."""


def decode_text(kind: type, value: Any) -> Any:
    """Return words as Text, for msgspec. Raises TypeError for anything but words."""
    if kind is Text and isinstance(value, str):
        return Text(value)
    raise TypeError(f"expected words between quotes, not {type(value).__name__}")


def read(file: TomlFile, kind: type[Record]) -> Record:
    """Return the record that a TOML file describes.

    Raises FileError, naming the file, the line and the field, when a field is unknown, missing or has a wrong value.
    """
    data = file.data
    if isinstance(data.get("asks"), list):
        data = {**data, "asks": [_typed_asks(asks) for asks in data["asks"]]}
    return file.convert(kind, data, dec_hook=decode_text)


def _typed_asks(asks: Any) -> Any:
    """Return an ``[[asks]]`` table with its languages in one mapping; anything but a table as it is, for msgspec to
    refuse."""
    if not isinstance(asks, dict):
        return asks
    own = ("answer", "unanswered")
    return {name: value for name, value in asks.items() if name in own} | {
        "typed": {name: value for name, value in asks.items() if name not in own}
    }


def texts(value: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    """Yield (dotted path, Text) for every non-empty Text inside a record or a part of one, in the order of the
    fields."""
    if isinstance(value, Text):
        if value:
            yield path, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}.{index}")


@cache
def _required(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Return the names of the fields without which a struct cannot be made. Cached: to find them, msgspec reads every
    annotation again."""
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.required)


def blanks(value: Any, path: str = "") -> Iterator[str]:
    """Yield the dotted path of every Text that must say something and is empty."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            inner, where = getattr(value, name), f"{path}.{name}" if path else name
            if isinstance(inner, Text):
                if not inner.strip() and name in _required(type(value)):
                    yield where
            elif not isinstance(inner, str):
                yield from blanks(inner, where)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from blanks(item, f"{path}.{index}")


def translated(value: T, say: Callable[[str], str]) -> T:
    """Return a copy of a record (or part, or tuple) in which every non-empty Text went through ``say``; data stays as
    it is."""
    if isinstance(value, Text):
        return Text(say(value)) if value else value  # type: ignore[return-value]
    if isinstance(value, msgspec.Struct):
        changes = {name: translated(getattr(value, name), say) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(translated(item, say) for item in value)  # type: ignore[return-value]
    return value


def answer(record: Record, path: str) -> Text | None:
    """Return the sentence of a record that a path of ``asks`` names: a text (``short``, ``know.2``, ``before.cost``) or
    a part with one (``do.0`` is ``do.0.text``). None when there is none."""
    named = part_at(record, path)
    text = named if isinstance(named, Text) else getattr(named, "text", None)
    return text if isinstance(text, Text) and text else None


def part_at(record: Any, path: str) -> Any:
    """Return the part of a record at a dotted path (``know.2``, ``clocks.0``, ``before.cost``); None when there is
    none."""
    return next(reversed(parts_at(record, path)), None)


def parts_at(record: Any, path: str) -> list[Any]:
    """Return the parts of a record along a dotted path, outermost first: of ``do.0.text`` all steps, the first one and
    its text. Empty when the path leads nowhere."""
    found: list[Any] = []
    part = record
    for name in path.split("."):
        if isinstance(part, tuple):
            part = part[int(name)] if name.isdigit() and int(name) < len(part) else None
        else:
            part = getattr(part, name) if name in getattr(part, "__struct_fields__", ()) else None
        if part is None:
            return []
        found.append(part)
    return found


def references(record: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted path, record id) for every id that a record names."""
    for name in record.__struct_fields__:
        value, here = getattr(record, name), f"{path}.{name}" if path else name
        if name in ("next", "lines", "steps"):
            yield from ((f"{here}.{index}", target) for index, target in enumerate(value))
        elif name in ("line", "card", "primary") and value:
            yield here, value
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, msgspec.Struct):
                    yield from references(item, f"{here}.{index}")


def seal(record: Record, say: Callable[[str], str]) -> str:
    """Return the seal of a record in one language: a short hash over its words and facts. A changed word gives another
    seal."""
    words = "\n".join(f"{path}={say(text)}" for path, text in texts(record))
    return hashlib.sha256(f"{words}\n{','.join(record.facts)}".encode()).hexdigest()[:12]
