"""What is in ``static/`` is what the phone gets, under a path that changes with each release.

The path is matched strictly: the release must be this one, so that two releases never mix, and a name must be spelt as
the file is. Every other spelling (``./x``, ``a//x``, ``a/../x``, a name of 250 letters) has no view at all, so it is
neither rendered nor kept.
"""

import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, current_app, url_for
from werkzeug.routing import BaseConverter, ValidationError

from ..paths import STATIC
from .responses import immutable

blueprint = Blueprint("static_files", __name__)

LONGEST_NAME = 100
"""Characters of a file's path under static/; a file system refuses a name of 256 with an error that holds the name."""

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}


class StaticNameConverter(BaseConverter):
    """A path part that is the name of a file under static/, in its one normal form."""

    regex = r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*"
    part_isolating = False

    def to_python(self, value: str) -> str:
        """Return the name. Raises ValidationError, which is a 404, when there is no such file."""
        if len(value) > LONGEST_NAME or not has(value):
            raise ValidationError
        return value


def styles(*folders: str) -> dict[str, str]:
    """Return the styles that are inlined in pages: those of static/css by name, without comments and line breaks.

    folders: of static/css, whose styles are inlined too. The headers of every answer name each style, so what only some
    copies of the app show has a folder of its own.

    "base" is in every page. A page that needs another one says so: ``{% set styles = ["plan"] %}``.
    """
    paths = [path for name in ("", *folders) for path in sorted((STATIC / "css" / name).glob("*.css"))]
    return {path.stem: _packed(path.read_text("utf-8")) for path in paths}


def _packed(css: str) -> str:
    return re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def has(name: str) -> bool:
    """Whether a file of ``static/`` is there for the phone. Bundles are made at set-up and are not committed, so a page
    must work without them; esbuild's own list of them (``app/*.json``) is not for the phone."""
    return (STATIC / name).is_file() and not (name.startswith("app/") and name.endswith(".json"))


@dataclass(frozen=True)
class Bundle:
    """A bundled script: its file in ``static/``, and the files that it imports at once."""

    name: str
    imports: tuple[str, ...]


def bundles() -> dict[str, Bundle]:
    """Return the bundles that `make setup` made of scripts, by the script's name in ``static/js/``; nothing where it
    made none.

    Their names are hashes, because a browser's code cache keeps the address of a script it ran; esbuild writes down
    which is which.
    """
    made = {}
    for metafile in sorted((STATIC / "app").glob("*.json")):
        outputs = json.loads(metafile.read_text("utf-8"))["outputs"]
        for path, output in outputs.items():
            if source := output.get("entryPoint"):
                imported = [entry["path"] for entry in output["imports"] if entry["kind"] == "import-statement"]
                made[source.removeprefix("static/js/")] = Bundle(
                    path.removeprefix("static/"), tuple(other.removeprefix("static/") for other in imported)
                )
    return made


@blueprint.get("/static/<release:release>/<static_name:name>", endpoint="file")
def static_file(release: str, name: str) -> Response:
    """One file of this release."""
    response = Response((STATIC / name).read_bytes())
    ending = "." + name.rsplit(".", 1)[-1]
    response.headers["Content-Type"] = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return immutable(response)


def init_app(app: Flask, style_of: Mapping[str, str]) -> None:
    """Serve ``static/`` and give templates ``static(name)``, ``script(name)``, ``imports_of(name)``, ``bundled`` and
    ``style_of`` (styles by name, as ``styles()`` returns them).

    Slices may use ``<release:release>`` in an address of their own: it matches this release and no other.
    """

    class ReleaseConverter(BaseConverter):
        """A path part that is this release's id."""

        regex = re.escape(app.config["RELEASE"])

    app.url_map.converters.update(release=ReleaseConverter, static_name=StaticNameConverter)
    app.register_blueprint(blueprint)
    made = bundles()

    @app.context_processor
    def files() -> dict[str, object]:
        def static(name: str) -> str:
            return url_for("static_files.file", release=current_app.config["RELEASE"], name=name)

        def script(name: str) -> str:
            """The bundle of a script (package.json, "build"), or its source where no bundle was made: pages and plan
            work with both."""
            return static(made[name].name if name in made else f"js/{name}")

        def imports_of(name: str) -> list[str]:
            """The files that a bundle imports at once, so that a page can ask for them in the same breath."""
            return [static(other) for other in made[name].imports] if name in made else []

        return {
            "static": static,
            "script": script,
            "imports_of": imports_of,
            "bundled": bool(made),
            "style_of": style_of,
        }
