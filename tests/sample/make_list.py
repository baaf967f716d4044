"""The invented list of the sample organisation: six rows of the template, and as many more as a test asks for.

python -m tests.sample.make_list > list.csv
"""

import csv
import io
import sys
from pathlib import Path

from youthapp.library.place_tables import counties
from youthapp.places.rows import COLUMNS
from youthapp.places.schema import KINDS

TEMPLATE = Path(__file__).parent.parent / "places" / "template.csv"
"""The six rows that the issue gives; every one says "(example)"."""

_NAMES = ("Otter", "Heron", "Juniper", "Marigold", "Pelican", "Sequoia", "Sparrow", "Thistle", "Willow", "Yarrow")
_WHAT = {
    "bed": "House", "food": "Kitchen", "wash": "Showers", "clinic": "Teen Clinic", "hospital": "Hospital",
    "drop-in": "Drop-in", "legal": "Law Desk", "papers": "Papers Desk", "drugs": "Van", "talk": "Listening Room",
}  # fmt: skip
_HOURS = (
    "Mo-Fr 09:00-17:00",
    "24/7",
    "unknown",
    "Tu,Th 14:00-18:00; Sa[1] 10:00-12:00",
    "Fr 20:00-02:00",
    "Mo-Su 11:00-19:00",
)


def row(number: int, county: str = "", town: str = "") -> dict[str, str]:
    """Return the invented place of a number, the same each time. county: a name; without it they go round the state."""
    keys = list(counties())
    told = counties()[keys[number * 7 % len(keys)]]
    county = county or told.name
    towns = next(each.towns for each in counties().values() if each.name == county)
    kind = KINDS[number % len(KINDS)]
    bed = kind == "bed"
    return {
        "id": f"example-{number}",
        "name": f"{_NAMES[number // len(KINDS) % len(_NAMES)]} {_WHAT[kind]} {number} (example)",
        "kinds": f"{kind}; food" if kind == "drop-in" else kind,
        "county": county,
        "city": town or towns[number % len(towns)],
        "show_address": "no" if bed else "yes",
        "address": "" if bed else f"{100 + number} Example St",
        "zip": "" if bed else "90000",
        "area": "By the bus station" if bed else "",
        "phone": f"{213 + number % 500}-555-{100 + number % 100:04}",
        "web": f"https://place-{number}.example/" if number % 3 == 0 else "",
        "hours": _HOURS[number % len(_HOURS)],
        "intake": "24/7" if bed else "",
        "how": ("walk in", "call first", "appointment")[number % 3],
        "age_min": str((0, 12, 14, 18)[number % 4]),
        "age_max": str((99, 17, 24, 25)[number % 4]),
        "for": ("", "", "", "lgbtq", "pregnant; parents")[number % 5],
        "id_needed": ("no", "ask", "no", "yes")[number % 4],
        "cost": ("free", "free", "ask", "sliding")[number % 4],
        "tells_parent": "within 72 hours" if bed else ("no", "ask")[number % 2],
        "reports": ("yes", "ask")[number % 2],
        "languages": ("en; es", "en", "")[number % 3],
        "access": ("step-free", "ask", "step-free; toilet")[number % 3],
        "pets": ("ask", "yes", "no")[number % 3],
        "note_en": f"Ask for the side door, number {number}." if number % 4 == 0 else "",
        "note_es": f"Pregunta por la puerta de al lado, número {number}." if number % 4 == 0 else "",
        "checked_on": f"2026-{9 + number % 3:02}-{1 + number % 28:02}",
        "how_checked": ("rang", "visited", "website")[number % 3],
        "checked_by": "MR",
        "agreed": "yes",
        "status": "paused" if number % 29 == 28 else "open",
    }


def sheet(count: int, county: str = "") -> str:
    """Return a sheet with the rows of the template and ``count`` invented ones, all in one county when it is named."""
    with TEMPLATE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows([*rows, *(row(number, county) for number in range(count))])
    if not county:  # one county that is large enough to ask for the town
        writer.writerows(row(number, "Fresno") for number in range(count, count * 2))
    return text.getvalue()


if __name__ == "__main__":
    sys.stdout.write(sheet(60) if len(sys.argv) < 2 else sheet(int(sys.argv[1]), *sys.argv[2:3]))
