"""Pictograms, drawn for this app and placed in pages as inline SVG: ``icon(name)`` in a template.

All are drawn on one grid of 24 px, with round strokes of 2 px in the colour of the text, to be readable at 20 px. A
pictogram always stands beside words, or on a control that has a name of its own (``aria-label``).
"""

from markupsafe import Markup


def icon(name: str) -> Markup:
    """Return a pictogram as inline SVG, hidden from screen readers.

    Raises KeyError when there is no pictogram of that name.
    """
    return Markup('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(Markup(ICONS[name]))


ICONS: dict[str, str] = {
    "bed": '<path d="M3 18v-8m0 5h18v3m0-3v-1a4 4 0 0 0-4-4h-6v5"/><circle cx="7" cy="11.5" r="1.8"/>',
    "coin": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M14.5 9.3C14 8.4 13 8 12 8c-1.5 0-2.6.8-2.6 2 0 2.8 5.2 1.2 5.2 4 '
        '0 1.2-1.1 2-2.6 2-1.1 0-2.1-.4-2.7-1.4M12 6.5v11"/>'
    ),
    "bowl": (
        '<path d="M3.5 12h17a8.5 8.5 0 0 1-5 7.5h-7a8.5 8.5 0 0 1-5-7.5zM9 8.5c0-1.5 1.5-1.5 1.5-3M13.5 8.5c0-1.5 '
        '1.5-1.5 1.5-3"/>'
    ),
    "heart": '<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.5 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>',
    "people": (
        '<circle cx="8.5" cy="8.5" r="3"/><path d="M2.8 19a5.7 5.7 0 0 1 11.4 0"/><path d="M15 5.8a3 3 0 0 1 0 '
        '5.6M17 14a5.7 5.7 0 0 1 4.2 5"/>'
    ),
    "shield": '<path d="M12 3.5 5 6v6c0 4.5 3 7 7 8.5 4-1.5 7-4 7-8.5V6z"/>',
    "phone": '<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2"/>',
    "road": '<path d="M8 3.5 4.5 20.5M16 3.5l3.5 17M12 4.5v2.5m0 3.5v3m0 3.5v3"/>',
    "pill": (
        '<rect x="2.5" y="8" width="19" height="8" rx="4" transform="rotate(-40 12 12)"/><path d="m9.4 9.8 5.2 4.4"/>'
    ),
    "star": '<path d="m12 3.5 2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17l-5.3 3 1.1-6-4.4-4.2 6-.8z"/>',
    "door": '<path d="M6 20.5v-17h12v17M3.5 20.5h17"/><path d="M14.5 12h.01"/>',
    "clinic": '<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M12 8v8m-4-4h8"/>',
    "paper": '<path d="M6.5 3h7l4 4v14h-11zM13.5 3v4h4M9.5 12h5m-5 4h5"/>',
    "talk": '<path d="M4 5h16v11H11l-4.5 4V16H4z"/>',
    "wave": '<path d="M3 10c2.5-3 4.5-3 6 0s3.5 3 6 0 4-3 6 0M3 16c2.5-3 4.5-3 6 0s3.5 3 6 0 4-3 6 0"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "map": '<path d="M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "bag": '<path d="M5 8h14l1 12.5H4zM8.5 8V6.5a3.5 3.5 0 0 1 7 0V8"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "picture": (
        '<rect x="3" y="4.5" width="18" height="15" rx="2.5"/><circle cx="8.5" cy="9.5" r="1.6"/><path d="m4 18 '
        '5.5-5 3.5 3 3-2.5 4.5 4"/>'
    ),
    "flag": '<path d="M5.5 21V4h12l-2.5 4 2.5 4h-12"/>',
    "leaf": '<path d="M5 19C4 10 9 5 19.5 4.5 20 15 14.5 20 7 17.5M5 20.5c1.5-5 4.5-8 8.5-9.5"/>',
    "hand": (
        '<path d="M7 12V6.5a1.5 1.5 0 0 1 3 0V11m0-5.5v-1a1.5 1.5 0 0 1 3 0V11m0-5a1.5 1.5 0 0 1 3 0v6m0-3.5a1.5 1.5 '
        '0 0 1 3 0V14c0 4-2.5 6.5-6 6.5-4 0-5.5-2-8-6.5a1.5 1.5 0 0 1 2-2z"/>'
    ),
    "rainbow": '<path d="M3 18a9 9 0 0 1 18 0M6.5 18a5.5 5.5 0 0 1 11 0M10 18a2 2 0 0 1 4 0"/>',
    "drum": (
        '<ellipse cx="12" cy="8" rx="8" ry="3"/><path d="M4 8v8c0 1.7 3.6 3 8 3s8-1.3 8-3V8M4.5 16 8 10.6M12 '
        '19l-2-8m9.5 5L16 10.6"/>'
    ),
    "book": (
        '<path d="M12 6.5C10 5 7 4.5 3.5 5v13.5c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5c-3.5-.5-6.5 0-8.5 1.5zm0 '
        '0V20"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "scale": '<path d="M12 4v16m-4 0h8M5 6.5h14M5 6.5 2.5 13h5zm14 0L16.5 13h5z"/>',
    "drop": '<path d="M12 3.5s6 6.5 6 10.5a6 6 0 0 1-12 0c0-4 6-10.5 6-10.5z"/>',
    "baby": (
        '<circle cx="12" cy="12" r="8"/><path d="M9 11h.01M15 11h.01M9.5 14.5a3.5 3.5 0 0 0 5 0M12 4c-1 1-1 2 .5 '
        '2.5"/>'
    ),
    "bolt": '<path d="M13 3 5.5 13.5h5L10 21l8-11h-5.5z"/>',
    "home": '<path d="m3.5 11.5 8.5-8 8.5 8M6 9.5v11h12v-11M10 20.5V15h4v5.5"/>',
    "lamp": '<path d="M8.5 3.5h7l3 8h-13zM12 11.5V20m-4 .5h8"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5m-4 4 3 3"/>',
    "list": '<path d="m4 6.5 1.3 1.3L7.5 5.5m-3.5 7 1.3 1.3 2.2-2.3m-3.5 7 1.3 1.3 2.2-2.3M11 6.5h9m-9 6h9m-9 6h9"/>',
    "compass": '<circle cx="12" cy="12" r="8.5"/><path d="m15.5 8.5-2 5-5 2 2-5z"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "exit": '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9"/>',
    "save": '<path d="M12 3.5v11m-4-4 4 4 4-4M4.5 17v3.5h15V17"/>',
    "text": '<path d="M4 5h16v11H11l-4.5 4V16H4zM8 9h8m-8 3h5"/>',
    "call": (
        '<path d="M6.5 3.5 9 4l1.5 4-2 2a12 12 0 0 0 5.5 5.5l2-2 4 1.5.5 2.5a2 2 0 0 1-2 2.5A15.5 15.5 0 0 1 4 5.5a2 '
        '2 0 0 1 2.5-2z"/>'
    ),
    "find": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "police": (
        '<path d="m12 3 2 2.5 3-.5.5 3 2.5 1.5-1.5 2.5 1.5 2.5-2.5 1.5-.5 3-3-.5-2 2.5-2-2.5-3 .5-.5-3L4 14.5 5.5 12 '
        '4 9.5 6.5 8 7 5l3 .5z"/>'
    ),
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" '
        'r="2.8"/>'
    ),
    "name": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5a8 8 0 0 1 16 0"/>',
    "sound": '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>',
}  # fmt: skip
