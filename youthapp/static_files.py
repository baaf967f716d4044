"""What is in ``static/`` is what the phone gets, under a path that changes with each release."""

import mimetypes
import re

from flask import Blueprint, Flask, Response, abort, current_app, url_for
from werkzeug.security import safe_join

from .pages import printed
from .release import STATIC

blueprint = Blueprint("static_files", __name__)

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}


def inline_css() -> str:
    """Return the style that stands in every page, so that one answer paints: css/base.css and a file a slice, without comments and breaks."""
    base = STATIC / "css" / "base.css"
    files = [base, *sorted(path for path in base.parent.glob("*.css") if path != base)]
    css = "".join(path.read_text("utf-8") for path in files)
    return re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def has(name: str) -> bool:
    """Whether a file of ``static/`` is there. Third-party code is installed, not committed: pages must work without it."""
    return (STATIC / name).is_file()


@blueprint.get("/static/<release>/<path:name>", endpoint="file")
def static_file(release: str, name: str) -> Response:
    """One file of this release; another release's path is not here, so that two releases never mix."""
    path = safe_join(str(STATIC), name)
    if release != current_app.config["RELEASE"] or path is None or not has(name):
        abort(404)
    with open(path, "rb") as stream:
        response = Response(stream.read())
    ending = "." + name.rsplit(".", 1)[-1]
    response.headers["Content-Type"] = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    # no-store for the phone, as for pages: a script on its disk would tell which part of the app was opened. The edge may keep it for ever.
    printed(response).headers["CDN-Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def init_app(app: Flask) -> None:
    """Serve ``static/`` and give templates ``static(name)`` and ``inline_css``."""
    app.register_blueprint(blueprint)
    css = inline_css()

    @app.context_processor
    def files() -> dict[str, object]:
        def static(name: str) -> str:
            return url_for("static_files.file", release=current_app.config["RELEASE"], name=name)

        def script(name: str) -> str:
            """The bundle of a script (package.json, "build"), or the script as it stands where no bundle was made: pages and plan work with both."""
            return static(f"app/{name}" if has(f"app/{name}") else f"js/{name}")

        return {"static": static, "script": script, "inline_css": css}
