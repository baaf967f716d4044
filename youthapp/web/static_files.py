"""What is in ``static/`` is what the phone gets, under a path that changes with each release.

The path is matched strictly: the release must be this one, so that two releases never mix, and a name must be spelt as the file is. Every
other spelling (``./x``, ``a//x``, ``a/../x``, a name of 250 letters) has no view at all, so it is neither rendered nor kept.
"""

import mimetypes
import re

from flask import Blueprint, Flask, Response, current_app, url_for
from werkzeug.routing import BaseConverter, ValidationError

from .release import STATIC
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


def styles() -> dict[str, str]:
    """Return the styles that stand in pages, so that one answer paints: those of static/css by name, without comments and breaks.

    "base" stands in every page. A page that needs another one says so: ``{% set styles = ["plan"] %}``.
    """
    files = {path.stem: path.read_text("utf-8") for path in sorted((STATIC / "css").glob("*.css"))}
    return {name: re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)) for name, css in files.items()}


def has(name: str) -> bool:
    """Whether a file of ``static/`` is there. Third-party code is installed, not committed: pages must work without it."""
    return (STATIC / name).is_file()


@blueprint.get("/static/<release:release>/<static_name:name>", endpoint="file")
def static_file(release: str, name: str) -> Response:
    """One file of this release."""
    response = Response((STATIC / name).read_bytes())
    ending = "." + name.rsplit(".", 1)[-1]
    response.headers["Content-Type"] = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return immutable(response)


def init_app(app: Flask) -> None:
    """Serve ``static/`` and give templates ``static(name)``, ``script(name)`` and ``style_of`` (styles by name).

    Slices may use ``<release:release>`` in an address of their own: it matches this release and no other.
    """

    class ReleaseConverter(BaseConverter):
        """A path part that is this release's id."""

        regex = re.escape(app.config["RELEASE"])

    app.url_map.converters.update(release=ReleaseConverter, static_name=StaticNameConverter)
    app.register_blueprint(blueprint)
    style_of = styles()

    @app.context_processor
    def files() -> dict[str, object]:
        def static(name: str) -> str:
            return url_for("static_files.file", release=current_app.config["RELEASE"], name=name)

        def script(name: str) -> str:
            """The bundle of a script (package.json, "build"), or its source where no bundle was made: pages and plan work with both."""
            return static(f"app/{name}" if has(f"app/{name}") else f"js/{name}")

        return {"static": static, "script": script, "style_of": style_of}
