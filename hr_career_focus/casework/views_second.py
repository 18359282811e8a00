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
    is_unused: bool  # its holder must log in once first


@dataclass(frozen=True)
class DeskLine:
    """One line of the desk's list."""

    ref: str
    number: str
    who: str  # "" unless a second person confirmed that names are shown
    state: str
    state_label: str
    month_requested: date
    coach_name: str
    waiting_for: str  # plain sentence: what happens next and who must act
    needs_action: bool
    colleague: str  # the desk holder it belongs to, when that is another


@dataclass(frozen=True)
class NamesView:
    """Whether the names of one company's cases may be shown."""

    company_id: int
    company: str
    until: datetime | None  # confirmed until then
    waits: bool  # asked, and not answered yet
    refused_by: str
    note: str
