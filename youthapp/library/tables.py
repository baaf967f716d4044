"""The editorial tables of ``content/``: orders, groups and limits that people who write decide, read once and checked.

Each file is one type here. An unknown key, a missing one or an id that no record has is refused with the file, the line
and the key.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..paths import CONTENT
from . import toml_file
from .schema import Clock, Method, answer, part_at

if TYPE_CHECKING:
    from .library import Library


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of editorial data, or a part of one."""


class Talk(Table, frozen=True, kw_only=True):
    """talk.toml: what the chooser of lines does beside the reasons' own lists."""

    anything: str
    """The reason whose lines stand on the first page."""
    county_reasons: tuple[str, ...]
    """Reasons behind which the child-protection line of the set county stands, after their own lines."""
    county_lines: str
    """How the ids of the counties' child-protection lines start; the county's name follows."""
    not_raised: tuple[str, ...] = ()
    """Lines that never come before another one because they answer in the reader's language."""


class Band(Table, frozen=True, kw_only=True):
    """A group of guides under "Something just happened"; its name is a word of code, and the heading is in the
    template."""

    name: str
    icon: str
    guides: tuple[str, ...]


class RightsGroup(Table, frozen=True, kw_only=True):
    """A group of rights; its name is a word of code, and the heading is in the template."""

    name: str
    icon: str
    rights: tuple[str, ...]


class Bands(Table, frozen=True, kw_only=True):
    """bands.toml: the groups of guides and of rights, in the order in which a reader meets them."""

    bands: tuple[Band, ...]
    rights: tuple[RightsGroup, ...]
    body_shelves: tuple[str, ...]
    """Shelves behind "My body"."""


class Plan(Table, frozen=True, kw_only=True):
    """plan.toml: what the pocket plan offers, and which sections stand apart."""

    more: tuple[str, ...] = ()
    """Sections behind "More sections", beside those that are best kept in the head."""
    lines: tuple[str, ...]
    """Lines that can stand on the pocket plan."""


class Situation(Table, frozen=True, kw_only=True):
    """A group of pairs on the page "What to say instead"; its name is a word of code, and the heading is in the
    template."""

    name: str
    pairs: tuple[str, ...]


class Outreach(Table, frozen=True, kw_only=True):
    """outreach.toml: what workers are shown, and what they can hand on."""

    hand_on: tuple[str, ...]
    """Kinds whose pages can stand on a card or be sent as a link, in the order of the lists."""
    situations: tuple[Situation, ...]
    card_lines: tuple[str, ...]
    """Lines whose number can stand on a card beside an organisation's own."""
    harmless_topics: tuple[str, ...]
    """Topics whose pages may be seen on a screen by whoever stands behind it."""
    around: tuple[str, ...]
    """Notes that "What to say instead" leads to, in their order."""
    training_notes: tuple[str, ...]
    """Notes of the handout to train a colleague: what to do, then what to practise; the first is on no other list."""
    training_pairs: tuple[str, ...]
    """Pairs whose sentences are practised with it."""
    meeting_notes: tuple[str, ...]
    """Notes about running a team meeting, in their order; all other notes stand on the worker's first page."""


class ReviewRules(Table, frozen=True, kw_only=True):
    """review.toml: when a check runs out, who signs, and what must name its source."""

    days: Mapping[str, int]
    """Kind -> days between two checks."""
    other_days: int
    """Days between two checks for every other kind."""
    new_year: tuple[str, ...]
    """Kinds that are due on each 1 January too, when California's new laws start."""
    roles: tuple[str, ...]
    """Who can sign a record."""
    editors: Mapping[str, str]
    """Language tag -> the role that reads and signs its translations."""
    signoffs: tuple[str, ...]
    """Who can be asked to confirm a fact."""
    sourced: tuple[str, ...]
    """Kinds whose records must name a fact or a source."""


class Search(Table, frozen=True, kw_only=True):
    """search.toml: where a question can lead."""

    kinds: tuple[str, ...]
    """Kinds that the search knows, in the order of the index."""
    a_to_z: tuple[str, ...]
    """Kinds whose titles stand on the list of all questions."""


class Danger(Table, frozen=True, kw_only=True):
    """Words of danger now: when one of the phrases is in a question, its guide comes first and then its line."""

    card: str
    line: str
    says: tuple[Mapping[str, tuple[str, ...]], ...]
    """Each thing that can be said: language tag -> phrases."""


class Idiom(Table, frozen=True, kw_only=True):
    """What is no danger: manners of speaking, and denials."""

    says: tuple[Mapping[str, tuple[str, ...]], ...]


class FactQuestions(Table, frozen=True, kw_only=True):
    """How a question for a fact begins, and the words that say it is about a person."""

    opens: tuple[str, ...]
    self: tuple[str, ...]


class SearchWords(Table, frozen=True, kw_only=True):
    """search-words.toml: what the search on the phone knows of words. Its comments say what each part is for."""

    stop: str
    alike: tuple[str, ...]
    speak: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, str]
    danger: tuple[Danger, ...]
    idiom: tuple[Idiom, ...]
    fact: FactQuestions


class Sign(Table, frozen=True, kw_only=True):
    """Kinds of words that mean danger where they stand together: the guide and the line that come first."""

    card: str
    line: str
    alarm: tuple[str, ...]
    """Combinations that put both on top, such as ``one not>wake``: see signs.toml."""
    ask: tuple[str, ...]
    """Combinations after which the page asks whether somebody is hurt."""


class Signs(Table, frozen=True, kw_only=True):
    """signs.toml: danger in words that nobody wrote down."""

    undone: tuple[str, ...]
    """Kinds that a "no" before them undoes."""
    grave: tuple[str, ...]
    """Kinds that are grave by themselves: of two in one question the page asks."""
    kinds: Mapping[str, Mapping[str, str]]
    """Name of a kind -> language tag -> its words."""
    sign: tuple[Sign, ...]


class YesNo(Table, frozen=True, kw_only=True):
    """How a question for yes or no begins, and how a sentence begins that answers it."""

    opens: tuple[str, ...]
    answers: tuple[str, ...]


class Hurt(Table, frozen=True, kw_only=True):
    """The guide and the line behind the page's question whether somebody is hurt."""

    card: str
    line: str


class Instead(Table, frozen=True, kw_only=True):
    """What a guide for danger says first about somebody for whom its usual words would be wrong (a baby who chokes)."""

    card: str
    answer: str
    """Path of the sentence in the guide, as in ``asks``."""
    when: Mapping[str, tuple[str, ...]]
    """Language tag -> phrases of a question, as in search-words.toml."""


class Manners(Table, frozen=True, kw_only=True):
    """manners.toml: manners of speaking, emoji used as words, questions for yes or no. Its comments say what each part
    is for."""

    fillers: str
    quiet: str
    deadly: str
    alarming: tuple[str, ...]
    elsewhere: tuple[str, ...]
    calm: tuple[str, ...]
    unsure: tuple[str, ...]
    hands: Mapping[str, str]
    """Guide for danger -> path of what it says first; every other says its short answer."""
    instead: tuple[Instead, ...]
    hurt: Hurt
    slots: Mapping[str, str]
    emoji: Mapping[str, str]
    yes_no: YesNo


class Reply(Table, frozen=True, kw_only=True):
    """What the search says to what is no question."""

    name: str
    when: tuple[str, ...]
    says: Mapping[str, str]
    """Language tag -> the reply."""


class Offer(Table, frozen=True, kw_only=True):
    """A language of ours by the words that only it has, and the invitation to it in its own words."""

    tag: str
    words: str
    offer: str
    button: str


class OtherLanguages(Table, frozen=True, kw_only=True):
    """Languages that we do not speak: their scripts (Unicode's names), and for each other one some of its words."""

    scripts: str
    words: tuple[str, ...]
    says: Mapping[str, str]


class Replies(Table, frozen=True, kw_only=True):
    """replies.toml: what is no question, and questions in another language."""

    reply: tuple[Reply, ...]
    language: tuple[Offer, ...]
    other: OtherLanguages


class FollowUps(Table, frozen=True, kw_only=True):
    """follow-ups.toml: the questions offered under an answer."""

    next: Mapping[str, tuple[Mapping[str, str], ...]]
    """Record id or topic, or "start" -> questions, each by language tag and each one of the asks of a record."""


class Said(Table, frozen=True, kw_only=True):
    """A sentence, a clock or a row of a comparison of a record on a tool's page."""

    at: str
    """Record id, a slash, and the path of a text, a clock or a method, such as ``hiv-test/short``, ``pep/clocks.0`` or
    ``methods-compared/methods.0``."""
    says: str
    """Words that the English text must have: a record that changes puts no other sentence on the page unseen."""

    page: str = ""
    """Id of the record whose page is linked, where it is another one than that of the sentence."""

    @property
    def record(self) -> str:
        """The record's id."""
        return self.at.split("/")[0]

    @property
    def leads_to(self) -> str:
        """Id of the record whose page is linked."""
        return self.page or self.record

    @property
    def path(self) -> str:
        """The path of the text or the clock in the record."""
        return self.at.partition("/")[2]


class Day(Table, frozen=True, kw_only=True):
    """A tap of the page "When did it happen?": days that have passed, and its words by language tag."""

    days: int
    text: Mapping[str, str]


class When(Table, frozen=True, kw_only=True):
    """when.toml: what still works after so many days."""

    row: tuple[Said, ...]
    """Clocks with a limit in hours, most urgent first."""
    later: tuple[Said, ...]
    """Clocks and sentences that stand on every day."""
    day: tuple[Day, ...]


class ToolChoice(Table, frozen=True, kw_only=True):
    """A tap of a tool."""

    id: str
    text: Mapping[str, str]


class ToolAsk(Table, frozen=True, kw_only=True):
    """A question of a tool, answered by taps."""

    id: str
    title: Mapping[str, str]
    choices: tuple[ToolChoice, ...]
    many: bool = False
    """Whether several choices can be tapped at once; a result then stands where it has all of them."""

    def taps(self) -> Iterator[tuple[str, ...]]:
        """Yield every way to answer: each choice alone, or, where several can be tapped, any of them together."""
        most = len(self.choices) if self.many else 1
        names = [choice.id for choice in self.choices]
        yield from chain.from_iterable(combinations(names, count) for count in range(1, most + 1))


class ToolResult(Table, frozen=True, kw_only=True):
    """Sentences that stand where each question named in ``when`` got one of the choices listed for it; of a question
    where several can be tapped, nothing but these."""

    when: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    says: tuple[Said, ...]

    def stands(self, taps: Mapping[str, tuple[str, ...]]) -> bool:
        """Return whether the sentences stand after these taps, as static/js/tool.js decides it."""
        return all(set(taps[ask]) <= set(picked) for ask, picked in self.when.items() if ask in taps)


class Tool(Table, frozen=True, kw_only=True):
    """A tool of the page "Which one fits me?"."""

    id: str
    title: Mapping[str, str]
    ask: tuple[ToolAsk, ...]
    result: tuple[ToolResult, ...]


class Fits(Table, frozen=True, kw_only=True):
    """fits.toml: the tools of the page "Which one fits me?"."""

    tool: tuple[Tool, ...]


class Names(Table, frozen=True, kw_only=True):
    """easy.toml: names that the reading level counts as one easy word."""

    names: tuple[str, ...]


class Topic(Table, frozen=True, kw_only=True):
    """One entry of topics.toml."""

    means: str


class Source(Table, frozen=True, kw_only=True):
    """One entry of sources.toml."""

    what: str
    """The citation, for reviewers."""
    read: str
    """How much of it was read."""
    authority: str = ""
    """Whose statement it is: the only thing that a page prints."""


class Tables(Table, frozen=True, kw_only=True):
    """All tables."""

    talk: Talk
    bands: Bands
    plan: Plan
    outreach: Outreach
    review: ReviewRules
    search: Search
    search_words: SearchWords
    manners: Manners
    replies: Replies
    follow_ups: FollowUps
    when: When
    fits: Fits
    signs: Signs


def load(name: str, kind: Any, folder: Path = CONTENT) -> Any:
    """Return the table of a file as a type. Raises FileError, which names the file, the line and the key."""
    return toml_file.read(folder / f"{name}.toml", f"{name}.toml").convert(kind)


@cache
def tables() -> Tables:
    """Return the tables of ours, read once. Raises FileError when one is wrong."""
    return Tables(
        talk=load("talk", Talk),
        bands=load("bands", Bands),
        plan=load("plan", Plan),
        outreach=load("outreach", Outreach),
        review=load("review", ReviewRules),
        search=load("search", Search),
        search_words=load("search-words", SearchWords),
        manners=load("manners", Manners),
        replies=load("replies", Replies),
        follow_ups=load("follow-ups", FollowUps),
        when=load("when", When),
        fits=load("fits", Fits),
        signs=load("signs", Signs),
    )


def spoken(language: str) -> Iterator[str]:
    """Yield what the tools and the search say in a language by themselves: questions, taps and replies.

    language: a tag. Texts that this language does not have yet are left out.
    """
    found = tables()
    asks = [ask for tool in found.fits.tool for ask in tool.ask]
    said: list[Mapping[str, str]] = [
        *(reply.says for reply in found.replies.reply),
        found.replies.other.says,
        *(day.text for day in found.when.day),
        *(tool.title for tool in found.fits.tool),
        *(ask.title for ask in asks),
        *(choice.text for ask in asks for choice in ask.choices),
    ]
    yield from (words[language] for words in said if language in words)


def problems(library: "Library") -> Iterator[str]:
    """Yield every id or kind in a table that the library does not have, and every pair of ours that stands in no
    situation."""
    found = tables()
    named = [
        ("talk.toml: anything", "reasons", (found.talk.anything,)),
        ("talk.toml: county_reasons", "reasons", found.talk.county_reasons),
        ("talk.toml: not_raised", "lines", found.talk.not_raised),
        ("plan.toml: lines", "lines", found.plan.lines),
        ("plan.toml: more", "plan", found.plan.more),
        ("outreach.toml: card_lines", "lines", found.outreach.card_lines),
        ("outreach.toml: around", "notes", found.outreach.around),
        ("outreach.toml: training_notes", "notes", found.outreach.training_notes),
        ("outreach.toml: training_pairs", "pairs", found.outreach.training_pairs),
        ("outreach.toml: meeting_notes", "notes", found.outreach.meeting_notes),
    ]  # fmt: skip
    yield from (
        f'outreach.toml: harmless_topics: there is no topic "{topic}".'
        for topic in found.outreach.harmless_topics
        if topic not in library.topics
    )
    yield from _one_sided(found.search_words)
    yield from sign_problems(library, found.signs)
    for group in found.search_words.danger:
        named += [("search-words.toml: danger.line", "lines", (group.line,))]
        if group.card not in library.records:
            yield f'search-words.toml: danger.card: there is no record "{group.card}".'
    hurt = found.manners.hurt
    named += [("manners.toml: hurt.line", "lines", (hurt.line,)), ("manners.toml: hurt.card", "now", (hurt.card,))]
    named += [("manners.toml: instead.card", "now", (other.card,)) for other in found.manners.instead]
    yield from (
        f'manners.toml: alarming: there is no topic "{topic}".'
        for topic in found.manners.alarming
        if topic not in library.topics
    )
    yield from follow_up_problems(library, found.follow_ups)
    yield from tool_problems(library, found.when, found.fits)
    named += [(f"outreach.toml: situations.{group.name}", "pairs", group.pairs) for group in found.outreach.situations]
    named += [("bands.toml: body_shelves", "shelves", found.bands.body_shelves)]
    named += [(f"bands.toml: {band.name}", "now", band.guides) for band in found.bands.bands]
    named += [(f"bands.toml: {group.name}", "rights", group.rights) for group in found.bands.rights]
    for where, kind, ids in named:
        yield from (f'{where}: there is no record "{key}" in {kind}/.' for key in ids if library.kinds.get(key) != kind)
    banded = [key for band in found.bands.bands for key in band.guides]
    banded += [key for group in found.bands.rights for key in group.rights]
    for key in sorted(
        key for key, kind in library.kinds.items() if kind in ("now", "rights") and key not in library.own
    ):
        if banded.count(key) != 1:
            yield f"bands.toml: {key!r} is in {banded.count(key)} bands. Put it in one."
    grouped = {key for group in found.outreach.situations for key in group.pairs}
    for key in sorted(
        key for key, kind in library.kinds.items() if kind == "pairs" and key not in grouped | library.own
    ):
        yield f"outreach.toml: {key!r} is in no situation. Add it to the pairs of one."


def follow_up_problems(library: "Library", follow_ups: FollowUps) -> Iterator[str]:
    """Yield every list of follow-ups that belongs to no record and no topic, and every question that no record
    answers."""
    asked = {
        tag: {asked_as(question) for record in library.records.values() for question in record.questions(tag)}
        for tag in {tag for questions in follow_ups.next.values() for question in questions for tag in question}
    }
    for key, questions in follow_ups.next.items():
        if key != "start" and key not in library.records and key not in library.topics:
            yield f'follow-ups.toml: next.{key}: there is no record and no topic "{key}".'
        for question in questions:
            for tag, text in question.items():
                if asked_as(text) not in asked[tag]:
                    yield f'follow-ups.toml: next.{key}: "{text}" is no question of a record in {tag}.'


def tool_problems(library: "Library", when: When, fits: Fits) -> Iterator[str]:
    """Yield every sentence of a tool that its record does not have, or no longer has in these words, every condition on
    a question or choice that the tool lacks, and every combination of taps without a result."""
    for said in (*when.row, *when.later):
        yield from (f"when.toml: {problem}" for problem in _said_problems(library, said))
    for said in when.row:
        clock = clock_at(library.records.get(said.record), said.path)
        if clock is None or clock.hours is None:
            yield f'when.toml: row: "{said.at}" is no clock with a limit in hours.'
    for tool in fits.tool:
        for result in tool.result:
            for said in result.says:
                yield from (f"fits.toml: {tool.id}: {problem}" for problem in _said_problems(library, said))
        yield from (f"fits.toml: {tool.id}: {problem}" for problem in _combination_problems(tool))


def clock_at(record: Any, path: str) -> Clock | None:
    """Return the clock of a record at a path such as ``clocks.0``; None for anything else."""
    part = part_at(record, path)
    return part if isinstance(part, Clock) else None


def method_at(record: Any, path: str) -> Method | None:
    """Return the row of a comparison at a path such as ``methods.0``; None for anything else."""
    part = part_at(record, path)
    return part if isinstance(part, Method) else None


def _said_problems(library: "Library", said: Said) -> Iterator[str]:
    record = library.records.get(said.record)
    clock, method = clock_at(record, said.path), method_at(record, said.path)
    text = clock.what if clock else method.name if method else record and answer(record, said.path)
    if said.leads_to not in library.records:
        yield f'there is no record "{said.leads_to}".'
    if not text:
        yield f'there is no sentence "{said.at}".'
    elif said.says not in text:
        yield f'"{said.at}" no longer says "{said.says}". Read it again: does it still answer here?'


def _combination_problems(tool: Tool) -> Iterator[str]:
    choices = {ask.id: [choice.id for choice in ask.choices] for ask in tool.ask}
    for result in tool.result:
        for ask, picked in result.when.items():
            if wrong := [choice for choice in picked if choice not in choices.get(ask, ())]:
                yield f"result: there is no choice {ask} = {wrong}."
    for answers in product(*(ask.taps() for ask in tool.ask)):
        taps = dict(zip(choices, answers, strict=True))
        if not any(result.stands(taps) for result in tool.result):
            yield f"no result for {taps}."


@cache
def stop_words() -> frozenset[str]:
    """Return the words of all languages that say nothing about what is asked, in small letters without accents."""
    return frozenset(tables().search_words.stop.split())


_MARKS = re.compile("[\u0300-\u036f’]")
_WORDS = re.compile(r"[^\W_]+")


def asked_as(question: str) -> str:
    """Return a question as it is compared with the asks: small letters, no accents, no signs."""
    letters = question.lower()
    if not letters.isascii():  # a start compares thousands of questions, and most need none of this
        letters = _MARKS.sub("", unicodedata.normalize("NFD", letters))
    return " ".join(_WORDS.findall(letters.replace("'", "")))


def sign_problems(library: "Library", signs: Signs) -> Iterator[str]:
    """Yield each kind of words that one language lacks, each name of a kind that there is not, and each sign whose
    guide or line is not in the library."""
    tags = {tag for words in signs.kinds.values() for tag in words}
    for name, words in signs.kinds.items():
        for tag in sorted(tag for tag in tags if not words.get(tag, "").split()):
            yield f'signs.toml: kinds.{name}: there is no word for it in "{tag}".'
    named = [("undone", name) for name in signs.undone] + [("grave", name) for name in signs.grave]
    for sign in signs.sign:
        named += [
            (sign.card, name) for text in (*sign.alarm, *sign.ask) for name in re.split(r"[ >]", text.replace("!", ""))
        ]
        for key in (sign.card, sign.line):
            if key not in library.records:
                yield f'signs.toml: there is no record "{key}".'
    for where, name in named:
        if name not in signs.kinds:
            yield f'signs.toml: {where}: there is no kind "{name}".'


def _one_sided(words: SearchWords) -> Iterator[str]:
    """Yield each thing of danger, or of none, that one language of the search's words can say and another cannot."""
    groups = [(f"danger.{group.card}", group.says) for group in words.danger] + [
        ("idiom", group.says) for group in words.idiom
    ]
    tags = {tag for _name, says in groups for phrases in says for tag in phrases}
    for name, says in groups:
        for index, phrases in enumerate(says):
            for tag in sorted(tag for tag in tags if not phrases.get(tag)):
                said = next(iter(next(iter(filter(None, phrases.values())), ("nothing",))))
                yield f'search-words.toml: {name}.says.{index} ("{said}"): there is no phrase for it in "{tag}".'
