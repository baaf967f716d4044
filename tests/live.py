"""The app without its page cache, for `make bench`: what rendering every page live would cost."""

from youthapp import create_app

app = create_app()
app.wsgi_app = app.extensions["page_cache"].app  # type: ignore[method-assign]
