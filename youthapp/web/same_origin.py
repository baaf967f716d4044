"""One rule for every POST: a form that another site sends is refused.

The rule is that of Go's ``net/http.CrossOriginProtection``: Sec-Fetch-Site decides where the browser sends it (Chrome
76, Firefox 90, Safari 16.4 and later); an older browser is judged by Origin against Host; a request with neither header
does not come from a browser that a foreign page could misuse. No token and no cookie is needed.

``Origin: null`` without Sec-Fetch-Site is refused, as in Go. It is ambiguous: an older browser sends it with our own
forms, because our pages say ``Referrer-Policy: no-referrer``, and any foreign page can make the same browser send it by
saying the same. Letting it in would let a foreign page wipe a youth's plan (POST /x answers with Clear-Site-Data).
Refusing costs an older browser two things: Forget without script, where nothing is kept that could be forgotten (with
script it is a fetch, which carries the true Origin), and the card maker's files, for which a worker needs a newer
browser; the error page says so.
"""

from urllib.parse import urlsplit

from flask import Request, abort


def came_from_another_site(request: Request) -> bool:
    """Whether a request that changes or makes something was sent by a page of another origin, or may have been."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if not origin:
        return False
    try:
        return urlsplit(origin).netloc != request.host
    except ValueError:  # a malformed address
        return True


def refuse_another_site(request: Request) -> None:
    """Abort with 403 when a POST was sent by a page of another origin, or may have been."""
    if came_from_another_site(request):
        abort(403)
