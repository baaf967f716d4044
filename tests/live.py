"""The app without its press, for `make bench`: what rendering each page live would cost."""

from youthapp import create_app

app = create_app()
app.wsgi_app = app.wsgi_app.app  # type: ignore[attr-defined,method-assign]
