"""The headers of every answer. What the policy does not name is not allowed: it starts from 'none'.

Graded A+ by MDN's HTTP Observatory with this set; every value is pinned by a test.
"""

import base64
import hashlib
from collections.abc import Iterable

from flask import Flask, Response, request

from ..settings import Settings

# Those that Chromium 156 knows, so that no console of a reader shows a warning.
_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "gamepad", "geolocation",
    "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi",
    "otp-credentials", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial",
    "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip


FILE_POLICY = "default-src 'none'; script-src 'self'; frame-ancestors 'none'"
"""Policy of a file under ``/static/``. A file is no page: it has no styles to allow and no features to refuse, and the
page that loads it decides what it may do (a worker also obeys this policy). Without the page's two long headers a first
visit pays 1.4 KB less for each of its files."""


def style_hash(css: str) -> str:
    """Return the CSP source expression that allows exactly this inline style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}'"


def security_headers(settings: Settings, styles: Iterable[str]) -> dict[str, str]:
    """Return the headers of every answer, error pages and fragments included.

    styles: every inline style there is. All are allowed on every page, because a page that is swapped in brings its own
    (static/js/navigation.js).
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": " ".join(["'self'", *map(style_hash, styles)]),
        "img-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        "X-DNS-Prefetch-Control": "off",
    }
    if settings.https:
        # For this name alone, and for no browser's built-in list: both are for the owner of the domain to choose
        # (DECISIONS.md).
        headers["Strict-Transport-Security"] = "max-age=63072000"
    return headers


def init_app(app: Flask, settings: Settings, styles: Iterable[str]) -> dict[str, str]:
    """Put the security headers on every answer, and return them; pages are ``no-store`` for the phone unless a view
    said otherwise."""
    headers = security_headers(settings, styles)
    of_files = {**headers, "Content-Security-Policy": FILE_POLICY}
    del of_files["Permissions-Policy"]

    @app.after_request
    def secure(response: Response) -> Response:
        is_file = response.status_code == 200 and request.path.startswith("/static/")
        response.headers.update(of_files if is_file else headers)
        # no-store: the phone's disk keeps no copy of a page that was read. The edge may: it sees the same bytes for
        # everyone.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return headers
