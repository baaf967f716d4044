"""Where the app's own files are: the one place that knows both layouts.

In a checkout, ``static/`` and ``translations/`` stand beside ``youthapp/``. In an installed wheel they are inside the
package (``deploy/build_wheel.py`` puts them there), because nothing else of ours may stand in ``site-packages``.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
"""The checkout. In an installed wheel this is ``site-packages``, which is not ours: use the names below."""

INSTALLED = (PACKAGE / "static").is_dir()
"""Whether this is an installed wheel, whose files nobody edits, and not a checkout."""

_PARENT = PACKAGE if INSTALLED else ROOT
STATIC = _PARENT / "static"
TRANSLATIONS = _PARENT / "translations"
CONTENT = PACKAGE / "content"
"""Our own records and tables: data only."""


def shipped(name: str) -> Path:
    """Return where a shipped file or folder is, from its name in the checkout ("static/css/base.css")."""
    return (ROOT if name.partition("/")[0] == PACKAGE.name else _PARENT) / name
