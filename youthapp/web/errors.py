"""Errors are whole pages: the exit and the lines stand on them, in the reader's language, and they never repeat what was asked."""

import logging

from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

log = logging.getLogger("youthapp.web.errors")


def init_app(app: Flask) -> None:
    """Answer every HTTP error, and every exception, with a page of our own."""

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        return _error_page(error)

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        # Type and line only: a traceback with the request's path or a local value would be a record of who read what.
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "?"
        log.error("error 500: %s at %s", type(error).__name__, where)
        return _error_page(InternalServerError())


def _error_page(error: HTTPException) -> Response:
    code = error.code or 500
    g.lost = True
    told = {
        404: (_("This page is not here"), _("The address may have a typo, or the page has moved. Nothing is lost.")),
        403: (_("That came from another site"), _("Nothing was kept. Open the page here and try again.")),
        405: (_("This page can only be read"), _("Nothing was sent or changed.")),
        400: (_("That did not arrive right"), _("Nothing was kept. You can try again.")),
        413: (_("That is too much at once"), _("Nothing was kept. You can try again with less.")),
        500: (_("Something broke on our side"), _("It is not you. You can try again, or reach a person now.")),
    }
    title, text = told.get(code, told[404 if code < 500 else 500])
    response = make_response(render_template("errors/error.html", section="home", back="", title=title, text=text, code=code), code)
    if code == 405 and error.response is None and hasattr(error, "valid_methods") and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    response.headers["Vary"] = "Accept-Language"
    if request.method == "HEAD":
        response.set_data(b"")
    return response
