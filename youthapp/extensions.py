"""Flask extensions that slices use; made here, given their app in the factory."""

from flask_htmx import HTMX

htmx = HTMX()
