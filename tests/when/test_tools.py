"""The tools: the whole table without script, each sentence a record's, and every combination of taps has a result."""

import copy
import re
from itertools import pairwise, product

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import LANGUAGES
from youthapp.library.schema import answer
from youthapp.library.tables import Said, Tool, clock_at, method_at, tables, tool_problems

TOOLS = tables().fits.tool


def plainly(html: str) -> str:
    return " ".join(html.replace("&#39;", "'").replace("&#34;", '"').split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_table_of_clocks_stands_there_without_script(language: str, client: FlaskClient, app: Flask) -> None:
    """Every clock in the reader's language, with its best time, its limit and what to do after it."""
    html = plainly(client.get(f"/{language}/when").text)
    say = app.extensions["translators"][language].translate
    library = app.extensions["library"]
    assert html.count("data-choice") == 7
    for said in (*tables().when.row, *tables().when.later):
        record = say(library.get(said.record))
        clock = clock_at(record, said.path)
        for text in (clock.what, clock.best, clock.limit, clock.after) if clock else (answer(record, said.path),):
            assert str(text) in html, (said.at, text)


def test_a_clock_still_works_until_the_day_of_its_limit_and_is_late_from_then_on(client: FlaskClient) -> None:
    html = plainly(client.get("/en/when").text)
    pep = html.split("Pills to stop HIV")[1].split("</li>")[0]
    assert 'data-needs="day:0,1,2,3"' in pep
    assert 'data-needs="day:3,4,5,6" data-late' in pep
    iud = html.split("Copper IUD")[1].split("</li>")[0]
    assert 'data-needs="day:0,1,2,3,4,5"' in iud


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_tools_is_a_records(language: str, client: FlaskClient, app: Flask) -> None:
    html = plainly(client.get(f"/{language}/fits").text)
    say, library = app.extensions["translators"][language].translate, app.extensions["library"]
    for tool in TOOLS:
        assert f'data-tool="{tool.id}"' in html
        for result in tool.result:
            for said in result.says:
                record = say(library.get(said.record))
                method = method_at(record, said.path)
                for text in (
                    (method.name, method.how_well, method.how_long, method.who_can_see, method.where)
                    if method
                    else (answer(record, said.path),)
                ):
                    assert str(text) in html, (said.at, text)


@pytest.mark.parametrize("tool", TOOLS, ids=[tool.id for tool in TOOLS])
def test_every_combination_of_taps_has_a_result(tool: Tool) -> None:
    combinations = list(product(*(ask.taps() for ask in tool.ask)))
    assert len(combinations) >= 6
    for taps in combinations:
        picks = dict(zip([ask.id for ask in tool.ask], taps, strict=True))
        assert [result for result in tool.result if result.stands(picks)], picks


def test_any_two_wishes_but_one_pair_lead_to_a_kind_of_birth_control() -> None:
    """No kind without hormones makes periods lighter: there only what always stands is left."""
    tool = next(tool for tool in TOOLS if tool.id == "birth-control")
    found = {
        taps: [said.path for result in tool.result if result.stands({"want": taps}) for said in result.says]
        for taps in tool.ask[0].taps()
    }
    assert len(found) == 31
    without = [taps for taps, paths in found.items() if not any(path.startswith("methods.") for path in paths)]
    assert [taps for taps in without if len(taps) < 3] == [("hormones", "periods")]
    assert {path for taps, paths in found.items() if "hormones" in taps for path in paths if "methods" in path} == {
        f"methods.{place}" for place in (2, 7, 8)
    }
    assert found["hidden", "clinic"][0] == found["clinic", "well"][0] == "methods.3"


def test_a_question_of_several_taps_is_asked_for_every_set_of_them(app: Flask) -> None:
    fits = tables().fits
    replace = msgspec.structs.replace
    tool = next(tool for tool in fits.tool if tool.id == "birth-control")
    told = list(
        tool_problems(
            app.extensions["library"], tables().when, replace(fits, tool=(replace(tool, result=tool.result[:-1]),))
        )
    )
    assert "fits.toml: birth-control: no result for {'want': ('hormones', 'periods')}." in told


def test_the_taps_have_words_in_every_language() -> None:
    texts = [day.text for day in tables().when.day]
    for tool in TOOLS:
        texts += [tool.title, *(ask.title for ask in tool.ask), *(c.text for ask in tool.ask for c in ask.choices)]
    assert not [text for text in texts if not all(text.get(language) for language in LANGUAGES)]


def test_a_tool_that_no_longer_fits_its_records_keeps_the_app_from_starting(app: Flask) -> None:
    library, when, fits = app.extensions["library"], tables().when, tables().fits
    assert not list(tool_problems(library, when, fits))
    replace = msgspec.structs.replace
    gone = replace(when, later=(Said(at="hiv-test/know.99", says="x"), Said(at="hiv-test/short", says="pizza")))
    told = list(tool_problems(library, gone, fits))
    assert ['there is no sentence "hiv-test/know.99"' in told[0], "no longer says" in told[1]] == [True, True]
    tool = copy.copy(fits.tool[0])
    told = list(tool_problems(library, when, replace(fits, tool=(replace(tool, result=tool.result[1:2]),))))
    assert any("no result for" in problem for problem in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_answer_links_to_a_page_once_in_a_row_and_a_condition_reads_as_words(
    language: str, client: FlaskClient
) -> None:
    outcomes = plainly(client.get(f"/{language}/fits").text).split("data-outcome data-needs=")[1:]
    assert len(outcomes) > 10
    for outcome in outcomes:
        card = outcome.split("</li>")[0]
        linked = re.findall(r'<a class="small" href="([^"]+)"', card)
        assert not [one for one, after in pairwise(linked) if one == after], card
    weight = {"en": "Your weight: About", "es": "Tu peso: Unas"}[language]
    assert any(weight in outcome for outcome in outcomes)
