"""The rules of the house: each looks at one whole page and yields what is wrong. Each carries a bad page that it must
catch.

A rule is run on every page in every language (test_house.py), and on its own bad page (the same file), so that none can
fall asleep.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from youthapp.library.library import Library
from youthapp.settings import Settings
from youthapp.web.static_files import styles


@dataclass
class Seen:
    """A page as it was answered."""

    path: str
    html: str
    language: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def parser(self) -> html5lib.HTMLParser:
        return html5lib.HTMLParser(namespaceHTMLElements=False)

    @cached_property
    def tree(self) -> Element:
        tree: Element = self.parser.parse(self.html)
        return tree

    @cached_property
    def elements(self) -> list[Element]:
        return [element for element in self.tree.iter() if isinstance(element.tag, str)]

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]


@dataclass(frozen=True)
class House:
    """What the rules know about the app."""

    library: Library
    settings: Settings
    addresses: frozenset[str]


Look = Callable[[Seen, House], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    look: Look
    bad: str
    status: int = 200

    @property
    def name(self) -> str:
        return self.look.__name__


RULES: list[Rule] = []


def rule(bad: str, status: int = 200) -> Callable[[Look], Look]:
    def register(look: Look) -> Look:
        RULES.append(Rule(look, bad, status))
        return look

    return register


def words(element: Element) -> str:
    """Return the text of an element, labels of pictures included."""
    return (
        " ".join("".join(element.itertext()).split())
        or element.get("aria-label", "")
        or " ".join(child.get("aria-label", "") for child in element.iter()).strip()
    )


# Words of our subject in both languages: in no title, no preview, no address.
TOPIC_WORDS = re.compile(
    r"traffick|exploit|victim|sex|abus|rape|violen|pregnan|abort|condom|hiv|sti\b|std\b|drug|suicid|self.?harm|"
    r"overdose|crisis|hotline|helpline|runaway|foster|police|safety|escape|"
    r"trata|víctima|violac|violenc|embaraz|aborto|condón|vih|drog|suicid|sobredosis|refugio|policía|youth|teen|joven",
    re.IGNORECASE,
)


@cache
def _worn() -> dict[str, set[str]]:
    """Return the classes and data attributes that each style dresses, but for those that an earlier style (base first)
    dresses too."""
    found: dict[str, set[str]] = {}
    files = styles()
    for name in ["base", *sorted(set(files) - {"base"})]:
        selectors = re.sub(r"\{[^{}]*\}", " ", files[name])
        names = set(re.findall(r"\.(-?[a-z_][\w-]*)", selectors)) | set(re.findall(r"\[(data-[\w-]+)\]", selectors))
        found[name] = names - found.get("base", set())
    return found


@rule('<body><style data-style="base"></style><p class="progress"></p>')
def every_style_a_page_wears_stands_in_it(page: Seen, house: House) -> Iterator[str]:
    """A class that only static/css/plan.css dresses stands on a page that carries that style. (Pages for workers bring
    sheets of their own.)"""
    if "/cards" in page.path:
        return
    there = {e.get("data-style", "") for e in page.all("style")}
    wears = {
        name
        for e in page.elements
        for name in [*(e.get("class") or "").split(), *e.attrib]
        if e.tag not in ("html", "style")
    }
    for name in sorted(wears):
        homes = {style for style, names in _worn().items() if name in names}
        if homes and not homes & there:
            yield f'"{name}" is dressed by {sorted(homes)}, which the page lacks'


@rule('<body><a href="/en/">Home</a><a data-exit href="https://example.org" rel="noreferrer">Exit</a>')
def exit_comes_first(page: Seen, house: House) -> Iterator[str]:
    """The first thing that takes focus is the exit: a plain link that works without script and tells the other side
    nothing."""
    focusable = [
        e
        for e in page.elements
        if (e.tag == "a" and e.get("href")) or e.tag in ("button", "input", "select", "textarea", "summary")
    ]
    first = focusable[0] if focusable else None
    if first is None or first.get("data-exit") is None:
        yield "the first focusable element is not the exit"
        return
    if first.get("href") not in house.settings.exits.values():
        yield f"the exit goes to {first.get('href')}"
    if "noreferrer" not in (first.get("rel") or ""):
        yield "the exit lacks rel=noreferrer"


@rule('<body><a data-exit href="https://en.wikipedia.org/wiki/Main_Page" rel="noreferrer">Exit</a>')
def exit_has_a_second_copy(page: Seen, house: House) -> Iterator[str]:
    """A second copy of the exit, with words, waits for a screen reader at the end of the page."""
    copies = [e for e in page.all("a") if e.get("data-exit") is not None]
    if len(copies) < 2 or len(words(copies[-1])) < 12:
        yield "no second exit with words"


@rule("<body><h1>Hello</h1>")
def a_person_is_near(page: Seen, house: House) -> Iterator[str]:
    """Every page leads to the lines in one tap; an error page carries a number itself."""
    links = [e.get("href") or "" for e in page.all("a")]
    if f"/{page.language}/talk" not in links and page.status == 200:
        yield "no link to the lines"
    if page.status >= 400 and not any(link.startswith(("tel:", "sms:")) for link in links):
        yield "an error page without a number"


@rule("<html lang='xx' dir='ltr'><body></body></html>")
def language_and_direction(page: Seen, house: House) -> Iterator[str]:
    if page.tree.get("lang") != page.language:
        yield f"lang is {page.tree.get('lang')!r}"
    if page.tree.get("dir") not in ("ltr", "rtl"):
        yield "no dir"


@rule("<title>Human trafficking help</title><body></body>")
def titles_and_previews_say_nothing(page: Seen, house: House) -> Iterator[str]:
    """Title, description, preview and address never name a topic; one preview for every address."""
    name = house.settings.name
    titles = page.all("title")
    told = [words(title) for title in titles if title.text]
    if not told or not told[0].endswith(name):
        yield f"title is {told[:1]}"
    metas = [
        e
        for e in page.all("meta")
        if e.get("name") in ("description",)
        or (e.get("property") or "").startswith("og:")
        or (e.get("name") or "").startswith("twitter:")
    ]
    if [(e.get("property"), e.get("content")) for e in metas if e.get("property")] != [("og:title", name)]:
        yield "the preview is not the one neutral preview"
    for text in [*told[:1], *(e.get("content") or "" for e in metas), page.path]:
        if match := TOPIC_WORDS.search(text):
            yield f"{match.group()!r} in {text!r}"


@rule("<body><h1>One</h1><h1>Two</h1></body>")
def one_h1(page: Seen, house: House) -> Iterator[str]:
    if len(page.all("h1")) != 1 or not words(page.all("h1")[0]):
        yield f"{len(page.all('h1'))} h1"


@rule("<body><h1>One</h1><h3>Three</h3></body>")
def headings_skip_no_level(page: Seen, house: House) -> Iterator[str]:
    last = 1
    for element in page.elements:
        if re.fullmatch(r"h[1-6]", element.tag):
            level = int(element.tag[1])
            if level > last + 1:
                yield f"h{last} is followed by h{level}: {words(element)}"
            last = level


@rule("<body><p id='a'></p><p id='a'></p></body>")
def ids_are_unique(page: Seen, house: House) -> Iterator[str]:
    counts = Counter(e.get("id") for e in page.elements if e.get("id"))
    yield from (f"id {key!r} {count} times" for key, count in counts.items() if count > 1)


@rule("<body><input type='text'><a href='/en/'></a></body>")
def everything_has_a_name(page: Seen, house: House) -> Iterator[str]:
    """Fields have labels; links and buttons have words."""
    labelled = {e.get("for") for e in page.all("label")}
    wrapped = {id(child) for e in page.all("label") for child in e.iter()}
    for e in page.elements:
        if (
            e.tag in ("input", "select", "textarea")
            and e.get("type") not in ("hidden", "submit", "button")
            and e.get("id") not in labelled
            and id(e) not in wrapped
            and not e.get("aria-label")
        ):
            yield f"<{e.tag}> without a label"
        if e.tag in ("a", "button", "summary") and not words(e):
            yield f"<{e.tag} {e.attrib}> without words"


@rule("<body><p style='color:red' onclick='x()'>x</p><script>x()</script></body>")
def nothing_inline(page: Seen, house: House) -> Iterator[str]:
    """No inline script, handler or style attribute: the policy would refuse it."""
    for e in page.elements:
        for name in e.attrib:
            if name == "style" or re.match(r"on[a-z]+$", name):
                yield f"{name}= on <{e.tag}>"
        if e.tag == "script" and not e.get("src"):
            yield "inline script"
        if (e.get("href") or "").strip().lower().startswith(("javascript:", "data:")):
            yield f"{e.get('href')}"


@rule("<body><img src='https://cdn.example/x.png'><a href='https://elsewhere.example/'>x</a></body>")
def no_foreign_address(page: Seen, house: House) -> Iterator[str]:
    """Nothing is loaded from elsewhere; a link elsewhere is the exit or the published address of a line, and tells no
    referrer."""
    published = set(house.settings.exits.values())
    for line in house.library.of_kind("lines"):
        if line.chat:
            published |= {line.chat.url, *line.chat.urls.values()}
    for e in page.elements:
        for name in ("src", "href", "action", "srcset", "poster", "data"):
            value = e.get(name)
            if not value or not urlsplit(value).netloc:
                continue
            if e.tag != "a" or value not in published:
                yield f"<{e.tag} {name}={value}>"
            elif "noreferrer" not in (e.get("rel") or ""):
                yield f"{value} without rel=noreferrer"
        if e.get("target"):
            yield f"target={e.get('target')} on <{e.tag}>"


@rule("<body><a href='tel:1800RUNAWAY'>x</a><a href='sms:741741?body=hello%20I%20am%20Ana'>x</a></body>")
def numbers_are_the_lines_own(page: Seen, house: House) -> Iterator[str]:
    """Every tel: and sms: is well formed, belongs to a line that is shown, and fills in no more than the line's own
    word."""
    calls, messages = set(), set()
    for line in house.library.of_kind("lines"):
        if line.shown:
            calls |= {way.number for way in (line.call, line.video) if way}
            if line.text:
                messages |= {(line.text.to, word) for word in (line.text.word, *line.text.words.values())}
    for e in page.all("a"):
        href = e.get("href") or ""
        if href.startswith("tel:") and href[4:] not in calls:
            yield href
        if href.startswith("sms:"):
            number, _, query = href[4:].partition("?")
            word = unquote(query.removeprefix("&").removeprefix("body="))
            ours = re.search(
                r": (\S+)$", word
            )  # a link to hand on: to nobody yet, and nothing but the short address at its end
            if (
                not number
                and ours
                and (ours[1] + "/").startswith(house.settings.address + "/")
                and not re.search(r"[?#=&]", ours[1])
            ):
                continue
            if (number, word) not in messages:
                yield href


@rule("<body><a href='/en/nowhere-at-all'>x</a><a href='/en/?q=1'>x</a></body>")
def links_lead_somewhere(page: Seen, house: House) -> Iterator[str]:
    """Every link inside the app leads to a page that exists, by its clean address; a fragment names an id of this
    page."""
    ids = {e.get("id") for e in page.elements}
    for e in page.all("a"):
        href = e.get("href") or ""
        if href.startswith("/") and href.partition("#")[0] not in house.addresses:
            yield href
        if href.startswith("#") and href[1:] not in ids:
            yield href


@rule("<!DOCTYPE html><html lang='en'><head><title>x</title></head><body><p><div>x</p></body></html>")
def html_is_well_formed(page: Seen, house: House) -> Iterator[str]:
    page.tree  # noqa: B018  (parses)
    yield from (f"{code} at {position}" for position, code, _data in page.parser.errors[:5])


@rule("<body><dl><div><svg></svg><dt>x</dt><dd>y</dd></div></dl><input list='none' aria-label='x'></body>")
def groups_and_lists_are_whole(page: Seen, house: House) -> Iterator[str]:
    """A group of a <dl> holds <dt> and <dd> only, and a list that a field names is on the page: what the Nu checker
    and html-validate look for beyond well-formed HTML."""
    for e in page.all("dl"):
        for group in [e, *e.findall("div")]:
            inside = {str(child.tag) for child in group} - {"dt", "dd", "template", "script"}
            if inside - ({"div"} if group is e else set()):
                yield f"<{e.tag}> holds {', '.join(sorted(inside))}"
    named = {e.get("id") for e in page.all("datalist")}
    yield from (
        f"no datalist {e.get('list')}" for e in page.all("input") if e.get("list") and e.get("list") not in named
    )


@rule("<body><a href='/en/x'><svg role='img' aria-label='Back'></svg></a></body>")
def a_control_has_its_own_name(page: Seen, house: House) -> Iterator[str]:
    """A link or button has words or an ``aria-label``. The label of a picture inside of it is a name too, but not every
    reader and checker (HTML_CodeSniffer) takes it for one."""
    for tag in ("a", "button"):
        for e in page.all(tag):
            if not e.get("aria-label") and not "".join(e.itertext()).strip():
                yield f"<{tag}> has no words and no aria-label"


@rule("<body><h1>x</h1><p>short</p></body>")
def reading_needs_no_script(page: Seen, house: House) -> Iterator[str]:
    """The page says what it has to say in its HTML: enough words, and nothing hidden until a script comes."""
    mains = page.all("main")
    if not mains or len(words(mains[0])) < 120:
        yield "hardly any words in <main>"
    if page.all("noscript"):
        yield "<noscript>"
