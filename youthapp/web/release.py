"""The release id: one hash over all that ships and all that was chosen. A changed word, script or setting is another
release.

No day and no machine is in it: copies of one release that start on different days, or a worker that is respawned after
midnight, have the same id and answer with the same bytes, so each can serve the scripts that another one's page names
(tests/web/test_release.py).
"""

import hashlib

import msgspec

from ..places.schema import Place
from ..settings import Settings


def release_of(settings: Settings, digest: str, shown_places: tuple[Place, ...] = ()) -> str:
    """Return the release id: 12 hexadecimal digits over the shipped files and the settings that pages show.

    digest: the hash over the bytes of all that ships (snapshot.digest). shown_places: those of the directory. It leaves
    out what is too old on the day of the start, so that copies which start on two days and show other places are two
    releases.
    """
    records = settings.records
    own_files = (
        [
            (path.relative_to(records).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(records.rglob("*.toml"))
            if path.parent.name != "places"
        ]
        if records
        else []
    )
    places = msgspec.json.encode((settings.places, shown_places), order="deterministic")
    shown = (
        settings.name, settings.address, sorted(settings.exits.items()), settings.county, settings.contact,
        settings.offline,
        sorted(settings.footer.items()), settings.lines, places, own_files,
    )  # fmt: skip
    return hashlib.sha256(f"{digest}\n{shown!r}".encode()).hexdigest()[:12]
