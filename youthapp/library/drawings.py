"""Drawings that show how (``content/drawings.toml``), and what keeps one off a page: a missing file, a word missing in
one language, a file that is too large or holds more than lines and shapes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ..paths import CONTENT
from .schema import Line, Record, answer, part_at
from .tables import Table, load

if TYPE_CHECKING:
    from .library import Library

FOLDER = CONTENT / "drawings"

LARGEST = 2048
"""Bytes of a drawing's file: it stands inside the page, which has to arrive in the first answer."""

_OPENING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90">'
_CLOSING = "</svg>"
_SHAPES = frozenset({"path", "circle", "ellipse", "rect", "g"})
_ATTRIBUTES = frozenset(
    {
        "class", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "transform", "stroke-width",
        "stroke-dasharray",
    }
)  # fmt: skip
"""All that a drawing may be made of: nothing that runs, loads, or has a colour of its own."""

_CLASSES = frozenset({"lit", "dark", "on", "in", "ink"})


class Picture(Table, frozen=True, kw_only=True):
    """One picture of a drawing. Words are by language tag."""

    shows: Mapping[str, str]
    """What the picture shows, for who hears it."""
    says: Mapping[str, str] | None = None
    """The sentence below it. A picture beside a sentence of a record needs none."""
    at: tuple[str, ...] = ()
    """Sentences beside which it is open: record id, a slash, and the path of a text, such as ``burned/do.0``."""


class Drawing(Table, frozen=True, kw_only=True):
    """Pictures that belong together."""

    id: str
    picture: tuple[Picture, ...]
    facts: tuple[str, ...]
    """Ids of the facts that back its sentences and what it shows."""
    block: tuple[str, ...] = ()
    """Ids of records on whose page all its pictures are folded, one tap away."""
    title: Mapping[str, str] | None = None
    """The words to tap; only where there is a block."""

    def name(self, index: int) -> str:
        """Return the name of a picture's file, without its ending."""
        return f"{self.id}-{index + 1}"


class Drawings(Table, frozen=True, kw_only=True):
    """drawings.toml."""

    drawing: tuple[Drawing, ...]


@dataclass(frozen=True)
class Drawn:
    """A picture with its lines, as a page shows it."""

    picture: Picture
    lines: str
    """What is inside the svg element."""


@dataclass(frozen=True)
class Placed:
    """Every drawing by the place where it stands."""

    beside: Mapping[str, tuple[Drawn, ...]]
    """Record id, slash, path -> pictures that are open there."""
    folded: Mapping[str, tuple[tuple[Drawing, tuple[Drawn, ...]], ...]]
    """Record id -> drawings that are folded on its page."""


@cache
def read() -> tuple[Drawing, ...]:
    """Return the drawings, read once. Raises FileError, which names the file, the line and the key."""
    found: Drawings = load("drawings", Drawings)
    return found.drawing


def placed(folder: Path = FOLDER) -> Placed:
    """Return the drawings by their places. folder: where the files are. Raises OSError when one is missing."""
    beside: dict[str, tuple[Drawn, ...]] = {}
    folded: dict[str, tuple[tuple[Drawing, tuple[Drawn, ...]], ...]] = {}
    for drawing in read():
        pictures = tuple(
            Drawn(picture, _inside((folder / f"{drawing.name(index)}.svg").read_text("utf-8")))
            for index, picture in enumerate(drawing.picture)
        )
        for drawn in pictures:
            for place in drawn.picture.at:
                beside[place] = (*beside.get(place, ()), drawn)
        for record_id in drawing.block:
            folded[record_id] = (*folded.get(record_id, ()), (drawing, pictures))
    return Placed(beside, folded)


def _inside(svg: str) -> str:
    return svg.strip().removeprefix(_OPENING).removesuffix(_CLOSING)


def problems(library: "Library", drawings: tuple[Drawing, ...], folder: Path = FOLDER) -> Iterator[str]:
    """Yield every drawing without its file, its words in each language, its facts or its place, and every file that no
    drawing names. folder: where the files are."""
    tags = sorted({tag for drawing in drawings for _field, said in words(drawing) for tag in said})
    named = set()
    for drawing in drawings:
        yield from (f"drawings.toml: {drawing.id}: {what}" for what in _of_drawing(library, drawing, tags))
        for index in range(len(drawing.picture)):
            named.add(f"{drawing.name(index)}.svg")
            path = folder / f"{drawing.name(index)}.svg"
            wrong = _of_file(path.read_bytes()) if path.is_file() else "is missing."
            if wrong:
                yield f"drawings/{path.name} {wrong}"
    yield from (
        f"drawings/{path.name}: no drawing of drawings.toml names it."
        for path in sorted(folder.iterdir())
        if path.name not in named
    )


def words(drawing: Drawing) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield (field, words by language) of all that a reader sees or hears of a drawing."""
    if drawing.title is not None:
        yield "title", drawing.title
    for index, picture in enumerate(drawing.picture):
        yield f"picture.{index}.shows", picture.shows
        if picture.says is not None:
            yield f"picture.{index}.says", picture.says


def _of_drawing(library: "Library", drawing: Drawing, tags: list[str]) -> Iterator[str]:
    for where, said in words(drawing):
        yield from (f'{where}: there are no words in "{tag}".' for tag in tags if not said.get(tag, "").strip())
    if bool(drawing.block) != (drawing.title is not None):
        yield "title: a drawing that is folded has the words to tap, and no other has any."
    yield from (f'facts: "{key}" is in no file of facts.' for key in drawing.facts if key not in library.facts)
    yield from (f'block: there is no record "{key}".' for key in drawing.block if key not in library.records)
    shown_on = {place.partition("/")[0] for picture in drawing.picture for place in picture.at} | set(drawing.block)
    for record in (library.records[key] for key in sorted(shown_on) if key in library.records):
        if not isinstance(record, Line) and (missing := sorted(set(drawing.facts) - set(record.facts))):
            named = ", ".join(missing)
            yield f"facts: {record.id} does not name {named}, so its page would not say what this rests on."
    for index, picture in enumerate(drawing.picture):
        if not picture.at and not drawing.block:
            yield f"picture.{index}: it stands nowhere. Name a sentence (at), or a record (block of the drawing)."
        if drawing.block and picture.says is None:
            yield f"picture.{index}.says: a folded picture has a sentence."
        for place in picture.at:
            key, _slash, path = place.partition("/")
            if not _has_sentence(library.records.get(key), path):
                yield f'picture.{index}.at: there is no sentence "{place}".'


def _has_sentence(record: Record | None, path: str) -> bool:
    return record is not None and part_at(record, path) is not None and answer(record, path) is not None


def _of_file(svg: bytes) -> str:
    """Return what is wrong with a file, empty when it is right."""
    if len(svg) > LARGEST:
        return f"has {len(svg)} bytes; {LARGEST} are allowed."
    text = svg.decode("utf-8", "replace").strip()
    if not (text.startswith(_OPENING) and text.endswith(_CLOSING)) or "\n" in text:
        return f"is not one line from {_OPENING} to {_CLOSING}."
    try:
        elements = list(ElementTree.fromstring(text).iter())[1:]
    except ElementTree.ParseError as error:
        return f"is no SVG: {error}."
    for element in elements:
        shape = element.tag.rpartition("}")[2]
        strange = sorted(set(element.attrib) - _ATTRIBUTES)
        strange += sorted(set(element.get("class", "").split()) - _CLASSES)
        if shape not in _SHAPES or strange:
            return f"has <{shape} {' '.join(strange)}>, and only plain shapes in our own classes are allowed."
    return ""
