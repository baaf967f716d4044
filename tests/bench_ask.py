"""What the search costs and how often it is right: printed by `make bench`, never asserted (machines differ; ratios
hold).

Index bytes as sent, today and at ten times today's size; the evaluator's figures; and one keystroke, from the letter to
the list in the page with its layout, in a Chromium slowed six times.
"""

import json
import statistics
from typing import Any

import brotli
from playwright.sync_api import Page, Route, sync_playwright

from tests.ask.evaluate import LANGUAGES, data_of, figures, index_of
from tests.ask.serving import CHROMIUM, serving

SLOWED = 6
TYPED = {
    "en": [
        "my boyfriend checks my phone",
        "so me and him was at his cousins and the condom came off and i didnt notice til after and im not on nothing "
        "and my mom is super strict so i cant ask her for a ride idk what to do its been 2 days now im scared",
    ],
    "es": [
        "mi novio me revisa el celular",
        "mira estaba con mi novio en casa de su primo y se salio el condon y no me di cuenta hasta despues y no tomo "
        "nada y mi ama es bien estricta no se que hacer ya pasaron dos dias y tengo miedo",
    ],
}
_TIMER = """
() => {
  window.spent = [];
  const plain = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => plain((now) => { const from = performance.now(); draw(now); document.body.offsetHeight; window.spent.push(performance.now() - from); });
}
"""


def grown(index: dict[str, Any], times: int) -> dict[str, Any]:
    """Return an index of so many times its size: copies of all records, with rare words (in one or two records) of
    their own in each copy."""
    count = sum(record["groups"] for record in index["records"])
    told: dict[str, Any] = {**index}
    told["records"] = [
        {**record, "id": f"{record['id']}-{copy}" if copy else record["id"]}
        for copy in range(times)
        for record in index["records"]
    ]
    places: dict[str, list[tuple[int, str]]] = {}
    for word, steps in zip(index["asks"]["words"].split(), index["asks"]["where"].split(), strict=True):
        at, found = -1, []
        for step in steps.split(","):
            at += int(step.rstrip("+"))
            found.append((at, "+" * step.count("+")))
        for copy in range(times):
            own = f"{word}{chr(97 + copy)}" if copy and len(found) < 3 else word
            places.setdefault(own, []).extend((copy * count + place, mark) for place, mark in found)
    words = sorted(places)
    where = []
    for word in words:
        last, steps_ = -1, []
        for place, mark in sorted(places[word]):
            steps_.append(f"{place - last}{mark}")
            last = place
        where.append(",".join(steps_))
    told["asks"] = {"words": " ".join(words), "where": " ".join(where)}
    return told


def grown_sentences(sentences: dict[str, Any], times: int) -> dict[str, Any]:
    """Return the sentences of an index that is so many times its size."""
    return {**sentences, "says": sentences["says"] * times, "from": sentences["from"] * times}


def _sent(index: dict[str, Any]) -> int:
    return len(
        brotli.compress(
            json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode(), mode=brotli.MODE_TEXT, quality=11
        )
    )


def _keystrokes(page: Page, url: str, language: str, index: dict[str, Any] | None) -> tuple[float, list[float], float]:
    """Return milliseconds to make the index ready, of each keystroke of a short question, and of a long one pasted
    whole."""
    if index is not None:
        body = json.dumps(index, ensure_ascii=False)

        def answer(route: Route) -> None:
            route.fulfill(body=body, content_type="application/json")

        page.route("**/index-*.json", answer)
        told = json.dumps(grown_sentences(data_of("answers", language), 10), ensure_ascii=False)
        page.route("**/answers-*.json", lambda route: route.fulfill(body=told, content_type="application/json"))
    page.goto(f"{url}/{language}/ask")
    page.wait_for_selector("[data-ask]")
    page.evaluate(_TIMER)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    short, long = TYPED[language]
    ready = page.evaluate(
        """async (first) => {
          const field = document.querySelector("[data-ask]"), from = performance.now();
          field.focus(); field.value = first; field.dispatchEvent(new Event("input"));
          while (!document.querySelector("[data-result], [data-reply]")) await new Promise((done) => setTimeout(done, 5));
          return performance.now() - from;
        }""",
        short[0],
    )
    type_ = """async (texts) => {
      const field = document.querySelector("[data-ask]"); window.spent.length = 0;
      for (const text of texts) { field.value = text; field.dispatchEvent(new Event("input")); await new Promise((done) => setTimeout(done, 250)); }
      return window.spent;
    }"""
    each = page.evaluate(type_, [short[:end] for end in range(1, len(short) + 1)])
    pasted = page.evaluate(type_, [long])
    page.unroute_all()
    return ready, each, max(pasted)


def rows() -> list[str]:
    """Return the lines to print."""
    indexes = {language: index_of(language) for language in LANGUAGES}
    told = [
        f"ask index, {language}: {_sent(index):,} bytes (brotli) for {len(index['records'])} records; ten times as "
        f"many: {_sent(grown(index, 10)):,} bytes"
        for language, index in indexes.items()
    ]
    told += [f"ask {line}" for line in figures()]
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for language, index in indexes.items():
            for times in (1, 10):
                page = browser.new_page(viewport={"width": 360, "height": 640})
                ready, each, pasted = _keystrokes(page, url, language, grown(index, times) if times > 1 else None)
                worst, half = max(each), statistics.median(each)
                told.append(
                    f"ask keystroke, {language}, {times}x, CPU slowed {SLOWED}x: median {half:.1f} ms, worst "
                    f"{worst:.1f} ms; {len(TYPED[language][1])} letters pasted {pasted:.1f} ms; index ready "
                    f"{ready:.0f} ms after the first touch"
                )
                page.close()
        browser.close()
    return told


if __name__ == "__main__":
    print("\n".join(rows()))
