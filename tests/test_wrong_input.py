"""What people who run a copy can get wrong: each wrong input is refused with a sentence that names the file, the line
and the fix.

The table holds the inputs of two readings by newcomers, and more. Nothing here may start: what is wrong and starts is a
page that answers 500, or a button that dials another number.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from youthapp import REFUSALS, create_app
from youthapp.cli import main
from youthapp.library.library import Library
from youthapp.settings import Settings

ROOT = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "outreach" / "organisation"

LINE = "records/lines/own-night-kitchen-line.toml"
LINE_ES = "records/lines/own-night-kitchen-line.es.toml"
TIP = "records/tips/own-kitchen-dinner.toml"
TIP_ES = "records/tips/own-kitchen-dinner.es.toml"
PAIR = "records/pairs/own-kitchen-pair.toml"
FACTS = "records/facts.toml"
SOURCES = "records/sources.toml"
PUBLISHED = "records/published.toml"
SETTINGS = "settings.toml"
NEXT_YEAR = (date.today() + timedelta(days=365)).isoformat()


@dataclass(frozen=True)
class Wrong:
    """One wrong input: what is changed in the sample organisation, and what must be said."""

    file: str
    old: str
    new: str
    said: str

    def __str__(self) -> str:
        return f"{Path(self.file).name}: {self.new[:40] or 'without ' + self.old[:30]}"


LINES = [
    Wrong(
        LINE,
        'start = "18:00"',
        'start = "3pm"',
        'line 24: call.open.0.start: "3pm" is no time. Write hours and minutes',
    ),
    Wrong(LINE, 'start = "18:00"', 'start = "25:99"', '"25:99" is no time'),
    Wrong(LINE, 'start = "18:00"', 'start = "6:00"', '"6:00" is no time'),
    Wrong(LINE, 'start = "18:00"', 'start = "18.00"', '"18.00" is no time'),
    Wrong(LINE, 'start = "18:00"', 'start = ""', '"" is no time'),
    Wrong(LINE, 'start = "18:00"', 'start = "24:00"', '"24:00" is no time'),
    Wrong(LINE, 'start = "18:00"', "start = 18", "call.open.0.start: write words between quotes, not a whole number"),
    Wrong(LINE, 'start = "18:00"', "start = 18:00:00", "call.open.0.start: write words between quotes"),
    Wrong(LINE, 'end = "22:00"', 'end = "24:30"', '"24:30" is no time'),
    Wrong(LINE, 'end = "22:00"', 'end = "18:00"', "it closes at 18:00, when it opens"),
    Wrong(LINE, 'end = "22:00"\n', "", 'call.open.0: the field "end" is missing'),
    Wrong(LINE, '["tue", "thu"]', '["Tuesday"]', '"Tuesday" is none of the choices: mon, tue, wed, thu, fri, sat, sun'),
    Wrong(LINE, '["tue", "thu"]', '["tue", "tue"]', "name each day once"),
    Wrong(LINE, '["tue", "thu"]', "[]", "name each day once"),
    Wrong(
        LINE, '["tue", "thu"]', '"tue"', "call.open.0.days: write a list in square brackets, not words between quotes"
    ),
    Wrong(LINE, 'hours = "listed"', 'hours = "weekdays"', '"weekdays" is none of the choices: always, listed, unknown'),
    Wrong(LINE, 'hours = "listed"', 'hours = "always"', 'call.hours: "always", and times are listed too'),
    Wrong(
        LINE,
        '[[call.open]]\ndays = ["tue", "thu"]\nstart = "18:00"\nend = "22:00"\n',
        "",
        'call.hours: "listed" without times',
    ),
    Wrong(
        LINE,
        'hours = "listed"',
        'hours = "listed"\nzone = "America/Eureka"',
        '"America/Eureka" is no time zone. All of California',
    ),
    Wrong(LINE, 'hours = "listed"', 'hours = "listed"\nzone = ""', '"" is no time zone'),
    Wrong(LINE, 'hours = "listed"', 'hours = "listed"\nzone = "../etc"', '"../etc" is no time zone'),
    Wrong(LINE, 'hours = "listed"', 'hours = "listed"\nlanguages = ["Spanish"]', '"Spanish" is no language'),
    Wrong(
        LINE, 'number = "+12135550123"', 'number = "banana"', 'call.number: "banana" is no number that a phone can dial'
    ),
    Wrong(
        LINE,
        'number = "+12135550123"',
        'number = "213-555-0123"',
        "is no number that a phone can dial. Write + and the country",
    ),
    Wrong(LINE, 'number = "+12135550123"', 'number = "+1 213 555 0123"', "is no number that a phone can dial"),
    Wrong(LINE, 'number = "+12135550123"', 'number = "+0123"', "is no number that a phone can dial"),
    Wrong(
        LINE,
        'number = "+12135550123"',
        'number = "+12135550124"',
        'line 20: call.shown: "213-555-0123" is not the number +12135550124',
    ),
    Wrong(LINE, 'shown = "213-555-0123"', 'shown = "213-555-0199"', '"213-555-0199" is not the number +12135550123'),
    Wrong(LINE, 'shown = "213-555-0123"', 'shown = "the kitchen"', '"the kitchen" is not the number'),
    Wrong(LINE, 'shown = "213-555-0123"', 'shown = "213-555-0123 (FOOD)"', 'the word "FOOD" spells 3663 on a phone'),
    Wrong(LINE, 'shown = "213-555-0123"\n', "", 'line 17: call: the field "shown" is missing'),
    Wrong(
        LINE,
        "[before]",
        '[text]\nto = "12"\nhours = "always"\n\n[before]',
        'text.to: "12" is no number that a phone can text',
    ),
    Wrong(
        LINE,
        "[before]",
        '[video]\nnumber = "+12135550123"\nshown = "213-555-0100"\nhours = "always"\n\n[before]',
        "is not the number +12135550123",
    ),
    Wrong(
        LINE,
        "[before]",
        '[chat]\nurl = "javascript:alert(1)"\nhours = "always"\n\n[before]',
        'chat.url: "javascript:alert(1)" is no address we may link to',
    ),
    Wrong(
        LINE, "[before]", '[chat]\nurl = "http://kitchen.example"\nhours = "always"\n\n[before]', "starts with https://"
    ),
    Wrong(LINE, "[before]", '[chat]\nurl = "kitchen.example"\nhours = "always"\n\n[before]', "starts with https://"),
    Wrong(
        LINE,
        "[before]",
        '[chat]\nurl = "https://a@kitchen.example"\nhours = "always"\n\n[before]',
        "is no address we may link to",
    ),
    Wrong(
        LINE,
        "[before]",
        '[chat]\nurl = "https://kitchen.example"\nurl_es = "data:text/html,x"\nhours = "always"\n\n[before]',
        "chat.url_es",
    ),
    Wrong(
        LINE,
        "[before]",
        '[chat]\nurl = "https://kitchen.example"\nwhat = "portal"\nhours = "always"\n\n[before]',
        "chat, form, tool, bot, finder",
    ),
    Wrong(LINE, "[call]", "[called]", 'called: there is no such field. Did you mean "call"?'),
    Wrong(LINE, 'confidence = "high"', 'confidence = "sure"', '"sure" is none of the choices: high, medium, low'),
    Wrong(LINE, "on = 2026-11-01", f"on = {NEXT_YEAR}", f"checked.on: {NEXT_YEAR} has not come yet"),
    Wrong(LINE, "on = 2026-11-01", 'on = "01/11/2026"', "checked.on: "),
    Wrong(LINE, "on = 2026-11-01", "on = 2026-11-31", "line 36: this is not TOML"),
    Wrong(LINE, 'how = "rung"', 'how = "called"', '"called" is none of the choices: copies, live, rung'),
    Wrong(LINE, 'date = "2026-11-01"', f'date = "{NEXT_YEAR}"', f"evidence.0.date: {NEXT_YEAR} has not come yet"),
    Wrong(LINE, 'date = "2026-11-01"', 'date = "2026-13-01"', '"2026-13-01" is no day'),
    Wrong(LINE, 'cost = "The call costs what your plan charges."\n', "", 'before: the field "cost" is missing'),
    Wrong(LINE, 'title = "Night Kitchen line"', 'title = "Night Kitchen line', "line 3: this is not TOML"),
    Wrong(LINE, "A worker from the kitchen.", "Call 213-555-0123.", 'before.who_answers: "213-555-0123" in a sentence'),
    Wrong(LINE, "[[evidence]]", "[[evidences]]", 'evidences: there is no such field. Did you mean "evidence"?'),
]

RECORDS = [
    Wrong(TIP, 'id = "own-kitchen-dinner"', 'id = "kitchen-dinner"',
        'id: "kitchen-dinner" does not start with own-, so a later release of ours could take it'),
    Wrong(TIP, 'id = "own-kitchen-dinner"', 'id = "own-dinner"', "is not the file's name"),
    Wrong(TIP, 'id = "own-kitchen-dinner"', 'id = "food-today"', '"food-today" is already in tips/'),
    Wrong(TIP, 'id = "own-kitchen-dinner"', 'id = "own-Kitchen Dinner"', "is not the file's name"),
    Wrong(TIP, 'id = "own-kitchen-dinner"\n', "", 'the field "id" is missing'),
    Wrong(TIP, 'code = "xcm4"', 'code = "xcm"', "Yours have 4 characters, ours 3"),
    Wrong(TIP, 'code = "xcm4"', 'code = "XCM4"', '"XCM4" is not a code'),
    Wrong(TIP, 'code = "xcm4"', 'code = "aeio"', '"aeio" is not a code'),
    Wrong(TIP, 'code = "xcm4"', 'code = "xcm6"', (
        'the code "xcm4" is on paper for own-kitchen-dinner, and no record '
        'wears it any more'
    )),
    Wrong(TIP, 'sources = ["own-nk"]', 'sources = ["ZZ"]', 'sources: "ZZ" is not in sources.toml'),
    Wrong(TIP, 'sources = ["own-nk"]', 'facts = ["CO-99"]', 'facts: "CO-99" is in no file of facts'),
    Wrong(TIP, 'sources = ["own-nk"]\n', "", "sources: none. Name the facts or sources"),
    Wrong(TIP, '["food-basic-needs"]', '["food"]', '"food" is not a topic. '),
    Wrong(TIP, '["food-basic-needs"]', '["food-basic-need"]', 'Did you mean "food-basic-needs"?'),
    Wrong(TIP, '["food-basic-needs"]', '"food-basic-needs"', "topics: write a list in square brackets"),
    Wrong(TIP, 'next = ["food-today"]', 'next = ["food-todays"]',
        'next.0: there is no record "food-todays". Did you mean "food-today"?'),
    Wrong(TIP, 'lines = ["own-night-kitchen-line"]', 'lines = ["night-kitchen-line"]',
        'lines.0: there is no record "night-kitchen-line"'),
    Wrong(TIP, 'lines = ["own-night-kitchen-line"]', 'lines = ["food-today"]', '"food-today" is not a line'),
    Wrong(TIP, 'lines = ["own-night-kitchen-line"]', 'lines = ["one-in-six"]', "has low confidence and is not shown"),
    Wrong(TIP, '"It is free."', '"Call 213-555-0123."', 'line 9: cost: "213-555-0123" in a sentence'),
    Wrong(TIP, '"It is free."', '"See https://kitchen.example."', '"https:" in a sentence'),
    Wrong(TIP, '"It is free."', '"It is <b>free</b>."', '"<" in a sentence'),
    Wrong(TIP, '"It is free."', "true", "cost: expected words between quotes, not bool"),
    Wrong(TIP, 'cost = "It is free."', 'costs = "It is free."',
        'line 9: costs: there is no such field. Did you mean "cost"?'),
    Wrong(TIP, 'cost = "It is free."', 'cost = "It is free."\nphoto = "x"',
        "photo: there is no such field. The fields here: id, code, title"),
    Wrong(TIP, "[[do]]", "[do]", "do: write a list in square brackets, not a table"),
    Wrong(TIP, "[[do]]\ntext", "[[do]]\ntxt", 'do.0.txt: there is no such field. Did you mean "text"?'),
    Wrong(TIP, '[[asks]]\nanswer = "short"', '[[asks]]\nanswer = "do.7"', (
        'asks.0.answer: the record has no text "do.7". Its texts: '
        'title, short'
    )),
    Wrong(TIP, 'title = "Dinner', 'tïtle = "Dinner', "this is not TOML"),
    Wrong(TIP, "[checked]", '[[reviews]]\nrole = "doctor"\nby = "X"\non = 2026-11-01\nseal = "x"\n\n[checked]',
        '"doctor" is none of the choices: clinician, lawyer'),
    Wrong(TIP, "[checked]", f'[[reviews]]\nrole = "lawyer"\nby = "X"\non = {NEXT_YEAR}\nseal = "x"\n\n[checked]',
        "has not come yet"),
    Wrong(PAIR, 'code = "x7nd"', 'code = "xcm4"', "is already the code of own-kitchen-"),
    Wrong(PAIR, 'mark = "d"', 'mark = "x"', '"x" is none of the choices: d, r, d/r'),
    Wrong(TIP_ES, 'cost = "Es gratis."', 'coste = "Es gratis."',
        'coste: the record has no text there. Did you mean "cost"?'),
    Wrong(TIP_ES, 'cost = "Es gratis."\n', "", (
        'own-kitchen-dinner.es.toml: there are no words for "cost". Add a line '
        'cost = "…"'
    )),
    Wrong(TIP_ES, '"Es gratis."', '"Llama al 213-555-0123."', "in a sentence"),
    Wrong(TIP_ES, '"Es gratis."', '""', "cost: write words between quotes"),
    Wrong(TIP_ES, '"Es gratis."', "7", "cost: write words between quotes"),
    Wrong(TIP_ES, '"Es gratis."', '"Es gratis.', "this is not TOML"),
    Wrong(LINE_ES, '"before.cost" =', "before.cost =", "before: the record has no text there"),
    Wrong(
        FACTS, "says = ", "say = ", 'facts.toml, line 2: own-nk-01.say: there is no such field. Did you mean "says"?'),
    Wrong(FACTS, 'confidence = "high"\n', "", 'facts.toml, line 1: own-nk-01: the field "confidence" is missing'),
    Wrong(FACTS, 'confidence = "high"', 'confidence = "sure"', "is none of the choices: high, medium"),
    Wrong(FACTS, "[own-nk-01]", "[own-nk-01", "facts.toml, line 1: this is not TOML"),
    Wrong(FACTS, "[own-nk-01]", "[CO-01]", (
        "CO-01: this id is taken already. Give the entry an id of its own, such as "
        "own-CO-01"
    )),
    Wrong(FACTS, "[own-nk-01]", "[NK-01]", 'NK-01: the id does not start with own-'),
    Wrong(FACTS, 'confidence = "high"', 'confidence = "unverified"',
        "it may not be published until a person has read the primary source"),
    Wrong(SOURCES, "[own-nk]", "[A2S]", "A2S: this id is taken already"),
    Wrong(SOURCES, "what = ", "whom = ", "own-nk.whom: there is no such field"),
    Wrong(PUBLISHED, 'xcm4 = "own-kitchen-dinner"', 'xcm4 = "own-kitchen-pair"',
        "is on paper for own-kitchen-pair, and now means own-kitchen-dinner"),
    Wrong(PUBLISHED, 'xcm4 = "own-kitchen-dinner"', "xcm4 = 4",
        "published.toml: write words between quotes, not a whole number"),
]  # fmt: skip

SETTINGS_FILE = [
    Wrong(SETTINGS, 'name = "Night Kitchen"', 'nmae = "Night Kitchen"',
        'settings.toml, line 2: nmae: there is no such field. Did you mean "name"?'),
    Wrong(SETTINGS, 'name = "Night Kitchen"', 'logo = "x.png"',
        "logo: there is no such field. The fields here: name, address"),
    Wrong(SETTINGS, 'name = "Night Kitchen"', 'name = "<b>"', "name: this is not a line of plain words"),
    Wrong(SETTINGS, 'name = "Night Kitchen"', "name = 7", (
        "line 2: name: write words between quotes, not a whole "
        "number"
    )),
    Wrong(SETTINGS, 'name = "Night Kitchen"', "name = ", "line 2: this is not TOML"),
    Wrong(SETTINGS, 'name = "Night Kitchen"', 'name = "Stop Sex Trafficking"',
        'settings.toml, line 2: name is "Stop Sex Trafficking". "Sex" would tell'),
    Wrong(SETTINGS, 'name = "Night Kitchen"', 'name = "The Night Kitchen of Main Street"',
        "Write 1 to 24 plain characters"),
    Wrong(SETTINGS, "https://nightkitchen.example", "https://nightkitchen.example/app",
        "Write it without what follows the host: https://nightkitchen.example."),
    Wrong(SETTINGS, "https://nightkitchen.example", "nightkitchen.example",
        "Write a whole address that starts with https://"),
    Wrong(SETTINGS, "https://nightkitchen.example", "https://stop-abuse.example",
        '"abuse" would tell whoever finds a card'),
    Wrong(SETTINGS, 'county = "los-angeles"', 'county = "Los Angeles"',
        "settings.toml, line 4: county is \"Los Angeles\". Write the county in small letters"),
    Wrong(SETTINGS, 'county = "los-angeles"', 'county = "inyo"',
        'settings.toml, line 4: county: no line may be shown for the county "inyo". Write one of alameda'),
    Wrong(SETTINGS, "hello@nightkitchen.example", "hello at nightkitchen", "an e-mail address of the organisation"),
    Wrong(SETTINGS, "https://weather.example/", "http://weather.example/", "settings.toml, line 10: exit.en is"),
    Wrong(SETTINGS, "https://weather.example/", "javascript:alert(1)",
        "Write a whole address that starts with https://"),
    Wrong(SETTINGS, 'en = "https://weather.example/"', 'fr = "https://weather.example/"',
        '"fr" is no language of this app. The languages: en, es'),
    Wrong(SETTINGS, 'lines = ["own-night-kitchen-line"]', 'lines = ["own-night-kitchen-lines"]',
        'Did you mean "own-night-kitchen-line"?'),
    Wrong(SETTINGS, 'lines = ["own-night-kitchen-line"]', 'lines = ["own-kitchen-dinner"]',
        "settings.toml, line 7: lines: \"own-kitchen-dinner\" is no line that is shown"),
    Wrong(SETTINGS, 'lines = ["own-night-kitchen-line"]', 'lines = ["one-in-six"]',
        "\"one-in-six\" is no line that is shown"),
    Wrong(SETTINGS, 'lines = ["own-night-kitchen-line"]', 'lines = "own-night-kitchen-line"',
        "lines: write a list in square brackets, not words between quotes"),
    Wrong(SETTINGS, 'lines = ["own-night-kitchen-line"]', 'lines = ["Night Kitchen line"]',
        '"Night Kitchen line" (number 1) is no id'),
    Wrong(SETTINGS, 'es = "Lo lleva', 'fr = "Lo lleva', '"fr" is no language of this app'),
    Wrong(SETTINGS, 'es = "Lo lleva Night Kitchen, un lugar abierto para jóvenes."\n', "",
        'footer: "es" is missing. Write it in every language: en, es'),
    Wrong(SETTINGS, "a drop-in for young people.", "help for victims.",
        'footer.en: "victims" would tell whoever sees it'),
    Wrong(SETTINGS, 'es = { name = "Centro', '# { name = "Centro', 'places.0: "es" is missing'),
    Wrong(SETTINGS, 'where = "12 Main Street, side door", ', "", 'line 16: places.0: the field "where" is missing'),
    Wrong(SETTINGS, 'where = "12 Main Street, side door"', 'where = ""',
        "places.0.en.where: this is not a line of plain words"),
    Wrong(SETTINGS, 'name = "Night Kitchen drop-in"', 'name = "Rape Crisis Drop-in"',
        'places.0.en.name: "Rape" would tell'),
    Wrong(SETTINGS, 'name = "Centro Night Kitchen"', 'name = "Centro contra la explotación"',
        '"explotación" would tell'),
    Wrong(SETTINGS, "[[places]]", "[places]", "places: write a list in square brackets, not a table"),
    Wrong(SETTINGS, 'records = "records"', 'records = "elsewhere"', "settings.toml, line 6: records names the folder"),
]  # fmt: skip

READ_AGAIN = [
    Wrong(LINE, 'area = "los-angeles"', 'area = "Siskiyu"', 'line 8: area: "Siskiyu" names no county of California'),
    Wrong(LINE, 'area = "los-angeles"', 'area = ""', 'area: "" names no county of California'),
    Wrong(LINE, 'area = "los-angeles"', 'area = "los-angeles"\nages = "17-0"', 'ages: "17-0" is no range of ages'),
    Wrong(LINE, 'area = "los-angeles"', 'area = "los-angeles"\nages = "teens"', 'ages: "teens" is no range of ages'),
    Wrong(LINE, '"Night Kitchen line"', '""', "line 3: title: nothing. Write the words."),
    Wrong(LINE, '"Night Kitchen line"', '"   "', "line 3: title: nothing. Write the words."),
    Wrong(LINE, '"Night Kitchen line"', '"Night\\nKitchen"', "title: a mark that cannot be seen is in it (U+000A)"),
    Wrong(LINE, '"Night Kitchen line"', '"Night \\u202eKitchen"', "a mark that cannot be seen is in it (U+202E)"),
    Wrong(LINE, '"Night Kitchen line"', f'"{"long " * 60}"', "title: 300 characters. Write at most 80"),
    Wrong(LINE, "[[call.open]]", '[[call.open]]\ndays = ["tue"]\nstart = "19:00"\nend = "21:00"\n\n[[call.open]]',
        "call.open: two of the times overlap on tue"),
    Wrong(LINE, '"https://nightkitchen.example/line"', '"nightkitchen"',
        'evidence.0.address: "nightkitchen" is no address'),
    Wrong(LINE, 'says = "The line is open on drop-in nights."', 'says = ""', "line 14: evidence.0.says: nothing"),
    Wrong(LINE, "on = 2026-11-01", "on = 1999-01-01", "checked.on: 1999-01-01 is before 2020. Look at the year."),
    Wrong(LINE, '["hotline-connect"]', "[]", "line 4: topics: none, so no search finds it"),
    Wrong(LINE, '["hotline-connect"]', '["hotline-connect", "hotline-connect"]', '"hotline-connect" is named twice'),
    Wrong(LINE, '"+12135550123"\nshown = "213-555-0123"', '"+19005550123"\nshown = "900-555-0123"',
        'line 19: call.number: "+19005550123" is a number that charges whoever calls it'),
    Wrong(LINE, '"+12135550123"\nshown = "213-555-0123"', '"+10135550123"\nshown = "013-555-0123"',
        '"+10135550123" is no number that a phone can dial'),
    Wrong(LINE, '"+12135550123"\nshown = "213-555-0123"', '"123"\nshown = "123"',
        '"123" is no number that a phone can dial'),
    Wrong(LINE, '"+12135550123"', '"+12135550123;ext=5"', "is no number that a phone can dial"),
    Wrong(LINE, '"+12135550123"\nshown = "213-555-0123"', '"*67"\nshown = "*67"', "is no number that a phone can dial"),
    Wrong(LINE, 'confidence = "high"', 'confidence = "low"',
        '"own-night-kitchen-line" has low confidence and is not shown'),
    Wrong(LINE, 'id = "own-night-kitchen-line"', 'id = "own-night-kitchen-line"\nid = "own-b"',
        "line 2: this is not TOML"),
    Wrong(LINE, "[call]\n", '[call]\nlanguages = ["es"]\nunknown = ["es"]\n', '"es" is in languages too'),
    Wrong(LINE, "[call]\n", '[call]\nlanguages = ["en"]\npress = { es = "2" }\n', 'press: "es" is not in languages'),
    Wrong(TIP, '["food-today"]', '["own-kitchen-dinner"]', "line 11: next: it leads to itself"),
    Wrong(TIP, '["food-today"]', '["food-today", "food-today"]', 'next: "food-today" is named twice. Name it once.'),
    Wrong(TIP, 'en = ["night kitchen", "free dinner main street"]', 'en = [""]', "asks.0.en: a question is empty"),
    Wrong(TIP, 'es = ["night kitchen", "cena gratis"]', 'fr = ["cuisine"]',
        'tips/own-kitchen-dinner.toml: asks: "fr" is no language of this app. The languages: en, es.'),
    Wrong(TIP_ES, '"Es gratis."', '"Es\\tgratis."', "cost: a mark that cannot be seen is in it (U+0009)"),
    Wrong(PUBLISHED, "xcm4", "XCM4", 'published.toml, line 4: "XCM4" is not a code. Write it as'),
    Wrong(PUBLISHED, "xcm4", "k7td", 'published.toml, line 4: the code "k7td" is on paper for own-kitchen-dinner'),
    Wrong(PUBLISHED, "xq7r =", 'xcm4 = "own-kitchen-pair"\nxq7r =', "published.toml, line 5: this is not TOML"),
    Wrong(SETTINGS, '"Night Kitchen"', '"S.e.x. Ed"', 'settings.toml, line 2: name is "S.e.x. Ed". "sex" would tell'),
    Wrong(SETTINGS, '"Night Kitchen"', '"StopTrafficking"', '"traffick" would tell whoever sees the title'),
    Wrong(SETTINGS, "https://nightkitchen", "http://nightkitchen", "Write https://nightkitchen.example: over http"),
    Wrong(SETTINGS, "nightkitchen.example", "stopexploitation.example", '"exploit" would tell whoever finds a card'),
    Wrong(SETTINGS, "nightkitchen.example", "night_kitchen", '"night_kitchen" is no host that a phone can find'),
    Wrong(SETTINGS, "nightkitchen.example", "*.nightkitchen.example", "is no host that a phone can find"),
    Wrong(SETTINGS, "nightkitchen.example", "nightkitchen", '"nightkitchen" is no host that a phone can find'),
    Wrong(SETTINGS, "nightkitchen.example", "cocina-niña.example", "Its ASCII form begins xn--."),
    Wrong(SETTINGS, "nightkitchen.example", "nightkitchen.example:99999", "Write a whole address"),
    Wrong(SETTINGS, "hello@", "abuse@",
        'settings.toml, line 5: contact is "abuse@nightkitchen.example". "abuse" would tell'),
    Wrong(SETTINGS, "hello@nightkitchen", "a@stoptrafficking", '"traffick" would tell what this app is about'),
    Wrong(SETTINGS, "https://weather", "https://stopabuse", '"abuse" would stay in the history of the phone'),
    Wrong(SETTINGS, "https://weather.example/", "https://nightkitchen.example/",
        "line 10: exit.en leads back to https://"),
    Wrong(SETTINGS, '["own-night-kitchen-line"]', '["own-night-kitchen-line", "own-night-kitchen-line"]',
        'line 7: lines: "own-night-kitchen-line" is named twice'),
    Wrong(SETTINGS, "a drop-in for young people.", "call 213-555-0123.", 'footer.en: "213-555-0123." in a sentence'),
    Wrong(SETTINGS, "a drop-in for young people.", "https://kitchen.example", 'footer.en: "https:" in a sentence'),
    Wrong(SETTINGS, "No ID and no name needed.", "Call 213-555-0123.", "places.0.en.about: "),
    Wrong(SETTINGS, "[[places]]", '[[places]]\nname = "X"\nkinds = "drop-in"\ncounty = "Fresno"\nphone = "123"\n'
        'checked_on = 2026-11-03\nhow_checked = "rang"\n[[places]]',
        "line 20: places.0.phone: is not a whole number. Write it with its area code"),
    Wrong(SETTINGS, "[[places]]", "[[place]]",
        'settings.toml, line 16: place: there is no such field. Did you mean "places"?'),
]  # fmt: skip


@pytest.fixture
def organisation(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "organisation"))


def refusal(organisation: Path, **variables: str) -> str:
    """Return what a start says with the settings of a folder. Fails when it starts, or says more than a message."""
    environment = {"PORCHLIGHT_FILE": str(organisation / SETTINGS), **variables}
    with pytest.raises(REFUSALS) as refused:
        create_app(Settings.from_environment(environment))
    said = str(refused.value)
    assert "Traceback" not in said
    assert "`$" not in said, "a message of the parser, not of ours"
    return said


@pytest.mark.parametrize("wrong", [*LINES, *RECORDS, *SETTINGS_FILE, *READ_AGAIN], ids=str)
def test_a_wrong_input_does_not_start_and_is_named(organisation: Path, wrong: Wrong) -> None:
    file = organisation / wrong.file
    text = file.read_text("utf-8")
    assert wrong.old in text
    file.write_text(text.replace(wrong.old, wrong.new, 1), "utf-8")
    said = refusal(organisation)
    assert wrong.said in said


def test_the_table_is_as_long_as_promised() -> None:
    assert len([*LINES, *RECORDS, *SETTINGS_FILE, *FOLDERS, *VARIABLES]) >= 66
    assert len(READ_AGAIN) >= 40


def _write(name: str, content: bytes) -> Callable[[Path], None]:
    def change(organisation: Path) -> None:
        (organisation / name).parent.mkdir(parents=True, exist_ok=True)
        (organisation / name).write_bytes(content)

    return change


def _move(old: str, new: str) -> Callable[[Path], None]:
    def change(organisation: Path) -> None:
        (organisation / old).rename(organisation / new)

    return change


def _bom(name: str) -> Callable[[Path], None]:
    def change(organisation: Path) -> None:
        (organisation / name).write_bytes(b"\xef\xbb\xbf" + (organisation / name).read_bytes())

    return change


FOLDERS: list[tuple[Callable[[Path], None], str]] = [
    (
        _move("records/tips", "records/tip"),
        'tip: nothing of this name is read, so what is in it would be missing. Did you mean "tips"?',
    ),
    (_write("records/tipps/own-x.toml", b""), 'Did you mean "tips"?'),
    (_write("records/tips/more/own-x.toml", b""), "tips/more: a folder in a folder of records is not read"),
    (
        _move(TIP, f"{TIP}.txt"),
        'own-kitchen-dinner.toml.txt: a record\'s file ends in ".toml", so this one is not read. Name it '
        '"own-kitchen-dinner.toml"',
    ),
    (_write("records/tips/own-x.docx", b""), 'own-x.docx: a record\'s file ends in ".toml"'),
    (
        _write("records/facts.toml.txt", b""),
        'facts.toml.txt: nothing of this name is read, so what is in it would be missing. Did you mean "facts.toml"?',
    ),
    (_write("records/fact.toml", b""), 'Did you mean "facts.toml"?'),
    (
        _write("records/photo.jpg", b""),
        "photo.jpg: nothing of this name is read, so what is in it would be missing. Known here: tips, now",
    ),
    (_write("records/tips/own-x.es.toml", b""), 'there is no record "own-x.toml" beside it'),
    (_write("records/tips/own-kitchen-dinner.fr.toml", b'title = "x"'), "own-kitchen-dinner.fr.toml"),
    (_bom(TIP), "tips/own-kitchen-dinner.toml, line 1: the file starts with a byte-order mark. Save it as"),
    (_bom(TIP_ES), "byte-order mark"),
    (_bom(FACTS), "facts.toml, line 1: the file starts with a byte-order mark"),
    (_bom(SETTINGS), "settings.toml, line 1: the file starts with a byte-order mark"),
    (_write(TIP, b'id = "own-kitchen-dinner"\ntitle = "Caf\xe9"\n'), "line 2: a letter there is not UTF-8"),
    (_write(TIP, b""), 'the field "id" is missing'),
    (lambda organisation: (organisation / TIP_ES).unlink(), "own-kitchen-dinner"),
    (_move("settings.toml", "other.toml"), "and no file can be read there. Write the path of your settings file"),
]


@pytest.mark.parametrize(("change", "told"), FOLDERS, ids=[told[:50] for _change, told in FOLDERS])
def test_what_would_be_read_by_nobody_is_refused(organisation: Path, change: Callable[[Path], None], told: str) -> None:
    change(organisation)
    assert told in refusal(organisation)


VARIABLES = [
    ("NAME", "", "1 to 24 plain characters"),
    ("NAME", "<script>", "1 to 24 plain characters"),
    ("NAME", "x" * 500, "1 to 24 plain characters"),
    ("NAME", "HIV Help", '"HIV" would tell whoever sees the title'),
    ("ADDRESS", "example.org", "Write a whole address"),
    ("ADDRESS", "ftp://example.org", "Write a whole address"),
    ("ADDRESS", "https://example.org/app?x=1", "Write it without what follows the host: https://example.org."),
    ("ADDRESS", "https://user@example.org", "Write a whole address"),
    ("ADDRESS", "http://[", "Write a whole address"),
    ("EXIT_EN", "http://example.org", "starts with https://"),
    ("EXIT_ES", "javascript:alert(1)", "starts with https://"),
    ("COUNTY", "Los Angeles", "small letters with hyphens"),
    ("CONTACT", "call me", "an e-mail address"),
    ("POCKET", "yes", "Write on or off"),
    ("TODAY", "tomorrow", "Write a day"),
    ("RECORDS", "/nowhere", "PORCHLIGHT_RECORDS names the folder"),
    ("FILE", "/nowhere/settings.toml", "no file can be read there"),
    ("COLOUR", "red", "is not a setting. The settings are: PORCHLIGHT_ADDRESS"),
]


@pytest.mark.parametrize(("name", "value", "told"), VARIABLES)
def test_a_wrong_variable_is_refused_in_one_line(name: str, value: str, told: str) -> None:
    with pytest.raises(REFUSALS, match="PORCHLIGHT_") as refused:
        Settings.from_environment({f"PORCHLIGHT_{name}": value})
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_sample_itself_starts(organisation: Path) -> None:
    assert create_app(Settings.from_environment({"PORCHLIGHT_FILE": str(organisation / SETTINGS)}))


def test_a_county_of_ones_own_opens_with_an_own_line(organisation: Path) -> None:
    file = organisation / LINE
    other = file.with_name("own-cps-inyo.toml")
    other.write_text(
        file.read_text("utf-8").replace("own-night-kitchen-line", "own-cps-inyo").replace("xq7r", "xq7t"), "utf-8"
    )
    shutil.copy(organisation / LINE_ES, other.with_name("own-cps-inyo.es.toml"))
    settings = Settings.from_environment({"PORCHLIGHT_FILE": str(organisation / SETTINGS), "PORCHLIGHT_COUNTY": "inyo"})
    client = create_app(settings).test_client()
    library: Library = client.application.extensions["library"]
    assert "213-555-0123" in client.get(f"/en/{library.get('talk-home').code}").text


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LINE, 'start = "18:00"', 'start = "3pm"'),
        (SETTINGS, 'county = "los-angeles"', 'county = "inyo"'),
        (TIP_ES, 'cost = "Es gratis."\n', ""),
    ],
)
def test_the_check_says_what_the_start_says(organisation: Path, file: str, old: str, new: str) -> None:
    path = organisation / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    said = refusal(organisation)
    for command in (["check", "--fast"], ["check"], ["content", "check"]):
        told = CliRunner().invoke(main, command, env={"PORCHLIGHT_FILE": str(organisation / SETTINGS)})
        assert told.exit_code == 1, command
        assert said in told.output, command


@pytest.mark.parametrize(("variable", "value"), [("PORCHLIGHT_COUNTY", "inyo"), ("PORCHLIGHT_NAME", "HIV Help")])
def test_a_refused_start_prints_one_sentence_and_no_traceback(variable: str, value: str) -> None:
    for command in ([sys.executable, "-c", "import wsgi"], [sys.executable, "-m", "youthapp", "check", "--fast"]):
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, variable: value}, capture_output=True, text=True, check=False
        )
        assert done.returncode in (1, 3)
        assert value in done.stderr
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
