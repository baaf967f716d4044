"""Small pictures for "Is this phone safe?", one for each thing that cannot be hidden: own drawn, on a 48 by 32 grid,
currentColor, no words."""

from markupsafe import Markup

_PHONE = '<rect x="{x}" y="3" width="15" height="26" rx="3"/>'

DRAWN = {
    "limit-safer-ways": _PHONE.format(x=4)
    + '<path d="M7 8 16 24M16 8 7 24M24 16h5m-2-2 2 2-2 2"/>'
    + _PHONE.format(x=32)
    + '<path d="m36 16 2.5 2.5 4-5"/>',
    "limit-private-mode": (
        '<path d="M4 27V9h12l3-4h12l3 4h10v18z" stroke-dasharray="3 3"/><path d="M15 18s3.5-4.5 '
        '9-4.5 9 4.5 9 4.5-3.5 4.5-9 4.5-9-4.5-9-4.500zM16 25 32 11"/>'
    ),
    "limit-history": '<path d="M4 6h40M4 13h40M4 27h40"/><rect x="3" y="17" width="42" height="6" rx="2" class="lit"/>',
    "limit-one-line": (
        '<path d="M4 6h40M4 13h40M4 27h40M4 20h24"/><circle cx="38" cy="20" r="5" class="lit"/><path '
        'd="m36 18 4 4M40 18l-4 4"/>'
    ),
    "limit-exit": _PHONE.format(x=6) + (
        '<path d="M9 8h9M9 12h9M9 16h5"/><path d="M24 16h8m-3-3 3 3-3 3"/><rect x="35" '
        'y="3" width="10" height="26" rx="3" class="lit"/>'
    ),
    "limit-spyware": _PHONE.format(x=6) + (
        '<path d="M24 16s4-6 10-6 10 6 10 6-4 6-10 6-10-6-10-6z"/><circle cx="34" '
        'cy="16" r="2.6" class="lit"/>'
    ),
    "limit-shared-account": (
        '<circle cx="11" cy="10" r="4.5"/><path d="M3 27a8 8 0 0 1 16 0"/><circle cx="37" cy="10" '
        'r="4.5"/><path d="M29 27a8 8 0 0 1 16 0"/><circle cx="21" cy="13" r="2.5" class="lit"/>'
        '<path d="M23.5 13H29v3"/>'
    ),
    "limit-synced": _PHONE.format(x=3) + (
        '<rect x="27" y="5" width="18" height="22" rx="3"/><path d="M7 11h7M7 '
        '15h7M31 11h10M31 15h10M19 21h7m-2-2 2 2-2 2"/>'
    ),
    "limit-screenshots": _PHONE.format(x=16) + (
        '<path d="M8 9V4h5M8 23v5h5M40 9V4h-5M40 23v5h-5"/><circle cx="23.5" '
        'cy="16" r="3" class="lit"/>'
    ),
    "limit-wifi": (
        '<path d="M6 13a26 26 0 0 1 36 0M12 18.500a17 17 0 0 1 24 0M18 23.500a9 9 0 0 1 12 0"/><circle '
        'cx="24" cy="28" r="1.6" class="lit"/>'
    ),
    "limit-bill": (
        '<path d="M10 3h28v26l-4.5-3-4.5 3-5-3-5 3-4.5-3-4.5 3zM15 9h12M15 20h8M30 20h3"/><rect x="14" '
        'y="12.5" width="20" height="4.5" rx="1.5" class="lit"/>'
    ),
    "limit-their-screen": _PHONE.format(x=3)
    + _PHONE.format(x=30)
    + '<path d="M7 10h7M20 13h7m-2-2 2 2-2 2"/><rect x="33.5" y="8" width="8" height="5" rx="1.5" class="lit"/>',
    "limit-saved": _PHONE.format(x=6) + (
        '<path d="m9.5 10 1.5 1.5 3-3M9.5 16l1.5 1.5 3-3"/><rect x="29" y="15" '
        'width="14" height="11" rx="2" class="lit"/><path d="M32 15v-3a4 4 0 0 1 8 '
        '0v3"/>'
    ),
}  # fmt: skip


def picture(record_id: str) -> Markup:
    """Return the drawing of a limit; decorative, since its title stands beside it. Raises KeyError when a limit has
    none."""
    return Markup('<svg class="drawn" viewBox="0 0 48 32" aria-hidden="true">{}</svg>').format(Markup(DRAWN[record_id]))
