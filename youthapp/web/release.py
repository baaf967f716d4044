"""The release id: one hash over all that ships and all that was chosen. A changed word, script or setting is another
release.

No day and no machine is in it: copies of one release that start on different days, or a worker that is respawned after
midnight, have the same id and answer with the same bytes, so each can serve the scripts that another one's page names
(tests/web/test_release.py).
"""

import hashlib

from ..settings import Settings


def release_of(settings: Settings, digest: str) -> str:
    """Return the release id: 12 hexadecimal digits over the shipped files and the settings that pages show.

    digest: the hash over the bytes of all that ships (snapshot.digest).
    """
    records = settings.records
    own_files = (
        [
            (path.relative_to(records).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(records.rglob("*.toml"))
        ]
        if records
        else []
    )
    places = [
        [(language, sorted(words.items())) for language, words in sorted(place.words.items())]
        for place in settings.places
    ]
    shown = (
        settings.name, settings.address, sorted(settings.exits.items()), settings.county, settings.contact,
        settings.offline,
        sorted(settings.footer.items()), settings.lines, places, own_files,
    )  # fmt: skip
    return hashlib.sha256(f"{digest}\n{shown!r}".encode()).hexdigest()[:12]
