"""One word for one thing: each term catches its bad samples, and no record and no sentence of the interface says a
refused form."""

import pytest

from youthapp.editorial import catalogues, check, glossary
from youthapp.i18n.languages import LANGUAGES, SOURCE, Language, by_tag
from youthapp.library import schema, tables
from youthapp.library.library import Library
from youthapp.library.toml_file import FileError

OTHERS = [language for language in LANGUAGES if language != SOURCE]
TERMS = [term for language in LANGUAGES for term in glossary.terms(language.tag)]
SPANISH = by_tag(LANGUAGES)["es"]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: f"{term.language}-{term.idea}")
def test_each_term_refuses_its_bad_sample(term: glossary.Term) -> None:
    found = [*glossary.problems({"short": term.bad}, term.language)]
    assert any(f'"{term.idea}"' in problem for problem in found), found


@pytest.mark.parametrize("term", [term for term in TERMS if term.word], ids=lambda term: f"{term.language}-{term.idea}")
def test_each_unknown_word_must_be_explained_once_in_a_record(term: glossary.Term) -> None:
    texts = {"title": "Otra cosa.", "short": term.unglossed}
    assert [
        problem
        for problem in glossary.problems(texts, term.language)
        if "not explained" in problem and term.use in problem
    ]
    assert not term.unexplained_in([*texts.values(), f"{term.unglossed} {term.use}"])


def test_the_form_to_use_is_not_refused() -> None:
    for term in TERMS:
        for form in term.use.split("; "):
            assert not term.refused_in(form), (term.idea, form)


@pytest.mark.parametrize(
    "form", ["mi acompañante", "una acompañante (advocate)", "Acompañantes que te defienden (advocates)"]
)
def test_a_page_for_youth_never_calls_an_advocate_whoever_came_along(form: str) -> None:
    library = Library.load()
    exam = schema.translated(library.get("right-exam"), lambda text: f"Quiero a {form} antes de empezar.")
    found = check.problems(library, {"es": {**library.records, exam.id: exam}}, [SPANISH])
    assert any('rights/right-exam [es] do.1.text: for "advocate" write' in str(problem) for problem in found)


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.tag)
def test_the_tools_and_the_replies_say_no_refused_form(language: Language) -> None:
    said = [*tables.spoken(language.tag)]
    assert said
    assert not [str(problem) for problem in check.interface(said, language)]


def test_english_that_is_quoted_is_left_alone() -> None:
    text = check.own_words("Di: “I want my worker and an advocate here.”", SPANISH)
    assert not list(glossary.problems({"do.0.text": text}, "es"))


def test_the_interface_is_read_too() -> None:
    (problem,) = check.interface(["Guardar", "Olvidar ahora y salir"], SPANISH)
    assert "Borrar todo" in str(problem)


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.tag)
def test_no_sentence_of_the_interface_has_a_refused_form(language: Language) -> None:
    assert not [str(problem) for problem in check.interface(catalogues.sentences(language), language)]


def test_a_term_that_is_no_regular_expression_is_named() -> None:
    entry = glossary._Entry(idea="broken", language="es", use="x", refused=("(",), bad="x")
    with pytest.raises(FileError, match=r'glossary.toml: term.7 \("broken"\): not a regular expression'):
        glossary._term(entry, 7)
