"""What the length of a page tells a listener in the network, before and after it is filled up, and what that costs.

Each page a youth can open is as likely as any other. "alone": the share of pages that no other page shares its length
with. "named": the share that the best guess names right by one look. The listener knows language and encoding.
"""

import gzip

import brotli

from tests.pages import LANGUAGES
from tests.web.test_padding import bodies, named
from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web.padding import brotli_padded, gzip_padded
from youthapp.web.page_cache import BROTLI_QUALITY


def rows() -> list[str]:
    """Return one row a language and encoding, at the quality that is served."""
    app, told = create_app(Settings()), []
    for language in LANGUAGES:
        pages = bodies(app, language)
        for encoding in ("br", "gzip"):
            before, after = (
                ([len(brotli.compress(body, quality=BROTLI_QUALITY)) for body in pages],
                 [len(brotli_padded(body, BROTLI_QUALITY)) for body in pages])
                if encoding == "br"
                else ([len(gzip.compress(body, 9)) for body in pages], [len(gzip_padded(body)) for body in pages])
            )  # fmt: skip
            cost = (sum(after) - sum(before)) / len(pages)
            told.append(
                f"{language} {encoding:4}  {len(pages)} pages: alone {named(before)[0]:.0%} -> {named(after)[0]:.1%}, "
                f"named {named(before)[1]:.0%} -> {named(after)[1]:.1%}; {cost:.0f} bytes a page "
                f"({sum(after) / sum(before) - 1:.1%}), largest {max(after)}"
            )
    return told
