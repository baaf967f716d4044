"""A packet for one role: one HTML file with every claim it must confirm, its source, and where it appears, to read and
sign in one sitting.

The file needs nothing else: no script, no font, no network. It is for reviewers, so it shows how each fact was read.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from ..i18n.languages import SOURCE
from ..library import schema
from ..library.facts import Fact
from ..library.library import Library
from ..library.schema import Record
from ..library.tables import tables
from . import sources

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid;"
    "padding:1rem 0;break-inside:avoid}"
    "h2{font-size:1.1rem;margin:0}dt{font-weight:bold}dd{margin:0 0 .5rem}.sign{border:1px solid;padding:.5rem;"
    "margin-top:.5rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid;padding:.3rem;text-align:start;"
    "vertical-align:top}"
)


def page(library: Library, role: str, translated: Mapping[str, Mapping[str, Record]], today: date) -> str:
    """Return the packet of a role as HTML.

    translated: language tag -> record id -> record in it. For the editor of a language (review.toml) the packet holds
    every youth record in the source language and in theirs; for the other roles the facts that wait for them. Raises
    KeyError for a role that has none.
    """
    tag = next((tag for tag, editor in tables().review.editors.items() if editor == role), None)
    if tag:
        parts = list(_side_by_side(library, translated[tag]))
        what = f"{len(parts)} records, each text in English and in the language of the editor"
    else:
        rests = sources.used(library)
        facts = sources.waiting(library)[role]
        parts = [_claim(library, fact, rests.get(fact.id, [])) for fact in facts]
        what = f"{len(parts)} facts, those that pages rest on first"
    head = (
        f"<h1>To confirm: {escape(role)}</h1><p>{escape(what)}. Written on {today.isoformat()} by `porchlight "
        f"content packet`.</p>{_HOW}"
    )
    title = f"<title>Packet: {escape(role)}</title>"
    return (
        f'<!DOCTYPE html><html lang="{SOURCE.tag}"><meta '
        f'charset="utf-8">{title}<style>{_STYLE}</style>{head}{"".join(parts)}</html>\n'
    )


_HOW = (
    "<p>For each entry: is it true today, is its limit right, and may a 13-year-old read it as it stands? Write yes, "
    "or the correction, with your name and the day. A signature is then entered in the record with its seal "
    "(<code>porchlight content seal</code>).</p>"
)
_SIGN = (
    '<p class="sign">Yes ☐ &nbsp; No ☐ &nbsp; Correction: _______________________________ &nbsp; Name, day: '
    "____________________</p>"
)


def _claim(library: Library, fact: Fact, records: list[str]) -> str:
    rows = [
        ("Claim", fact.says or "(nothing may be published)"),
        ("Never say", fact.never_say),
        ("Not verified", fact.unverified),
    ]
    rows += [
        ("Whose statement", "; ".join(fact.authority)),
        ("How sure", fact.confidence),
        ("How it was read", "; ".join(fact.read)),
    ]
    rows += [("Corrects", ", ".join(fact.replaces)), ("Corrected by", ", ".join(fact.replaced_by))]
    rows += [("Appears in", "; ".join(_named(library, key) for key in records) or "no record yet")]
    details = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows if value)
    return f'<article id="{escape(fact.id)}"><h2>{escape(fact.id)}</h2><dl>{details}</dl>{_SIGN}</article>'


def _named(library: Library, record_id: str) -> str:
    record = library.get(record_id)
    return f"{record.title} ({library.kinds[record_id]}/{record_id}, page {record.code})"


def _side_by_side(library: Library, translated: Mapping[str, Record]) -> Iterator[str]:
    for record_id, record in library.records.items():
        if library.kinds[record_id] not in schema.YOUTH_KINDS or not library.shown(record):
            continue
        other = dict(schema.texts(translated[record_id]))
        rows = "".join(
            f"<tr><td>{escape(path)}</td><td>{escape(text)}</td><td>{escape(other[path])}</td></tr>"
            for path, text in schema.texts(record)
        )
        name = escape(f"{library.kinds[record_id]}/{record_id}, page {record.code}")
        table = f"<table><tr><th>Place</th><th>English</th><th>Translation</th></tr>{rows}</table>"
        yield f"<article><h2>{name}</h2>{table}{_SIGN}</article>"
