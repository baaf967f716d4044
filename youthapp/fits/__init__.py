"""Which one fits me: small tools made of sentences of the records. The whole table without script; with it, each tap
narrows it down. Nothing is typed, kept or sent."""

from dataclasses import dataclass

from flask import Blueprint, Response

from ..i18n.translator import translator
from ..library.schema import Method, Text, answer
from ..library.tables import Said, Tool, ToolResult, method_at, tables
from ..web.permalinks import library
from ..web.responses import page

blueprint = Blueprint("fits", __name__)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a record, or a row of its comparison, with the page that tells more."""

    record: str
    title: Text
    text: Text
    method: Method | None


@dataclass(frozen=True)
class Outcome:
    """What stands where its conditions hold: they as words for a reader, and as data for the script."""

    conditions: tuple[str, ...]
    needs: str
    """Such as ``days:early,late clinic:yes``; empty: always."""
    sentences: tuple[Sentence, ...]


@blueprint.get("/<lang:lang>/fits")
def index() -> Response:
    """Every tool, one under the other."""
    tools = [(tool, translator().in_language(tool.title), _asks(tool), _outcomes(tool)) for tool in tables().fits.tool]
    return page("fits/index.html", section="fits", tools=tools)


def _asks(tool: Tool) -> list[tuple[str, str, list[tuple[str, str]], bool]]:
    return [
        (
            ask.id,
            translator().in_language(ask.title),
            [(choice.id, translator().in_language(choice.text)) for choice in ask.choices],
            ask.many,
        )
        for ask in tool.ask
    ]


def _before_choice(title: str) -> str:
    """Return what stands before the choice: "How long ago? ", "Your weight: "."""
    return f"{title} " if title.endswith("?") else f"{title}: "


def _outcomes(tool: Tool) -> list[Outcome]:
    names = {(ask.id, choice.id): translator().in_language(choice.text) for ask in tool.ask for choice in ask.choices}
    # Of a question that takes many, the choices say all: "Hard to notice / Works well".
    titles = {ask.id: "" if ask.many else _before_choice(translator().in_language(ask.title)) for ask in tool.ask}

    def conditions(result: ToolResult) -> tuple[str, ...]:
        return tuple(
            f"{titles[ask]}{' / '.join(names[ask, choice] for choice in picked)}" for ask, picked in result.when.items()
        )

    return [
        Outcome(
            conditions(result),
            " ".join(f"{ask}:{','.join(picked)}" for ask, picked in result.when.items()),
            tuple(_sentence(said) for said in result.says),
        )
        for result in tool.result
    ]


def _sentence(said: Said) -> Sentence:
    say = translator().translate
    record = say(library().get(said.record))
    method = method_at(record, said.path)
    target = said.page or (method.card if method else "") or said.record
    return Sentence(target, say(library().get(target)).title, answer(record, said.path) or Text(""), method)
