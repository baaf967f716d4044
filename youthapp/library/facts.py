"""Facts: what the sentences rest on, one table a fact, in the files of ``content/facts/`` and in an organisation's
facts.toml."""

from typing import Literal

import msgspec


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One fact: ``says`` may be published, ``unverified`` may not."""

    id: str
    says: str
    confidence: Literal["high", "medium", "standard", "derived", "low", "unverified", "withheld"]
    """``standard``: taught in every current manual or code. ``withheld``: never published, kept so that nobody writes
    it anew."""
    authority: tuple[str, ...] = ()
    """Whose statement it is: publisher, title or section, year. The only thing that a page prints as its source."""
    read: tuple[str, ...] = ()
    """How it was read, for reviewers; on no page that a youth opens."""
    never_say: str = ""
    """What no record that rests on this fact may say; several are parted by " / "."""
    unverified: str = ""
    signoff: str = ""
    """Who must confirm it before a launch (``content due`` lists it by role)."""
    replaces: tuple[str, ...] = ()
    """Ids of facts of the first base that this one corrects."""
    replaced_by: tuple[str, ...] = ()
    """Ids of facts of the second base that correct this one. No record may rest on a replaced fact for good."""
    needed_by: tuple[str, ...] = msgspec.field(default=(), name="for")
    """Records that need it."""

    @property
    def publishable(self) -> bool:
        """Whether a record may rest on this fact. ``standard`` law that could get a youth held, charged or deported may
        not."""
        if self.confidence == "standard":
            return not (self.id.startswith("LW-") and self.signoff == "lawyer")
        return self.confidence in ("high", "medium", "derived")
