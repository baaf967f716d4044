"""Ask on a phone: what it answers, what it keeps (nothing), and what it does with bad input, without script, in
Spanish, by keyboard."""

import json
import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.scripts import holding, nothing_happens
from tests.conftest import PHONE, Server
from youthapp.library.tables import tables

pytestmark = pytest.mark.xdist_group("ask")

SECRET = "xylophone busted wat do i do"


def typed(page: Page, question: str) -> None:
    """Type a question into the emptied field, which hides the answers to the one before, and wait for its answers."""
    page.locator("[data-ask]").fill("")
    page.locator("[data-ask]").fill(question)
    page.wait_for_function("() => !document.querySelector('[data-answers]').hidden")


def ask(page: Page, question: str, path: str = "/en/ask") -> list[tuple[str, list[str]]]:
    """Type a question and return (record id, topics) of the answers in order."""
    # A quiet move to an answer leaves the address: only the field tells where we are.
    if not page.url.endswith(path) or not page.locator("[data-ask]").count():
        page.goto(path)
    typed(page, question)
    return [
        (item.get_attribute("data-result") or "", (item.get_attribute("data-topics") or "").split())
        for item in page.locator("[data-result]").all()
    ]


@pytest.fixture(scope="module")
def tab(chromium: Browser, server: Server) -> Iterator[Page]:
    """One page for the many questions: the index is fetched once."""
    context = chromium.new_context(**PHONE, base_url=server.url)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("path", "question", "first"),
    [
        ("/en/ask", "condom busted wat do i do", "condom-broke"),
        ("/en/ask", "CONDOOOM BROKE!!!", "condom-broke"),
        ("/en/ask", "will the bill come to my mom", "right-bills-mail"),
        ("/es/ask", "me quieren cobrar por salirme", "say-i-owe"),
        ("/es/ask", "se me rompió el condón", "condom-broke"),
        ("/es/ask", "se me rompio el condon", "condom-broke"),
        ("/es/ask", "my condom broke", "condom-broke"),
        ("/en/ask", "el condon se rompio", "condom-broke"),
    ],
)
def test_the_right_card_comes_first(path: str, question: str, first: str, tab: Page) -> None:
    assert ask(tab, question, path)[0][0] == first


@pytest.mark.parametrize(
    ("path", "question", "guide", "line"),
    [
        ("/en/ask", "i want to kms", "want-to-die", "lifeline-988"),
        ("/en/ask", "i want to lull myself", "want-to-die", "lifeline-988"),
        ("/es/ask", "ya no quiero vivir", "want-to-die", "lifeline-988"),
        ("/en/ask", "my friend took pills and hes not breathing", "not-breathing", "emergency-911"),
        ("/es/ask", "mi novio me apretó el cuello", "hurt-or-neck", "emergency-911"),
        ("/en/ask", "he has a gun", "gun-near-me", "emergency-911"),
        ("/en/ask", "they r taking me to vegas tonight", "being-moved", "emergency-911"),
    ],
)
def test_danger_now_puts_the_guide_and_its_line_on_top(
    path: str, question: str, guide: str, line: str, tab: Page
) -> None:
    found = [key for key, _topics in ask(tab, question, path)]
    assert found[:2] == [guide, line]
    first = tab.locator("[data-result]").first
    expect(first.locator("a[href^='tel:'], a[href^='sms:']").first).to_be_visible()
    # in a danger the buttons come at once, and what the line has to report stands under them
    assert first.evaluate(
        "row => row.querySelector('a[href^=\"tel:\"]').compareDocumentPosition(row.querySelector('[data-report]')) & 4"
    )


@pytest.mark.parametrize(
    "question",
    [
        "my parents would kill me if i was on the pill",
        "i died laughing",
        "what is an overdose",
        "im dead lol is my crush gay",
    ],
)
def test_a_manner_of_speaking_or_a_fact_alarms_nobody(question: str, tab: Page) -> None:
    ask(tab, question)
    first = (
        tab.locator("[data-result]").first.get_attribute("data-result") if tab.locator("[data-result]").count() else ""
    )
    assert first not in {group.card for group in tables().search_words.danger}


def test_each_answer_shows_title_short_answer_and_kind(tab: Page) -> None:
    found = ask(tab, "condom broke after we did it on the couch at his moms house")
    assert len(found) == 3
    assert all(1 <= len(topics) <= 3 for _key, topics in found)
    first = tab.locator("[data-result]").first
    for part in ("kind", "title", "short"):
        assert first.locator(f"[data-{part}]").inner_text().strip(), part
    expect(first.locator("[data-clock]")).to_be_visible()
    first.locator("[data-open]").click()
    expect(tab.locator("h1")).to_have_text("The condom broke, or there was none")


def test_nothing_found_is_not_the_end(tab: Page) -> None:
    assert ask(tab, "qwxzv") == []
    answers = tab.locator("[data-answers]")
    expect(answers).to_contain_text("No answer for these words yet")
    assert answers.locator("[data-shelf]:visible").count() == 12
    for way in ("Talk to someone", "How to ask a line", "Every question, A to Z"):
        expect(answers.get_by_role("link", name=way)).to_be_visible()


BAD = [
    "a" * 10_000,
    "help me " * 1250,
    "🍆💀😭",
    "\u202emoc\u202c \u200f\u200e",
    "<img src=x onerror=document.title=1><script>alert(1)</script>",
    "?!... ---",
    "   ",
    "\\ [ ( * +",
    "我需要帮助",
    "помогите мне",
    "أحتاج مساعدة",
    "constructor __proto__ toString",
]


@pytest.mark.parametrize("question", BAD, ids=range(len(BAD)))
def test_bad_input_breaks_nothing(question: str, tab: Page) -> None:
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    ask(tab, "condom broke")
    if question.strip():
        typed(tab, question)
    else:
        tab.locator("[data-ask]").fill(question)
    assert tab.title() == "Ask · Porchlight"
    assert tab.locator("[data-answers] img, [data-answers] script").count() == 0
    if question.strip():
        expect(tab.locator("[data-answers]").get_by_role("link", name="Talk to someone", exact=True)).to_be_visible()
    assert ask(tab, "condom broke")[0][0] == "condom-broke"
    assert errors == []


def kept(page: Page) -> str:
    """Return all that the page can keep, as text: address, history, cookies, every kind of storage."""
    return str(
        page.evaluate(
            """async () => JSON.stringify([location.href, history.length, history.state, document.cookie, Object.entries(localStorage), Object.entries(sessionStorage),
              indexedDB.databases ? await indexedDB.databases() : [], self.caches ? await caches.keys() : []])"""
        )
    )


def test_a_question_goes_nowhere(phone: Page) -> None:
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(f"{request.method} {request.url} {request.post_data or ''}"))
    phone.goto("/en/ask")
    before, loaded = kept(phone), len(requests)
    field = phone.locator("[data-ask]")
    assert not [line for line in requests if ".json" in line], "the index came before anybody touched the field"
    field.press_sequentially(SECRET, delay=5)
    field.press("Enter")
    phone.wait_for_function("() => !document.querySelector('[data-answers]').hidden")
    nothing_happens(phone)
    assert kept(phone) == before
    later = requests[loaded:]
    assert sum(".json" in line for line in later) == 2
    # The index and its sentences, and scripts of this release, the same bytes for everyone (navigation.js fetches some
    # of its own by then): nothing is asked for by its words.
    assert all(
        re.search(r"GET \S+/static/[0-9a-f]{12}/(?:(?:index|answers)-en\.json|app/[A-Z0-9]{8}\.js) $", line)
        for line in later
    ), later
    assert "xylophone" not in " ".join(requests)


def test_the_watch_on_requests_bites(phone: Page) -> None:
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))
    phone.goto("/en/ask")
    phone.locator("[data-ask]").fill(SECRET)
    with phone.expect_request("**/en/?q=*"):
        phone.evaluate("() => { fetch('/en/?q=' + document.querySelector('[data-ask]').value.split(' ')[0]); }")
    assert "xylophone" in " ".join(requests)


def test_the_field_asks_the_browser_to_keep_nothing(phone: Page) -> None:
    for path in ("/en/", "/es/ask"):
        phone.goto(path)
        field = phone.locator("[data-ask]")
        told = field.evaluate(
            "field => [field.name, field.id, field.type, field.autocomplete, field.getAttribute('autocorrect'), "
            "field.getAttribute('autocapitalize'), field.spellcheck, !!field.form]"
        )
        assert told == ["", "", "text", "off", "off", "off", False, False]


@pytest.mark.parametrize(
    "leaving", ["document.dispatchEvent(new Event('app:leave'))", "window.dispatchEvent(new Event('pagehide'))"]
)
def test_leaving_forgets_the_question(leaving: str, phone: Page) -> None:
    ask(phone, SECRET, "/en/")
    phone.evaluate(leaving)
    assert phone.locator("[data-ask]").input_value() == ""
    assert phone.locator("[data-result]").count() == 0


def test_swapping_the_page_forgets_the_question_and_starts_the_next_field(phone: Page) -> None:
    ask(phone, SECRET, "/en/")
    phone.evaluate("() => { window.old = document.querySelector('[data-ask]'); }")
    phone.locator('.bar a[href$="/ask"]').click()
    phone.wait_for_function(
        "() => document.querySelector('[data-ask]') && document.querySelector('[data-ask]') !== window.old"
    )
    assert phone.evaluate("window.old.value") == ""
    phone.locator("[data-ask]").fill("condom broke")
    phone.wait_for_selector("[data-result=condom-broke]")


@pytest.mark.parametrize("path", ["/en/ask", "/es/ask"])
def test_without_script_every_question_stands_from_a_to_z(path: str, chromium: Browser, server: Server) -> None:
    context = chromium.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(path)
    assert page.locator("[data-ask]").count() == 0
    letters = page.locator("nav .chip[href^='#az-']")
    assert letters.count() > 15
    letters.last.click()
    assert page.locator("details.az").count() > 150
    entry = page.locator("details.az").first
    entry.locator("summary").click()
    expect(entry.locator("a.go")).to_be_visible()
    page.goto(path.replace("ask", ""))
    page.locator("a.asking").click()
    assert page.url.endswith("/ask")
    context.close()


def test_without_the_library_the_link_to_the_alphabet_stays(phone: Page) -> None:
    phone.route(holding("minisearch"), lambda route: route.abort())
    phone.goto("/en/ask")
    phone.locator("[data-ask]").fill("condom")
    expect(phone.locator("[data-answers]")).to_contain_text("The search did not load")
    expect(phone.locator("[data-answers]").get_by_role("link", name="Every question, A to Z")).to_be_visible()


def test_a_screen_reader_hears_the_count_once(phone: Page) -> None:
    phone.goto("/en/ask")
    phone.wait_for_selector("[data-ask]")
    phone.evaluate("""() => { window.heard = []; new MutationObserver(() => { const text = document.querySelector("[role=status]").textContent; if (text) window.heard.push(text); })
      .observe(document.querySelector("[role=status]"), { childList: true, characterData: true, subtree: true }); }""")
    ask(phone, "condom", "/en/ask")
    said = phone.locator("[role=status]")
    expect(said).to_have_text(re.compile(r"^\d+ answers$"))
    phone.evaluate("() => { document.querySelector('[role=status]').textContent = ''; window.heard.length = 0; }")
    phone.locator("[data-ask]").press_sequentially(" broke last night", delay=20)
    # Only what stands after the last letter is said: what an earlier one had begun would have been said before it.
    expect(said).to_have_text(re.compile(r"^\d+ answers$"))
    assert len(phone.evaluate("window.heard")) == 1


def test_the_keyboard_reaches_the_first_answer_and_its_button(phone: Page) -> None:
    ask(phone, "i want to die")
    phone.locator("[data-ask]").focus()
    seen = []
    for _ in range(7):
        phone.keyboard.press("Tab")
        seen.append(
            phone.evaluate(
                "[document.activeElement.tagName, document.activeElement.dataset.open !== undefined, "
                "(document.activeElement.href || '').slice(0, 4)]"
            )
        )
    assert ["A", True, "http"] in seen
    assert any(kind == "tel:" for _tag, _open, kind in seen)


@pytest.mark.parametrize("path", ["/en/", "/en/ask"])
def test_the_field_takes_the_links_place_without_a_shift(path: str, phone: Page) -> None:
    phone.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += "
        "entry.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    phone.goto(path)
    phone.wait_for_selector("[data-ask]")
    nothing_happens(phone)
    assert phone.evaluate("window.shift") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_have_contrast_and_names(scheme: Literal["light", "dark"], chromium: Browser, server: Server) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = chromium.new_context(**PHONE, base_url=server.url, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    ask(page, "me quiero morir", "/es/ask")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, json.dumps([violation["id"] for violation in found.response["violations"]])
    context.close()


def test_the_first_answer_is_the_sentence_with_its_page_and_goes_to_it(tab: Page) -> None:
    """The sentence, in the reader's language, names its record; opening the page marks it, and nothing tells which."""
    ask(tab, "is it illegal to run away")
    first = tab.locator("[data-result]").first
    said = first.locator("[data-answer]")
    expect(said).to_contain_text("isn't a crime in California")
    assert said.locator("b").inner_text() == "No,"
    assert first.get_attribute("data-result") == "running-away-law"
    code = said.get_attribute("data-from")
    assert (first.locator("[data-open]").get_attribute("href") or "").endswith(f"/en/{code}")
    assert first.locator("[data-publisher]").inner_text()
    assert tab.locator("[data-result]").count() == 4
    before = (tab.url, tab.evaluate("history.length"))
    text = said.inner_text()
    first.locator("[data-open]").click()
    expect(tab.locator(".marked")).to_contain_text(text)
    expect(tab.locator(".marked")).to_be_in_viewport()
    assert (tab.url, tab.evaluate("history.length")) == before


def test_a_follow_up_is_a_tap(tab: Page) -> None:
    ask(tab, "is it illegal to run away")
    follow = tab.locator("[data-next-ask]").first
    question = follow.inner_text()
    answer = tab.locator("[data-answer]").inner_text()
    follow.click()
    expect(tab.locator("[data-answer]")).not_to_have_text(answer)
    assert tab.locator("[data-ask]").input_value() == question
    expect(tab.locator("[data-next-ask]").first).to_be_visible()


@pytest.mark.parametrize(
    ("path", "question", "reply"),
    [
        ("/en/ask", "hi", "hello"), ("/es/ask", "hola", "hello"), ("/en/ask", "idk", "idk"),
        ("/es/ask", "no sé", "idk"),
        ("/en/ask", "j", "letter"), ("/en/ask", "15", "number"), ("/en/ask", "fuck you", "insult"),
        ("/es/ask", "pendejo", "insult"), ("/en/ask", "my name is jessica", "name"),
        ("/es/ask", "me llamo luis", "name"),
        ("/en/ask", "thx", "thanks"), ("/es/ask", "eres un robot", "who"), ("/en/ask", "that test killed me", None),
        ("/en/ask", "je suis pas bien aidez moi", "other-language"), ("/es/ask", "我需要帮助", "other-language"),
    ],
)  # fmt: skip
def test_what_is_no_question_gets_a_fitting_reply(path: str, question: str, reply: str | None, tab: Page) -> None:
    ask(tab, question, path)
    assert tab.locator("[data-answer]").count() == 0
    if reply:
        card = tab.locator("[data-reply]")
        assert card.get_attribute("data-reply") == reply
        assert len(card.locator("[data-says]").inner_text()) > 30
    expect(tab.locator("[data-answers] a.go.first[href$='/talk']")).to_be_visible()


def test_what_may_be_danger_or_not_is_asked_back(tab: Page) -> None:
    ask(tab, "kms lol")
    assert tab.locator("[data-answer]").count() == 0
    tab.locator("[data-hurt-yes]").click()
    first = tab.locator("[data-result]").first
    expect(first).to_have_attribute("data-result", "want-to-die")
    expect(first.locator("a[href='tel:988']").first).to_be_visible()
    ask(tab, "im dying")
    tab.locator("[data-hurt-no]").click()
    expect(tab.locator("[data-hurt-yes]")).to_have_count(0)


def test_a_question_in_the_other_language_is_offered_a_tap_and_nothing_is_fetched_before_it(phone: Page) -> None:
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))
    ask(phone, "mi novio me dice como vestirme", "/en/ask")
    offer = phone.locator("[data-go-on]")
    expect(offer).to_have_text("Ver respuestas en español")
    assert not [url for url in requests if "-es.json" in url]
    before = (phone.url, phone.evaluate("history.length"))
    offer.click()
    expect(phone.locator("html")).to_have_attribute("lang", "es")
    phone.wait_for_selector("[data-result=partner-control]")
    assert phone.locator("[data-ask]").input_value() == "mi novio me dice como vestirme"
    assert [url for url in requests if "index-es.json" in url]
    assert not [url for url in requests if "novio" in url]
    assert (phone.url, phone.evaluate("history.length")) == before


@pytest.mark.parametrize("path", ["/en/", "/en/ask", "/es/ask"])
def test_with_the_keyboard_open_the_first_buttons_are_in_sight(path: str, chromium: Browser, server: Server) -> None:
    """A small phone with its keyboard open shows about 360 by 350."""
    context = chromium.new_context(**{**PHONE, "viewport": {"width": 360, "height": 350}}, base_url=server.url)
    page = context.new_page()
    page.goto(path)
    page.locator("[data-ask]").focus()
    ask(page, "me quiero morir" if "/es/" in path else "i want to die", path)
    button = page.locator("[data-result]").first.locator("a[href^='tel:'], a[href^='sms:']").first
    expect(button).to_be_in_viewport(ratio=1)
    context.close()
