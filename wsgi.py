"""What a WSGI server loads: ``wsgi:app``."""

from youthapp import app_or_exit

app = app_or_exit()
