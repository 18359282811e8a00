"""What the pages of the second person show. Plain values, for one reader."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class ApprovalView:
    """One question to a second person. Nobody's dossier is named in it."""

    ref: str
    kind: str  # approval_words.KINDS
    kind_label: str
    company: str
    who: str  # who asks
    number: str  # short number of what it is about; "" when of the whole desk
    reason: str
    at: datetime
    state: str  # approval_words.STATES
    state_label: str
    until: datetime  # until when it can be answered, or is good for
    answered_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class MandateView:
    """A mandate that waits for a second person, as it will be in force."""

    mandate_id: int
    seen: str  # digest of what the reader sees: what changed meanwhile is not confirmed
    holder: str
    company: str
    date_from: date
    date_to: date
    appointed_by: str
    scope: str
    recorded_by: str
