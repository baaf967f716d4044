"""Errors are whole pages: exit and lines are on them, in the reader's language, and they never repeat what was asked.

What goes wrong is logged as the type of the exception and the line of code, and nothing else. A path, a message or a
traceback would be a record of who read what: the message of a file error names the file, and a traceback shows local
values.
"""

import logging
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

from ..i18n.languages import Language

RETRY_SECONDS = 3


log = logging.getLogger("youthapp.web.errors")


class StderrHandler(logging.Handler):
    """Writes the message of a record to standard error, never the exception that comes with it, and never fails
    aloud."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; when that fails, nothing."""
        try:
            sys.stderr.write(f"{record.getMessage()}\n")
            sys.stderr.flush()
        except Exception:
            return  # whatever it is: to say it could tell what was read


def log_exception(error: BaseException) -> None:
    """Log the type of an exception and the line that raised it."""
    log.error("error 500: %s at %s", type(error).__name__, raised_at(error) or "?")


def raised_at(error: BaseException) -> str:
    """Return the file and the line that raised an exception ("schema.py:12"); empty for one that was never raised."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return f"{Path(frames[-1][0].f_code.co_filename).name}:{frames[-1][1]}" if frames else ""


def init_app(app: Flask) -> None:
    """Answer every HTTP error, and every exception, with a page of our own, and let nothing but our one line into the
    log."""
    # A handler that fails prints the record, the stack and the exception to standard error; that is meant for
    # development.
    logging.raiseExceptions = False
    log.handlers = [StderrHandler()]
    log.propagate = False
    # Werkzeug's and Flask's own loggers would write the path of a failed request.
    logging.getLogger("werkzeug").disabled = True
    app.logger.disabled = True

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        return error_page(error)

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        log_exception(error)
        return error_page(InternalServerError())


def words_for(code: int) -> tuple[str, str]:
    """Return the title and the sentence that say what a status means, in the reader's language."""
    words = {
        404: (_("This page is not here"), _("The address may have a typo, or the page has moved. Nothing is lost.")),
        403: (
            _("We cannot tell where that came from"),
            _("Nothing was kept. Open the page here and try again, or try another browser."),
        ),
        405: (_("This page can only be read"), _("Nothing was sent or changed.")),
        400: (_("That did not arrive right"), _("Nothing was kept. You can try again.")),
        413: (_("That is too much at once"), _("Nothing was kept. You can try again with less.")),
        500: (_("Something broke on our side"), _("It is not you. You can try again, or reach a person now.")),
        503: (_("Busy for a moment"), _("Nothing was kept. Wait a few seconds, go back and try again.")),
    }
    return words.get(code, words[404 if code < 500 else 500])


def error_page(error: HTTPException, *, section: str = "home", back: str = "") -> Response:
    """Return the whole page of an HTTP error. section, back: as in responses.page()."""
    code = error.code or 500
    g.lost = True
    title, text = words_for(code)
    response = make_response(
        render_template("errors/error.html", section=section, back=back, title=title, text=text, code=code), code
    )
    if code == 405 and error.response is None and hasattr(error, "valid_methods") and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if code == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Vary"] = "Accept-Language"
    if request.method == "HEAD":
        response.set_data(b"")
    return response


def broken_sentences(app: Flask, languages: Iterable[Language]) -> dict[str, str]:
    """Return language tag -> what is said when something broke: for the page of last resort, which needs no
    template."""
    found = {}
    for language in languages:
        with app.test_request_context("/"):
            g.language = language
            found[language.tag] = str(_("Something broke on our side"))
    return found
