"""Draws the icons of an installed app: ``python -m youthapp.offline.draw_icons`` writes static/icons/<name>-<size>.png.
No picture comes from elsewhere.

A shape is a thick line or a dot, told by its distance from a point, so that edges are soft without a drawing library.
All of it stays in the inner circle (80 % of the width) that every phone shows, whatever mask it lays over an icon.
"""

import math
import struct
import zlib
from pathlib import Path

SIZES = (180, 192, 512)
"""iPhone; the two that Chromium's install check asks for."""

Colour = tuple[int, int, int]
Stroke = tuple[float, float, float, float, float, Colour]
"""A line from (x, y) to (x, y), half its thickness, and its colour; in hundredths of the width."""

_PAPER, _LAMP = (255, 250, 242), (255, 196, 107)

ICONS: dict[str, tuple[Colour, list[Stroke]]] = {
    "notes": ((14, 77, 85), [(32, 36, 68, 36, 4, _PAPER), (32, 50, 68, 50, 4, _PAPER), (32, 64, 52, 64, 4, _PAPER),
    (67, 64, 67, 64, 5, _LAMP)]),
    "list": ((43, 50, 66), [(45, 36, 70, 36, 4, _PAPER), (45, 50, 70, 50, 4, _PAPER), (45, 64, 70, 64, 4, _PAPER),
    (31, 36, 31, 36, 5, _LAMP), (31, 50, 31, 50, 5, _LAMP), (31, 64, 31, 64, 5, _LAMP)]),
    "pages": ((110, 74, 38), [(36, 30, 36, 70, 3.5, _PAPER), (64, 30, 64, 70, 3.5, _PAPER),
    (36, 30, 64, 30, 3.5, _PAPER), (36, 70, 64, 70, 3.5, _PAPER), (46, 43, 54, 43, 3.5, _LAMP)]),
}  # fmt: skip
"""Name -> ground and strokes. Dull on purpose: nobody asks what such an app is."""


def pixels(name: str, size: int) -> list[bytes]:
    """Return the rows of an icon, three bytes a pixel."""
    ground, strokes = ICONS[name]
    rows = []
    for row in range(size):
        line = bytearray()
        y = (row + 0.5) * 100 / size
        for column in range(size):
            x, colour = (column + 0.5) * 100 / size, ground
            for x1, y1, x2, y2, half, ink in strokes:
                if (
                    abs(y - (y1 + y2) / 2) > abs(y2 - y1) / 2 + half + 1
                    or abs(x - (x1 + x2) / 2) > abs(x2 - x1) / 2 + half + 1
                ):
                    continue
                length = (x2 - x1) ** 2 + (y2 - y1) ** 2
                along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
                inside = (half - math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))) * size / 100 + 0.5
                share = max(0.0, min(1.0, inside))
                colour = (
                    _mixed(colour[0], ink[0], share),
                    _mixed(colour[1], ink[1], share),
                    _mixed(colour[2], ink[2], share),
                )
            line += bytes(colour)
        rows.append(bytes(line))
    return rows


def png(rows: list[bytes]) -> bytes:
    """Return a PNG of rows of three bytes a pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _mixed(under: int, over: int, share: float) -> int:
    return round(under + (over - under) * share)


if __name__ == "__main__":
    for name in ICONS:
        for size in SIZES:
            Path("static/icons", f"{name}-{size}.png").write_bytes(png(pixels(name, size)))
