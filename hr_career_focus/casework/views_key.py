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
    office: str = ""  # the fingerprint of the office that can help, "" for none
