"""What the own key's door hands to its page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyView:
    """How somebody's own key stands."""

    is_on: bool  # a company of this login uses own keys
    has_key: bool
    is_damaged: bool = False  # it was changed behind the back of its owner
    is_unlocked: bool = False
    number: str = ""  # the fingerprint, in groups of four
    closed: int = 0  # texts that do not open with it
    has_earlier: bool = False  # there was a key before this one
    has_password: bool = False  # asked before a new key takes the place of this one
    offices: tuple[str, ...] = ()  # numbers of the offices texts are sealed for now
    helpers: tuple[str, ...] = ()  # of those that can open the closed texts


@dataclass(frozen=True)
class SealView:
    """How the texts of a case are sealed for its reader, and what comes next.

    will: for each audience the code of :mod:`.personal` that says which seal a new
        text gets, and why
    """

    is_on: bool
    will: dict
    has_key: bool = False
    is_unlocked: bool = False
    is_damaged: bool = False
    locked: int = 0  # texts on this page that the reader's key does not open now
    own: str = ""  # fingerprints, in groups of four
    other: str = ""
    other_is_new: bool = False  # compare first
    earlier: int = 0  # texts under the key of the server that could have own keys
    office: str = ""

    @property
    def is_shown(self):
        """Whether there is anything to say about own keys."""
        return bool(self.is_on or self.has_key or self.locked)

    def needs_unlock(self, audience):
        """Whether the reader must unlock the own key before writing for these."""
        return self.will[audience] == "personal" and not self.is_unlocked
