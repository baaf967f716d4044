"""About: who runs this, what it keeps (nothing), what it cannot hide, who checked the facts and who has not yet."""

from collections import Counter
from datetime import date, timedelta

from flask import Blueprint, Response, current_app, make_response, url_for

from ..i18n import languages
from ..i18n.languages import SOURCE
from ..i18n.translator import translator
from ..library import review
from ..web.permalinks import library
from ..web.responses import cacheable, page
from .pictures import DRAWN, picture

blueprint = Blueprint("about", __name__)


@blueprint.get("/<lang:lang>/about")
def index() -> Response:
    """The truthful page, one tap deep. Its figures are counted from the library when it is printed."""
    records = list(library().records.values())
    counts = Counter(library().kinds[record.id] for record in records if library().shown(record))
    checked: dict[str, date] = {
        "oldest": min(record.checked.on for record in records),
        "newest": max(record.checked.on for record in records),
    }
    signed = {role: sum(role in review.counting(record) for record in records) for role in review.roles()}
    rung = sum(record.checked.how == "rung" for record in records)
    return page(
        "about/index.html",
        section="about",
        counts=counts,
        checked=checked,
        signed=signed,
        total=len(records),
        rung=rung,
    )


@blueprint.get("/<lang:lang>/phone", endpoint="phone")
def phone() -> Response:
    """What this app and a browser cannot hide, and safer ways to look: the safer ways first, then what is seen most
    easily."""
    order = list(DRAWN)
    limits = [
        translator().translate(note)
        for note in sorted(library().of_kind("limits"), key=lambda note: order.index(note.id))
    ]
    return page(
        "about/phone.html",
        section="about",
        back=url_for("about.index"),
        limits=limits,
        one_line=translator().translate(library().get("limit-one-line")),
        picture=picture,
    )


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Where to tell of a hole (RFC 9116): the contact of the organisation, or the about page of a copy that has set
    none.

    It expires a year after the newest check of a fact: a copy whose content nobody has touched since then may have
    nobody who reads reports. Counted from the content and not from today, so that all copies of a release answer alike.
    """
    settings = current_app.config["SETTINGS"]
    newest = max(record.checked.on for record in library().records.values())
    contact = (
        f"mailto:{settings.contact}" if settings.contact else settings.address + url_for("about.index", lang=SOURCE.tag)
    )
    lines = (
        f"Contact: {contact}",
        f"Expires: {(newest + timedelta(days=365)).isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(language.tag for language in languages())}",
        f"Canonical: {settings.address}/.well-known/security.txt",
    )
    response = make_response("\n".join(lines) + "\n")
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return cacheable(response)
